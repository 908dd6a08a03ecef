"""Scenarist closed captions (.scc, CEA-608 line 21): read only, through ttconv. Knows no document and no files.

Times are as written, and nearly always count from 01:00:00:00: the file does not say where the programme begins.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from ttconv.scc import reader

from core.subtitles import timed_text
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import Repairs
from core.subtitles.text import BOM, lines_of
from core.timecode import hour_of_timecode_ms

_SIGNATURE = "Scenarist_SCC"
_LINE = re.compile(r"(\d\d:\d\d:\d\d[:;.,]\d\d)[ \t]+(.*)", re.ASCII)
_CODE = re.compile(r"[0-9A-Fa-f]{4}", re.ASCII)
_MARK_AT = len("00:00:00")
"""Behind it the frames; any mark but a colon says that frames are dropped."""
RATE = Fraction(30000, 1001)


class Scc:
    """Scenarist closed captions, channel 1."""

    id = "scc"
    name = "Scenarist closed captions"
    extensions: tuple[str, ...] = (".scc",)
    keeps: frozenset[Feature] = frozenset()
    reads = True
    writes = False
    utf8_only = False

    def read(self, text: str) -> Subtitles:
        """Cues of the captions; codes and lines that are none are left out and counted.

        Raises:
            ValueError: the first line does not say Scenarist_SCC, or ttconv cannot follow the codes.
        """
        if not self.looks_like(text):
            raise ValueError("it does not begin with Scenarist_SCC")
        repairs = Repairs()
        lines = [_clean(line, number, repairs) for number, line in enumerate(lines_of(text)[1:], 1) if line.strip()]
        found = timed_text.read(lambda: reader.to_model("\n".join(filter(None, lines))))
        hour_ms = hour_of_timecode_ms(RATE, drop=any(line[_MARK_AT] != ":" for line in lines if line))
        return replace(found, frame_rate=RATE, hour_ms=hour_ms, notices=(*repairs.notices(), *found.notices))

    def write(self, subtitles: Subtitles) -> str:
        """Never.

        Raises:
            ValueError: always.
        """
        raise ValueError("Scenarist captions are only read; write TTML or SRT")

    def looks_like(self, text: str) -> bool:
        """Whether it begins with Scenarist_SCC."""
        return text.removeprefix(BOM).lstrip().startswith(_SIGNATURE)


def _clean(line: str, number: int, repairs: Repairs) -> str:
    """The line with what ttconv would give the whole file up for left out; "" where nothing is left."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        repairs.add("subtitle.bad_times", number)
        return ""
    words = match[2].split()
    codes = [word for word in words if _CODE.fullmatch(word)]
    if len(codes) < len(words):
        repairs.add("subtitle.bad_codes", number, count=len(words) - len(codes))
    return f"{match[1]}\t{' '.join(codes)}"
