"""A text's hearing and timing that survive a stop: done pieces come from `Results`, the rest is done and put there.

Knows no engine: it stands around any `Hearing` and any `Aligner` and behaves as they do. A piece is known by its sound,
its text and who does it, so another run over the same film finds whatever has not changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core.alignment.known_text.hearing import HeardWord, Hearing
from core.alignment.known_text.script import Script
from core.alignment.protocol import Aligner, Piece
from core.media.waveform import Samples
from core.progress import CancelToken
from core.results import ChunkKey, Results, digest
from core.speech.chunk import Chunk, ChunkSpan
from core.timecode import ms_from_samples, samples_from_ms
from core.transcript import Segment, Source, Word


@dataclass(slots=True)
class Kept:
    """Where a run's pieces are kept, and what became of the last one.

    Attributes:
        results: the store; a put returns when it is safe.
        media_id, track: the sound they are of.
        last: the piece heard or timed last.
        from_store: whether it had been done before.
    """

    results: Results
    media_id: str
    track: int
    last: Segment = field(default_factory=lambda: Segment(0, 0, ""))
    from_store: bool = False

    def key(self, stage: str, first: int, last: int, engine: str, checkpoint: str, options: str) -> ChunkKey:
        """What a piece is kept under; `first`, `last`: samples."""
        return ChunkKey(stage, self.media_id, self.track, first, last, engine, checkpoint, options)

    def stored(self, key: ChunkKey) -> Segment | None:
        """The piece kept under `key`, or None."""
        found = self.results.get(key)
        if found is not None:
            self.last, self.from_store = found, True
        return found

    def keep(self, key: ChunkKey, done: Segment) -> None:
        """Keep a piece that was done just now.

        Raises:
            WriteError: it could not be kept.
        """
        self.results.put(key, done)
        self.begin(done)

    def begin(self, piece: Segment) -> None:
        """This piece is done anew."""
        self.last, self.from_store = piece, False

    def forget(self) -> None:
        """Nothing was heard or timed since."""
        self.begin(Segment(0, 0, ""))


class KeptHearing:
    """Hears what is not kept. Follows `hearing.Hearing`; the one it stands around is made with the first such chunk.

    Args:
        new: makes the hearing.
        who: its id and checkpoint, and a digest of all else that changes what it hears.
        spans: the chunks that will come, in order.
        language: of the sound.
    """

    def __init__(
        self,
        new: Callable[[], Hearing],
        kept: Kept,
        *,
        who: tuple[str, str, str],
        spans: Sequence[ChunkSpan],
        language: str,
    ) -> None:
        self._new, self._kept, self._language = new, kept, language
        self._keys = [kept.key("recognise", span.first_sample, span.last_sample, *who) for span in spans]
        self._stored = {key.first_sample for key in self._keys if kept.results.get(key) is not None}
        self._script: Script | None = None

    @property
    def count(self) -> int:
        """How many chunks there are."""
        return len(self._keys)

    @property
    def count_stored(self) -> int:
        """How many of them an earlier run had done."""
        return len(self._stored)

    def prepare(self, script: Script) -> None:
        """Remember the script for the first chunk that must be heard."""
        self._script = script

    def hear(self, chunks: Iterable[Chunk], cancel: CancelToken) -> Iterator[tuple[HeardWord, ...]]:
        """What was heard in each chunk, in order; a cancel point at each."""
        fresh: Iterator[tuple[HeardWord, ...]] | None = None
        missing = (chunk for chunk in chunks if chunk.first_sample not in self._stored)
        for key in self._keys:
            cancel.check()
            stored = self._kept.stored(key)
            if stored is None:
                fresh = fresh if fresh is not None else self._begin(missing, cancel)
                stored = self._segment(key, next(fresh))
                self._kept.keep(key, stored)
            yield tuple(HeardWord(word.text, word.start_ms, word.end_ms) for word in stored.words)

    def _begin(self, chunks: Iterable[Chunk], cancel: CancelToken) -> Iterator[tuple[HeardWord, ...]]:
        hearing = self._new()
        if self._script is not None:
            hearing.prepare(self._script)
        return iter(hearing.hear(chunks, cancel))

    def _segment(self, key: ChunkKey, heard: Sequence[HeardWord]) -> Segment:
        words = tuple(Word(word.text, word.start_ms, word.end_ms, source=Source.RECOGNISED) for word in heard)
        first_ms, last_ms = ms_from_samples(key.first_sample), ms_from_samples(key.last_sample)
        text = " ".join(word.text for word in words)
        return Segment(first_ms, last_ms, text, (self._language,), words, engine=key.engine)


class KeptAligner:
    """Times what is not kept. Follows `alignment.protocol.Aligner`."""

    def __init__(self, aligner: Aligner, kept: Kept) -> None:
        self.info, self.max_piece_ms = aligner.info, aligner.max_piece_ms
        self._aligner, self._kept = aligner, kept

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        """The words of each piece, in order; a cancel point at each.

        Raises:
            CuesmithError: as the aligner it stands around; a piece that failed is not kept.
        """
        for piece in pieces:
            cancel.check()
            key = self._key(piece)
            stored = self._kept.stored(key)
            if stored is None:
                stored = _segment_of(piece, self.info.id)
                self._kept.begin(stored)
                stored = _segment_of(piece, self.info.id, next(iter(self._aligner.align([piece], cancel))))
                self._kept.keep(key, stored)
            yield stored.words

    def _key(self, piece: Piece) -> ChunkKey:
        """By the sound itself, too: a song is timed several times over, each time with a little done to it."""
        first = samples_from_ms(piece.start_ms)
        options = digest(piece.text, piece.language, _fingerprint(piece.samples))
        return self._kept.key("align", first, first + len(piece.samples), self.info.id, self.info.checkpoint, options)


def _segment_of(piece: Piece, engine: str, words: tuple[Word, ...] = ()) -> Segment:
    end_ms = piece.start_ms + ms_from_samples(len(piece.samples))
    return Segment(piece.start_ms, end_ms, piece.text, (piece.language,), words, engine=engine)


def _fingerprint(samples: Samples) -> str:
    return hashlib.blake2b(samples.tobytes(), digest_size=16).hexdigest()
