"""Final Cut Pro XML (.fcpxml), write only: a project with a title for each cue. Knows no document and no files.

Version 1.9, which Final Cut Pro (10.4.9 on) and DaVinci Resolve both import. Every time is a whole number of frames,
as the format demands: an edge is the nearest frame, a title lasts one frame at least. Titles that overlap lie on
lanes one above the other. Apple, “FCPXML Reference”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import PurePath
from xml.sax.saxutils import escape, quoteattr

from core.cue import Cue
from core.subtitles.colours import MARK
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import at_zero
from core.timecode import drops_frames, nearest_frame, timecode_of_ms
from core.transcript import Word

DEFAULT_RATE = Fraction(25)
"""Where no film tells the rate."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BASIC_TITLE = ".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti"
_NAME_LENGTH = 60

_TOP = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.9">
<resources>
<format id="r1" frameDuration="{frame}" width="1920" height="1080"/>
<effect id="r2" name="Basic Title" uid="{uid}"/>
</resources>
<library>
<event name={name}>
<project name={name}>
<sequence format="r1" duration="{duration}" tcStart="{start}" tcFormat="{counting}">
<spine>
<gap name="Gap" offset="{start}" start="0s" duration="{duration}">
"""
_END = "</gap>\n</spine>\n</sequence>\n</project>\n</event>\n</library>\n</fcpxml>\n"


class Fcpxml:
    """Final Cut Pro XML."""

    id = "fcpxml"
    name = "Final Cut Pro XML"
    extensions: tuple[str, ...] = (".fcpxml",)
    keeps = frozenset({Feature.STYLED_TEXT, Feature.COLOURS, Feature.LINE_BREAKS, Feature.OVERLAPS, Feature.FRAME_RATE})
    reads = False
    writes = True
    utf8_only = True

    def read(self, text: str) -> Subtitles:
        """Never: a project holds much more than subtitles.

        Raises:
            ValueError: always.
        """
        raise ValueError("Final Cut Pro XML is only written; export SRT or iTT from the editing program")

    def write(self, subtitles: Subtitles) -> str:
        """A project at the subtitles' frame rate and start timecode; cues without words are left out."""
        rate = subtitles.frame_rate or DEFAULT_RATE
        titles = list(_titles([at_zero(cue) for cue in subtitles.cues if cue.words], rate))
        drop = drops_frames(rate)
        top = _TOP.format(
            frame=_time(1, rate),
            uid=_BASIC_TITLE,
            name=quoteattr(_xml(PurePath(subtitles.media).stem) or "Subtitles"),
            duration=_time(max((title.end for title in titles), default=1), rate),
            start=_time(timecode_of_ms(max(0, subtitles.start_timecode_ms), rate, drop=drop), rate),
            counting="DF" if drop else "NDF",
        )
        return top + "".join(_title(number, title, rate) for number, title in enumerate(titles, 1)) + _END

    def looks_like(self, text: str) -> bool:
        """Never, since it is not read."""
        return False


@dataclass(frozen=True, slots=True)
class _Title:
    """A cue in frames, half open, and the lane it lies on (1 = lowest)."""

    cue: Cue
    start: int
    end: int
    lane: int


def _titles(cues: Sequence[Cue], rate: Fraction) -> Iterator[_Title]:
    lanes: list[int] = []
    for cue in cues:
        start = nearest_frame(cue.start_ms, rate)
        end = max(start + 1, nearest_frame(cue.end_ms, rate))
        lane = next((number for number, until in enumerate(lanes) if until <= start), len(lanes))
        lanes[lane : lane + 1] = [end]
        yield _Title(cue, start, end, lane + 1)


def _title(number: int, title: _Title, rate: Fraction) -> str:
    name = _xml(" ".join(title.cue.text.split()))[:_NAME_LENGTH]
    stretches = [(marks, list(run)) for marks, run in groupby(title.cue.words, key=_own)]
    looks = list(dict.fromkeys(marks for marks, _ in stretches))
    ids = {marks: f"ts{number}-{index}" for index, marks in enumerate(looks, 1)}
    spans = [f'<text-style ref="{ids[marks]}">{_text(run)}</text-style>' for marks, run in stretches[:-1]]
    spans += [f'<text-style ref="{ids[marks]}">{_text(run).rstrip()}</text-style>' for marks, run in stretches[-1:]]
    styles = [f'<text-style-def id="{ids[marks]}"><text-style {_look(marks)}/></text-style-def>' for marks in looks]
    return (
        f'<title ref="r2" lane="{title.lane}" name={quoteattr(name)} offset="{_time(title.start, rate)}" start="0s" '
        f'duration="{_time(title.end - title.start, rate)}">\n<text>{"".join(spans)}</text>\n'
        + "".join(f"{style}\n" for style in styles)
        + "</title>\n"
    )


def _own(word: Word) -> frozenset[str]:
    return frozenset(mark for mark in word.marks if mark in ("i", "b", "u") or MARK.fullmatch(mark))


def _text(words: Sequence[Word]) -> str:
    """With the white space behind the last word: between two styles Final Cut drops it."""
    return escape(_xml("".join(word.text + word.after for word in words)))


def _look(marks: frozenset[str]) -> str:
    colour = next((mark[3:] for mark in sorted(marks) if mark.startswith("c:")), "ffffff")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    looks = {"b": ' bold="1"', "i": ' italic="1"', "u": ' underline="1"'}
    return (
        f'font="Helvetica" fontSize="60" fontColor="{red:.6g} {green:.6g} {blue:.6g} 1" alignment="center"'
        + "".join(look for mark, look in looks.items() if mark in marks)
    )


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _time(frames: int, rate: Fraction) -> str:
    """A whole number of frames in seconds, as the format writes it: "1001/30000s", "5s"."""
    if frames * rate.denominator % rate.numerator == 0:
        return f"{frames * rate.denominator // rate.numerator}s"
    return f"{frames * rate.denominator}/{rate.numerator}s"
