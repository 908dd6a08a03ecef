"""The drive of an open project is pulled out: what is in the window can be saved elsewhere all the same."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from core.document import edits
from core.document.document import Document
from core.document.project import Project, create_project, open_project
from core.errors import CannotWrite
from tests.core.document.builders import cue, texts


class Unreadable:
    """A connection to a file on a drive that is gone."""

    def __init__(self, real: sqlite3.Connection) -> None:
        self.close = real.close

    def backup(self, _target: sqlite3.Connection) -> None:
        raise self._error()

    def execute(self, *_: object) -> None:
        raise self._error()

    @property
    def in_transaction(self) -> bool:
        return False

    def _error(self) -> sqlite3.Error:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        return error


def pull_out(project: Project, drive: Path) -> None:
    store: Any = project._store
    store.connection = Unreadable(store.connection)
    shutil.rmtree(drive)


@pytest.mark.skipif(os.name == "nt", reason="there no folder goes that has an open file")
def test_a_project_whose_drive_is_gone_is_saved_elsewhere_with_its_undo_list(tmp_path: Path) -> None:
    drive, elsewhere = tmp_path / "stick", tmp_path / "mine.cuesmith"
    drive.mkdir()
    with create_project(drive / "film.cuesmith", document=Document(cues=(cue("one"),))) as project:
        history = project.history()
        history.apply(edits.insert(history.document, 5_000, 6_000, "two"))
        pull_out(project, drive)
        with pytest.raises(CannotWrite):
            history.apply(edits.insert(history.document, 7_000, 8_000, "lost"))
        project.move_to(elsewhere)
        history.apply(edits.insert(history.document, 7_000, 8_000, "three"))
    with open_project(elsewhere) as again:
        history = again.history()
        assert texts(history.document) == ["one", "two", "three"]
        history.undo()
        history.undo()
        assert texts(history.document) == ["one"]
