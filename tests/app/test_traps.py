"""Traps that cost other programs their users, each gone into the way a person would: through the window.

Sleep in a job is tested with the children (`tests/core/worker/test_deaths.py`), a full disk with the projects.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor import export_plan
from app.editor.export_plan import Choice
from core.bench.project import three_hours
from core.document import edits
from core.document.document import MediaRef
from core.document.project import create_project, open_project
from core.document.project.recoveries import list_unnamed
from core.errors import CannotWrite, FileMissing
from core.paths import resource
from core.subtitles.files import read_file

SAMPLE = resource("sample", "last_boat.mp4")
SRT = "1\n00:00:01,250 --> 00:00:02,500\nThe last boat\n\n2\n01:00:03,000 --> 01:00:04,000\nleaves\n"
HARD_NAMES = ("Käse & “Brot” 日本語 🎬 ' ; # % $HOME", "שלום", "a" * 200, "b" * 200, "c" * 200)


def open_in(qtbot: QtBot, program: Application, path: Path, cues: int | None = None) -> None:
    ended: list[None] = []
    program.opening.ended.connect(lambda: ended.append(None))
    program.opening.open(path)
    qtbot.waitUntil(lambda: bool(ended))
    assert cues is None or len(program.session.bridge.document.cues) == cues


def export_from(program: Application, folder: Path, formats: tuple[str, ...], name: str = "out") -> dict[str, str]:
    """What the export dialog writes, by format."""
    material = export_plan.material_of(program.session.bridge.document)
    choice = Choice(formats, name, folder)
    folder.mkdir(exist_ok=True)
    files = export_plan.plan(choice)
    export_plan.export(material, choice, files)
    return {path.suffix.lstrip("."): path.read_text(encoding="utf-8-sig") for path in folder.glob(name + "*")}


# ── a comma in numbers ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = QLocale()
    for name in ("LC_ALL", "LC_NUMERIC", "LANG"):
        monkeypatch.setenv(name, "de_DE.UTF-8")
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


def test_where_numbers_have_a_comma_files_are_read_typed_and_written_the_same(
    qtbot: QtBot, german: None, start: Callable[..., Application], tmp_path: Path
) -> None:
    program = start()
    assert QLocale().toString(1.5) == "1,5"
    (tmp_path / "a.srt").write_text(SRT)
    open_in(qtbot, program, tmp_path / "a.srt", 2)
    bridge = program.session.bridge
    bridge.select_row(0)
    written = export_from(program, tmp_path / "out", ("srt", "vtt", "ass", "lrc", "ttml", "json"))
    assert "00:00:01,250 --> 00:00:02,500" in written["srt"]
    assert "00:00:01.250 --> 00:00:02.500" in written["vtt"]
    assert "0:00:01.25,0:00:02.50" in written["ass"]
    assert "[00:01.25]" in written["lrc"]
    assert 'begin="00:00:01.250"' in written["ttml"]
    assert json.loads(written["json"])["cues"][0]["start_ms"] == 1_250
    field = program.window.page.text_box.start
    for typed in ("1,5", "1.5"):
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert bridge.document.cues[0].start_ms == 1_500
        bridge.undo()


# ── paths ────────────────────────────────────────────────────────────────────────────────────────


def test_names_of_any_letters_and_of_any_length_are_names(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[..., Application]
) -> None:
    """Film, work and export more than 700 bytes deep, in a home of such a name; a project where SQLite can follow."""
    folder = tmp_path.joinpath(*HARD_NAMES)
    folder.mkdir(parents=True)
    monkeypatch.setenv("CUESMITH_HOME", str(tmp_path / HARD_NAMES[0] / "home"))
    program = start()
    film = Path(shutil.copy(SAMPLE, folder / f"{HARD_NAMES[0]}.mp4"))
    open_in(qtbot, program, film)
    assert program.session.info is not None
    qtbot.waitUntil(lambda: program.session.peaks is not None and program.session.peaks.complete)
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 1_000, 2_000, "mine"))
    assert not program.keeping.save_as(folder / "deep.cuesmith")
    bar = program.window.banners.bar(CannotWrite.code)
    assert bar is not None
    assert "too many letters" in bar.message.title
    project = tmp_path / HARD_NAMES[0] / f"{HARD_NAMES[1]}.cuesmith"
    assert program.keeping.save_as(project)
    assert "mine" in export_from(program, folder / "out", ("srt",), HARD_NAMES[1])["srt"]
    program.close()
    again = start()
    open_in(qtbot, again, project, 1)
    assert again.session.info is not None
    assert Path(again.session.info.path) == film


def test_a_folder_that_cannot_be_written_is_worked_from_all_the_same(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    film = Path(shutil.copy(SAMPLE, folder / "boat.mp4"))
    folder.chmod(0o500)
    try:
        open_in(qtbot, program, film)
        bridge = program.session.bridge
        bridge.apply(edits.insert(bridge.document, 1_000, 2_000, "mine"))
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write everywhere")
        assert not program.keeping.save_as(folder / "boat.cuesmith")
        assert program.window.banners.codes() == (CannotWrite.code,)
    finally:
        folder.chmod(0o700)
    assert [one.cues for one in list_unnamed()] == []
    assert program.opening.work is not None
    assert program.opening.work.project is not None
    assert len(program.opening.work.project.restored.document.cues) == 1


# ── files that go, change, or are here by name only ──────────────────────────────────────────────


def test_a_film_that_a_sync_service_has_is_not_fetched_unasked(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.touch()
    os.truncate(film, 50_000_000)
    if film.stat().st_blocks:
        pytest.skip("this file system keeps no holes")
    media = MediaRef(str(film), 50_000_000, "50000000-" + "0" * 64, 1, 60_000)
    create_project(tmp_path / "a.cuesmith", document=three_hours(3, 2, media)).close()
    open_in(qtbot, program, tmp_path / "a.cuesmith", 3)
    bar = program.window.banners.bar(FileMissing.code)
    assert bar is not None
    assert "by name only" in bar.message.title
    assert program.session.info is None


def test_a_film_deleted_while_it_is_open_takes_no_cue_along(
    qtbot: QtBot, tmp_path: Path, start: Callable[..., Application]
) -> None:
    program = start()
    film = Path(shutil.copy(SAMPLE, tmp_path / "boat.mp4"))
    open_in(qtbot, program, film)
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 1_000, 2_000, "before"))
    film.unlink()
    bridge.apply(edits.insert(bridge.document, 3_000, 4_000, "after"))
    program.session.seek(3_500)
    assert program.keeping.save_as(tmp_path / "boat.cuesmith")
    assert export_from(program, tmp_path / "out", ("srt",))["srt"].count("-->") == 2
    program.close()
    again = start()
    open_in(qtbot, again, tmp_path / "boat.cuesmith", 2)
    assert again.window.banners.codes() == (FileMissing.code,)


def test_a_film_that_is_another_by_now_is_not_taken_for_the_old_one(
    qtbot: QtBot, tmp_path: Path, start: Callable[..., Application]
) -> None:
    program = start()
    film = Path(shutil.copy(SAMPLE, tmp_path / "boat.mp4"))
    open_in(qtbot, program, film)
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 1_000, 2_000, "mine"))
    assert program.keeping.save_as(tmp_path / "boat.cuesmith")
    film.write_bytes(film.read_bytes()[:-1000] + bytes(1000))
    bridge.apply(edits.insert(bridge.document, 3_000, 4_000, "still"))
    program.close()
    again = start()
    open_in(qtbot, again, tmp_path / "boat.cuesmith", 2)
    bar = again.window.banners.bar(FileMissing.code)
    assert bar is not None
    assert "is not the film these cues belong to" in bar.message.title
    assert again.session.info is None


# ── time ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_clock_that_goes_back_ten_years_loses_nothing_and_ages_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[..., Application]
) -> None:
    program = start()
    (tmp_path / "a.srt").write_text(SRT)
    open_in(qtbot, program, tmp_path / "a.srt", 2)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 10 * 365 * 86_400)
    bridge = program.session.bridge
    bridge.apply(edits.set_text(bridge.document, 0, "after the clock went back"))
    program.close()
    again = start()
    again.begin([])
    (found,) = list_unnamed()
    assert not found.is_old()
    assert (found.cues, found.last_step) == (2, "Edit text")
    qtbot.waitUntil(lambda: again.window.welcome.isVisible())
    open_in(qtbot, again, found.path, 2)
    assert again.session.bridge.document.cues[0].text == "after the clock went back"


def test_a_copy_taken_31_seconds_after_the_last_edit_and_after_close_has_everything(
    qtbot: QtBot, tmp_path: Path, start: Callable[..., Application]
) -> None:
    """Through the window's own timer, whose 30 s are let pass at once."""
    program = start()
    (tmp_path / "a.srt").write_text(SRT)
    open_in(qtbot, program, tmp_path / "a.srt", 2)
    path, bridge = tmp_path / "a.cuesmith", program.session.bridge
    assert program.keeping.save_as(path)
    for text in ("one", "two", "three"):
        bridge.apply(edits.set_text(bridge.document, 0, text))
    early = Path(shutil.copy(path, tmp_path / "early.cuesmith"))
    timer = program.keeping._idle
    assert timer.isActive()
    assert timer.interval() == 30_000
    timer.start(0)
    work = program.opening.work
    assert work is not None
    qtbot.waitUntil(lambda: work.project is not None and work.project.resting)
    late = Path(shutil.copy(path, tmp_path / "late.cuesmith"))
    bridge.apply(edits.set_text(bridge.document, 1, "four"))
    program.close()
    closed = Path(shutil.copy(path, tmp_path / "closed.cuesmith"))
    assert sorted(tmp_path.glob("a.cuesmith*")) == [path]
    assert texts(early)[1] == "leaves", "whole, with what was in the file by then"
    assert texts(late) == ["three", "leaves"]
    assert texts(closed) == ["three", "four"]


def texts(path: Path) -> list[str]:
    with open_project(path) as project:
        assert project.notices == ()
        return [cue.text for cue in project.restored.document.cues]


def test_a_film_that_starts_at_one_hour_is_written_with_that_hour_and_read_without(tmp_path: Path) -> None:
    """The way of the command line: a start code is given, and every format that has one carries it."""
    (tmp_path / "a.srt").write_text(SRT)
    rate = ["--fps", "25", "--start", "01:00:00:00"]
    for name in ("a.edl", "a.fcpxml"):
        done = cuesmith("convert", tmp_path / "a.srt", tmp_path / name, *rate)
        assert done.returncode in (0, 1), done.stderr
    assert "01:00:01:06" in (tmp_path / "a.edl").read_text()
    assert "02:00:03:00" in (tmp_path / "a.edl").read_text()
    assert "3600" in (tmp_path / "a.fcpxml").read_text()
    done = cuesmith("convert", tmp_path / "a.srt", tmp_path / "b.srt", *rate)
    assert done.returncode in (0, 1), done.stderr
    assert [cue.start_ms for cue in read_file(tmp_path / "b.srt").cues] == [1_250, 3_603_000]


def cuesmith(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
