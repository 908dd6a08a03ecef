"""Models in the window: offered, downloaded by the real child from a hub of the test's, paused, failed, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.engine_bridge import EngineBridge
from app.messages import Message
from app.models.dialog import ModelsDialog
from app.models.models import Course, Models
from app.models.offer_card import OfferCard
from core.codec import encode
from core.settings import Settings
from core.weights import catalogue, importing, inventory, suggest
from core.weights.catalogue import Model
from core.weights.inventory import State
from core.worker.models_client import ModelsClient
from tests.core.weights.models import REVISION, model_of
from tests.data.make_qwen3 import make_native
from tests.fakes.hub import FakeHub, Fault, running_hub
from tests.fakes.model_runs import CATALOGUE_FILE

REPO = "Qwen/Tiny-hf"
PATIENCE_MS = 60_000
Start = Callable[..., Application]


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with running_hub() as made:
        yield made


@pytest.fixture(scope="module")
def tiny(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_native(material / "qwen3" / "Qwen3-ASR-0.6B-hf", tmp_path_factory.mktemp("app") / "Tiny-hf")


@pytest.fixture
def offered(hub: FakeHub, tiny: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Model:
    """The catalogue holds a tiny real model alone, here and in the child; the hub has it."""
    files = {one.name: one.read_bytes() for one in tiny.iterdir() if one.name != "generation_config.json"}
    hub.put(REPO, REVISION, files)
    model = model_of(files, model_id="qwen3-asr", repo=REPO)
    for module in (catalogue, inventory, importing):
        monkeypatch.setattr(module, "CATALOGUE", (model,))
    only = suggest.Offer((model,), fits=True, suggested=True)
    for name in ("app.models.models.offers", "core.weights.suggest.offers"):
        monkeypatch.setattr(name, lambda *_speeds: (only,))
    (tmp_path / "catalogue.json").write_bytes(encode((model,)))
    monkeypatch.setenv(CATALOGUE_FILE, str(tmp_path / "catalogue.json"))
    return model


@pytest.fixture
def program(start: Start, hub: FakeHub, offered: Model) -> Application:
    made = start(EngineBridge(models=partial(ModelsClient, work="tests.fakes.model_runs:real")), _settings(hub))
    made.models.refresh()
    return made


def _settings(hub: FakeHub) -> Settings:
    return Settings(theme="dark", hub_endpoint=hub.address, second_source="")


def looked(qtbot: QtBot, program: Application) -> Models:
    qtbot.waitUntil(lambda: program.models.look is not None, timeout=PATIENCE_MS)
    return program.models


def state(models: Models) -> State | None:
    held = models.held("qwen3-asr")
    return held.state if held is not None else None


def press(card: OfferCard, text: str) -> None:
    found = [one for one in card.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(card)]
    assert len(found) == 1, [one.text() for one in card.findChildren(QPushButton) if one.isVisibleTo(card)]
    found[0].click()


def test_one_button_brings_the_model_and_the_page_says_so(qtbot: QtBot, program: Application) -> None:
    models = looked(qtbot, program)
    card = program.window.welcome.offer
    with qtbot.waitSignal(models.installedChanged, timeout=PATIENCE_MS):
        card.download.click()
    qtbot.waitUntil(lambda: state(models) is State.INSTALLED, timeout=PATIENCE_MS)
    assert models.download is None
    assert card.download.text() == "Installed"
    assert not card.download.isEnabled()
    qtbot.waitUntil(lambda: program.window.status._engine.text().startswith("Qwen3-ASR"), timeout=PATIENCE_MS)


def test_a_download_that_fails_says_why_and_goes_on_when_asked(
    qtbot: QtBot, program: Application, hub: FakeHub
) -> None:
    models = looked(qtbot, program)
    hub.faults = [Fault("/storage/", "403", 1)]
    card = program.window.welcome.offer
    card.download.click()
    qtbot.waitUntil(
        lambda: models.download is not None and models.download.course is Course.FAILED, timeout=PATIENCE_MS
    )
    assert models.download is not None
    assert models.download.error is not None
    assert "refuses the download" in models.download.error.what_happened()
    press(card, "Try again")
    qtbot.waitUntil(lambda: state(models) is State.INSTALLED, timeout=PATIENCE_MS)


def test_a_download_waits_while_it_is_paused_and_after_the_program_was_closed(
    qtbot: QtBot, program: Application, hub: FakeHub, start: Start
) -> None:
    models = looked(qtbot, program)
    hub.on_bytes = lambda given: hub.closed.wait(0.002 if given < 3_000_000 else 0.5)
    card = program.window.welcome.offer
    card.download.click()
    qtbot.waitUntil(lambda: hub.given() > 3_000_000, timeout=PATIENCE_MS)
    press(card, "Pause")
    qtbot.waitUntil(
        lambda: models.download is not None and models.download.course is Course.PAUSED, timeout=PATIENCE_MS
    )
    program.close()
    again = start(EngineBridge(models=partial(ModelsClient, work="tests.fakes.model_runs:real")), _settings(hub))
    again.models.refresh()
    looked(qtbot, again)
    assert again.models.download is not None
    assert again.models.download.course is Course.PAUSED
    hub.on_bytes = lambda _given: None
    given = hub.given()
    press(again.window.welcome.offer, "Go on")
    qtbot.waitUntil(lambda: state(again.models) is State.INSTALLED, timeout=PATIENCE_MS)
    assert hub.given() - given < 39_000_000


def test_giving_up_throws_away_what_came(qtbot: QtBot, program: Application, hub: FakeHub) -> None:
    models = looked(qtbot, program)
    hub.faults = [Fault("/storage/", "404")]
    card = program.window.welcome.offer
    card.download.click()
    qtbot.waitUntil(
        lambda: models.download is not None and models.download.course is Course.FAILED, timeout=PATIENCE_MS
    )
    press(card, "Give up")
    qtbot.waitUntil(lambda: models.download is None and state(models) is State.MISSING, timeout=PATIENCE_MS)


def test_a_model_from_a_stick_is_brought_in_checked_and_removed(qtbot: QtBot, program: Application, tiny: Path) -> None:
    models = looked(qtbot, program)
    said: list[Message] = []
    program.messages.said.connect(said.append)
    models.chores.bring_in(tiny)
    qtbot.waitUntil(lambda: state(models) is State.INSTALLED, timeout=PATIENCE_MS)
    models.chores.verify("qwen3-asr")
    qtbot.waitUntil(lambda: any(one.code == "weights.whole" for one in said), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: models.chores.current is None, timeout=PATIENCE_MS)
    models.chores.remove("qwen3-asr")
    qtbot.waitUntil(lambda: state(models) is State.MISSING, timeout=PATIENCE_MS)


def test_a_folder_without_a_model_is_said_in_a_banner(qtbot: QtBot, program: Application, tmp_path: Path) -> None:
    looked(qtbot, program)
    said: list[Message] = []
    program.messages.said.connect(said.append)
    program.models.chores.bring_in(tmp_path)
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE_MS)
    assert said[0].code == "input.checkpoint"


def test_the_probe_says_how_quick_and_then_its_process_ends(qtbot: QtBot, program: Application) -> None:
    models = looked(qtbot, program)
    models.probe()
    qtbot.waitUntil(lambda: bool(models.speeds), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "models" not in program.engines.__dict__, timeout=PATIENCE_MS)


def test_the_dialog_shows_what_is_here_and_where_downloads_come_from(
    qtbot: QtBot, program: Application, hub: FakeHub
) -> None:
    looked(qtbot, program)
    program.window.commands["models.open"].trigger()
    dialog = next(one for one in program.window.findChildren(ModelsDialog))
    qtbot.waitUntil(dialog.isVisible, timeout=PATIENCE_MS)
    assert dialog.windowTitle() == "Models"
    dialog.close()


def test_before_a_rough_run_the_better_engine_is_offered_first(qtbot: QtBot, program: Application) -> None:
    panel = program.window.start_panel
    asked: list[object] = []
    panel.modelsWanted.connect(lambda: asked.append(True))
    panel.better.click()
    assert asked
    dialog = next(one for one in program.window.findChildren(ModelsDialog))
    dialog.close()


def test_the_status_bar_says_how_far_a_download_is(qtbot: QtBot, program: Application, hub: FakeHub) -> None:
    models = looked(qtbot, program)
    hub.on_bytes = lambda given: hub.closed.wait(0.002 if given < 3_000_000 else 0.5)
    program.window.welcome.offer.download.click()
    shown = program.window.status._download
    qtbot.waitUntil(lambda: shown.text().startswith("Downloading") and shown.isVisible(), timeout=PATIENCE_MS)
    models.pause()
    qtbot.waitUntil(lambda: not shown.isVisible(), timeout=PATIENCE_MS)
