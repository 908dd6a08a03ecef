"""Where a run of words can be cut so that neither side minds the other. Knows no lines and no prices.

A passage is what one search for cues sees. It ends at a pause so long that no cue reaches across it, and at the
latest after `MOST_WORDS`, at the best place of its second half, so that cues come while a speaker talks on and memory
stays bounded. The cuts depend on nothing but the words, never on how they arrive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.cues.break_words import BreakWords, break_words
from core.cues.line_breaks import ends_sentence
from core.cues.styles import Style
from core.transcript import Word

LONG_PAUSE_MS = 2000
"""A silence that always parts two cues; more where a style lets cues stand so long that they could meet."""

MOST_WORDS = 120
"""Words of a passage: some 40 s of speech, which hold many sentence ends."""


def long_pause_ms(style: Style) -> int:
    """The silence that ends a passage: a cue held on screen to its limits still leaves a gap nobody would close."""
    return max(LONG_PAUSE_MS, style.chain_ms + max(style.lead_out_ms, style.min_duration_ms) + 1)


def passage_ends(words: Sequence[Word], style: Style, language: str) -> Iterator[int]:
    """Positions behind the last word of every passage that `words` close; the open rest has none.

    A passage is closed by the word behind it: what comes later cannot move the cut.
    """
    pause_ms, lists = long_pause_ms(style), break_words(language)
    first = 0
    for index in range(1, len(words)):
        silence_ms = words[index].start_ms - words[index - 1].end_ms
        # Words that overlap (a damaged file, two engines' words) never share a cue.
        if silence_ms >= pause_ms or silence_ms < 0:
            first = index
            yield index
        elif index - first >= MOST_WORDS:
            first = _best_cut(words, first, lists)
            yield first


def _best_cut(words: Sequence[Word], first: int, lists: BreakWords) -> int:
    """The position in the passage's second half where a sentence ends, and of these where the pause is longest."""

    def worth(cut: int) -> tuple[bool, int, int]:
        before, behind = words[cut - 1], words[cut]
        return (ends_sentence(before.text, behind.text, lists), behind.start_ms - before.end_ms, cut)

    return max(range(first + MOST_WORDS // 2, first + MOST_WORDS + 1), key=worth)
