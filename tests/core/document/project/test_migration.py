"""A project of an earlier version gets today's tables when it is opened, with everything in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.document.project import create_project, open_project, opening, reading, schema
from core.errors import ProjectUnreadable
from tests.core.document.builders import cue, document, texts

MORE = ("CREATE TABLE more (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID", "INSERT INTO more VALUES ('new')")


def test_an_earlier_version_is_brought_up_to_date_and_an_earlier_program_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.cuesmith"
    create_project(path, document=document(cue("kept", 0))).close()
    with monkeypatch.context() as later:
        later.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, MORE))
        for module in (schema, reading, opening):
            later.setattr(module, "VERSION", 2)
        with open_project(path) as project:
            assert texts(project.restored.document) == ["kept"]
            assert project.notices == ()
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT name FROM more").fetchall() == [("new",)]
            assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    with pytest.raises(ProjectUnreadable, match="newer"):
        open_project(path)
