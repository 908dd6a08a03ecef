"""Markers as an edit decision list (.edl), write only: a marker for each cue. Knows no document and no files.

The CMX 3600 form DaVinci Resolve imports as “Timeline Markers from EDL”: an event of one frame, and a comment with
colour, name and length in frames. Timecodes are those of the film: its start timecode is added, frames are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePath

from core.cue import Cue
from core.subtitles.fcpxml import DEFAULT_RATE
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import at_zero
from core.timecode import drops_frames, format_timecode, nearest_frame, timecode_of_ms

_NO_LINE = re.compile(r"[\x00-\x1f\x85\u2028\u2029]+")
_COLOUR = "ResolveColorBlue"


class EdlMarkers:
    """EDL markers; drop-frame timecode at 29.97 and 59.94, as broadcasters count."""

    id = "edl"
    name = "EDL markers"
    extensions: tuple[str, ...] = (".edl",)
    keeps = frozenset({Feature.OVERLAPS, Feature.FRAME_RATE})
    reads = False
    writes = True
    utf8_only = False
    drop = True

    def read(self, text: str) -> Subtitles:
        """Never: an EDL does not say its frame rate.

        Raises:
            ValueError: always.
        """
        raise ValueError("EDL markers are only written")

    def write(self, subtitles: Subtitles) -> str:
        """Markers at the subtitles' frame rate and start timecode."""
        rate = subtitles.frame_rate or DEFAULT_RATE
        drop = self.drop and drops_frames(rate)
        title = _one_line(PurePath(subtitles.media).stem) or "Subtitles"
        head = [f"TITLE: {title}", f"FCM: {'' if drop else 'NON-'}DROP FRAME", ""]
        first = timecode_of_ms(max(0, subtitles.start_timecode_ms), rate, drop=drop)
        for number, cue in enumerate(map(at_zero, subtitles.cues), 1):
            head += _event(number, cue, first, rate, drop=drop)
        return "\n".join(head) + "\n"

    def looks_like(self, text: str) -> bool:
        """Never, since it is not read."""
        return False


class EdlMarkersNonDrop(EdlMarkers):
    """EDL markers; no drop-frame timecode at any rate."""

    id = "edl-ndf"
    name = "EDL markers, no drop frame"
    drop = False


def _event(number: int, cue: Cue, first: int, rate: Fraction, *, drop: bool) -> Iterator[str]:
    start = nearest_frame(cue.start_ms, rate)
    frames = max(1, nearest_frame(cue.end_ms, rate) - start)
    begin = format_timecode(first + start, rate, drop=drop)
    end = format_timecode(first + start + 1, rate, drop=drop)
    yield f"{number:03d}  001      V     C        {begin} {end} {begin} {end}  "
    yield f" |C:{_COLOUR} |M:{_one_line(cue.text)} |D:{frames}"
    yield ""


def _one_line(text: str) -> str:
    """Text for a field: one line, and no bar, which would begin the next field."""
    return _NO_LINE.sub(" ", text).replace("|", "/").strip()
