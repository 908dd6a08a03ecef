"""Findings: where cues do not keep to a style. Knows no fixes and no windows.

A check is one small function over a `Place`; a new check is another entry in `_CHECKS`. "must": the delivery would be
sent back. "should": allowed, but a good editor would look at it.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest

from core.cue import Cue
from core.cues.measure import line_lengths, reading_speed, words_per_minute
from core.cues.styles import Style
from core.errors import Param
from core.transcript import Source

_ROUNDING_MS = 1
"""Files round times; a limit missed by so little is kept."""

_SHORTEST_FRAME_MS = 1000 / 30
"""Of the rates films have. Where none is known, a gap that is long enough at one of them is only mentioned."""

SPEED_SLACK = 1.005
"""Reading speeds are shown to one place; what reads as the limit is the limit."""


class Severity(enum.StrEnum):
    """How much a finding weighs."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is off with one cue.

    Attributes:
        cue_id: the cue it is shown at.
        code: for filters, e.g. "line_length".
        severity: must or should.
        sentence: in English, with places for `params`: what a translation is found by.
        params: the numbers in it.
    """

    cue_id: str
    code: str
    severity: Severity
    sentence: str
    params: dict[str, Param] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The English sentence, filled."""
        return self.sentence.format_map(self.params)


@dataclass(frozen=True, slots=True)
class Place:
    """A cue with what a check may look at."""

    cue: Cue
    following: Cue | None
    style: Style
    frame_rate: Fraction | None

    def finding(self, code: str, severity: Severity, sentence: str, **params: Param) -> Finding:
        """A finding at this cue; `sentence` is filled from `params`."""
        return Finding(self.cue.id, code, severity, sentence, params)


def check(cues: Sequence[Cue], style: Style, frame_rate: Fraction | None = None) -> tuple[Finding, ...]:
    """Every finding in `cues` (in order of time) against `style`, in the order of the cues.

    `frame_rate`: of the film; gaps are counted at 24 frames a second where it is None.
    """
    found: list[Finding] = []
    for cue, following in zip_longest(cues, cues[1:]):
        place = Place(cue, following, style, frame_rate)
        for one in _CHECKS:
            found.extend(one(place))
    return tuple(found)


def _empty(place: Place) -> Iterator[Finding]:
    if not place.cue.text.strip():
        yield place.finding("empty", Severity.MUST, "The cue has no text.")


def _lines(place: Place) -> Iterator[Finding]:
    count = len(line_lengths(place.cue.text, place.style))
    if count > place.style.max_lines:
        sentence = "{count} lines; {limit} are allowed."
        yield place.finding("lines", Severity.MUST, sentence, count=count, limit=place.style.max_lines)


def _line_length(place: Place) -> Iterator[Finding]:
    limit = place.style.max_line_chars
    for number, length in enumerate(line_lengths(place.cue.text, place.style), start=1):
        if length > limit:
            sentence = "Line {line} has {chars:g} characters; {limit} are allowed."
            yield place.finding("line_length", Severity.MUST, sentence, line=number, chars=length, limit=limit)


def _reading_speed(place: Place) -> Iterator[Finding]:
    limit = place.style.max_cps
    speed = reading_speed(place.cue.text, place.cue.duration_ms, place.style)
    if limit and speed > limit * SPEED_SLACK:
        sentence = "{cps:.1f} characters a second; {limit} can be read."
        yield place.finding("reading_speed", Severity.MUST, sentence, cps=speed, limit=limit)


def _words_a_minute(place: Place) -> Iterator[Finding]:
    limit = place.style.max_wpm
    speed = words_per_minute(len(place.cue.words), place.cue.duration_ms)
    if limit and speed > limit * SPEED_SLACK:
        sentence = "{wpm:.0f} words a minute; {limit} are comfortable."
        yield place.finding("words_a_minute", Severity.SHOULD, sentence, wpm=speed, limit=limit)


def _duration(place: Place) -> Iterator[Finding]:
    duration_ms, style = place.cue.duration_ms, place.style
    if duration_ms < style.min_duration_ms - _ROUNDING_MS:
        sentence = "It stands for {ms} ms; at least {limit} are asked for."
        yield place.finding("min_duration", Severity.MUST, sentence, ms=duration_ms, limit=style.min_duration_ms)
    longest_ms = style.longest_ms(place.frame_rate)
    if duration_ms > longest_ms + _ROUNDING_MS:
        sentence = "It stands for {ms} ms; no more than {limit} are allowed."
        yield place.finding("max_duration", Severity.MUST, sentence, ms=duration_ms, limit=longest_ms)


