"""What the doctor says of models, graphics, fonts and engines: each finding with its next step."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from core import doctor_models, paths
from core.health import Check, Health
from core.weights import inventory
from core.weights.manifest import KeptFile, Manifest, write_manifest
from core.weights.places import WORK
from tests.core.weights.models import REPO, bytes_of, model_of


def only(checks: object) -> Check:
    (check,) = list(checks)  # type: ignore[call-overload]
    assert isinstance(check, Check)
    return check


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"config.json": b"{}", "model.safetensors": bytes_of(1000)}
    monkeypatch.setattr(inventory, "CATALOGUE", (model_of(files, repo=REPO),))


@pytest.mark.usefixtures("offered")
def test_a_model_that_is_not_there_is_no_fault() -> None:
    assert only(doctor_models.models()).health is Health.GOOD


@pytest.mark.usefixtures("offered")
def test_a_half_download_says_how_to_go_on() -> None:
    place = paths.models_dir() / WORK / "Tiny-hf"
    place.mkdir(parents=True)
    (place / "abc.part").write_bytes(bytes(400))
    found = only(doctor_models.models())
    assert (found.health, found.next_step) == (Health.NOTE, "cuesmith models get qwen3-asr-0.6b goes on with it.")


@pytest.mark.usefixtures("offered")
def test_a_damaged_model_says_how_to_mend_it() -> None:
    place = paths.models_dir() / "Tiny-hf"
    place.mkdir(parents=True)
    (place / "config.json").write_bytes(b"{}")
    found = only(doctor_models.models())
    assert found.health is Health.BAD
    assert "cuesmith models remove" in found.next_step


def test_a_small_file_that_is_another_than_expected_is_a_note(toy: Path) -> None:
    place = paths.models_dir() / "Qwen3-ASR-0.6B-hf"
    shutil.copytree(toy, place, copy_function=shutil.copyfile)
    place.chmod(0o755)
    files = tuple(KeptFile(one.name, one.stat().st_size, "") for one in place.iterdir())
    write_manifest(place, Manifest("qwen3-asr-0.6b", "", "hub", files, ("config.json is another than expected",)))
    held = inventory.held(next(one for one in inventory.CATALOGUE if one.id == "qwen3-asr-0.6b"))
    check = doctor_models._installed("Model", held)
    assert check.health is Health.NOTE
    assert "config.json is another" in check.found


def test_a_known_clip_is_heard_by_each_engine_that_is_installed() -> None:
    found = only(doctor_models.known_clip())
    assert (found.name, found.health) == ("A known clip through builtin", Health.GOOD)
    assert "boat" in found.found


def test_an_engine_whose_process_ends_is_a_finding() -> None:
    found = doctor_models._heard("no-such-engine")
    assert found.health is Health.BAD
    assert found.next_step


def test_a_card_whose_driver_does_not_answer_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 9, "", "NVIDIA-SMI has failed\n")
    monkeypatch.setattr(doctor_models.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(doctor_models.subprocess, "run", lambda *_given, **_options: answer)
    found = only(doctor_models.graphics())
    assert found.health is Health.NOTE
    assert "NVIDIA-SMI has failed" in found.found


def test_scripts_without_a_font_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 0, "DejaVu Sans\nNoto Sans Arabic\n", "")
    monkeypatch.setattr(doctor_models.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(doctor_models.subprocess, "run", lambda *_given, **_options: answer)
    assert "Chinese, Japanese, Korean, Thai" in only(doctor_models.fonts()).found
