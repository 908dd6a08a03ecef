"""EBU STL (.stl, EBU Tech 3264): read only, through ttconv. Knows no document and no files.

The file is binary. `encoding` knows it by its first block and hands its bytes on as the characters of the same number
(ISO 8859-1), so that formats go on exchanging text. Times count from the programme's start, which becomes the start
timecode.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ttconv.stl.datafile import DataFile

from core.cue import Cue
from core.progress import Notice
from core.subtitles import timed_text
from core.subtitles.protocol import Feature, Subtitles
from core.timecode import hour_of_timecode_ms, ms_of_frame, timecode_base

_HEAD_BYTES, _BLOCK_BYTES = 1024, 128
_SIGNATURE = re.compile(r"[\s\S]{3}STL(\d\d)\.01")
_RATES = {"23": Fraction(24000, 1001), "24": Fraction(24), "25": Fraction(25), "30": Fraction(30000, 1001)}
_PROGRAMME_START = slice(256, 264)
"""TCP of the first block: HHMMSSFF."""


class Stl:
    """EBU STL."""

    id = "stl"
    name = "EBU STL"
    extensions: tuple[str, ...] = (".stl",)
    keeps: frozenset[Feature] = frozenset()
    reads = True
    writes = False
    utf8_only = False

    def read(self, text: str) -> Subtitles:
        """Cues of the file's blocks, one by one, so that a broken block costs itself alone.

        Raises:
            ValueError: its first block is none of EBU STL.
        """
        signature = _SIGNATURE.match(text)
        data = text.encode("latin-1", "replace")
        if signature is None or len(data) < _HEAD_BYTES:
            raise ValueError("its first 1024 bytes are no head of EBU STL")
        broken: list[int] = []
        found = timed_text.read(lambda: _document(data, broken))
        rate = _RATES.get(signature[1], Fraction(25))
        called_ms, start_ms = _programme_start(text[_PROGRAMME_START], rate)
        if any(cue.start_ms < start_ms for cue in found.cues):
            called_ms = start_ms = 0  # the head says a start, but the blocks do not count from it
        return replace(
            found,
            cues=tuple(_moved(cue, -start_ms) for cue in found.cues),
            frame_rate=rate,
            start_timecode_ms=called_ms,
            hour_ms=hour_of_timecode_ms(rate),
            notices=(*found.notices, *_broken_notice(broken)),
        )

    def write(self, subtitles: Subtitles) -> str:
        """Never: broadcasters who take STL want it made to their own rules.

        Raises:
            ValueError: always.
        """
        raise ValueError("EBU STL is only read; write TTML for broadcasters")

    def looks_like(self, text: str) -> bool:
        """Whether the first block says STL and a frame rate."""
        return _SIGNATURE.match(text) is not None


def _document(data: bytes, broken: list[int]) -> Any:
    """ttconv's model of the file; the numbers of blocks it could not read go into `broken`."""
    file = DataFile(data[:_HEAD_BYTES])
    blocks = range(_HEAD_BYTES, len(data), _BLOCK_BYTES)
    for number, at in enumerate(blocks, 1):
        try:
            file.process_tti_block(data[at : at + _BLOCK_BYTES])
        except Exception:  # noqa: BLE001 - a damaged block meets struct.error, KeyError and more inside ttconv
            broken.append(number)
    return file.get_document()


def _broken_notice(broken: list[int]) -> tuple[Notice, ...]:
    if not broken:
        return ()
    text = "Blocks that cannot be read were left out: {count}, the first is number {first}."
    return (Notice("subtitle.bad_blocks", text, {"count": len(broken), "first": broken[0]}, finding=True),)


def _programme_start(timecode: str, rate: Fraction) -> tuple[int, int]:
    """The time of day that the start is called by, and when that frame comes, both in ms."""
    if not re.fullmatch(r"\d{8}", timecode, re.ASCII):
        return 0, 0
    hours, minutes, seconds, frames = (int(timecode[at : at + 2]) for at in (0, 2, 4, 6))
    base = timecode_base(rate)
    whole = hours * 3600 + minutes * 60 + seconds
    return whole * 1000 + frames * 1000 // base, ms_of_frame(whole * base + frames, rate)


def _moved(cue: Cue, by_ms: int) -> Cue:
    words = tuple(replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms) for word in cue.words)
    return replace(cue, words=words, start_ms=cue.start_ms + by_ms, end_ms=cue.end_ms + by_ms)
