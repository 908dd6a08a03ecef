"""Undo, redo, drags, arrivals and late results, and what listeners and the journal hear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.document import edits, history
from core.document.document import Document
from core.document.edit import Edit
from core.document.history import Changed, History, Step
from core.errors import DiskFull
from core.transcript import Source
from tests.core.document.builders import cue, document, spans, texts


class KeepingJournal:
    """Remembers what it was told; refuses when told to."""

    def __init__(self) -> None:
        self.steps: list[tuple[Step, str, int]] = []
        self.full = False

    def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
        if self.full:
            raise DiskFull(file="work.jsonl")
        self.steps.append((step, edit.label, above))


def _arrive(work: History, text: str, start_ms: int) -> None:
    assert work.arrive(edits.append(work.document, [cue(text, start_ms)], job="1"))


def test_what_a_job_brings_is_one_step() -> None:
    work = History()
    for n in range(5):
        _arrive(work, f"w{n}", n * 1000)
    assert work.labels() == ("Recognise",)
    assert work.undo() == "Recognise"
    assert work.document.cues == ()


def test_undo_takes_back_what_the_person_did_while_cues_arrive() -> None:
    work = History()
    _arrive(work, "one two", 0)
    work.apply(edits.split_at_word(work.document, 0, 1))
    _arrive(work, "three", 1000)
    assert work.labels() == ("Recognise", "Split cue")
    assert work.undo() == "Split cue"
    assert texts(work.document) == ["one two", "three"]
    assert work.undo() == "Recognise"
    assert texts(work.document) == []


def test_redo_survives_what_a_job_brings() -> None:
    work = History()
    _arrive(work, "one two", 0)
    work.apply(edits.split_at_word(work.document, 0, 1))
    work.undo()
    _arrive(work, "three", 1000)
    assert work.redo() == "Split cue"
    assert texts(work.document) == ["one", "two", "three"]


def test_redo_that_no_longer_fits_goes() -> None:
    work = History(document(cue("one two", 0, 5000)))
    work.apply(edits.move(work.document, 0, 2000))
    work.undo()
    work.apply_late(edits.late(work.document, work.document.cues[0], work.document.cues[0].words[:1]), work.step_id)
    assert work.redo() is None


def test_a_late_result_becomes_part_of_its_cause_while_that_is_on_top() -> None:
    work = History(document(cue("one tow", 0, 900)))
    work.apply(edits.set_text(work.document, 0, "one elephant"))
    cause, seen = work.step_id, work.document.cues[0]
    healed = (seen.words[0], replace(seen.words[1], start_ms=130, end_ms=600, source=Source.ALIGNED))
    assert work.apply_late(edits.late(work.document, seen, healed), cause)
    assert work.labels() == ("Edit text",)
    assert work.document.cues[0].words == healed
    work.undo()
    assert texts(work.document) == ["one tow"]


def test_a_late_result_behind_other_work_goes_with_one_undo() -> None:
    work = History(document(cue("one tow", 0, 900), cue("three", 1000)))
    work.apply(edits.set_text(work.document, 0, "one elephant"))
    cause, seen = work.step_id, work.document.cues[0]
    work.apply(edits.set_voice(work.document, [1], "Ann"))
    healed = (seen.words[0], replace(seen.words[1], start_ms=130, end_ms=600, source=Source.ALIGNED))
    assert work.apply_late(edits.late(work.document, seen, healed), cause)
    assert work.undo_label() == "Set speaker"
    assert work.undo() == "Set speaker"
    assert work.document.cues[0] == seen
    assert work.redo() == "Set speaker"
    assert work.document.cues[0].words == healed


def test_a_late_result_across_a_save_is_a_step_of_its_own() -> None:
    work = History(document(cue("one", 0, 900)))
    work.apply(edits.set_text(work.document, 0, "two"))
    cause, seen = work.step_id, work.document.cues[0]
    work.mark_saved()
    healed = (replace(seen.words[0], end_ms=400),)
    work.apply_late(edits.late(work.document, seen, healed), cause)
    assert work.modified
    assert len(work.labels()) == 2


def test_a_late_result_for_words_that_changed_is_nothing() -> None:
    before = document(cue("one two", 0, 900))
    seen = before.cues[0]
    corrected = before.apply(_sure(edits.set_text(before, 0, "one three")))
    assert edits.late(corrected, seen, seen.words) is None
    moved = before.apply(_sure(edits.move(before, 0, 50)))
    assert edits.late(moved, seen, seen.words[:1]) is None
    gone = before.apply(_sure(edits.delete(before, [0])))
    assert edits.late(gone, seen, seen.words[:1]) is None


def test_a_late_result_keeps_what_else_changed_since() -> None:
    before = document(cue("one two", 0, 900))
    seen = before.cues[0]
    now = before.apply(_sure(edits.set_mark(before, [0], "i", on=True)))
    now = now.apply(_sure(edits.set_voice(now, [0], "Ann")))
    now = now.apply(_sure(edits.retime(now, 0, end_ms=500)))
    new = (seen.words[0], replace(seen.words[1], start_ms=300, end_ms=800, source=Source.ALIGNED))
    after = now.apply(_sure(edits.late(now, seen, new))).cues[0]
    assert (after.voice, after.end_ms) == ("Ann", 500)
    assert [(w.start_ms, w.end_ms, w.source, w.marks) for w in after.words] == [
        (0, 80, Source.ALIGNED, {"i"}),
        (300, 500, Source.ALIGNED, {"i"}),
    ]


def test_a_late_result_finds_its_cue_in_another_row() -> None:
    before = document(cue("one", 1000))
    seen = before.cues[0]
    now = before.apply(edits.insert(before, 0, 500, "zero"))
    after = now.apply(_sure(edits.late(now, seen, (replace(seen.words[0], end_ms=1050),))))
    assert after.cues[1].words[0].end_ms == 1050


def test_dragging_back_gives_back_what_gave_way() -> None:
    work = History(document(cue("one two three", 0, 300), cue("four", 300, 600)))
    before = work.document
    for end_ms in (250, 120, 30, 180, 300):

        def make(at: Document, end_ms: int = end_ms) -> Edit | None:
            return edits.retime(at, 0, end_ms=end_ms)

        work.drag("drag:1", make)
    assert work.document == before
    assert work.labels() == ("Change times",)
    work.drag("drag:1", lambda at: edits.retime(at, 0, end_ms=190))
    work.close_step()
    assert spans(work.document)[0] == (0, 190)
    work.undo()
    assert work.document == before


def test_a_drag_over_many_rows_stays_one_small_edit() -> None:
    work = History(document(*(cue(f"w{n}", n * 1000) for n in range(50))))
    for at_ms in range(0, 40_000, 400):
        row = work.document.row_of("cue5000")
        assert row is not None
        work.apply(edits.move(work.document, row, at_ms, merge_key="drag:5"))
    (step,) = work.stack.done
    assert len(step.changes) == 1


def test_nothing_merges_across_a_save_or_a_closed_step() -> None:
    work = History(document(cue("one", 0)))
    for end_ms in (100, 200):
        work.apply(edits.retime(work.document, 0, end_ms=end_ms, merge_key="drag:1"))
    work.mark_saved()
    work.apply(edits.retime(work.document, 0, end_ms=300, merge_key="drag:1"))
    work.close_step()
    work.apply(edits.retime(work.document, 0, end_ms=400, merge_key="drag:1"))
    assert len(work.labels()) == 3
    assert work.modified
    work.undo()
    work.undo()
    assert not work.modified


def test_a_saved_state_on_a_branch_that_is_gone_is_never_reached_again() -> None:
    work = History(document(cue("one", 0)))
    work.apply(edits.set_voice(work.document, [0], "Ann"))
    work.mark_saved()
    work.undo()
    work.apply(edits.set_voice(work.document, [0], "Bob"))
    assert work.modified
    work.undo()
    assert work.modified


def test_the_journal_hears_of_a_step_before_anyone() -> None:
    journal = KeepingJournal()
    work = History(journal=journal)
    heard: list[tuple[Step, int, tuple[tuple[int, int, int], ...]]] = []

    def listen(changed: Changed) -> None:
        heard.append((changed.step, len(journal.steps), changed.rows()))

    stop = work.listen(listen)
    _arrive(work, "one two", 0)
    work.apply(edits.split_at_word(work.document, 0, 1))
    work.undo()
    work.redo()
    _arrive(work, "three", 5000)
    stop()
    work.undo()
    assert heard == [
        (Step.COME, 1, ((0, 0, 1),)),
        (Step.DO, 2, ((0, 1, 2),)),
        (Step.UNDO, 3, ((0, 2, 1),)),
        (Step.REDO, 4, ((0, 1, 2),)),
        (Step.JOIN, 5, ((2, 0, 1),)),
    ]
    assert journal.steps[4] == (Step.JOIN, "Recognise", 1)


def test_a_drag_is_written_now_and_then_and_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    journal = KeepingJournal()
    work = History(document(cue("one", 0)), journal=journal)
    clock_s = [100.0]
    monkeypatch.setattr(history.time, "monotonic", lambda: clock_s[0])
    work._written_at = 100.0
    for n in range(10):
        clock_s[0] += 0.1
        work.apply(edits.retime(work.document, 0, end_ms=200 + n, merge_key="drag"))
    assert [step for step, _, _ in journal.steps] == [Step.DO, Step.JOIN]
    work.close_step()
    assert [step for step, _, _ in journal.steps] == [Step.DO, Step.JOIN, Step.JOIN]
    work.close_step()
    assert len(journal.steps) == 3


def test_what_the_journal_cannot_keep_does_not_happen() -> None:
    journal = KeepingJournal()
    work = History(journal=journal)
    _arrive(work, "one two", 0)
    work.apply(edits.split_at_word(work.document, 0, 1))
    before = work.stack
    journal.full = True
    for act in (
        lambda: work.apply(edits.delete(work.document, [0])),
        lambda: _arrive(work, "three", 9000),
        work.undo,
    ):
        with pytest.raises(DiskFull):
            act()
        assert work.stack == before
    journal.full = False
    assert work.undo() == "Split cue"


def test_a_step_that_could_not_be_kept_leaves_the_saved_state_reachable() -> None:
    journal = KeepingJournal()
    work = History(document(cue("one two", 0)), journal=journal)
    work.apply(edits.split_at_word(work.document, 0, 1))
    work.mark_saved()
    work.undo()
    journal.full = True
    with pytest.raises(DiskFull):
        work.apply(edits.delete(work.document, [0]))
    journal.full = False
    work.redo()
    assert not work.modified


def test_nothing_to_do_is_no_step() -> None:
    work = History()
    assert not work.apply(None)
    assert not work.apply(Edit("nothing", ()))
    assert not work.arrive(None)
    assert not work.apply_late(None, 0)
    assert work.labels() == ()


def _sure(edit: Edit | None) -> Edit:
    assert edit is not None
    return edit
