"""What every subtitle format is, and the one shape they all exchange. Knows no format."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from core.cue import Cue
from core.progress import Notice
from core.transcript import Segment


class Feature(enum.StrEnum):
    """What a file may carry beside text and cue times; `SubtitleFormat.keeps` names those that survive."""

    WORD_TIMES = "word times"
    STYLED_TEXT = "italics, bold, underline"
    COLOURS = "colours"
    VOICES = "voices"
    STYLES = "named styles"
    LOOK = "the look of the cues"
    POSITIONS = "positions"
    LANGUAGE = "language"
    FRAME_RATE = "frame rate"
    CONFIDENCE = "confidence"
    SEGMENTS = "recognised segments"
    LINE_BREAKS = "line breaks"
    OVERLAPS = "overlapping cues"
    HEADER = "header"
    MILLISECONDS = "times to the millisecond"
    TAGS = "tags of another format"
    """Never in `keeps`: tags no two formats share survive in their own, and are named where they are lost."""


@dataclass(frozen=True, slots=True)
class UnmatchedLine:
    """A line of given text that was not found in the sound; `line` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Subtitles:
    """What a file holds, as formats exchange it.

    Attributes:
        cues: in order of time.
        header: what the format's files carry above the cues, as text.
        language: code or "".
        media: name of the film's file or "".
        engine: id of the engine the words come from or "".
        segments: what was recognised, before it was made into cues.
        unmatched: lines of a given text that were not found.
        styles: looks by name.
        frame_rate, start_timecode_ms: where a format has them.
        hour_ms: how long an hour of the file's timecodes lasts (`timecode.hour_of_timecode_ms`).
        notices: what a reader had to repair or drop, for the user.
        format: id of the format it was read as; "" = of no file. What is a format's own (`header`) is that one's.
    """

    cues: tuple[Cue, ...]
    header: str = ""
    language: str = ""
    media: str = ""
    engine: str = ""
    segments: tuple[Segment, ...] = ()
    unmatched: tuple[UnmatchedLine, ...] = ()
    styles: dict[str, str] = field(default_factory=dict)
    frame_rate: Fraction | None = None
    start_timecode_ms: int = 0
    hour_ms: Fraction = Fraction(3_600_000)
    notices: tuple[Notice, ...] = ()
    format: str = ""


class SubtitleFormat(Protocol):
    """One format. Instances hold no state.

    Attributes:
        id: as on the command line, e.g. "srt".
        name: for people.
        extensions: with dot, the first is the one written.
        keeps: features that survive writing and reading back.
        reads, writes: which ways it goes.
        utf8_only: its definition knows no other encoding.
    """

    id: str
    name: str
    extensions: tuple[str, ...]
    keeps: frozenset[Feature]
    reads: bool
    writes: bool
    utf8_only: bool

    def read(self, text: str) -> Subtitles:
        """Cues from the text of a file (already decoded, newlines as they were).

        Raises:
            ValueError: it is not this format; the message says where. Damaged files of this format are repaired
            as far as they can be, and `notices` tells what was done.
        """
        ...

    def write(self, subtitles: Subtitles) -> str:
        """The text of a file, newlines "\\n"."""
        ...

    def looks_like(self, text: str) -> bool:
        """Whether `text` is probably of this format, for files whose name does not tell."""
        ...


def family(target: SubtitleFormat) -> str:
    """What is a format's own is kept under this name, which formats of one extension share: "vtt", "ass"."""
    return target.extensions[0].lstrip(".")
