"""Work of earlier runs is offered whole, also where its cues were deleted; work that cannot be kept is open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor import works
from app.editor.cue_sources import cues_for
from core import paths
from core.document import edits
from core.document.document import Document, MediaRef
from core.document.owner import is_held
from core.document.project import create_project
from core.document.project.values import LARGEST_BYTES
from core.errors import TooLarge
from tests.app.editor.cues import cue
from tests.fakes.media_runs import info


def test_work_whose_cues_were_all_deleted_is_offered() -> None:
    with create_project() as project:
        history = project.history()
        history.apply(edits.insert(history.document, 0, 500, "one"))
        history.apply(edits.delete(history.document, [0]))
    (offered,) = works.offered()
    assert (offered.path, offered.cues, offered.steps) == (project.path, 0, 2)


def test_all_work_is_offered_and_what_is_damaged_comes_last(qtbot: QtBot, program: Application) -> None:
    film = MediaRef("/films/boat.mp4", 1, "id")
    for n in range(12):
        media = film if n == 0 else None
        with create_project(document=Document(cues=(cue("a", 0, 500, f"{n}"),), media=media)) as project:
            os.utime(project.path, (n, n))
    damaged = project.path
    damaged.write_bytes(b"SQLite format 3\x00" + bytes(500))
    offered = works.offered()
    assert len(offered) == 12
    assert offered[-1].path == damaged
    earlier, _ = cues_for(info(film.path))
    assert earlier is not None, "it is not among the latest"
    page = program.window.welcome
    page.show_works(offered)

    def listed() -> list[QPushButton]:
        return [one for one in page.findChildren(QPushButton) if " · " in one.text() or one.text().startswith("Show")]

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert [one.text() for one in listed()[5:]] == ["Show 7 more"]
    listed()[5].click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(listed()) == 12
    assert "damaged" in listed()[-1].text()
    with qtbot.waitSignal(page.workChosen):
        listed()[-1].click()


def test_work_in_which_nothing_was_done_is_not_offered() -> None:
    create_project().close()
    assert works.offered() == ()


def test_a_project_damaged_while_a_drag_was_not_yet_written_keeps_nothing_from_being_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.document.history.DRAG_WRITE_MS", 10**9)
    path = tmp_path / "film.cuesmith"
    create_project(path, document=Document(cues=(cue("a", 0, 500, "one"),))).close()
    opened = works.Works()
    work = opened.go_on(path)
    other = opened.begin(Document(cues=(cue("b", 0, 500, "two"),)))
    assert work.project is not None
    assert other.project is not None
    for text in ("x", "y", "z"):
        work.history.drag("k", lambda document, text=text: edits.set_text(document, 0, text))  # type: ignore[misc]
    work.project.rest()
    with path.open("r+b") as file:
        size = path.stat().st_size
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    opened.close()
    assert not is_held(path)
    assert not is_held(other.project.path)


def test_work_that_is_too_large_for_any_project_is_open_all_the_same() -> None:
    """An ASS file with fonts in it, which its next export writes whole again."""
    document = Document(cues=(cue("a", 0, 500, "one"),), header={"ass": "[Fonts]\n" + "M" * LARGEST_BYTES})
    opened = works.Works()
    work = opened.begin(document)
    assert isinstance(opened.problem, TooLarge)
    assert work.project is None
    assert work.history.document is document
    assert list(paths.recovery_dir().glob("*.cuesmith*")) == []
    opened.close()
