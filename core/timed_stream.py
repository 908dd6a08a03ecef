"""A dictation whose words get measured times: an aligner works behind the recogniser while nobody speaks.

Words are firm with the times the recogniser gave them, which for Qwen3-ASR are estimates. When a segment has ended, its
sound and text go to the aligner, and the words come again in `Update.retimed`, the same but for their times. Knows no
microphone, no window and no process.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.alignment import registry as aligners
from core.alignment.protocol import Aligner, Piece, language_of
from core.engine import EngineInfo
from core.engine_registry import AUTO
from core.errors import CuesmithError
from core.media.waveform import Samples
from core.progress import CancelToken
from core.recognition.protocol import RecognitionStream, Update
from core.timecode import samples_from_ms
from core.transcript import Segment, Word

_log = logging.getLogger(__name__)

_KEPT_MS = 120_000
"""Sound kept for timing words: four of the longest segments. Words that wait longer keep their estimate."""
_MOST_WAITING = 2
"""So many segments wait for somebody to be silent; then one is timed between two steps."""

AlignerFor = Callable[[str], Aligner | None]
"""The aligner for a language, or None where there is none worth asking."""


class TimedStream:
    """Follows `RecognitionStream`, around another one."""

    def __init__(self, stream: RecognitionStream, aligner_for: AlignerFor) -> None:
        self._stream, self._aligner_for = stream, aligner_for
        self._sound = _Tail()
        self._waiting: deque[Segment] = deque()
        self._tentative: tuple[Word, ...] = ()

    def feed(self, samples: Samples) -> Update:
        """Take more sound; what is known now. Times one segment's words where the engine has nothing to do.

        Raises:
            CuesmithError: the recogniser failed. That an aligner fails is no failure: words keep their estimate.
        """
        self._sound.append(samples)
        update = self._stream.feed(samples)
        idle = update.tentative == self._tentative and not update.ended
        self._tentative = update.tentative
        self._waiting += update.ended
        if self._waiting and idle and (not update.tentative or len(self._waiting) > _MOST_WAITING):
            return replace(update, retimed=self._timed(self._waiting.popleft()))
        return update

    def finish(self) -> Update:
        """The sound is over: everything becomes firm, and every word that waits gets its time."""
        update = self._stream.finish()
        self._waiting += update.ended
        timed: list[Word] = []
        while self._waiting:
            timed += self._timed(self._waiting.popleft())
        return replace(update, retimed=tuple(timed))

    def _timed(self, segment: Segment) -> tuple[Word, ...]:
        """The segment's words with measured times and the ids they had; () where nobody can time them."""
        language = language_of(segment.languages)
        samples = self._sound.between(segment.start_ms, segment.end_ms)
        try:
            aligner = self._aligner_for(language)
            if aligner is None or samples is None:
                return ()
            piece = Piece(samples, segment.text, language, segment.start_ms)
            found = next(iter(aligner.align([piece], CancelToken())))
        except CuesmithError as error:
            # A dictation must not end because a time could not be measured.
            _log.info("words of a segment keep their estimated times: %s", error)
            return ()
        return _with_times(segment.words, found)


def timed(
    stream: RecognitionStream, recognizer: EngineInfo, *, aligner: str = AUTO, aligner_dir: str = ""
) -> RecognitionStream:
    """`stream` with the words timed by `aligner` (an id, "auto" or "none"); itself where that adds nothing.

    Raises:
        UnknownEngine, CheckpointUnusable: there is no such aligner.
    """
    aligners.check_folder(aligner, aligner_dir)
    if aligner == aligners.NONE or recognizer.gives_words:
        return stream
    return TimedStream(stream, _Aligners(aligner, aligner_dir))


class _Aligners:
    """The aligner for a language, made once each."""

    def __init__(self, aligner: str, aligner_dir: str) -> None:
        self._wanted, self._folder = aligner, aligner_dir
        self._made: dict[str, Aligner] = {}

    def __call__(self, language: str) -> Aligner | None:
        aligner_id, _ = aligners.choose(self._wanted, language, model_dir=self._folder)
        if aligner_id == aligners.NONE:
            return None
        if aligner_id not in self._made:
            self._made[aligner_id] = aligners.create(aligner_id, model_dir=self._folder)
        return self._made[aligner_id]


class _Tail:
    """The last two minutes of sound."""

    def __init__(self) -> None:
        self._blocks: deque[Samples] = deque()
        self._first = self._last = 0

    def append(self, samples: Samples) -> None:
        """Take what follows; let go of what is too old."""
        self._blocks.append(np.asarray(samples, np.float32))
        self._last += len(samples)
        while self._last - self._first - len(self._blocks[0]) > samples_from_ms(_KEPT_MS):
            self._first += len(self._blocks.popleft())

    def between(self, start_ms: int, end_ms: int) -> Samples | None:
        """(n,) float32, or None where the beginning is gone."""
        first, last = samples_from_ms(start_ms), min(samples_from_ms(end_ms), self._last)
        if first < self._first or last <= first:
            return None
        return np.concatenate(list(self._blocks))[first - self._first : last - self._first]


def _with_times(words: tuple[Word, ...], found: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` with the times of the same letters in `found`, however that was parted; () where it differs."""
    letters = ["".join(word.text.split()) for word in words]
    timing = [word for word in found for _ in "".join(word.text.split())]
    if sum(map(len, letters)) != len(timing):
        return ()
    made: list[Word] = []
    place = 0
    for word, text in zip(words, letters, strict=True):
        first, last = timing[place], timing[place + len(text) - 1]
        place += len(text)
        made.append(
            replace(
                word,
                start_ms=first.start_ms,
                end_ms=last.end_ms,
                source=first.source,
                time_confidence=first.time_confidence,
            )
        )
    return tuple(made)
