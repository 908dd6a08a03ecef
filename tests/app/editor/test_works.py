"""Work of earlier runs is offered whole, also where its cues were deleted; work that cannot be kept is open."""

from __future__ import annotations

from app.editor import works
from core import paths
from core.document import edits
from core.document.document import Document
from core.document.project import create_project
from core.document.project.values import LARGEST_BYTES
from core.errors import TooLarge
from tests.app.editor.cues import cue


def test_work_whose_cues_were_all_deleted_is_offered() -> None:
    with create_project() as project:
        history = project.history()
        history.apply(edits.insert(history.document, 0, 500, "one"))
        history.apply(edits.delete(history.document, [0]))
    (offered,) = works.offered()
    assert (offered.path, offered.cues, offered.steps) == (project.path, 0, 2)


def test_work_in_which_nothing_was_done_is_not_offered() -> None:
    create_project().close()
    assert works.offered() == ()


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
