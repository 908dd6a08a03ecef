"""What is heard roughly, word by word: the shape, and what anybody who hears must do. Knows no engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.alignment.known_text.script import Script, written_units
from core.alignment.spoken import spoken_words
from core.progress import CancelToken
from core.speech.chunk import Chunk
from core.transcript import Word


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A unit that was heard, on the media's clock."""

    text: str
    start_ms: int
    end_ms: int


class Hearing(Protocol):
    """Hears chunks roughly. May use the script as a hint, but must not force it on the sound."""

    def prepare(self, script: Script) -> None:
        """Get ready for this script; called once, before `hear`."""
        ...

    def hear(self, chunks: Iterable[Chunk], cancel: CancelToken) -> Iterator[tuple[HeardWord, ...]]:
        """What was heard in each chunk, in order."""
        ...


def heard_units(words: Sequence[Word], language: str) -> tuple[HeardWord, ...]:
    """Recognised words as units; those of one word share its time out evenly."""
    speak = spoken_words if language in ("en", "") else written_units
    found: list[HeardWord] = []
    for word in words:
        units = speak(word.text)
        length_ms = word.end_ms - word.start_ms
        for index, unit in enumerate(units):
            start_ms = word.start_ms + length_ms * index // len(units)
            found.append(HeardWord(unit, start_ms, word.start_ms + length_ms * (index + 1) // len(units)))
    return tuple(found)
