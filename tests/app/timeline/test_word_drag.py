"""Dragging words: edges, bodies, shared edges. Real documents and a real history; undo brings everything back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.timeline.hit import Hit, Part
from app.timeline.index import CueIndex
from app.timeline.layout import Lane, laid_out
from app.timeline.pointing import Pointing
from app.timeline.snapping import Kind
from app.timeline.tools import Facts, Outcome, Pointer, tool
from app.timeline.viewport import Viewport
from core.document.document import Document
from core.document.history import History
from core.transcript import Source, Word
from tests.app.timeline.films import cue, document

Drag = Callable[..., None]


class Desk:
    """Cue b (4–6 s) has four words of half a second that touch; they are dragged by the arrow."""

    def __init__(self, shown: Document, **facts: object) -> None:
        self.before = shown
        self.history = History(shown)
        self._facts = Facts(shown, snapping=False, duration_ms=60_000)
        self._facts = replace(self._facts, **facts)  # type: ignore[arg-type]
        self.tool = tool("select")
        self.last = Outcome()

    def drag(self, hit: Hit, from_ms: int, *to_ms: int, **keys: object) -> None:
        self._do(self.tool.press(self._at(from_ms, hit, **keys), self.facts))
        for ms in to_ms:
            self._do(self.tool.move(self._at(ms, hit, **keys), self.facts))
        self._do(self.tool.release(self._at(to_ms[-1], hit), self.facts))

    def words(self, cue_id: str = "b") -> list[tuple[int, int]]:
        return [(word.start_ms, word.end_ms) for word in self.cue(cue_id)]

    def cue(self, cue_id: str = "b") -> tuple[Word, ...]:
        return next(c for c in self.history.document.cues if c.id == cue_id).words

    def span(self, cue_id: str = "b") -> tuple[int, int]:
        found = next(c for c in self.history.document.cues if c.id == cue_id)
        return found.start_ms, found.end_ms

    @property
    def facts(self) -> Facts:
        return replace(self._facts, document=self.history.document)

    def _at(self, ms: int, hit: Hit, **keys: object) -> Pointer:
        return replace(Pointer(ms, 10.0, Lane.WORDS, hit, word=hit.id), **keys)  # type: ignore[arg-type]

    def _do(self, outcome: Outcome) -> None:
        pull, self.last = self.last.pull, outcome
        if outcome.finished:
            self.last = replace(outcome, pull=pull)
            self.history.close_step()
        self.history.apply(outcome.edit)


@pytest.fixture
def desk() -> Desk:
    return Desk(document())


BODY, SHARED = Hit("b.1", Part.BODY), Hit("b.1", Part.SHARED, "b.2")


@pytest.mark.parametrize(
    ("hit", "from_ms", "to_ms", "words"),
    [
        (Hit("b.1", Part.END), 5000, 5100, [(4000, 4500), (4500, 5100), (5100, 5500), (5500, 6000)]),
        (Hit("b.1", Part.END), 5000, 4900, [(4000, 4500), (4500, 4900), (5000, 5500), (5500, 6000)]),
        (Hit("b.1", Part.START), 4500, 4300, [(4000, 4300), (4300, 5000), (5000, 5500), (5500, 6000)]),
        (BODY, 4700, 4900, [(4000, 4500), (4700, 5200), (5200, 5500), (5500, 6000)]),
        (SHARED, 5000, 4700, [(4000, 4500), (4500, 4700), (4700, 5500), (5500, 6000)]),
        (SHARED, 5000, 5600, [(4000, 4500), (4500, 5480), (5480, 5500), (5500, 6000)]),
        (Hit("b.3", Part.END), 6000, 5800, [(4000, 4500), (4500, 5000), (5000, 5500), (5500, 5800)]),
    ],
)
def test_neighbours_give_way_in_one_undo_step(
    desk: Desk, hit: Hit, from_ms: int, to_ms: int, words: list[tuple[int, int]]
) -> None:
    desk.drag(hit, from_ms, (from_ms + to_ms) // 2, to_ms)
    assert desk.words() == words
    assert len(desk.history.labels()) == 1
    after = desk.history.document
    desk.history.undo()
    assert desk.history.document == desk.before
    desk.history.redo()
    assert desk.history.document == after


def test_the_first_word_takes_its_cue_along(desk: Desk) -> None:
    desk.drag(Hit("b.0", Part.START), 4000, 3800)
    assert (desk.words()[0], desk.span()) == ((3800, 4500), (3800, 6000))


def test_what_was_dragged_was_set_by_hand_and_nothing_else(desk: Desk) -> None:
    desk.drag(Hit("b.1", Part.END), 5000, 4900)
    assert [word.source for word in desk.cue()] == [Source.ALIGNED, Source.EDITED, Source.ALIGNED, Source.ALIGNED]


def test_with_alt_a_shared_edge_is_parted(desk: Desk) -> None:
    desk.drag(SHARED, 5000, 4800, alt=True)
    assert desk.words()[1:3] == [(4500, 4800), (5000, 5500)]
    desk.drag(Hit("b.2", Part.SHARED, "b.3"), 5500, 5700, alt=True, word="b.3")
    assert desk.words()[2:] == [(5000, 5500), (5700, 6000)]


def test_with_alt_the_selected_words_edge_is_meant() -> None:
    desk = Desk(document(), word="b.2")
    desk.drag(SHARED, 5000, 5200, alt=True)
    assert desk.words()[1:3] == [(4500, 5000), (5200, 5500)]


def test_with_shift_everything_behind_a_shared_edge_goes_along() -> None:
    desk = Desk(document(cue("b", 4000, 6000), cue("d", 20_000, 22_000)))
    desk.drag(SHARED, 5000, 5300, shift=True)
    assert desk.words() == [(4000, 4500), (4500, 5300), (5300, 5800), (5800, 6300)]
    assert desk.span() == (4000, 6300)
    desk.history.undo()
    assert desk.history.document == desk.before


def test_what_goes_along_stops_at_the_next_cue(desk: Desk) -> None:
    desk.drag(SHARED, 5000, 5300, shift=True)
    assert desk.history.document == desk.before


def test_escape_puts_words_back(desk: Desk) -> None:
    desk._do(desk.tool.press(desk._at(4700, BODY), desk.facts))
    desk._do(desk.tool.move(desk._at(4900, BODY), desk.facts))
    assert desk.words()[1] == (4700, 5200)
    desk._do(desk.tool.cancel(desk.facts))
    assert desk.history.document == desk.before


@pytest.mark.parametrize(
    ("facts", "hit", "from_ms", "to_ms", "kind", "held_ms"),
    [
        ({"playhead_ms": 4880}, Hit("b.1", Part.END), 5000, 4900, Kind.PLAYHEAD, 4880),
        ({"speech": [(4880, 5900)]}, Hit("b.1", Part.START), 4500, 4850, Kind.SPEECH_START, 4880),
        ({}, Hit("d.0", Part.END), 20_500, 22_000, None, 20_980),
    ],
)
def test_words_are_pulled_as_cues_are(
    facts: dict[str, object], hit: Hit, from_ms: int, to_ms: int, kind: Kind | None, held_ms: int
) -> None:
    desk = Desk(document(), snapping=True, **facts)
    desk.drag(hit, from_ms, to_ms)
    word = next(word for c in desk.history.document.cues for word in c.words if word.id == hit.id)
    assert held_ms == (word.end_ms if hit.part is Part.END else word.start_ms)
    assert (desk.last.pull.target.kind if desk.last.pull else None) == kind


def test_ctrl_lets_a_word_lie_free() -> None:
    desk = Desk(document(), snapping=True, playhead_ms=4880)
    desk.drag(Hit("b.1", Part.END), 5000, 4900, ctrl=True)
    assert desk.words()[1] == (4500, 4900)


def test_a_click_on_a_word_seeks_and_a_click_on_its_edge_does_not(desk: Desk) -> None:
    desk.drag(BODY, 4700, 4701)
    assert desk.last.seek_ms == 4701
    desk.drag(SHARED, 5000, 5001)
    assert desk.last.seek_ms is None


def pointing(ms_per_px: float, word: str = "") -> Pointing:
    return Pointing(Viewport(4000, ms_per_px, 1000, 60_000), laid_out(1084, 300), CueIndex(document().cues),
                    frozenset(), word)  # fmt: skip


@pytest.mark.parametrize(
    ("x", "hit"),
    [(25, Hit("b.0", Part.BODY)), (48, Hit("b.0", Part.SHARED, "b.1")), (54, Hit("b.0", Part.SHARED, "b.1"))],
)
def test_the_word_lane_knows_edges_shared_edges_and_bodies(x: float, hit: Hit) -> None:
    assert pointing(10).word_hit(x) == hit


def test_words_of_two_cues_share_no_edge() -> None:
    assert pointing(10).word_hit(198) == Hit("b.3", Part.END)
    assert pointing(10).word_hit(202) == Hit("c.0", Part.START)


def test_words_too_narrow_for_edges_have_bodies() -> None:
    assert pointing(100).word_hit(1) == Hit("b.0", Part.BODY)
