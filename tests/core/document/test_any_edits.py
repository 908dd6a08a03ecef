"""Whatever people do in whatever order: the invariants hold, undo and redo return exactly."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.document.document import Document
from core.document.history import History
from tests.core.document.builders import check_whole
from tests.core.document.random_edits import some_edit, some_step


def _all_the_way_back_and_forth(history: History) -> None:
    first = history.document
    depth = len(history.labels())
    seen = [history.document]
    while history.undo() is not None:
        check_whole(history.document)
        seen.append(history.document)
    assert history.labels() == ()
    while len(history.labels()) < depth:
        assert history.redo() is not None
        seen.pop()
        assert history.document == seen[-1]
    assert history.document == first


@pytest.mark.parametrize("block", range(10))
def test_three_hundred_runs_of_thirty_edits_return_exactly(block: int) -> None:
    for seed in range(block * 30, block * 30 + 30):
        rng = random.Random(seed)
        history = History()
        documents = [history.document]
        for _ in range(30):
            if history.apply(some_edit(rng, history.document)):
                documents.append(history.document)
            check_whole(history.document)
        for expected in reversed(documents[:-1]):
            history.undo()
            assert history.document == expected, seed
        for expected in documents[1:]:
            history.redo()
            assert history.document == expected, seed


@pytest.mark.parametrize("block", range(5))
def test_steps_of_all_kinds_mixed_keep_the_way_back_and_forth(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        rng = random.Random(10_000 + seed)
        history = History()
        for _ in range(30):
            some_step(rng, history)
            check_whole(history.document)
        _all_the_way_back_and_forth(history)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 20))
def test_any_sequence_keeps_the_invariants_and_returns(rng: random.Random, count: int) -> None:
    history = History()
    for _ in range(count):
        some_step(rng, history)
        check_whole(history.document)
    _all_the_way_back_and_forth(history)


def test_an_empty_document_has_nothing_to_undo() -> None:
    history = History(Document())
    assert history.undo() is None
    assert history.redo() is None
    assert (history.undo_label(), history.redo_label(), history.modified) == (None, None, False)
