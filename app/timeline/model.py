"""What the timeline is given to show: shapes only. Knows no Qt, no painter and no pixels."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.cue import Cue
from core.document.document import Document

Spans = Sequence[tuple[int, int]]
"""(start_ms, end_ms) each, in order of time."""


class Peaks(Protocol):
    """The sound as columns (core.media.peaks)."""

    @property
    def built_ms(self) -> int:
        """Up to where the sound has been read."""
        ...

    @property
    def duration_ms(self) -> int:
        """Length of the sound."""
        ...

    def columns(self, start_ms: float, ms_per_column: float, count: int) -> npt.NDArray[np.int8]:
        """(count, 3) int8: least, most and RMS of each column, -127…127."""
        ...


class Spectrum(Protocol):
    """The sound by pitch (core.media.spectrum)."""

    @property
    def built_ms(self) -> int:
        """Up to where it has been read."""
        ...

    def columns(self, start_ms: float, ms_per_column: float, count: int) -> npt.NDArray[np.uint8]:
        """(count, bands) uint8: loudness of each band, the lowest first."""
        ...


class Severity(enum.StrEnum):
    """How much a finding of the checks weighs."""

    SHOULD = "should"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Notes:
    """What is shown beside the document.

    Attributes:
        healing: ids of words that are being re-timed.
        findings: the heaviest finding of a cue, by its id.
        shot_changes_ms: in order.
        recognised_ms: up to where the media has been recognised; None = all of it, nothing is hatched.
        running: whether recognition goes on there just now.
        new_times: cues as they would be with new times, for review, in order of time; each has its cue's id.
        doubted: ids of those that want a look.
    """

    healing: frozenset[str] = frozenset()
    findings: Mapping[str, Severity] = field(default_factory=dict)
    shot_changes_ms: tuple[int, ...] = ()
    recognised_ms: int | None = None
    running: bool = False
    new_times: tuple[Cue, ...] = ()
    doubted: frozenset[str] = frozenset()


class TimelineModel(Protocol):
    """What a timeline reads; it asks again whenever `TimelineView.refresh()` is called."""

    @property
    def document(self) -> Document:
        """The cues and what belongs to them."""
        ...

    @property
    def peaks(self) -> Peaks | None:
        """The sound, or None before any of it was read."""
        ...

    @property
    def spectrum(self) -> Spectrum | None:
        """The sound by pitch, where it is to be shown in place of the wave and there is some of it."""
        ...

    @property
    def speech(self) -> Spans:
        """Where speech was found."""
        ...

    @property
    def notes(self) -> Notes:
        """Findings, words being re-timed, shot changes, how far recognition has come."""
        ...


@dataclass(frozen=True, slots=True)
class PlainModel:
    """A model whose facts stand still: for tests, pictures and the bench."""

    document: Document = field(default_factory=Document)
    peaks: Peaks | None = None
    speech: Spans = ()
    notes: Notes = field(default_factory=Notes)
    spectrum: Spectrum | None = None
