"""Tools: a position and the document in, an Edit or a wish out. Real documents and a real history apply them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from app.timeline.hit import Hit, Part
from app.timeline.layout import Lane
from app.timeline.model import Notes
from app.timeline.snapping import Kind
from app.timeline.tools import TOOLS, Facts, Outcome, Pointer, Tool, tool
from core.document.document import Document
from core.document.history import History
from tests.app.timeline.films import cue, document

FREE = Facts(document(), snapping=False, duration_ms=60_000)


def at(ms: int, *, cue_id: str = "", part: Part = Part.BODY, ctrl: bool = False, shift: bool = False) -> Pointer:
    hit = Hit(cue_id, part) if cue_id else None
    return Pointer(ms, 10.0, Lane.CUES if cue_id else Lane.SOUND, hit, ctrl=ctrl, shift=shift)


class Desk:
    """Applies what a tool wants, as the window does."""

    def __init__(self, shown: Document, facts: Facts) -> None:
        self.history = History(shown)
        self._facts = facts
        self.tool: Tool = tool("select")
        self.last = Outcome()

    @property
    def facts(self) -> Facts:
        return replace(self._facts, document=self.history.document)

    def drag(self, cue_id: str, part: Part, from_ms: int, *to_ms: int, ctrl: bool = False, shift: bool = False) -> None:
        self._do(self.tool.press(at(from_ms, cue_id=cue_id, part=part), self.facts))
        for ms in to_ms:
            self._do(self.tool.move(at(ms, ctrl=ctrl, shift=shift), self.facts))

    def drop(self, ms: int) -> None:
        self._do(self.tool.release(at(ms), self.facts))

    def times(self, cue_id: str) -> tuple[int, int]:
        found = next(c for c in self.history.document.cues if c.id == cue_id)
        return found.start_ms, found.end_ms

    def _do(self, outcome: Outcome) -> None:
        self.last = outcome
        self.history.apply(outcome.edit)
        if outcome.finished:
            self.history.close_step()


@pytest.fixture
def desk() -> Desk:
    return Desk(document(), FREE)


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_every_tool_named_can_be_taken_in_hand(name: str) -> None:
    assert tool(name).press(at(0), FREE).edit is None


def test_dragging_an_end_moves_it_in_one_undo_step(desk: Desk) -> None:
    desk.drag("a", Part.END, 3000, 3100, 3200, 3500)
    desk.drop(3500)
    assert desk.times("a") == (1000, 3500)
    assert len(desk.history.labels()) == 1
    desk.history.undo()
    assert desk.history.document == document()


def test_dragging_a_body_moves_cue_and_words(desk: Desk) -> None:
    desk.drag("a", Part.BODY, 2000, 2300, 2500)
    assert desk.times("a") == (1500, 3500)
    assert desk.history.document.cues[0].words[0].start_ms == 1500


def test_a_press_that_hardly_moves_changes_nothing_and_seeks(desk: Desk) -> None:
    desk.drag("a", Part.BODY, 2000, 2039)
    desk.drop(2039)
    assert desk.last == Outcome(seek_ms=2039, selection=("a",))
    assert desk.history.labels() == ()


def test_words_cut_by_an_edge_come_back_when_it_returns(desk: Desk) -> None:
    before = desk.history.document.cues[0].words
    desk.drag("a", Part.END, 3000, 1600)
    assert desk.history.document.cues[0].words != before
    desk._do(desk.tool.move(at(3000), desk.facts))
    assert desk.history.document.cues[0].words == before


def test_escape_puts_everything_back(desk: Desk) -> None:
    desk.drag("a", Part.START, 1000, 1500, 1800)
    desk._do(desk.tool.cancel(desk.facts))
    assert desk.history.document == document()
    assert desk.last.finished


@pytest.mark.parametrize(
    ("part", "from_ms", "to_ms", "times"),
    [(Part.START, 1000, 9000, (2960, 3000)), (Part.END, 3000, 0, (1000, 1040)), (Part.BODY, 2000, -9000, (0, 2000))],
)
def test_a_drag_stops_where_the_cue_would_vanish_or_leave(
    desk: Desk, part: Part, from_ms: int, to_ms: int, times: tuple[int, int]
) -> None:
    desk.drag("a", part, from_ms, to_ms)
    assert desk.times("a") == times


def test_a_cue_dragged_past_another_changes_places_with_it(desk: Desk) -> None:
    desk.drag("a", Part.BODY, 2000, 8000, 11_000, 14_000)
    assert [c.id for c in desk.history.document.cues] == ["b", "c", "a", "d"]
    desk.history.undo()
    assert desk.history.document == document()


def test_a_drag_ends_where_someone_else_changed_the_cue(desk: Desk) -> None:
    desk.drag("a", Part.END, 3000, 3200)
    changed = document(cue("a", 1000, 2000), *document().cues[1:])
    outcome = desk.tool.move(at(3400), replace(FREE, document=changed))
    assert outcome.edit is None


def test_with_shift_the_neighbour_makes_room(desk: Desk) -> None:
    desk.drag("b", Part.END, 6000, 6500, shift=True)
    assert desk.times("b") == (4000, 6500)
    assert desk.times("c") == (6500, 8000)


def snapping(**facts: object) -> Desk:
    return Desk(document(), replace(FREE, snapping=True, **facts))  # type: ignore[arg-type]


def test_an_edge_is_pulled_to_the_neighbour_and_says_so() -> None:
    desk = snapping()
    desk.drag("a", Part.END, 3000, 3950)
    assert desk.times("a") == (1000, 4000)
    assert desk.last.pull is not None
    assert (desk.last.pull.target.kind, desk.last.pull.change_ms) == (Kind.NEIGHBOUR, 1000)


def test_holding_ctrl_lets_an_edge_lie_free() -> None:
    desk = snapping()
    desk.drag("a", Part.END, 3000, 3950, ctrl=True)
    assert desk.times("a") == (1000, 3950)
    assert desk.last.pull is None


@pytest.mark.parametrize(
    ("facts", "to_ms", "kind"),
    [
        ({"playhead_ms": 3300}, 3350, Kind.PLAYHEAD),
        ({"notes": Notes(shot_changes_ms=(3300,))}, 3350, Kind.SHOT_CHANGE),
        ({"speech": [(100, 3300)]}, 3350, Kind.SPEECH_END),
    ],
)
def test_playhead_shot_changes_and_speech_pull(facts: dict[str, object], to_ms: int, kind: Kind) -> None:
    desk = snapping(**facts)
    desk.drag("a", Part.END, 3000, to_ms)
    assert desk.times("a") == (1000, 3300)
    assert desk.last.pull is not None
    assert desk.last.pull.target.kind is kind


def test_a_neighbour_that_makes_room_does_not_hold_the_edge_back() -> None:
    desk = snapping()
    desk.drag("b", Part.END, 6000, 6200, 6250, shift=True)
    assert desk.times("b") == (4000, 6250)


def test_cues_dragged_along_do_not_hold_each_other_back() -> None:
    desk = snapping(selection=frozenset({"b", "c"}))
    desk.drag("c", Part.BODY, 7000, 7200, 7250)
    assert (desk.times("b"), desk.times("c")) == ((4250, 6250), (6250, 8250))


def test_a_body_is_pulled_by_its_end_where_its_start_is_free() -> None:
    desk = snapping()
    desk.drag("a", Part.BODY, 2000, 2950)
    assert desk.times("a") == (2000, 4000)


def test_edges_lie_on_frames_where_nothing_else_pulls() -> None:
    shown = replace(document(), frame_rate=Fraction(25))
    desk = Desk(shown, replace(FREE, snapping=True))
    desk.drag("a", Part.END, 3000, 3333)
    assert desk.times("a") == (1000, 3320)


def test_a_click_selects_and_ctrl_adds_and_takes_away() -> None:
    hand = tool("select")
    assert hand.press(at(1500, cue_id="a"), FREE).selection == ("a",)
    both = hand.press(at(4500, cue_id="b", ctrl=True), replace(FREE, selection=frozenset({"a"})))
    assert both.selection == ("a", "b")
    one = hand.press(at(4500, cue_id="b", ctrl=True), replace(FREE, selection=frozenset({"a", "b"})))
    assert one.selection == ("a",)


def test_several_selected_cues_are_dragged_together_in_one_step() -> None:
    desk = Desk(document(), replace(FREE, selection=frozenset({"a", "d"})))
    desk.drag("d", Part.BODY, 21_000, 21_100, 21_500)
    assert (desk.times("a"), desk.times("d")) == ((1500, 3500), (20_500, 22_500))
    assert desk.times("b") == (4000, 6000)
    desk.history.undo()
    assert desk.history.document == document()


def test_an_edge_is_dragged_alone_even_where_several_are_selected() -> None:
    desk = Desk(document(), replace(FREE, selection=frozenset({"a", "d"})))
    desk.drag("d", Part.END, 22_000, 22_500)
    assert (desk.times("a"), desk.times("d")) == ((1000, 3000), (20_000, 22_500))


def test_a_click_on_one_of_several_selects_it_alone_when_released() -> None:
    both = replace(FREE, selection=frozenset({"a", "b"}))
    hand = tool("select")
    assert hand.press(at(4500, cue_id="b"), both).selection is None
    assert hand.release(at(4500, cue_id="b"), both).selection == ("b",)


def test_a_click_on_an_edge_does_not_seek() -> None:
    hand = tool("select")
    hand.press(at(3000, cue_id="a", part=Part.END), FREE)
    assert hand.release(at(3000), FREE).seek_ms is None


def test_shift_selects_everything_between() -> None:
    outcome = tool("select").press(at(21_000, cue_id="d", shift=True), replace(FREE, selection=frozenset({"b"})))
    assert outcome.selection == ("b", "c", "d")


def test_a_press_on_a_word_selects_it_and_its_cue() -> None:
    outcome = tool("select").press(Pointer(4600, 10, Lane.WORDS, word="b.1"), FREE)
    assert (outcome.selection, outcome.word) == (("b",), "b.1")


def test_a_drag_on_the_ground_selects_a_range_either_way() -> None:
    hand = tool("select")
    hand.press(at(5000), FREE)
    assert hand.move(at(5010), FREE) == Outcome()
    assert hand.move(at(3000), FREE).range_ms == (3000, 5000)
    assert hand.release(at(7000), FREE).range_ms == (5000, 7000)


def test_a_click_on_the_ground_seeks_and_takes_the_range_back() -> None:
    hand = tool("select")
    hand.press(at(5000), FREE)
    outcome = hand.release(at(5000), FREE)
    assert outcome.seek_ms == 5000
    assert outcome.range_ms == (5000, 5000)


def test_the_range_tool_selects_over_cues_as_well() -> None:
    hand = tool("range")
    assert hand.press(at(1500, cue_id="a"), FREE).selection is None
    assert hand.move(at(2500), FREE).range_ms == (1500, 2500)
    assert hand.cancel(FREE).range_ms == (0, 0)
    assert hand.move(at(4000), FREE) == Outcome()
