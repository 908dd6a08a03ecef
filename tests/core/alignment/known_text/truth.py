"""Stand-ins that know the truth: a hearing and an aligner for made-up films of silence, exact, rough or random."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.alignment.known_text.aligning import Sound
from core.alignment.known_text.hearing import HeardWord
from core.alignment.known_text.script import Script
from core.alignment.protocol import Piece
from core.engine import EngineInfo
from core.media.waveform import Waveform
from core.progress import CancelToken
from core.speech.chunk import Chunk
from core.transcript import Source, Word, split_text

INFO = EngineInfo("truth", "Truth", ("en",), gives_words=True)
CHUNK_MS = 20_000


@dataclass(frozen=True)
class Said:
    """A word somebody says."""

    text: str
    start_ms: int
    end_ms: int


def spoken(text: str, *, start_ms: int = 500, word_ms: int = 400, pause_ms: int = 600) -> list[Said]:
    """The words of `text`, each `word_ms` long, a pause behind each line."""
    said: list[Said] = []
    at_ms = start_ms
    for line in text.splitlines():
        for word in line.split():
            said.append(Said(word, at_ms, at_ms + word_ms - 50))
            at_ms += word_ms
        at_ms += pause_ms
    return said


def film_of(said: Sequence[Said]) -> Sound:
    """A silent film of the right length, in chunks."""
    total_ms = said[-1].end_ms + 1_000
    speech = [(said[0].start_ms, said[-1].end_ms)]

    def blocks() -> Iterator[Waveform]:
        for start_ms in range(0, total_ms, 10_000):
            length_ms = min(10_000, total_ms - start_ms)
            yield Waveform(np.zeros(length_ms * 16, np.float32), start_ms * 16)

    def chunks() -> Iterator[Chunk]:
        for index, start_ms in enumerate(range(0, total_ms, CHUNK_MS)):
            yield Chunk(np.zeros(min(CHUNK_MS, total_ms - start_ms) * 16, np.float32), start_ms * 16, index)

    return Sound(chunks, blocks, speech, total_ms)


class KnowingHearing:
    """Hears what is said; `deaf` is the share of words it takes for others."""

    def __init__(self, said: Sequence[Said], deaf: float = 0.0) -> None:
        self._said, self._deaf, self._chance = said, deaf, random.Random(1)

    def prepare(self, script: Script) -> None:
        self._others = sorted(set(script.units))

    def hear(self, chunks: Iterable[Chunk], cancel: CancelToken) -> Iterator[tuple[HeardWord, ...]]:
        for chunk in chunks:
            cancel.check()
            yield tuple(
                HeardWord(self._heard(word.text), word.start_ms, word.end_ms)
                for word in self._said
                if chunk.start_ms <= word.start_ms < chunk.end_ms
            )

    def _heard(self, text: str) -> str:
        return self._chance.choice(self._others) if self._chance.random() < self._deaf else text.lower().strip(",.")


class KnowingAligner:
    """Gives each word its true time when its piece holds it; else as a forced aligner would: anywhere inside."""

    max_piece_ms = 60_000

    def __init__(self, said: Sequence[Said]) -> None:
        self.info = INFO
        self._said = said
        self.pieces: list[Piece] = []

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        for piece in pieces:
            self.pieces.append(piece)
            yield tuple(self._words(piece))

    def _words(self, piece: Piece) -> Iterator[Word]:
        end_ms = piece.start_ms + len(piece.samples) // 16
        inside = [word for word in self._said if piece.start_ms <= word.start_ms and word.end_ms <= end_ms]
        for text, after in split_text(piece.text):
            found = next((index for index, word in enumerate(inside) if word.text == text), None)
            if found is None:
                yield Word(text, piece.start_ms, piece.start_ms, after=after, source=Source.ALIGNED)
                continue
            word = inside[found]
            inside = inside[found + 1 :]
            yield Word(text, word.start_ms, word.end_ms, after=after, source=Source.ALIGNED)


class RandomAligner:
    """Times every word at random, in order."""

    max_piece_ms = 60_000

    def __init__(self) -> None:
        self.info = INFO
        self._chance = random.Random(7)

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        for piece in pieces:
            pairs = split_text(piece.text)
            length_ms = len(piece.samples) // 16
            edges = sorted(piece.start_ms + self._chance.randrange(length_ms) for _ in range(2 * len(pairs)))
            yield tuple(
                Word(text, start, end, after=after, source=Source.ALIGNED)
                for (text, after), start, end in zip(pairs, edges[::2], edges[1::2], strict=True)
            )
