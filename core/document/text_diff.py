"""A corrected text against the words it was: which words stay as they are, and where the others get their times.

Knows no cues and no sound. Compares by words, where words have no spaces by characters (`difflib`), then pairs what
is left by likeness:

* A word whose text is still there stays the same value: id, times, marks, confidence (only `after` follows the text).
* A word that became a like one (spelling, case, punctuation) keeps id, times, source and marks.
* What is new takes the time of what it replaces, or the span between its neighbours, marked `estimated`; healing
  (`core.document.heal`) asks the aligner afterwards.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from core.document.tokens import Token, begins_word, stands_without_space, units, white_space, words_of
from core.transcript import Source, Word, shared_out, words_text

ALIKE = 0.7
"""Words of this likeness or more (`difflib` ratio) are one word spelled differently."""

RELATED = 0.5
"""Words of this likeness or more stand for each other in time, but were probably misheard."""

ROOM_MS_PER_CHARACTER = 60
"""Time a new text asks for where what it replaces was shorter: about fast speech, 16 characters a second."""

_MOST_PAIRS = 2500
"""Above this many comparisons (50 × 50 words) a passage counts as replaced whole."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word and where it stands in the new text: characters first..last, half-open."""

    word: Word
    first: int
    last: int


def rewritten(
    words: Sequence[Word], text: str, start_ms: int, end_ms: int, *, keep_times: bool = False
) -> tuple[Word, ...]:
    """The words for `text`, as near to `words` as can be.

    Args:
        words: as they are, inside start_ms..end_ms.
        text: as it shall be; any white space.
        keep_times: a replacement by rule: where the count of words is the same, each keeps its time and source.
    """
    if keep_times and (one_for_one := _one_for_one(words, text)) is not None:
        return one_for_one
    if text == words_text(words):
        return tuple(words)
    kept = [None, *_kept(words, text), None]
    result: list[_Placed] = []
    for before, behind in itertools.pairwise(kept):
        old = words[0 if before is None else before[0] + 1 : len(words) if behind is None else behind[0]]
        first = 0 if before is None else before[1] + len(words[before[0]].text)
        tokens = _tokens(text[first : len(text) if behind is None else behind[1]], first, old)
        low_ms = start_ms if before is None else words[before[0]].end_ms
        high_ms = end_ms if behind is None else words[behind[0]].start_ms
        beside = [words[anchor[0]] for anchor in (before, behind) if anchor is not None]
        result += _passage(old, tokens, (low_ms, high_ms), _common_marks(old or beside), keep_times)
        if behind is not None:
            result.append(_Placed(words[behind[0]], behind[1], behind[1] + len(words[behind[0]].text)))
    return _with_white_space(result, text)


def _one_for_one(words: Sequence[Word], text: str) -> tuple[Word, ...] | None:
    """The words of a text with as many words and the same white space, each with its own time; None for another text.

    What replacing in a whole film mostly meets; nothing has to be compared.
    """
    tokens = text.split()
    if len(tokens) != len(words) or stands_without_space(text):
        return None
    new = tuple(
        word if word.text == token else _respelled(word, token) for word, token in zip(words, tokens, strict=True)
    )
    return new if words_text(new) == text else None


def _kept(words: Sequence[Word], text: str) -> list[tuple[int, int]]:
    """(index, first character in the new text) of each word whose text is still there, in order."""
    old_text = words_text(words)
    went_to = _characters(units(old_text), units(text))
    kept: list[tuple[int, int]] = []
    at = 0
    for index, word in enumerate(words):
        first = went_to.get(at)
        inside = all(
            went_to.get(at + n) == (first or 0) + n for n, character in enumerate(word.text) if character.strip()
        )
        if first is not None and inside and text.startswith(word.text, first):
            kept.append((index, first))
        at += len(word.text) + len(word.after)
    return kept


