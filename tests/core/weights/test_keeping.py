"""Models that are here: found, verified, removed, moved, imported; used without a network. Tiny real checkpoints."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

import pytest

from core import paths
from core.errors import (
    BadArgument,
    CheckpointUnusable,
    ModelDamaged,
    ModelElsewhere,
    ModelMissing,
    ModelNotHere,
)
from core.progress import Cancelled, CancelToken, Notice
from core.qwen3.checkpoint import Kind, examine, installed
from core.qwen3.loading import load_recognizer
from core.qwen3.placement import Placement
from core.recognition import registry
from core.weights import importing, inventory, keeping, places
from core.weights.catalogue import Model
from core.weights.fetch import fetch
from core.weights.inventory import State
from core.weights.patience import Patience
from core.weights.sources import Source
from tests.core.weights.models import REVISION, model_of
from tests.data.make_qwen3 import make_native, make_original
from tests.fakes.hub import FakeHub

T = TypeVar("T")
TINY_ID = "qwen3-asr-0.6b"
REPO = "Qwen/Qwen3-ASR-0.6B-hf"


def done(work: Generator[object, None, T]) -> tuple[list[object], T]:
    """What it told, and what it returned."""
    told = []
    while True:
        try:
            told.append(next(work))
        except StopIteration as end:
            return told, end.value


@pytest.fixture(scope="session")
def tiny(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random recogniser with the published tokenizer, of the hidden size that is called 0.6b."""
    place = tmp_path_factory.mktemp("weights") / "Qwen3-ASR-0.6B-hf"
    return make_native(material / "qwen3" / "Qwen3-ASR-0.6B-hf", place)


