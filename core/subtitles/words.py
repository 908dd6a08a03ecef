"""Text of a cue, with marks and time stamps, into words. Knows no format: each turns its markup into `Run`s first.

Words are parted at white space; a no-break space stays inside its word ("10 km" is one). CJK ideographs and kana become
words of one character with their punctuation, unless the file gives times of its own. Joining the words gives the text
back exactly, except that runs of spaces become one, spaces beside a line break go, and so do those at the text's ends.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.transcript import Source, Word, shared_out

_TOKEN = re.compile(r"\S+(?:[\u00a0\u202f\u2007]+\S+)*")
_CJK = re.compile(
    "[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U000323af]"
)
_JOINS_BEFORE = frozenset("ぁぃぅぇぉゃゅょゎァィゥェォャュョヮーｧｨｩｪｫｬｭｮｰﾞﾟ\u200d\ufe0f")
"""Small kana and length marks: one mora with the character before."""
_OPENING = frozenset("([{（［｛「『【〔〈《〖〘〚“‘«‹¿¡〝｢")
_FULL_WIDTH_END = re.compile(r"[\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]$")

_WORD, _IDEOGRAPH, _OPENS, _JOINS = range(4)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks.

    Attributes:
        text: as shown, references and tags resolved; may hold newlines.
        marks: as in `Word.marks`.
        at_ms: when its first word begins, where the file says so.
    """

    text: str
    marks: frozenset[str] = frozenset()
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word to be: its text, the white space behind it, its marks, and where in the text it begins."""

    text: str
    after: str
    marks: frozenset[str]
    offset: int


def words_of_runs(runs: Sequence[Run], start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Words in start_ms..end_ms; between two stamps they share the time out by length. `source` is imported.

    Stamps outside the cue or going backwards are passed over.
    """
    text = "".join(run.text for run in runs)
    stamps = _stamps(runs, start_ms, end_ms)
    pieces = _pieces(text, runs, stamps)
    edges = [*stamps, (len(text) + 1, end_ms)]
    words: list[Word] = []
    at = 0
    for (_, from_ms), (until, to_ms) in pairwise(edges):
        first = at
        while at < len(pieces) and pieces[at].offset < until:
            at += 1
        words += _timed(pieces[first:at], from_ms, to_ms)
    return tuple(words)


def words_of_text(text: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Words of plain text that share start_ms..end_ms out by length."""
    return words_of_runs([Run(text)], start_ms, end_ms)


def split_cjk(token: str) -> list[str]:
    """A token without white space in words: each CJK ideograph or kana its own, punctuation with its neighbour.

    >>> split_cjk("「床前」，Qwen3模型"), split_cjk("don't")
    (['「床', '前」，', 'Qwen3', '模', '型'], ["don't"])
    """
    if _CJK.search(token) is None:
        return [token]
    units: list[str] = []
    current, core = "", _OPENS
    for character in token:
        kind = _kind(character)
        begins = kind in (_IDEOGRAPH, _OPENS) or (kind == _WORD and core == _IDEOGRAPH)
        if begins and core != _OPENS:
            units.append(current)
            current, core = "", _OPENS
        current += character
        if kind in (_WORD, _IDEOGRAPH):
            core = kind
        elif kind == _JOINS and core == _OPENS and units:  # closing behind an opening: both belong to the word before
            units[-1] += current
            current = ""
    return [*units, current] if current else units


def joins_without_space(before: str, behind: str) -> bool:
    """Whether no space belongs where `before` and `behind` meet: both sides are CJK or full-width punctuation."""
    return bool(_FULL_WIDTH_END.search(before[-1:]) and _FULL_WIDTH_END.search(behind[:1]))


def _kind(character: str) -> int:
    if character in _JOINS_BEFORE:
        return _JOINS
    if _CJK.match(character):
        return _IDEOGRAPH
    if character in _OPENING:
        return _OPENS
    return _WORD if character.isalnum() else _JOINS


def _stamps(runs: Sequence[Run], start_ms: int, end_ms: int) -> list[tuple[int, int]]:
    """(offset in the text, ms), rising, the cue's start first."""
    stamps = [(0, start_ms)]
    offset = 0
    for run in runs:
        if run.at_ms is not None and stamps[-1][1] <= run.at_ms <= end_ms:
            stamps.append((offset, run.at_ms))
        offset += len(run.text)
    return stamps


def _pieces(text: str, runs: Sequence[Run], stamps: Sequence[tuple[int, int]]) -> list[_Piece]:
    stamped = {offset for offset, _ in stamps[1:]}
    starts, marks = _mark_changes(runs)
    tokens = list(_TOKEN.finditer(text))
    pieces: list[_Piece] = []
    for index, token in enumerate(tokens):
        next_at = tokens[index + 1].start() if index + 1 < len(tokens) else None
        cuts = _cuts(token.start(), token.end(), starts, stamped)
        texts = list(_parted(text, cuts, split=not stamped))
        after = _gap(text[token.end() : next_at]) if next_at is not None else _after_last(texts[-1][1])
        for number, (offset, part) in enumerate(texts):
            under = marks[bisect.bisect_right(starts, offset) - 1]
            pieces.append(_Piece(part, after if number == len(texts) - 1 else "", under, offset))
    return pieces


def _mark_changes(runs: Iterable[Run]) -> tuple[list[int], list[frozenset[str]]]:
    """Offsets where the marks change, and the marks from there on."""
    starts: list[int] = [0]
    marks: list[frozenset[str]] = [frozenset()]
    offset = 0
    for run in runs:
        if run.text and run.marks != marks[-1]:
            if starts[-1] == offset:
                marks[-1] = run.marks
            else:
                starts.append(offset)
                marks.append(run.marks)
        offset += len(run.text)
    return starts, marks


def _cuts(start: int, end: int, mark_starts: Sequence[int], stamped: set[int]) -> list[tuple[int, bool]]:
    """Where a token is parted: (offset, whether a time stamp stands there); its ends included."""
    inside = set(mark_starts[bisect.bisect_right(mark_starts, start) : bisect.bisect_left(mark_starts, end)])
    inside |= {offset for offset in stamped if start < offset < end} if stamped else set()
    return [(start, True), *((offset, offset in stamped) for offset in sorted(inside)), (end, True)]


def _parted(text: str, cuts: Sequence[tuple[int, bool]], *, split: bool) -> Iterator[tuple[int, str]]:
    """(offset, text) of a token's words; punctuation that only its marks part from a word stays with that word."""
    spans: list[tuple[int, int]] = []
    for (start, stamped), (end, _) in pairwise(cuts):
        lone = not any(character.isalnum() for character in text[start:end])
        before_lone = bool(spans) and not any(character.isalnum() for character in text[spans[-1][0] : spans[-1][1]])
        if spans and not stamped and (lone or before_lone):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        for part in split_cjk(text[start:end]) if split else [text[start:end]]:
            yield start, part
            start += len(part)


def _gap(white: str) -> str:
    """What `Word.after` says for this white space."""
    if "\n" in white or "\r" in white:
        return "\n"
    return " " if white.strip(" \t") == "" else white


def _after_last(text: str) -> str:
    """The white space behind a cue's last word, for when cues are merged: none behind full-width characters."""
    return "" if _FULL_WIDTH_END.search(text) else " "


def _timed(pieces: Sequence[_Piece], start_ms: int, end_ms: int) -> tuple[Word, ...]:
    if not pieces:
        return ()
    return shared_out(
        [(piece.text, piece.after) for piece in pieces],
        start_ms,
        end_ms,
        source=Source.IMPORTED,
        marks=[piece.marks for piece in pieces],
    )
