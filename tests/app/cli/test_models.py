"""`cuesmith models` against a hub of the test's: what is there, got, verified, imported, moved, removed, and said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from core.settings import Settings, save_settings
from core.weights import catalogue, importing, inventory
from core.weights.catalogue import Model
from core.weights.patience import Patience
from tests.app.cli.conftest import Cuesmith
from tests.core.weights.models import REVISION, model_of
from tests.data.make_qwen3 import make_native
from tests.fakes.hub import FakeHub, Fault, dead_address, running_hub

REPO = "Qwen/Tiny-hf"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with running_hub() as made:
        save_settings(Settings(hub_endpoint=made.address, second_source=""))
        yield made


@pytest.fixture(scope="module")
def tiny(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_native(material / "qwen3" / "Qwen3-ASR-0.6B-hf", tmp_path_factory.mktemp("cli") / "Tiny-hf")


@pytest.fixture
def offered(hub: FakeHub, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """The catalogue holds a tiny real model alone; the hub has it."""
    files = {one.name: one.read_bytes() for one in tiny.iterdir() if one.name != "generation_config.json"}
    hub.put(REPO, REVISION, files)
    model = model_of(files, model_id="qwen3-asr", repo=REPO)
    for module in (catalogue, inventory, importing):
        monkeypatch.setattr(module, "CATALOGUE", (model,))
    monkeypatch.setattr("app.cli.models._hint_at_aligner", lambda _got: None)
    monkeypatch.setattr("core.weights.getting.Patience", partial(Patience, asks_s=(60.0, 60.0)))
    return model


def listed(cuesmith: Cuesmith) -> dict[str, object]:
    (only,) = json.loads(cuesmith("models", "list", "--json").out)["models"]
    return dict(only)


def test_get_verify_move_and_remove(cuesmith: Cuesmith, offered: Model, tmp_path: Path) -> None:
    assert listed(cuesmith)["state"] == "missing"
    got = cuesmith("models", "get", "qwen3-asr")
    assert got.code == 0
    assert got.out.strip().endswith("Tiny-hf")
    assert "downloading" in got.err
    assert listed(cuesmith)["state"] == "installed"
    assert cuesmith("models", "get", "qwen3-asr").err == ""
    assert "whole, 6 files" in cuesmith("models", "verify", "qwen3-asr").out
    assert cuesmith("models", "move", str(tmp_path / "other")).out == f"Models are kept in {tmp_path / 'other'}\n"
    assert listed(cuesmith)["folder"] == str(tmp_path / "other" / "Tiny-hf")
    assert "freed" in cuesmith("models", "remove", "qwen3-asr").out
    assert listed(cuesmith)["state"] == "missing"


def test_import_from_a_folder(cuesmith: Cuesmith, offered: Model, tiny: Path) -> None:
    ran = cuesmith("models", "import", str(tiny))
    assert ran.code == 0
    assert listed(cuesmith)["state"] == "installed"


def test_what_stops_a_download_is_one_line_and_the_rest_comes_next_time(
    cuesmith: Cuesmith, offered: Model, hub: FakeHub
) -> None:
    hub.faults = [Fault("/storage/", "403", 1)]
    ran = cuesmith("models", "get", "qwen3-asr")
    assert ran.code == 3
    assert ran.err.splitlines()[-1].startswith(f"cuesmith: {hub.address.removeprefix('http://')} refuses the download")
    assert listed(cuesmith)["state"] == "partly"
    assert "of it are here" in cuesmith("models", "list").out
    assert cuesmith("models", "get", "qwen3-asr").code == 0


def test_the_second_source_is_said_on_stderr(cuesmith: Cuesmith, offered: Model, hub: FakeHub) -> None:
    save_settings(Settings(hub_endpoint=dead_address(), second_source=hub.address))
    ran = cuesmith("models", "get", "qwen3-asr")
    assert ran.code == 0
    assert f"Going on from {hub.address.removeprefix('http://')}" in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("get", "whisper"), 2, "There is no model called “whisper”"),
        (("verify", "qwen3-asr"), 2, "is not installed"),
        (("remove", "qwen3-asr"), 2, "is not installed"),
        (("import", "no/such/folder"), 2, "there is no such folder"),
        ((), 2, "See cuesmith models --help"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    cuesmith: Cuesmith, offered: Model, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = cuesmith("models", *arguments)
    assert ran.code == code
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_an_address_that_is_none_is_named(cuesmith: Cuesmith, offered: Model) -> None:
    save_settings(Settings(hub_endpoint="ftp://somewhere"))
    ran = cuesmith("models", "get", "qwen3-asr")
    assert (ran.code, "ftp://somewhere" in ran.err) == (2, True)


def test_listing_asks_nobody(cuesmith: Cuesmith, offered: Model, hub: FakeHub) -> None:
    cuesmith("models", "list")
    cuesmith("models", "list", "--json")
    assert hub.asked == []