def _characters(old: list[Token], new: list[Token]) -> dict[int, int]:
    """Where each character of a piece that stayed has gone: position in the old text → in the new."""
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    pairs = [(n, n) for n in range(head)] + [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]
    if head + tail < min(len(old), len(new)):
        left, right = ([token.text for token in side[head : len(side) - tail]] for side in (old, new))
        for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
            pairs += [(head + block.a + n, head + block.b + n) for n in range(block.size)]
    return {old[a].first + n: new[b].first + n for a, b in pairs for n in range(len(old[a].text))}


def _common_head(old: list[Token], new: list[Token]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a.text != b.text), min(len(old), len(new)))


def _tokens(text: str, offset: int, old: Sequence[Word]) -> list[Token]:
    """The pieces of a changed passage; text without spaces is cut where the words it replaces were cut."""
    several = any(stands_without_space(word.text) and len(units(word.text)) > 1 for word in old)
    pieces = _cut_alike(text, old) if several and stands_without_space(text) else words_of(text)
    return [Token(piece.text, piece.first + offset, piece.last + offset) for piece in pieces]


def _cut_alike(text: str, old: Sequence[Word]) -> list[Token]:
    joined = "".join(word.text for word in old)
    ends: list[int] = []
    for word in old[:-1]:
        ends.append((ends[-1] if ends else 0) + len(word.text))
    codes = SequenceMatcher(None, joined, text, autojunk=False).get_opcodes()
    cuts = [_past_punctuation(text, _gone_to(end, codes), word) for end, word in zip(ends, old[1:], strict=True)]
    cuts = [0, *itertools.accumulate(cuts, max), len(text)]
    pieces: list[Token] = []
    for first, last in itertools.pairwise(cuts):
        pieces += [Token(m[0], m.start() + first, m.end() + first) for m in re.finditer(r"\S+", text[first:last])]
    return pieces


def _past_punctuation(text: str, cut: int, behind: Word) -> int:
    """The cut moved behind the signs that belong to the piece ahead, unless the word behind is such a sign itself."""
    while behind.text[0].isalnum() and cut < len(text) and not text[cut].isalnum() and not begins_word(text[cut]):
        cut += 1
    return cut


def _gone_to(position: int, codes: Sequence[tuple[str, int, int, int, int]]) -> int:
    for _, i1, i2, j1, j2 in codes:
        if i1 < position <= i2:
            return j1 + (position - i1) * (j2 - j1) // (i2 - i1)
    return 0


def _passage(
    old: Sequence[Word], tokens: Sequence[Token], span: tuple[int, int], marks: frozenset[str], keep_times: bool
) -> list[_Placed]:
    """Words for the tokens of one changed passage. `span`: from the word ahead to the word behind, in ms."""
    pairs = [(n, n) for n in range(len(old))] if keep_times and len(old) == len(tokens) else _alike(old, tokens)
    result: list[_Placed] = []
    o, t, low_ms = 0, 0, span[0]
    for next_o, next_t in [*pairs, (len(old), len(tokens))]:
        high_ms = old[next_o].start_ms if next_o < len(old) else span[1]
        result += _new(old[o:next_o], tokens[t:next_t], (low_ms, high_ms), marks)
        if next_o < len(old):
            result.append(_placed(_paired(old[next_o], tokens[next_t].text, keep_times), tokens[next_t]))
            low_ms = old[next_o].end_ms
        o, t = next_o + 1, next_t + 1
    return result


