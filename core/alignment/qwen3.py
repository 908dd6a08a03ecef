"""Times words with Qwen3-ForcedAligner: eleven languages, alone or Chinese mixed with others.

Pieces are read several at once, as many as memory bears, and each gets what it would get alone.
Steps, each in a file of its own: what the model says (`core.qwen3.timer`), times made to rise (`monotone`), units put
back onto the text (`attach`), words without time, or in silence, given some (`repair`). It times every word, spoken or
not: `time_confidence` says how sure the model was of its edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from core.alignment.attach import Attached, attach
from core.alignment.interpolate import estimate
from core.alignment.monotone import rising
from core.alignment.protocol import Aligner, Piece
from core.alignment.repair import repaired
from core.engine import EngineEntry, EngineInfo
from core.errors import (
    AlignmentFailed,
    BadArgument,
    CheckpointUnusable,
    EngineMemory,
    EngineMissing,
    LanguageUnsupported,
)
from core.language import name_of
from core.progress import CancelToken
from core.qwen3.checkpoint import Checkpoint, Kind, examine, installed
from core.timecode import ms_from_samples
from core.transcript import Source, Word

LANGUAGES = ("zh", "en", "yue", "fr", "de", "it", "ja", "ko", "pt", "ru", "es")
"""Those the model was trained on (Qwen3-ASR technical report)."""
LONGEST_PIECE_MS = 60_000
"""Cost grows with length: 60 s are aligned at 10 times real time on two cores, 180 s at 6. The model takes 300 s."""

_VERSION = "4"
"""Raised whenever other times would come out of the same checkpoint: stored results are then made again."""
_UNSPOKEN_MS = 200
"""Most that a mark without letters ("—", "♪") is shown, behind the word before it."""


class Qwen3Aligner:
    """Follows `alignment.protocol.Aligner`. Its model loads at the first piece; one thread at a time.

    Args:
        size: as `Checkpoint.size`.
        checkpoint: what it loads; None = not installed, which only listing it may do.
        device: "cpu", "cuda:0", …; "" = the best there is.
    """

    max_piece_ms = LONGEST_PIECE_MS

    def __init__(self, size: str, checkpoint: Checkpoint | None, device: str = "") -> None:
        self._checkpoint = checkpoint
        self._placement: Any = None
        self._timer: Any = None
        self._at_once_ms = 0
        """Of sound; 0 = not known before the model is loaded."""
        self.info = EngineInfo(
            id=_engine_id(size),
            name=f"Qwen3-ForcedAligner {size.upper()}".strip(),
            languages=LANGUAGES,
            gives_words=True,
            device="",
        )
        if checkpoint is not None:
            self._place(checkpoint, device)

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        """The words of each piece, in order, on the media's clock; a cancel point at each piece.

        Where memory does not suffice for several pieces together, half as many are, from then on.

        Raises:
            LanguageUnsupported: at once, when a piece is in a language it does not do.
            BadArgument: at once, when a piece is longer than the model takes.
            CheckpointUnusable, EngineMemory: the model cannot be loaded, or one piece alone does not fit.
            AlignmentFailed: a piece has text and no sound.
            Cancelled: the token was set.
        """
        for piece in pieces:
            if piece.language and piece.language not in LANGUAGES:
                known = ", ".join(map(name_of, LANGUAGES))
                raise LanguageUnsupported(engine=self.info.id, language=name_of(piece.language), known=known)
            if _length_ms(piece) > 3 * LONGEST_PIECE_MS:
                raise BadArgument(what="A piece to align is longer than 180 s.", hint="Cut it at a pause.")
        return self._align(pieces, cancel)

    def _align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        waiting = list(pieces)
        while waiting:
            cancel.check()
            batch = self._fitting(waiting)
            try:
                found = self._batch(batch)
            except (RuntimeError, MemoryError) as error:
                self._smaller_batches(error, batch)
                continue
            del waiting[: len(batch)]
            for words in found:
                cancel.check()
                yield words

    def _fitting(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The first of `pieces`, and as many behind it as are timed together."""
        at_once_ms = self._at_once_ms
        if not at_once_ms:
            from core.qwen3.placement import sound_at_once_ms

            self._loaded()  # what it takes is not free
            at_once_ms = self._at_once_ms = sound_at_once_ms(self._placement)
        count, total_ms = 1, _length_ms(pieces[0])
        while count < len(pieces) and (total_ms := total_ms + _length_ms(pieces[count])) <= at_once_ms:
            count += 1
        return list(pieces[:count])

    def _batch(self, pieces: Sequence[Piece]) -> list[tuple[Word, ...]]:
        timer = self._loaded()
        from core.qwen3.runtime import give_memory_back

        units = [timer.units(piece.text, piece.language) for piece in pieces]
        asked = [(piece.samples, its) for piece, its in zip(pieces, units, strict=True) if its]
        for samples, its in asked:
            if not len(samples):
                raise AlignmentFailed(engine=self.info.id, cause=f"there is no sound for {len(its)} words")
        edges = iter(timer.edges(asked) if asked else ())
        give_memory_back()
        return [
            timed(piece, its, next(edges)) if its else estimate(piece) for piece, its in zip(pieces, units, strict=True)
        ]

    def _smaller_batches(self, error: Exception, batch: Sequence[Piece]) -> None:
        from core.qwen3.runtime import out_of_memory

        if not out_of_memory(error):
            raise error
        if len(batch) == 1:
            raise EngineMemory(engine=self.info.id, device=self.info.device) from error
        self._at_once_ms = max(1, sum(map(_length_ms, batch)) // 2)

    def _loaded(self) -> Any:
        if self._checkpoint is None:
            raise EngineMissing(engine=self.info.id, cause="its files were not found")
        if self._timer is None:
            from core.qwen3 import self_test
            from core.qwen3.loading import named
            from core.qwen3.timer import load_timer

            timer, checkpoint = load_timer(self._checkpoint.folder, self._placement)
            with named(checkpoint, self._placement, "it fails at a test sound"):
                self_test.check_timer(timer, checkpoint.folder.name)
            self._timer = timer
        return self._timer

    def _place(self, checkpoint: Checkpoint, device: str) -> None:
        from core.qwen3.placement import choose, placed, rows_at_once

        self._placement = choose(device)
        info = placed(self.info, self._placement, f"{checkpoint.fingerprint}-{_VERSION}")
        self.info = replace(info, rows=rows_at_once(self._placement))


def _length_ms(piece: Piece) -> int:
    return ms_from_samples(len(piece.samples))


def timed(piece: Piece, units: Sequence[str], edges: Any) -> tuple[Word, ...]:
    """The words of `piece` from what the model says of the edges of its units (`core.qwen3.timer.Edges`).

    Where it says nothing that is a number, they are estimated.
    """
    if not edges.are_numbers:
        return estimate(piece)
    end_ms = ms_from_samples(len(piece.samples))
    raised = rising(edges.raw_ms)
    times = [min(end_ms, time) for time in raised]
    sure = [
        min(edges.certainty(2 * n, raised[2 * n]), edges.certainty(2 * n + 1, raised[2 * n + 1]))
        for n in range(len(units))
    ]
    words = _words(attach(piece.text, units), times, sure)
    words = [_moved(word, piece.start_ms) for word in _with_room(words, end_ms)]
    return repaired(words, piece.samples, piece.start_ms, piece.start_ms + end_ms)


def _words(attached: Sequence[Attached], times: Sequence[int], sure: Sequence[float]) -> list[Word]:
    """Words with the times of their units; a word without a unit stands, without time, behind the one before it."""
    words: list[Word] = []
    before_ms = 0
    for word in attached:
        if word.unit is None:
            made = Word(word.text, before_ms, before_ms, after=word.after, source=Source.ESTIMATED)
        else:
            start_ms, end_ms = times[2 * word.unit], times[2 * word.unit + 1]
            confidence = round(sure[word.unit], 4)
            made = Word(
                word.text, start_ms, end_ms, after=word.after, source=Source.ALIGNED, time_confidence=confidence
            )
        words.append(made)
        before_ms = made.end_ms
    return words


def _with_room(words: Sequence[Word], end_ms: int) -> list[Word]:
    """Words that have no unit take what room there is behind them, up to `_UNSPOKEN_MS`."""
    made: list[Word] = []
    for index, word in enumerate(words):
        if word.source is Source.ESTIMATED:
            next_ms = next((after.start_ms for after in words[index + 1 :] if after.source is Source.ALIGNED), end_ms)
            start_ms = max(word.start_ms, made[-1].end_ms if made else 0)
            word = _timed_as(word, start_ms, max(start_ms, min(next_ms, start_ms + _UNSPOKEN_MS)))
        made.append(word)
    return made


def _moved(word: Word, by_ms: int) -> Word:
    return _timed_as(word, word.start_ms + by_ms, word.end_ms + by_ms)


def _timed_as(word: Word, start_ms: int, end_ms: int) -> Word:
    return replace(word, start_ms=start_ms, end_ms=end_ms)


def _engine_id(size: str) -> str:
    return f"qwen3-aligner-{size}" if size else "qwen3-aligner"


def _entry(size: str, reason: str) -> EngineEntry[Aligner]:
    def check(model_dir: str) -> None:
        found = examine(model_dir)
        if found.kind is not Kind.ALIGNER or (size and found.size != size):
            raise CheckpointUnusable(folder=found.folder.name, cause=f"it holds {found.engine_id}")

    def is_installed(model_dir: str) -> bool:
        if not model_dir:
            return installed(Kind.ALIGNER, size) is not None
        found = examine(model_dir)
        return found.kind is Kind.ALIGNER and size in ("", found.size)

    def create_on(model_dir: str, device: str) -> Aligner:
        return Qwen3Aligner(size, examine(model_dir) if model_dir else installed(Kind.ALIGNER, size), device)

    return EngineEntry(
        languages=LANGUAGES,
        installed=is_installed,
        create=lambda model_dir: create_on(model_dir, ""),
        reason=reason,
        check=check,
        create_on=create_on,
    )


SMALL = _entry("0.6b", "Qwen3-ForcedAligner is installed: the most exact times there are.")
ANY_SIZE = _entry("", "A Qwen3 aligner of another size is installed.")
