"""Words JSON: every word with its times and confidences, for scripts. Knows no document and no files.

The shape is stable (version 1): `{"version", "media", "language", "engine", "segments", "cues", "unmatched"}`. Unknown
fields are passed over on reading, so that later versions may add some without breaking older programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.codec import DecodeError, decode, encode
from core.cue import Cue
from core.subtitles.protocol import Feature, Subtitles, UnmatchedLine
from core.subtitles.repairs import Repairs, in_order
from core.subtitles.text import BOM
from core.subtitles.words import words_of_text
from core.transcript import Segment, Source, Word, new_id, words_text

VERSION = 1
"""The version written, and the newest that is read."""

_LATEST_MS = 2**53
"""Beyond this, JSON readers in other languages lose whole milliseconds."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start_ms: int
    end_ms: int
    after: str = " "
    source: Source = Source.IMPORTED
    text_confidence: float | None = None
    time_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class _Segment:
    start_ms: int
    end_ms: int
    text: str = ""
    languages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[_Word, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    id: str = ""
    text: str = ""
    words: tuple[_Word, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    version: int
    cues: tuple[_Cue, ...]
    media: str = ""
    language: str = ""
    engine: str = ""
    segments: tuple[_Segment, ...] = ()
    unmatched: tuple[UnmatchedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Version:
    version: int


class WordsJson:
    """Cuesmith's own exchange format."""

    id = "json"
    name = "Words JSON"
    extensions: tuple[str, ...] = (".json",)
    keeps = frozenset(
        {
            Feature.WORD_TIMES,
            Feature.CONFIDENCE,
            Feature.SEGMENTS,
            Feature.LANGUAGE,
            Feature.LINE_BREAKS,
            Feature.OVERLAPS,
            Feature.MILLISECONDS,
        }
    )
    reads = True
    writes = True
    utf8_only = True

    def read(self, text: str) -> Subtitles:
        """Cues, segments and unmatched lines.

        Raises:
            ValueError: not JSON, not of this shape, a newer version, or times that cannot be; says where.
        """
        try:
            found = decode(text.removeprefix(BOM), _Version).version
            if found != VERSION:
                raise ValueError(f"it says version {found}; this program reads version {VERSION}")
            file = decode(text.removeprefix(BOM), _File)
        except (DecodeError, UnicodeError, RecursionError) as error:
            raise ValueError(f"it is not Words JSON: {error}") from error
        return _subtitles(file)

    def write(self, subtitles: Subtitles) -> str:
        """One object, a line for each segment, cue and unmatched line: easy to compare, and small."""
        lines = [
            f'"{key}":{_list(value) if isinstance(value, list) else _text(value)}' for key, value in _plain(subtitles)
        ]
        return "{" + ",\n".join(lines) + "}\n"

    def looks_like(self, text: str) -> bool:
        """Whether it begins as an object and has our two fields early or late."""
        head = text.lstrip(BOM + " \t\r\n")
        return head.startswith("{") and '"version"' in head and re.search(r'"cues"\s*:\s*\[', head) is not None


def _text(value: object) -> str:
    return encode(value).decode()


def _list(values: Iterable[object]) -> str:
    inside = ",\n".join(map(_text, values))
    return f"[\n{inside}\n]" if inside else "[]"


def _plain(subtitles: Subtitles) -> list[tuple[str, object]]:
    return [
        ("version", VERSION),
        ("media", _clean(subtitles.media)),
        ("language", subtitles.language),
        ("engine", subtitles.engine),
        ("segments", [_plain_segment(segment) for segment in subtitles.segments]),
        ("cues", [_plain_cue(cue) for cue in subtitles.cues]),
        ("unmatched", [{"line": line.line, "text": _clean(line.text)} for line in subtitles.unmatched]),
    ]


def _plain_segment(segment: Segment) -> dict[str, object]:
    return {
        "start_ms": segment.start_ms,
        "end_ms": segment.end_ms,
        "text": _clean(segment.text),
        "languages": list(segment.languages),
        "notes": list(segment.notes),
        "words": [_plain_word(word) for word in segment.words],
    }


def _plain_cue(cue: Cue) -> dict[str, object]:
    return {
        "id": cue.id,
        "start_ms": cue.start_ms,
        "end_ms": cue.end_ms,
        "text": _clean(cue.text),
        "words": [_plain_word(word) for word in cue.words],
    }


def _plain_word(word: Word) -> dict[str, object]:
    return {
        "text": _clean(word.text),
        "after": word.after,
        "start_ms": word.start_ms,
        "end_ms": word.end_ms,
        "source": word.source.value,
        "text_confidence": word.text_confidence,
        "time_confidence": word.time_confidence,
    }


def _clean(text: str) -> str:
    """`text` as UTF-8 can carry it: half of a surrogate pair becomes U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _subtitles(file: _File) -> Subtitles:
    repairs = Repairs()
    used: set[str] = set()
    cues = [_cue(cue, f"cue {number}", used) for number, cue in enumerate(file.cues, 1)]
    segments = tuple(_segment(found, f"segment {n}", file.engine) for n, found in enumerate(file.segments, 1))
    return Subtitles(
        in_order(cues, repairs),
        language=file.language,
        media=file.media,
        engine=file.engine,
        segments=segments,
        unmatched=file.unmatched,
        notices=repairs.notices(),
    )


def _cue(cue: _Cue, where: str, used: set[str]) -> Cue:
    _check_span(cue.start_ms, cue.end_ms, where)
    words = _words(cue.words, where)
    _check_order(words, cue.start_ms, cue.end_ms, where)
    if not words:
        words = words_of_text(cue.text.replace("\r\n", "\n").replace("\r", "\n"), cue.start_ms, cue.end_ms)
    cue_id = cue.id if cue.id and cue.id not in used else new_id()
    used.add(cue_id)
    return Cue(words, cue.start_ms, cue.end_ms, id=cue_id)


def _segment(segment: _Segment, where: str, engine: str) -> Segment:
    _check_span(segment.start_ms, segment.end_ms, where)
    words = _words(segment.words, where)
    text = segment.text or words_text(words)
    return Segment(segment.start_ms, segment.end_ms, text, segment.languages, words, engine, segment.notes)


def _words(words: Iterable[_Word], where: str) -> tuple[Word, ...]:
    return tuple(_word(word, f"{where}, word {number}") for number, word in enumerate(words, 1))


def _word(word: _Word, where: str) -> Word:
    _check_span(word.start_ms, word.end_ms, where)
    if not word.text or word.text != word.text.strip() or word.after.strip():
        raise ValueError(f"{where}: a word is text without white space at its ends, and “after” white space alone")
    for confidence in (word.text_confidence, word.time_confidence):
        if confidence is not None and not 0 <= confidence <= 1:
            raise ValueError(f"{where}: a confidence is 0 to 1, not {confidence}")
    return Word(
        word.text, word.start_ms, word.end_ms, word.after, word.source, word.text_confidence, word.time_confidence
    )


def _check_span(start_ms: int, end_ms: int, where: str) -> None:
    if not -_LATEST_MS < start_ms <= end_ms < _LATEST_MS:
        raise ValueError(f"{where}: it cannot last from {start_ms} to {end_ms} ms")


def _check_order(words: Sequence[Word], start_ms: int, end_ms: int, where: str) -> None:
    """The invariants of a cue: its words in order, none overlapping, none outside it."""
    before_ms = start_ms
    for word in words:
        if word.start_ms < before_ms or word.end_ms > end_ms:
            raise ValueError(f"{where}: the word “{word.text[:40]}” lies outside it or overlaps the one before")
        before_ms = word.end_ms
