"""Cues built anew from the words of cues: another style, or the same one after edits. Knows no document and no undo.

Locked cues and cues without words stay as they are and where they are; the others are built again within their
speaker, language and look, so no cue ever mixes two of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from core.cue import Cue
from core.cues.builder import CueStream
from core.cues.styles import Style


def reflow(
    cues: Sequence[Cue], style: Style, *, language: str = "", frame_rate: Fraction | None = None
) -> tuple[Cue, ...]:
    """`cues` (in order of time) with the same words, parted anew to `style`.

    Words keep their ids, and their times but for what `build_cues` takes for a gap. Built cues have new ids and carry
    on voice, style, settings and mark.

    Args:
        cues: in order of time.
        style: what to build to.
        language: for cues that name none.
        frame_rate: of the film, or None.
    """
    result: list[Cue] = []
    runs = [list(run) for _, run in groupby(cues, key=_kept_together)]
    for index, run in enumerate(runs):
        if _stays(run[0]):
            result.extend(run)
            continue
        following_ms = runs[index + 1][0].start_ms if index + 1 < len(runs) else None
        spoken_ms = result[-1].end_ms if result else 0
        result.extend(_built(run, style, run[0].language or language, frame_rate, spoken_ms, following_ms))
    return tuple(sorted(result, key=lambda cue: (cue.start_ms, cue.end_ms)))


def _stays(cue: Cue) -> bool:
    return cue.locked or not cue.words


def _kept_together(cue: Cue) -> tuple[object, ...]:
    """What neighbours must share to be built as one run; a cue that stays is alone with its like."""
    if _stays(cue):
        return (True,)
    return (False, cue.language, cue.voice, cue.style, cue.mark, tuple(sorted(cue.settings.items())))


def _built(
    run: Sequence[Cue],
    style: Style,
    language: str,
    frame_rate: Fraction | None,
    spoken_ms: int,
    following_ms: int | None,
) -> Iterator[Cue]:
    first = run[0]
    stream = CueStream(style, language, frame_rate=frame_rate, mark=first.mark, spoken_ms=spoken_ms)
    words = [word for cue in run for word in cue.words]
    for cue in (*stream.feed(words), *stream.finish(next_start_ms=following_ms)):
        yield replace(cue, language=first.language, voice=first.voice, style=first.style, settings=dict(first.settings))
