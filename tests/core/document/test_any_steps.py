"""Every edit there is, late work, drags, arrivals, undo, redo and saves in any order; hypothesis shrinks what fails.

A new edit that nobody wrote a maker for fails here by name.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.document import edits
from core.document.document import Document
from core.document.heal import healed, spoiled, window
from core.document.history import Changed, History
from core.transcript import Source, Word
from tests.core.document.builders import check_whole
from tests.core.document.random_edits import MAKERS, NEEDS_NO_WORDS, a_cue, some_edit, some_step, this_edit

RANDOMS = st.randoms(use_true_random=False)


def _edit_functions() -> Iterator[str]:
    """Names of the public functions of `core.document.edits` and its modules that give an `Edit`."""
    for module in pkgutil.iter_modules(edits.__path__):
        inside = importlib.import_module(f"{edits.__name__}.{module.name}")
        for name, function in inspect.getmembers(inside, inspect.isfunction):
            hints = inspect.get_annotations(function)
            makes = str(hints.get("return", "")) in ("Edit", "Edit | None") and "document" in hints
            if makes and function.__module__ == inside.__name__ and not name.startswith("_"):
                yield name


def test_every_edit_there_is_takes_part() -> None:
    helpers = {"replaced", "replaced_each", "added"}
    assert set(_edit_functions()) - helpers == set(MAKERS)


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_every_edit_does_something_and_returns(name: str) -> None:
    done = 0
    for seed in range(40):
        rng = random.Random(seed)
        history = History()
        history.arrive(edits.append(Document(), [a_cue(rng, n * 3500) for n in range(5)], job="x"))
        history.arrive(edits.set_mark(history.document, [1, 3], "i", on=True))
        before = history.document
        edit = this_edit(rng, before, rng.randrange(5), name)
        if not history.apply(edit):
            continue
        done += 1
        check_whole(history.document)
        after = history.document
        history.undo()
        assert history.document == before
        history.redo()
        assert history.document == after
    assert done >= 3, f"{name} hardly ever did anything"


class Working(RuleBasedStateMachine):
    """A person, a running job and healing, all at one document.

    `sure` holds the documents on the way here as long as only the person acts; work that arrives beneath changes them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.sure: list[Document] = []
        self.undone: list[Document] = []
        self.spoiled: dict[str, frozenset[str]] = {}
        self.history.listen(self._watch)

    def _watch(self, changed: Changed) -> None:
        for cue_id, words in spoiled(changed.edit).items():
            self.spoiled[cue_id] = self.spoiled.get(cue_id, frozenset()) | words

    def _unsure(self) -> None:
        self.sure.clear()
        self.undone.clear()

    @initialize(rng=RANDOMS, count=st.integers(0, 4))
    def cues(self, rng: random.Random, count: int) -> None:
        self.history.arrive(edits.append(Document(), [a_cue(rng, n * 700) for n in range(count)], job="1"))

    @rule(rng=RANDOMS, name=st.sampled_from(sorted(MAKERS)))
    def edit(self, rng: random.Random, name: str) -> None:
        before, depth = self.history.document, len(self.history.labels())
        name = name if before.cues else "insert"
        row = rng.randrange(max(1, len(before.cues)))
        if name in NEEDS_NO_WORDS and name != "insert" and not before.cues:
            return
        edit = this_edit(rng, before, row, name)
        if self.history.apply(edit):
            assert len(self.history.labels()) == depth + 1
            self.sure.append(before)
            self.undone.clear()

    @rule()
    def undo(self) -> None:
        before = self.history.document
        if self.history.undo() is None:
            return
        if not self.sure:
            self.undone.clear()
            return
        assert self.history.document == self.sure.pop()
        self.undone.append(before)

    @rule()
    def redo(self) -> None:
        before = self.history.document
        if self.history.redo() is not None and self.undone:
            assert self.history.document == self.undone.pop()
            self.sure.append(before)

    @rule(rng=RANDOMS)
    def drag_or_arrival_or_save(self, rng: random.Random) -> None:
        self._unsure()
        some_step(rng, self.history)

    @rule(rng=RANDOMS, meanwhile=st.booleans(), shift_ms=st.integers(-400, 400))
    @precondition(lambda self: self.spoiled)
    def heal(self, rng: random.Random, meanwhile: bool, shift_ms: int) -> None:
        """Times for what was corrected come at once, or after another step."""
        self._unsure()
        cue_id, names = self.spoiled.popitem()
        asked = window(self.history.document, cue_id, names)
        if asked is None:
            return
        words = healed(asked, [_heard(word, shift_ms) for word in asked.words])
        cause = self.history.step_id
        if meanwhile:
            self.history.apply(some_edit(rng, self.history.document))
        if words is None:
            return
        before = self.history.document
        if self.history.apply_late(edits.late(before, asked.seen, words), cause):
            _only_the_run_changed(before, self.history.document, {word.id for word in asked.run})

    @invariant()
    def is_whole(self) -> None:
        check_whole(self.history.document)

    def teardown(self) -> None:
        """All the way back and forth again."""
        seen, depth = [self.history.document], len(self.history.labels())
        while self.history.undo() is not None:
            check_whole(self.history.document)
            seen.append(self.history.document)
        while len(self.history.labels()) < depth:
            assert self.history.redo() is not None
            seen.pop()
            assert self.history.document == seen[-1]
        assert len(seen) == 1


def _heard(word: Word, shift_ms: int) -> Word:
    start_ms = max(0, word.start_ms + shift_ms)
    return replace(word, start_ms=start_ms, end_ms=max(start_ms, word.end_ms + shift_ms), source=Source.ALIGNED)


def _only_the_run_changed(before: Document, after: Document, run: set[str]) -> None:
    """Healing keeps every other word as it was, to the millisecond."""
    for old, new in zip(before.cues, after.cues, strict=True):
        assert [word for word in old.words if word.id not in run] == [w for w in new.words if w.id not in run]


TestWorking = Working.TestCase
TestWorking.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