@pytest.fixture
def offered(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """The catalogue holds this tiny model alone, under its own id."""
    files = {one.name: one.read_bytes() for one in sorted(tiny.iterdir()) if one.name != "generation_config.json"}
    model = model_of(files, model_id=examine(tiny).engine_id, repo=REPO)
    for module in (inventory, importing):
        monkeypatch.setattr(module, "CATALOGUE", (model,))
    monkeypatch.setattr("core.qwen3.checkpoint.CATALOGUE", (model,))
    return model


@pytest.fixture
def here(tiny: Path, offered: Model) -> Model:
    """It is imported."""
    done(importing.import_models(tiny, CancelToken()))
    return offered


def test_a_checkpoint_that_was_downloaded_loads(
    hub: FakeHub, offered: Model, tiny: Path, sources: Callable[..., tuple[Source, ...]]
) -> None:
    hub.put(REPO, REVISION, {file.name: (tiny / file.name).read_bytes() for file in offered.files})
    for _told in fetch(offered, sources(), CancelToken(), patience=Patience(asks_s=(60.0, 60.0))):
        assert inventory.held(offered).state in (State.PARTLY, State.MISSING, State.INSTALLED)
    here = inventory.held(offered)
    assert here.state is State.INSTALLED
    assert here.folder is not None
    loaded, _prompts = load_recognizer(here.folder, Placement("cpu", "float32", ""))
    assert sum(parameter.numel() for parameter in loaded.model.parameters()) > 1_000_000
    assert installed(Kind.RECOGNIZER, examine(here.folder).size) is not None


def test_what_is_half_here_never_counts(offered: Model, tiny: Path) -> None:
    work = paths.models_dir() / places.WORK / offered.folder_name / "files"
    shutil.copytree(tiny, work, copy_function=shutil.copyfile)
    assert inventory.held(offered).state is State.PARTLY
    assert installed(Kind.RECOGNIZER, "") is None
    assert list(inventory.others()) == []


def test_an_installed_model_is_found_and_a_missing_one_says_what_to_do(here: Model) -> None:
    assert here.id == registry.create("qwen3-asr").info.id
    with pytest.raises(ModelMissing) as told:
        registry.create("qwen3-asr-1.7b")
    assert "cuesmith models get" in told.value.what_to_do()
    assert "cuesmith models import" in told.value.what_to_do()


def test_one_that_lost_a_file_is_damaged_and_says_which(here: Model) -> None:
    folder = inventory.held(here).folder
    assert folder is not None
    (folder / "tokenizer.json").unlink()
    found = inventory.held(here)
    assert (found.state, found.why) == (State.DAMAGED, "tokenizer.json is missing")


def test_verify_reads_every_byte(here: Model) -> None:
    told, manifest = done(keeping.verify(here, CancelToken()))
    assert {file.name for file in manifest.files} >= {"model.safetensors", "tokenizer.json"}
    assert told


def test_verify_finds_a_flipped_bit(here: Model) -> None:
    folder = inventory.held(here).folder
    assert folder is not None
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(20_000_000)
        byte = file.read(1)
        file.seek(20_000_000)
        file.write(bytes([byte[0] ^ 4]))
    with pytest.raises(ModelDamaged, match=r"model\.safetensors .* not whole"):
        done(keeping.verify(here, CancelToken()))


def test_a_removed_model_is_gone_and_its_bytes_too(here: Model) -> None:
    assert keeping.remove(here) > 10_000_000
    assert inventory.held(here).state is State.MISSING
    assert inventory.all_disk_bytes() == 0
    with pytest.raises(ModelNotHere):
        keeping.remove(here)


def test_a_model_in_the_hubs_own_cache_is_used_and_left_there(
    offered: Model, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    snapshot = places.hub_snapshot(offered.repo, offered.revision)
    assert snapshot is not None
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_bytes((tiny / "config.json").read_bytes())
    assert installed(Kind.RECOGNIZER, "") is None
    for file in offered.files:
        if file.name != "config.json":
            (snapshot / file.name).symlink_to(tiny / file.name)
    found = inventory.held(offered)
    assert (found.state, found.shared, found.folder) == (State.INSTALLED, True, snapshot)
    assert installed(Kind.RECOGNIZER, "") is not None
    with pytest.raises(ModelElsewhere):
        keeping.remove(offered)
    done(keeping.verify(offered, CancelToken()))


# ── import ──


def test_a_stick_with_a_hubs_cache_on_it_is_imported(offered: Model, tiny: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "stick" / "hub" / "models--Qwen--Qwen3-ASR-0.6B-hf" / "snapshots" / REVISION
    shutil.copytree(tiny, snapshot, copy_function=shutil.copyfile)
    told, names = done(importing.import_models(tmp_path / "stick", CancelToken()))
    assert names == (offered.folder_name,)
    assert inventory.held(offered).state is State.INSTALLED
    assert not any(isinstance(one, Notice) for one in told)


def test_a_single_file_of_a_model_names_its_folder(offered: Model, tiny: Path) -> None:
    done(importing.import_models(tiny / "model.safetensors", CancelToken()))
    assert inventory.held(offered).state is State.INSTALLED


def test_published_weights_with_another_byte_are_refused(offered: Model, tiny: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny, broken, copy_function=shutil.copyfile)
    with (broken / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x55")
    with pytest.raises(ModelDamaged, match="not the published"):
        done(importing.import_models(broken, CancelToken()))
    assert inventory.held(offered).state is State.MISSING
    assert inventory.all_disk_bytes() == 0


def test_another_model_is_imported_as_it_is(tiny: Path) -> None:
    told, names = done(importing.import_models(tiny, CancelToken()))
    assert names == (tiny.name,)
    assert any(isinstance(one, Notice) and "none of the published" in one.text for one in told)


def test_the_original_layout_is_converted(tiny: Path, material: Path, tmp_path: Path) -> None:
    original = make_original(tiny, material / "qwen3" / "original" / "Qwen3-ASR-0.6B", tmp_path / "mine")
    done(importing.import_models(original, CancelToken()))
    imported = paths.models_dir() / "mine"
    loaded, _prompts = load_recognizer(imported, Placement("cpu", "float32", ""))
    assert loaded.checkpoint.folder == imported


@pytest.mark.parametrize(
    ("gone", "said"),
    [("config.json", "no config.json"), ("model.safetensors", "missing"), ("tokenizer.json", "no tokenizer.json")],
)
def test_a_folder_that_lacks_something_says_what(tiny: Path, tmp_path: Path, gone: str, said: str) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(tiny, folder, copy_function=shutil.copyfile)
    (folder / gone).unlink()
    with pytest.raises(CheckpointUnusable, match=said):
        done(importing.import_models(folder, CancelToken()))


def test_an_import_that_is_stopped_leaves_nothing(offered: Model, tiny: Path) -> None:
    token = CancelToken()
    work = importing.import_models(tiny, token)
    next(work)
    token.cancel()
    with pytest.raises(Cancelled):
        done(work)
    assert inventory.held(offered).state is State.MISSING


# ── another disk ──


def test_models_move_to_another_folder_and_are_found_there(here: Model, tmp_path: Path) -> None:
    before, target = paths.models_dir(), tmp_path / "Große Platte" / "models"
    list(keeping.move(target, CancelToken()))
    assert paths.models_dir() == target
    found = inventory.held(here)
    assert (found.state, found.folder) == (State.INSTALLED, target / here.folder_name)
    assert [one for one in before.iterdir() if not one.name.startswith(".")] == []
    list(keeping.move(before, CancelToken()))
    assert paths.models_dir() == paths.default_models_dir() == before
    assert inventory.held(here).state is State.INSTALLED


def test_a_move_that_is_stopped_leaves_the_models_where_they_were(here: Model, tmp_path: Path) -> None:
    token, before = CancelToken(), paths.models_dir()
    work = keeping.move(tmp_path / "other", token)
    next(work)
    token.cancel()
    with pytest.raises(Cancelled):
        list(work)
    assert paths.models_dir() == before
    assert inventory.held(here).state is State.INSTALLED


def test_models_do_not_move_into_themselves(here: Model) -> None:
    with pytest.raises(BadArgument, match="lies inside"):
        list(keeping.move(paths.models_dir() / "deeper", CancelToken()))


def test_a_disk_that_is_unplugged_hides_its_models_and_no_more(here: Model, tmp_path: Path) -> None:
    list(keeping.move(tmp_path / "usb", CancelToken()))
    shutil.move(tmp_path / "usb", tmp_path / "unplugged")
    assert inventory.held(here).state is State.MISSING
    assert registry.choose("auto", ("en",))[0] == "builtin"
    shutil.move(tmp_path / "unplugged", tmp_path / "usb")
    assert inventory.held(here).state is State.INSTALLED
