"""The `edited` fixture: whatever a test does to a document is also undone and redone, and must come back exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.document.document import Document
from core.document.edit import Edit
from core.document.history import History
from tests.core.document.builders import check_whole

Edited = Callable[[Document, Edit | None], Document]


@pytest.fixture
def edited() -> Edited:
    """Does an edit, undoes and redoes it twice, compares everything, and gives the document after it."""

    def do(document: Document, edit: Edit | None) -> Document:
        assert edit is not None, "there was nothing to do"
        history = History(document)
        assert history.apply(edit)
        after = history.document
        check_whole(after)
        for _ in range(2):
            assert history.undo() == edit.label
            assert history.document == document
            assert history.redo() == edit.label
            assert history.document == after
        assert edit.reversed().reversed() == edit
        return after

    return do
