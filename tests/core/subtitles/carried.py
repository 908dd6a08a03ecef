"""What of some subtitles a format can carry at all: its grain of time, one line, no overlaps.

The contract compares what comes back with this, so that a format with coarse times is held to its own grain and to
nothing less.
"""

from __future__ import annotations

import re
from dataclasses import replace

from core.cjk import joins_without_space
from core.cue import Cue
from core.subtitles.protocol import Subtitles
from core.transcript import Word

GRAIN_MS = {"ass": 10, "ass-karaoke": 10, "lrc": 10, "lrc-words": 10}
ONE_LINE_IN_TURN = frozenset({"lrc", "lrc-words"})


def carried(subtitles: Subtitles, format_id: str) -> Subtitles:
    """`subtitles` as far as files of this format have a place for them."""
    grain = GRAIN_MS.get(format_id, 1)
    cues = [_coarse(cue, grain) for cue in subtitles.cues]
    if format_id in ONE_LINE_IN_TURN:
        cues = _in_turn([_in_one_line(cue) for cue in cues if cue.words])
    if format_id == "ttml":
        cues = [_shown(cue) for cue in cues if cue.words]
    return replace(subtitles, cues=tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))))


def _coarse(cue: Cue, grain: int) -> Cue:
    def near(ms: int) -> int:
        below = ms - ms % grain
        return below if ms - below < below + grain - ms else below + grain

    if grain == 1:
        return cue
    words = tuple(replace(word, start_ms=near(word.start_ms), end_ms=near(word.end_ms)) for word in cue.words)
    return replace(cue, start_ms=near(cue.start_ms), end_ms=near(cue.end_ms), words=words)


def _shown(cue: Cue) -> Cue:
    """TTML has no cues of no length, and no characters that XML has not."""
    words = tuple(replace(word, text=re.sub("[\ufffe\uffff]", "\ufffd", word.text)) for word in cue.words)
    return replace(cue, words=words, end_ms=max(cue.end_ms, cue.start_ms + 1))


def _in_one_line(cue: Cue) -> Cue:
    """A break becomes a space, and nothing between signs that are written without spaces."""

    def after(word: Word, behind: Word | None) -> str:
        if "\n" not in word.after:
            return word.after
        return "" if behind is not None and joins_without_space(word.text, behind.text) else " "

    nexts = (*cue.words[1:], None)
    words = [replace(word, after=after(word, behind)) for word, behind in zip(cue.words, nexts, strict=True)]
    return replace(cue, words=tuple(words))


def _in_turn(cues: list[Cue]) -> list[Cue]:
    """Each cue over before the next begins."""
    turns = []
    for at, cue in enumerate(cues):
        end_ms = min([cue.end_ms, *(after.start_ms for after in cues[at + 1 : at + 2])])
        words = tuple(
            replace(word, start_ms=min(word.start_ms, end_ms), end_ms=min(word.end_ms, end_ms)) for word in cue.words
        )
        turns.append(replace(cue, end_ms=end_ms, words=words))
    return turns