def _overlap(place: Place) -> Iterator[Finding]:
    gap_ms = _gap_ms(place)
    if gap_ms is not None and gap_ms < 0:
        yield place.finding("overlap", Severity.MUST, "It overlaps the next cue by {ms} ms.", ms=-gap_ms)


def _gap(place: Place) -> Iterator[Finding]:
    """Too near to the next cue, or with a gap that is neither closed nor long enough to be one."""
    gap_ms = _gap_ms(place)
    if gap_ms is None or gap_ms < 0 or place.following is None:
        return
    style, frames = place.style, place.style.min_gap_frames
    latest_ms = style.before_gap_ms(place.following.start_ms + _ROUNDING_MS, place.frame_rate)
    over_ms = place.cue.end_ms - latest_ms
    if frames and over_ms > _ROUNDING_MS:
        yield _too_near(place, gap_ms, frames)
    elif over_ms < -_ROUNDING_MS - style.frame_ms(place.frame_rate) and gap_ms <= style.chain_ms:
        sentence = "The gap to the next cue is {ms} ms; close it to {frames} frames or leave more than {limit} ms."
        yield place.finding("open_gap", Severity.SHOULD, sentence, ms=gap_ms, frames=frames, limit=style.chain_ms)


def _too_near(place: Place, gap_ms: int, frames: int) -> Finding:
    assert place.following is not None
    room_ms = _word_gap_ms(place.cue, place.following)
    if room_ms is not None and not _words_leave_room(place, place.following):
        sentence = "The gap to the next cue is {ms} ms; {frames} frames are asked for; the words leave {room} ms."
        return place.finding("gap", Severity.SHOULD, sentence, ms=gap_ms, frames=frames, room=room_ms)
    if place.frame_rate is None and gap_ms + _ROUNDING_MS >= frames * _SHORTEST_FRAME_MS:
        sentence = "The gap to the next cue is {ms} ms; at 24 frames a second that is less than the {frames} asked for."
        return place.finding("gap", Severity.SHOULD, sentence, ms=gap_ms, frames=frames)
    sentence = "The gap to the next cue is {ms} ms; {frames} frames are asked for."
    return place.finding("gap", Severity.MUST, sentence, ms=gap_ms, frames=frames)


def _words_leave_room(place: Place, following: Cue) -> bool:
    """Whether the cues' edges can be moved, on frames and with every word inside its cue, so that the gap is kept."""
    return place.style.before_gap_ms(following.words[0].start_ms, place.frame_rate) >= place.cue.words[-1].end_ms


def _forbidden(place: Place) -> Iterator[Finding]:
    bad = sorted({c for c in place.cue.text if c == "\ufffd" or (c != "\n" and unicodedata.category(c) == "Cc")})
    if bad:
        names = ", ".join(f"U+{ord(c):04X}" for c in bad)
        sentence = "It holds characters that cannot be shown: {names}."
        yield place.finding("forbidden", Severity.MUST, sentence, names=names)


def _italics(place: Place) -> Iterator[Finding]:
    if not place.style.italics and any("i" in word.marks for word in place.cue.words):
        yield place.finding("italics", Severity.MUST, "It has italics, which this style does not use.")


def _gap_ms(place: Place) -> int | None:
    return None if place.following is None else place.following.start_ms - place.cue.end_ms


def _word_gap_ms(cue: Cue, following: Cue) -> int | None:
    """Silence between the cues' words; None where one has no words, or times shared out that say nothing of it."""
    if not cue.words or not following.words:
        return None
    if Source.IMPORTED in (cue.words[-1].source, following.words[0].source):
        return None
    return following.words[0].start_ms - cue.words[-1].end_ms


_CHECKS: tuple[Callable[[Place], Iterator[Finding]], ...] = (
    _empty,
    _lines,
    _line_length,
    _reading_speed,
    _words_a_minute,
    _duration,
    _overlap,
    _gap,
    _forbidden,
    _italics,
)
