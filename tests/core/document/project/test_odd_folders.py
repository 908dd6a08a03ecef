"""Folders whose name is no text, as archives and disks of older systems bring them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from core.document import edits
from core.document.document import MediaRef
from core.document.project import create_project, open_project
from tests.core.document.builders import cue, document, texts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems make no such folder")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Path(os.fsdecode(os.fsencode(tmp_path) + b"/B\xe4nder"))
    made.mkdir()
    return made


def test_work_is_kept_there(folder: Path, tmp_path: Path) -> None:
    with create_project(folder / "a.cuesmith", document=document(cue("one", 0))) as project:
        project.copy_to(folder / "copy.cuesmith")
        project.move_to(folder / "b.cuesmith")
        assert project.home == ""
    with open_project(folder / "copy.cuesmith") as again:
        assert texts(again.restored.document) == ["one"]


def test_a_project_moved_there_and_its_window_have_the_same_steps(folder: Path, tmp_path: Path) -> None:
    """A step that is kept and told to have failed would be in the file and not in the window."""
    create_project(tmp_path / "a.cuesmith", document=document(cue("one", 0))).close()
    path = (tmp_path / "a.cuesmith").rename(folder / "a.cuesmith")
    film = MediaRef("/films/a.mkv", 1, "m")
    with open_project(path) as project:
        history = project.history()
        history.apply(edits.set_field(history.document, "media", film, label="Find film"))
        assert history.document.media == project.restored.document.media == film
        assert project.home == ""
