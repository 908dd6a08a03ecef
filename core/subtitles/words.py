"""Text of a cue, with marks and time stamps, into words. Knows no format: each turns its markup into `Run`s first.

Words are parted at white space; a no-break space stays inside its word ("10 km" is one). CJK ideographs and kana become
words of one character with their punctuation, Thai short words, unless the file gives times of its own. Joining the
words gives the text back exactly, except that runs of spaces become one, spaces beside a line break go, and so do those
at the text's ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.cjk import joins_without_space
from core.spaceless import split_spaceless
from core.transcript import Source, Word, shared_out

_TOKEN = re.compile(r"\S+(?:[\u00a0\u202f\u2007]+\S+)*")


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
    """Words in start_ms..end_ms; between two stamps they share the time out by length, and are `imported`.

    A word alone between two stamps has the file's own times: it is `aligned`, for somebody measured it. Stamps outside
    the cue or going backwards are passed over.
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
        alone = len(stamps) > 1 and at - first == 1
        words += _timed(pieces[first:at], from_ms, to_ms, Source.ALIGNED if alone else Source.IMPORTED)
    return tuple(words)


def words_of_text(text: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Words of plain text that share start_ms..end_ms out by length."""
    return words_of_runs([Run(text)], start_ms, end_ms)


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
    stamped = [offset for offset, _ in stamps[1:]]
    starts, marks = _mark_changes(runs)
    tokens = list(_TOKEN.finditer(text))
    pieces: list[_Piece] = []
    for index, token in enumerate(tokens):
        parts = _parts(text, token.start(), token.end(), starts, stamped)
        if index + 1 < len(tokens):
            parts[-1] = (*parts[-1][:2], _gap(text[token.end() : tokens[index + 1].start()]))
        else:
            parts[-1] = (*parts[-1][:2], _after_last(parts[-1][1]))
        pieces += [_Piece(part, after, marks[bisect_right(starts, at) - 1], at) for at, part, after in parts]
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


def _parts(
    text: str, start: int, end: int, mark_starts: Sequence[int], stamped: Sequence[int]
) -> list[tuple[int, str, str]]:
    """A token's words as (offset, text, white space behind), parted at marks, at stamps and between CJK characters."""
    at_marks = mark_starts[bisect_right(mark_starts, start) : bisect_left(mark_starts, end)]
    at_stamps = set(stamped[bisect_right(stamped, start) : bisect_left(stamped, end)])
    spans = _spans(text, start, end, at_marks, at_stamps) if at_marks or at_stamps else [(start, end)]
    parts: list[tuple[int, str]] = []
    for at, until in spans:
        for part in [text[at:until]] if stamped else split_spaceless(text[at:until]):
            parts.append((at, part))
            at += len(part)
    return [(at, part, "") for at, part in parts] if len(parts) == 1 else _unglued(parts)


def _spans(text: str, start: int, end: int, at_marks: Iterable[int], at_stamps: set[int]) -> list[tuple[int, int]]:
    """Where a token is parted; punctuation that only marks part from a word stays with that word."""
    spans: list[tuple[int, int]] = []
    for at, until in pairwise([start, *sorted({*at_marks, *at_stamps}), end]):
        joins = (
            spans
            and at not in at_stamps
            and not (_has_letters(text[at:until]) and _has_letters(text[slice(*spans[-1])]))
        )
        if joins:
            spans[-1] = (spans[-1][0], until)
        else:
            spans.append((at, until))
    return spans


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))


def _unglued(parts: Iterable[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """No-break spaces where their token was parted become the white space behind the word before."""
    words: list[tuple[int, str, str]] = []
    for at, part in parts:
        body = part.strip()
        lead = part.index(body) if body else len(part)
        if lead:
            words[-1] = (*words[-1][:2], words[-1][2] + part[:lead])
        if body:
            words.append((at + lead, body, part[lead + len(body) :]))
    return words


def _gap(white: str) -> str:
    """What `Word.after` says for this white space."""
    if "\n" in white or "\r" in white:
        return "\n"
    return " " if white.strip(" \t") == "" else white


def _after_last(text: str) -> str:
    """The white space behind a cue's last word, for when cues are merged: none behind full-width characters."""
    last = text[-1:]
    return "" if joins_without_space(last, last) else " "


def _timed(pieces: Sequence[_Piece], start_ms: int, end_ms: int, source: Source) -> tuple[Word, ...]:
    if not pieces:
        return ()
    return shared_out(
        [(piece.text, piece.after) for piece in pieces],
        start_ms,
        end_ms,
        source=source,
        marks=[piece.marks for piece in pieces],
    )
