"""Broken SRT into SRT that pysrt reads whole. Knows lines and times, no tags.

pysrt 1.1.2 drops a cue whose times are not exactly "H:M:S,mmm --> H:M:S,mmm", ends a cue at a line that looks empty and
loses what follows, and reads ",5" as 5 ms. Here lines of times are found first, whatever they look like; each cue is
what lies between, written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.subtitles.repairs import Repairs, mended_times
from core.subtitles.text import lines_of
from core.timecode import format_ms

# \d takes the digits of every script, as does int(); 1..9 of them, so that no number grows without bound.
_TIME = r"(-?)(?:(\d{1,9})\s?[:：]\s?)?(\d{1,9})\s?[:：]\s?(\d{1,9})(?:\s?[.,:，．]\s?(\d{1,9}))?"
_ARROW = r"\s*(?:-{1,3}\s?>|[—–―]\s?>|--&gt;|→)\s*"
_TIMES = re.compile(rf"\s*{_TIME}{_ARROW}{_TIME}(?P<rest>(?:\s.*)?)", re.DOTALL)
_PROPER = re.compile(r"\d+:\d+:\d+[.,]\d{3}\s*-->\s*\d+:\d+:\d+[.,]\d{3}(?:\s.*)?", re.ASCII | re.DOTALL)
_COUNTER = re.compile(r"\s*\d+\s*")
_PLACE = re.compile(r"(?:[A-Za-z]\w{0,15}:\S++(?:\s++|$))+")


@dataclass(frozen=True, slots=True)
class RawCue:
    """A cue as found: times mended, text as lines without white space behind."""

    start_ms: int
    end_ms: int
    place: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Times:
    """A line of times: which line it is, where its cue begins (its counter's line), and what it says."""

    line: int
    first: int
    match: re.Match[str]


def raw_cues(text: str, repairs: Repairs) -> list[RawCue]:
    """Every cue of an SRT file in the order of the file.

    Raises:
        ValueError: there is text, but no line of times in it.
    """
    if "\0" in text:
        repairs.add("subtitle.zero_bytes", count=text.count("\0"))
        text = text.replace("\0", "")
    # "\r\r\n" is one newline written in text mode twice; read as two, it would part every line from the next.
    lines = [line.rstrip() for line in lines_of(text.replace("\r\r\n", "\n"))]
    times = list(_lines_of_times(lines, repairs))
    before = [line for line in lines[: times[0].first if times else len(lines)] if line]
    if not before and not times:
        return []
    if not times:
        raise ValueError("no line such as “00:00:01,000 --> 00:00:02,000” was found in it")
    if before:
        repairs.add("subtitle.before_first", count=len(before))
    ends = [*(found.first for found in times[1:]), len(lines)]
    return [
        _raw_cue(found, lines[found.line + 1 : end], number, repairs)
        for number, (found, end) in enumerate(zip(times, ends, strict=True), 1)
    ]


def proper_lines(cues: Sequence[RawCue]) -> Iterator[str]:
    """The lines of a file that pysrt reads without loss."""
    for number, cue in enumerate(cues, 1):
        place = f" {cue.place}" if cue.place else ""
        yield f"{number}\n"
        yield f"{format_ms(cue.start_ms, mark=',')} --> {format_ms(cue.end_ms, mark=',')}{place}\n"
        yield from (f"{line}\n" for line in cue.lines)
        yield "\n"


def has_times(text: str) -> bool:
    """Whether an SRT line of times stands somewhere in the text."""
    return any("-->" in line and _TIMES.fullmatch(line) for line in lines_of(text))


def is_place(text: str) -> bool:
    """Whether `text` is what may stand behind the times: "X1:63 X2:223", or settings of that form."""
    return "-->" not in text and _PLACE.fullmatch(text) is not None


def _lines_of_times(lines: Sequence[str], repairs: Repairs) -> Iterator[_Times]:
    counted: bool | None = None
    last = -1
    number = 0
    for index, line in enumerate(lines):
        match = _TIMES.fullmatch(line) if ">" in line or "→" in line or "&gt;" in line else None
        if match is None:
            continue
        number += 1
        counter = _counter_line(lines, index, last, number)
        if counted is None:
            counted = counter is not None
        if counter is None or not counted:
            repairs.add("subtitle.counters", number)
            counter = None
        first = index if counter is None else counter
        if last >= 0 and lines[first - 1] and first - 1 != last:
            repairs.add("subtitle.no_blank_line", number)
        yield _Times(index, first, match)
        last = index


def _counter_line(lines: Sequence[str], index: int, last: int, number: int) -> int | None:
    """The line of the number that belongs to the times in line `index`; `last`: the line of times before.

    With an empty line between them it must be the number this cue should have, since it could be text.
    """
    if index - 1 > last and _COUNTER.fullmatch(lines[index - 1]):
        return index - 1
    parted = index - 2 > last + 1 and not lines[index - 1] and not lines[index - 3]
    if (parted or index == 2) and lines[index - 2].strip() == str(number):
        return index - 2
    return None


def _raw_cue(found: _Times, lines: Sequence[str], number: int, repairs: Repairs) -> RawCue:
    match = found.match
    if _PROPER.fullmatch(match[0].strip()) is None:
        short = any(group is not None and len(group) != 3 for group in (match[5], match[10])) or not match[5]
        repairs.add("subtitle.short_fraction" if short else "subtitle.time_form", number)
    start_ms, end_ms = mended_times(_ms(match, 1), _ms(match, 6), number, repairs)
    text = list(lines)
    place = match["rest"].strip()
    if place and not is_place(place):
        repairs.add("subtitle.text_beside_times", number)
        text.insert(0, place)
        place = ""
    while text and not text[-1]:
        text.pop()
    while text and not text[0]:
        text.pop(0)
    if not all(text):
        repairs.add("subtitle.blank_lines", number)
    return RawCue(start_ms, end_ms, " ".join(place.split()), tuple(line for line in text if line))


def _ms(match: re.Match[str], group: int) -> int:
    """Milliseconds of the time whose groups begin at `group`; the fraction is a decimal one: ",5" is half a second."""
    sign, hours, minutes, seconds, fraction = match.group(*range(group, group + 5))
    total = (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000
    total += int((fraction or "0").ljust(3, "0")[:3])
    return -total if sign else total
