"""The stretch of sound in which a run of corrected words is spoken, and what is said in it. Knows no engine.

The run lies between two neighbours whose times stay. Some words on both sides go along as sentinels: they hold the
aligner in place, and where it finds them elsewhere than they are, its answer is not believed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.cue import Cue
from core.document.document import Document
from core.document.edits.cue_structure import joined
from core.transcript import Word

LONGEST_MS = 10_000
"""A window with its sentinels; a run that is longer by itself gets a window of its own length …"""

_LONGEST_RUN_MS = 60_000
"""… up to here: what the built-in aligner takes at once."""

_SENTINELS = 3
"""So many words on each side, as far as they are spoken without a longer pause."""

_PAUSE_MS = 1_000
_LEAD_MS = 150
"""Sound before the first word and behind the last, where nobody else speaks in it."""


@dataclass(frozen=True, slots=True)
class Window:
    """What to ask an aligner.

    Attributes:
        seen: the cue as it is now.
        first: index in it of the first word to be timed. run: the words to be timed.
        low_ms, high_ms: from the neighbour ahead to the neighbour behind: where they may come to stand.
        ahead, behind: sentinels.
        start_ms, end_ms: the stretch of sound.
    """

    seen: Cue
    first: int
    run: tuple[Word, ...]
    low_ms: int
    high_ms: int
    ahead: tuple[Word, ...]
    behind: tuple[Word, ...]
    start_ms: int
    end_ms: int

    @property
    def last(self) -> int:
        """One past the last word to be timed."""
        return self.first + len(self.run)

    @property
    def words(self) -> tuple[Word, ...]:
        """All that is said in the stretch: sentinels and run."""
        return (*self.ahead, *self.run, *self.behind)


def window(document: Document, cue_id: str, word_ids: Collection[str]) -> Window | None:
    """The window of the first run of these words; None where there is none, or no time for it."""
    row = document.row_of(cue_id)
    if row is None:
        return None
    cue = document.cues[row]
    first = next((n for n, word in enumerate(cue.words) if word.id in word_ids), len(cue.words))
    last = first
    while last < len(cue.words) and cue.words[last].id in word_ids:
        last += 1
    low_ms = cue.words[first - 1].end_ms if first else cue.start_ms
    high_ms = cue.words[last].start_ms if last < len(cue.words) else cue.end_ms
    if first == last or not 0 < high_ms - low_ms <= _LONGEST_RUN_MS:
        return None
    before, run, after = _around(document, row, cue, first, last)
    ahead = _sentinels(before[::-1], low_ms, back=True)[::-1]
    behind = _sentinels(after, high_ms, back=False)
    ahead, behind = _shortened(ahead, behind, low_ms, high_ms)
    start_ms = _start_ms(before[: len(before) - len(ahead)], ahead, low_ms)
    end_ms = _end_ms(after[len(behind) :], behind, high_ms)
    return Window(cue, first, run, low_ms, high_ms, ahead, behind, start_ms, end_ms)


def _around(document: Document, row: int, cue: Cue, first: int, last: int) -> tuple[tuple[Word, ...], ...]:
    """The words ahead of the run, the run, and those behind it; other cues' too where they do not overlap this one."""
    words, start = cue.words, 0
    if row and document.cues[row - 1].end_ms <= cue.start_ms:
        start = len(document.cues[row - 1].words)
        words = joined(document.cues[row - 1].words, words)
    if row + 1 < len(document.cues) and document.cues[row + 1].start_ms >= cue.end_ms:
        words = joined(words, document.cues[row + 1].words)
    return words[: start + first], words[start + first : start + last], words[start + last :]


def _sentinels(words: Sequence[Word], edge_ms: int, *, back: bool) -> tuple[Word, ...]:
    """The nearest words, as long as no pause parts them; `words` begin with the nearest."""
    found: list[Word] = []
    for word in words[:_SENTINELS]:
        pause_ms = edge_ms - word.end_ms if back else word.start_ms - edge_ms
        if pause_ms > _PAUSE_MS:
            break
        found.append(word)
        edge_ms = word.start_ms if back else word.end_ms
    return tuple(found)


def _shortened(
    ahead: tuple[Word, ...], behind: tuple[Word, ...], low_ms: int, high_ms: int
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """As many sentinels as fit into `LONGEST_MS`, the farthest left out first."""
    while ahead or behind:
        from_ms = ahead[0].start_ms if ahead else low_ms
        to_ms = behind[-1].end_ms if behind else high_ms
        if to_ms - from_ms + 2 * _LEAD_MS <= LONGEST_MS:
            break
        if behind and (not ahead or to_ms - high_ms >= low_ms - from_ms):
            behind = behind[:-1]
        else:
            ahead = ahead[1:]
    return ahead, behind


def _start_ms(before: Sequence[Word], ahead: Sequence[Word], low_ms: int) -> int:
    from_ms = ahead[0].start_ms if ahead else low_ms
    return max(from_ms - _LEAD_MS, min(from_ms, before[-1].end_ms) if before else 0)


def _end_ms(after: Sequence[Word], behind: Sequence[Word], high_ms: int) -> int:
    to_ms = behind[-1].end_ms if behind else high_ms
    return min(to_ms + _LEAD_MS, max(to_ms, after[0].start_ms)) if after else to_ms + _LEAD_MS
