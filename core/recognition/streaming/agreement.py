"""Which words of two answers in a row are firm, and which firm words end up doubtful. Knows no engine and no sound.

The rule is LocalAgreement: what two successive answers share is taken for settled (Macháček et al., 2023). A word
counts only when another one follows it in both, because the end of an answer may be half a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from core.cjk import joins_without_space, split_cjk
from core.transcript import split_text

DOUBTFUL = 0.2
"""Most `text_confidence` of a firm word that hearing the whole segment speaks against."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of an answer.

    Attributes:
        text, after: as of `core.transcript.Word`.
        sure: 0..1, or None where nobody measured it.
        start_ms, end_ms: from the beginning of the segment; −1 where the engine gives no times.
    """

    text: str
    after: str
    sure: float | None = None
    start_ms: int = -1
    end_ms: int = -1


def words_of(text: str) -> list[Said]:
    """The words of an answer: parted at white space and between CJK characters.

    >>> [word.text for word in words_of("use Qwen 模型。 now")]
    ['use', 'Qwen', '模', '型。', 'now']
    """
    words: list[Said] = []
    for token, after in split_text(text):
        *first, last = split_cjk(token)
        words += [Said(part, "") for part in first]
        words.append(Said(last, after))
    return words


def after_last(word: Said) -> Said:
    """The word with the white space that belongs behind it at the end of a segment."""
    last = word.text[-1:]
    return replace(word, after="" if joins_without_space(last, last) else " ")


def common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens are the same from the beginning."""
    for place, (first, second) in enumerate(zip(one, other, strict=False)):
        if first != second:
            return place
    return min(len(one), len(other))


def settled(ids: Sequence[int], least: int, text_of: Callable[[Sequence[int]], str]) -> int:
    """How many of the agreed tokens are whole words with another word behind them; at least `least`.

    Args:
        text_of: the text of the first so many tokens.
    """
    whole = [(word.text, word.after) for word in words_of(text_of(ids))]
    for count in range(len(ids) - 1, least, -1):
        words = [(word.text, word.after) for word in words_of(text_of(ids[:count]))]
        if not words:
            return least
        known = len(words)
        if known < len(whole) and words[:-1] == whole[: known - 1] and words[-1][0] == whole[known - 1][0]:
            return count
    return least


def doubted(firm: Sequence[Said], free: Sequence[Said]) -> set[int]:
    """Places of firm words that the engine does not say of the whole segment; commas and capitals do not count."""
    matcher = SequenceMatcher(None, [_bare(word) for word in firm], [_bare(word) for word in free], autojunk=False)
    same = {block.a + step for block in matcher.get_matching_blocks() for step in range(block.size)}
    return set(range(len(firm))) - same


def _bare(word: Said) -> str:
    """Without punctuation and capitals, as far as something is left."""
    letters = (letter for letter in word.text.casefold() if not unicodedata.category(letter).startswith("P"))
    return "".join(letters) or word.text


def with_doubts(words: Sequence[Said], places: set[int]) -> list[Said]:
    """`words` with those at `places` no surer than `DOUBTFUL`."""
    return [
        replace(word, sure=min(DOUBTFUL, word.sure if word.sure is not None else 1.0)) if place in places else word
        for place, word in enumerate(words)
    ]