def _alike(old: Sequence[Word], tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Pairs of (old, token) that are one word spelled differently: the choice in order with the most likeness."""
    if not old or not tokens or len(old) * len(tokens) > _MOST_PAIRS:
        return []
    best = [[0.0] * (len(tokens) + 1) for _ in range(len(old) + 1)]
    for o in reversed(range(len(old))):
        for t in reversed(range(len(tokens))):
            paired = _pair_score(old[o].text, tokens[t].text) + best[o + 1][t + 1]
            best[o][t] = max(best[o + 1][t], best[o][t + 1], paired)
    return _read_back(old, tokens, best)


def _read_back(old: Sequence[Word], tokens: Sequence[Token], best: list[list[float]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    o = t = 0
    while o < len(old) and t < len(tokens):
        score = _pair_score(old[o].text, tokens[t].text)
        if score > 0 and best[o][t] == score + best[o + 1][t + 1]:
            pairs.append((o, t))
            o, t = o + 1, t + 1
        elif best[o][t] == best[o + 1][t]:
            o += 1
        else:
            t += 1
    return pairs


@lru_cache(maxsize=4096)
def _pair_score(a: str, b: str) -> float:
    """Likeness 0..1 of two words; 0 below `RELATED`. Case and punctuation do not count."""
    bare_a, bare_b = _bare(a), _bare(b)
    if bare_a == bare_b:
        return 1.0
    ratio = SequenceMatcher(None, bare_a, bare_b, autojunk=False).ratio()
    return ratio if ratio >= RELATED else 0.0


def _bare(text: str) -> str:
    letters = "".join(character for character in text.casefold() if character.isalnum())
    return letters or text


def _new(old: Sequence[Word], tokens: Sequence[Token], span: tuple[int, int], marks: frozenset[str]) -> list[_Placed]:
    """Words for tokens that are like none of `old`: one for one each takes that word's time, else they share."""
    if not tokens:
        return []
    if len(old) == len(tokens):
        return [_placed(_stand_in(word, token.text), token) for word, token in zip(old, tokens, strict=True)]
    start_ms, end_ms = _room(old, tokens, span)
    pairs = [(token.text, " ") for token in tokens]
    words = shared_out(pairs, start_ms, end_ms, source=Source.ESTIMATED, marks=[marks] * len(pairs))
    return [_placed(word, token) for word, token in zip(words, tokens, strict=True)]


def _room(old: Sequence[Word], tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int]:
    """The time of what is replaced, widened towards the neighbours where the new text needs more."""
    if not old:
        return span
    start_ms, end_ms = old[0].start_ms, old[-1].end_ms
    missing_ms = ROOM_MS_PER_CHARACTER * sum(len(token.text) for token in tokens) - (end_ms - start_ms)
    if missing_ms <= 0:
        return start_ms, end_ms
    return max(span[0], start_ms - missing_ms // 2), min(span[1], end_ms + missing_ms // 2)


def _paired(word: Word, text: str, keep_times: bool) -> Word:
    same_word = keep_times or _pair_score(word.text, text) >= ALIKE
    return _respelled(word, text) if same_word else _stand_in(word, text)


def _respelled(word: Word, text: str) -> Word:
    """The same spoken word, written differently: a person wrote it, so its text is no longer in doubt."""
    if word.text == text:
        return word
    return Word(
        text, word.start_ms, word.end_ms, word.after, word.source, None, word.time_confidence, word.marks, (), word.id
    )  # `replace` takes twice as long, and a film has tens of thousands


def _stand_in(word: Word, text: str) -> Word:
    return replace(_respelled(word, text), source=Source.ESTIMATED, time_confidence=None)


def _placed(word: Word, token: Token) -> _Placed:
    return _Placed(word, token.first, token.last)


def _common_marks(words: Sequence[Word]) -> frozenset[str]:
    return frozenset.intersection(*(word.marks for word in words)) if words else frozenset()


def _with_white_space(placed: Sequence[_Placed], text: str) -> tuple[Word, ...]:
    """The words with the white space the text has behind them; the last keeps its own, which is not shown."""
    words: list[Word] = []
    for here, behind in itertools.pairwise(placed):
        found = text[here.last : behind.first]
        after = found if found == here.word.after else white_space(found)
        words.append(here.word if after == here.word.after else replace(here.word, after=after))
    return (*words, placed[-1].word) if placed else ()
