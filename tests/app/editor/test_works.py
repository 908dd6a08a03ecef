"""Work of earlier runs is offered whole: also where its cues were deleted, for undo brings them back."""

from __future__ import annotations

from app.editor import works
from core.document import edits
from core.document.project import create_project


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
