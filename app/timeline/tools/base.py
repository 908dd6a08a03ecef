"""What goes into a tool and what comes out. Knows no Qt and no pixels but their length in ms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from app.timeline.hit import Hit
from app.timeline.layout import Lane
from app.timeline.model import Notes, Peaks, Spans
from app.timeline.snapping import Pull
from core.document.document import Document
from core.document.edit import Edit

DRAG_FROM_PX = 4.0
"""A press that moves less is a click."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is.

    Attributes:
        ms: the media's time under it.
        ms_per_px: how long a pixel is.
        hit: the cue's or the word's block under it and which part, in the cue lane and in the word lane.
        word: id of the word under it, in the word lane.
    """

    ms: int
    ms_per_px: float
    lane: Lane
    hit: Hit | None = None
    word: str = ""
    ctrl: bool = False
    shift: bool = False
    alt: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tool may look at.

    Attributes:
        word: id of the selected word, or "".
        peaks: the sound, whose quiet places pull edges; None before any of it was read.
        min_gap_ms: kept free to a neighbour.
    """

    document: Document
    selection: frozenset[str] = frozenset()
    playhead_ms: int = 0
    speech: Spans = ()
    notes: Notes = field(default_factory=Notes)
    snapping: bool = True
    duration_ms: int = 0
    word: str = ""
    peaks: Peaks | None = None
    min_gap_ms: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool wants; None leaves things as they are.

    Attributes:
        edit: to be applied to the document.
        finished: the drag is over, the next edit is a step of its own.
        seek_ms: where to play from.
        selection: ids of cues. word: id of the selected word, "" for none.
        range_ms: the selected stretch; an empty one (a, a) takes it back.
        pull: what holds the dragged edge.
    """

    edit: Edit | None = None
    finished: bool = False
    seek_ms: int | None = None
    selection: tuple[str, ...] | None = None
    word: str | None = None
    range_ms: tuple[int, int] | None = None
    pull: Pull | None = None


NOTHING = Outcome()


class Tool(Protocol):
    """What the pointer does on the lanes."""

    def press(self, at: Pointer, facts: Facts) -> Outcome:
        """The button goes down."""
        ...

    def move(self, at: Pointer, facts: Facts) -> Outcome:
        """The pointer moves with the button down."""
        ...

    def release(self, at: Pointer, facts: Facts) -> Outcome:
        """The button goes up."""
        ...

    def cancel(self, facts: Facts) -> Outcome:
        """Esc: everything goes back to where it was at the press."""
        ...
