"""Disk use: each part is counted, each cache has a limit that holds, and what a person made is never touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core import doctor, paths, storage
from core.doctor import examine
from core.document import edits
from core.document.project import create_project
from core.health import Health
from core.settings import Settings
from core.storage import PARTS, Part

NOW_S = 1_800_000_000.0
HOUR_S = 3_600


def put(folder: Path, name: str, size: int, age_s: float) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(bytes(size))
    os.utime(path, (NOW_S - age_s, NOW_S - age_s))
    return path


def test_the_oldest_go_first_until_the_limit_holds(tmp_path: Path) -> None:
    old, middle, young = (put(tmp_path, f"{n}", 100, hours * HOUR_S) for n, hours in enumerate((9, 5, 2)))
    assert storage.trim_folder(tmp_path, 200, now_s=NOW_S) == 100
    assert [path.exists() for path in (old, middle, young)] == [False, True, True]
    assert storage.trim_folder(tmp_path, 200, now_s=NOW_S) == 0


def test_what_is_in_use_stays_whatever_the_limit(tmp_path: Path) -> None:
    old, now = put(tmp_path, "old", 100, 2 * HOUR_S), put(tmp_path, "now", 100, 60)
    assert storage.trim_folder(tmp_path, 0, now_s=NOW_S) == 100
    assert (old.exists(), now.exists()) == (False, True)


def test_a_clock_that_went_back_deletes_nothing(tmp_path: Path) -> None:
    kept = put(tmp_path, "a", 100, 0)
    assert storage.trim_folder(tmp_path, 0, now_s=NOW_S - 40 * 86_400) == 0
    assert kept.exists()


def test_a_link_is_counted_as_a_link_and_what_it_names_stays(tmp_path: Path) -> None:
    target = put(tmp_path / "elsewhere", "film.mp4", 5_000, 9 * HOUR_S)
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "link").symlink_to(target)
    os.utime(folder / "link", (0, 0), follow_symlinks=False)
    storage.trim_folder(folder, 0)
    assert target.exists()


@pytest.mark.parametrize("part", [part for part in PARTS if part.limit_bytes is not None], ids=lambda part: part.id)
def test_every_cache_is_bounded(home: Path, part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Part(part.id, part.title, part.what, part.folder, 250)
    monkeypatch.setattr(storage, "PARTS", (small,))
    files = [put(part.folder() / "a", f"{n}", 100, (9 - n) * 86_400) for n in range(5)]
    assert storage.trim(Settings(), now_s=NOW_S) == 300
    assert [file.exists() for file in files] == [False, False, False, True, True]


def test_the_limit_that_a_person_set_for_waveforms_holds(home: Path) -> None:
    old, young = (put(paths.cache_dir() / "peaks", f"{n}.peaks", 100, n * HOUR_S) for n in (9, 5))
    spectrum = put(paths.cache_dir() / "spectra", "a.spectrum", 500, 9 * HOUR_S)
    assert storage.trim(Settings(), now_s=NOW_S) == 0
    assert storage.trim(Settings(peaks_cache_bytes=150), now_s=NOW_S) == 100
    assert [path.exists() for path in (old, young, spectrum)] == [False, True, True]
    assert (
        next(use for use in storage.uses(Settings(peaks_cache_bytes=150)) if use.part.id == "peaks").part.limit_bytes
        == 150
    )


def test_one_cache_alone_is_held_to_its_limit(home: Path) -> None:
    waves = put(paths.cache_dir() / "peaks", "a.peaks", 100, 9 * HOUR_S)
    log = put(paths.log_dir(), "a.log", 200 * 1000**2, 9 * HOUR_S)
    assert storage.trim(Settings(peaks_cache_bytes=0), "peaks", now_s=NOW_S) == 100
    assert (waves.exists(), log.exists()) == (False, True)


def test_what_a_person_made_or_fetched_has_no_limit(home: Path) -> None:
    unbounded = {part.id for part in PARTS if part.limit_bytes is None}
    assert unbounded == {"models", "recoveries", "recordings"}
    with create_project() as project:
        history = project.history()
        history.apply(edits.insert(history.document, 0, 1_000, "mine"))
        work = project.path
    os.utime(work, (0, 0))
    storage.trim(Settings(), now_s=NOW_S)
    assert work.exists()
    with pytest.raises(ValueError, match="made again"):
        storage.empty(next(part for part in PARTS if part.id == "recoveries"))


def test_every_folder_the_program_fills_is_counted_once(home: Path) -> None:
    folders = [part.folder() for part in PARTS]
    assert len(set(folders)) == len(folders)
    for folder in folders:
        assert not any(folder in other.parents for other in folders)
    for needed in (paths.models_dir(), paths.recovery_dir(), paths.results_dir(), paths.log_dir()):
        assert needed in folders


def test_doctor_says_where_no_file_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the home folder should be is a file, which root cannot write into either."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("CUESMITH_HOME", str(tmp_path / "file" / "home"))
    disk = list(doctor._disk())
    assert len(disk) == len(PARTS)
    assert {check.health for check in disk} == {Health.BAD, Health.NOTE}
    for check in disk:
        assert check.found.startswith("no file can be made there (Not a directory)")
        assert "CUESMITH_HOME" in check.next_step


def test_looking_whether_a_file_can_be_made_leaves_none(home: Path) -> None:
    assert storage.why_no_files(home / "cache") == ""
    assert storage.why_no_files(home) == ""
    assert not any(home.rglob("*"))


def test_doctor_shows_each_part_with_its_limit(home: Path) -> None:
    put(paths.cache_dir() / "peaks", "film.peaks", 3_000_000, 60)
    found = {check.name: check.found for check in examine()}
    assert found["Disk: Waveforms"].startswith("3.0 MB in 1 file of at most 5000 MB")
    assert found["Disk: Work without a name"].startswith("0.0 MB in 0 files,")
