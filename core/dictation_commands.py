"""Spoken commands of a dictation: “new line”, “full stop” and others, done instead of written. Off unless chosen.

Only exact phrases of their own words count, in the language of the dictation; everything else stays as it was said.
Knows no engine and no document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.transcript import Word

_ENGLISH: dict[tuple[str, ...], str] = {
    ("new", "line"): "\n",
    ("new", "paragraph"): "\n",
    ("full", "stop"): ".",
    ("period",): ".",
    ("comma",): ",",
    ("question", "mark"): "?",
    ("exclamation", "mark"): "!",
    ("colon",): ":",
    ("semicolon",): ";",
}
_LONGEST = max(map(len, _ENGLISH))


def carried_out(words: Sequence[Word], before: Word | None = None) -> tuple[Word | None, tuple[Word, ...]]:
    """The words with commands done.

    Args:
        words: firm words, in order.
        before: the last word before them; a mark or a line break goes behind it.

    Returns:
        (`before`, perhaps with a mark or a break behind it, and the words that are left).
    """
    done: list[Word] = [] if before is None else [before]
    index = 0
    while index < len(words):
        length, mark = _command(words, index)
        if not length:
            done.append(words[index])
        elif done:
            done[-1] = _marked(done[-1], mark, words[index + length - 1])
        index += length or 1
    return (None, tuple(done)) if before is None else (done[0], tuple(done[1:]))


def unfinished(words: Sequence[Word]) -> int:
    """How many words at the end may be the beginning of a command and should wait for the next ones."""
    for count in range(min(_LONGEST - 1, len(words)), 0, -1):
        tail = tuple(_plain(word) for word in words[-count:])
        if any(phrase[:count] == tail and len(phrase) > count for phrase in _ENGLISH):
            return count
    return 0


def _command(words: Sequence[Word], index: int) -> tuple[int, str]:
    """(how many words the command at `index` has, what it writes); (0, "") where there is none."""
    for length in range(_LONGEST, 0, -1):
        phrase = tuple(_plain(word) for word in words[index : index + length])
        if len(phrase) == length and phrase in _ENGLISH:
            return length, _ENGLISH[phrase]
    return 0, ""


def _marked(word: Word, mark: str, last: Word) -> Word:
    if mark == "\n":
        return replace(word, after="\n")
    return replace(word, text=word.text.rstrip(".,;:!?") + mark, after=last.after)


def _plain(word: Word) -> str:
    return word.text.strip(".,;:!?").casefold()
