"""Cues on a clipboard: whole, with their words, for another window of this program; as SRT for every other.

What comes from a clipboard is anybody's: it is checked as a file would be. Knows no clipboard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core import codec
from core.cue import Cue
from core.document.document import BrokenInvariant, check_cues
from core.document.text_diff import rewritten
from core.subtitles import registry
from core.subtitles.protocol import Subtitles

MIME = "application/x-cuesmith-cues+json"

_VERSION = 1
_LARGEST_BYTES = 64 * 1024 * 1024
_LINE_MS = 2_000
"""How long a line of plain text stands; all are one behind the other."""


@dataclass(frozen=True, slots=True)
class _Clip:
    version: int
    cues: tuple[Cue, ...]


def packed(cues: Sequence[Cue]) -> bytes:
    """Cues with everything they have, under `MIME`."""
    return codec.encode(_Clip(_VERSION, tuple(cues)))


def unpacked(data: bytes) -> tuple[Cue, ...]:
    """What `packed` made; () for anything else: another version, damaged, times that cannot be."""
    if len(data) > _LARGEST_BYTES:
        return ()
    try:
        clip = codec.decode(data, _Clip)
        cues = tuple(sorted(clip.cues, key=lambda cue: (cue.start_ms, cue.end_ms)))
        check_cues(cues)
    except (codec.DecodeError, BrokenInvariant):
        return ()
    return cues if clip.version == _VERSION and all(cue.start_ms >= 0 for cue in cues) else ()


def as_text(cues: Sequence[Cue]) -> str:
    """The cues as SRT."""
    return registry.by_id("srt").write(Subtitles(tuple(cues)))


def from_text(text: str) -> tuple[Cue, ...]:
    """The cues of a text in any subtitle format; of other text each line is a cue, from 0 on, with estimated words."""
    text = text[:_LARGEST_BYTES]
    for one in registry.all_formats():
        if one.reads and one.looks_like(text):
            try:
                return one.read(text).cues
            except ValueError:
                continue
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    return tuple(_line(line, n * _LINE_MS) for n, line in enumerate(lines))


def _line(text: str, start_ms: int) -> Cue:
    return Cue(rewritten((), text, start_ms, start_ms + _LINE_MS), start_ms, start_ms + _LINE_MS)
