"""Words with marks into text with properly nested tags. Knows no format: each says how it opens, closes and escapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from core.transcript import Word

_ORDER = {"i": 2, "b": 3, "u": 4, "vtt:ruby": 5, "srt:ruby": 5, "vtt:rt": 6, "srt:rt": 6}
"""Depth of the inner tags; <rt> counts only right inside <ruby>."""

DEEPEST = 16
"""Marks on one word that are written or read; a file that nests deeper is broken or hostile."""


@dataclass(frozen=True, slots=True)
class Tags:
    """How one format writes.

    Attributes:
        open, close: the text of a tag for a mark.
        writes: whether the format has a tag for this mark at all.
        escape: text without tags into text that reads back as itself.
    """

    open: Callable[[str], str]
    close: Callable[[str], str]
    writes: Callable[[str], bool]
    escape: Callable[[str], str]


def marked_text(words: Sequence[Word], tags: Tags, stamps: Sequence[tuple[str, str]] = ()) -> str:
    """The words' text with tags round the longest stretches they hold for.

    `stamps`: per word what stands before it and behind it (time stamps), or () for none.
    """
    writer = _Writer(tags)
    for index, word in enumerate(words):
        wanted = _ordered(mark for mark in word.marks if tags.writes(mark))
        writer.close_all_but(wanted)
        if index:
            writer.tag(stamps[index - 1][1] if stamps else "")
            writer.text(words[index - 1].after)
        writer.tag(stamps[index][0] if stamps else "")
        writer.open_missing(wanted)
        writer.text(word.text)
    writer.close_all_but([])
    writer.tag(stamps[-1][1] if stamps else "")
    return writer.finished()


def _ordered(marks: Iterable[str]) -> list[str]:
    """Outer tags first: a format's own, colours, italics, bold, underline, ruby."""
    return sorted(marks, key=lambda mark: (_ORDER.get(mark, 1 if mark.startswith("c:") else 0), mark))[:DEEPEST]


class _Writer:
    """Collects text between tags, so that it is escaped in whole stretches: "--" and ">" may be two words."""

    def __init__(self, tags: Tags) -> None:
        self._tags = tags
        self._open: list[str] = []
        self._pending: list[str] = []
        self._parts: list[str] = []

    def text(self, text: str) -> None:
        self._pending.append(text)

    def tag(self, tag: str) -> None:
        if tag:
            self._flush()
            self._parts.append(tag)

    def close_all_but(self, wanted: Sequence[str]) -> None:
        keep = next((depth for depth, mark in enumerate(self._open) if mark not in wanted), len(self._open))
        while len(self._open) > keep:
            self.tag(self._tags.close(self._open.pop()))

    def open_missing(self, wanted: Sequence[str]) -> None:
        for mark in wanted:
            if mark not in self._open:
                self._open.append(mark)
                self.tag(self._tags.open(mark))

    def finished(self) -> str:
        self._flush()
        return "".join(self._parts)

    def _flush(self) -> None:
        if self._pending:
            self._parts.append(self._tags.escape("".join(self._pending)))
            self._pending.clear()
