"""Where somebody speaks, as the sound comes: segments that begin with speech and end in a pause. Knows no text.

A segment ends where speech has paused for long enough; the longer it is, the shorter a pause will do; and at its limit
it is cut at the faintest moment of the last second, which lies behind everything that is firm by then. Keeps the sound
of the segment at hand and half a second before it, nothing else, however long the dictation goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from core.media.waveform import Samples
from core.recognition.streaming.settings import StreamSettings
from core.speech.silero import SEQUENCE_WINDOWS, WINDOW_SAMPLES, Probabilities, Silero, Windows
from core.timecode import SAMPLE_RATE, samples_from_ms

_BEGINS, _GOES_ON = 0.5, 0.35
"""Silero's own thresholds (`core.speech.hysteresis`)."""
_LEAD_MS, _TAIL_MS = 300, 300
"""Sound kept before and behind speech."""
_LEAST_SPEECH = samples_from_ms(200)
_LATE_SHARE = 2 / 3
"""From this part of the limit on, a pause of `_LATE_PAUSE_MS` ends a segment."""
_LATE_PAUSE_MS = 200


class Network(Protocol):
    """What says how likely each window holds speech: `core.speech.silero.Silero`."""

    def probabilities(self, windows: Windows) -> Probabilities:
        """(n,) of (n, 512), which follow those fed before."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A segment that has ended.

    Attributes:
        samples: (n,) float32.
        first_sample: where it begins in the stream.
    """

    samples: Samples
    first_sample: int


class Cutter:
    """Takes sound of any length; says which segments ended and which one is open."""

    def __init__(self, settings: StreamSettings, network: Network | None = None) -> None:
        self._network = network or Silero()
        self._limit = settings.segment_s * SAMPLE_RATE
        self._pause = samples_from_ms(settings.pause_ms)
        self._last_part = samples_from_ms(settings.chunk_ms)
        self._sound = np.zeros(0, np.float32)
        self._first = 0
        """Where `_sound` begins in the stream."""
        self._heard = 0
        """How far the network has listened."""
        self._start: int | None = None
        self._ended = 0
        """Where the last segment ended: the next never begins before it."""
        self._speech_end = self._spoken = 0

    @property
    def received(self) -> int:
        """Samples fed so far."""
        return self._first + len(self._sound)

    @property
    def open_start(self) -> int | None:
        """Where the open segment begins, or None."""
        return self._start

    @property
    def speech_end(self) -> int:
        """Where speech was heard last."""
        return self._speech_end

    def open_sound(self) -> Samples:
        """(n,) float32 of the open segment."""
        return self._sound[(self._start or 0) - self._first :]

    def feed(self, samples: Samples) -> list[Spoken]:
        """Take more sound; the segments that ended with it."""
        samples = np.nan_to_num(np.asarray(samples, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
        self._sound = np.concatenate((self._sound, samples))
        ended: list[Spoken] = []
        whole = (self.received - self._heard) // WINDOW_SAMPLES
        if whole:
            fresh = self._sound[self._heard - self._first :][: whole * WINDOW_SAMPLES]
            windows = fresh.reshape(-1, WINDOW_SAMPLES)
            for begin in range(0, whole, SEQUENCE_WINDOWS):
                for probability in self._network.probabilities(windows[begin : begin + SEQUENCE_WINDOWS]).tolist():
                    ended += self._hear(probability)
        self._forget()
        return ended

    def confirm(self) -> None:
        """The open segment has words: it counts as speech, however little of it sounded so."""
        self._spoken = max(self._spoken, _LEAST_SPEECH)

    def finish(self) -> list[Spoken]:
        """The sound is over: the open segment, if it holds speech."""
        return [] if self._start is None else self._close(self.received)

    def _hear(self, probability: float) -> list[Spoken]:
        """One more window."""
        begin, self._heard = self._heard, self._heard + WINDOW_SAMPLES
        if probability >= (_BEGINS if self._start is None else _GOES_ON):
            if self._start is None:
                self._start = max(self._first, self._ended, begin - samples_from_ms(_LEAD_MS))
                self._spoken = 0
            self._speech_end = self._heard
            self._spoken += WINDOW_SAMPLES
        if self._start is None:
            return []
        length, silent = self._heard - self._start, self._heard - self._speech_end
        if silent >= self._pause or (length >= _LATE_SHARE * self._limit and silent >= samples_from_ms(_LATE_PAUSE_MS)):
            return self._close(min(self._speech_end + samples_from_ms(_TAIL_MS), self._heard))
        return self._cut() if length >= self._limit else []

    def _close(self, end: int) -> list[Spoken]:
        """End the segment at `end`; nothing where too little was spoken."""
        start, self._start = self._start or 0, None
        return [self._segment(start, end)] if self._spoken >= _LEAST_SPEECH else []

    def _cut(self) -> list[Spoken]:
        """End the segment inside speech; the next begins there at once."""
        start = self._start or 0
        end = self._faintest(self._heard - self._last_part, self._heard)
        segment = self._segment(start, end)
        self._start, self._spoken = end, self._heard - end
        return [segment]

    def _segment(self, start: int, end: int) -> Spoken:
        self._ended = end
        return Spoken(self._sound[start - self._first : end - self._first].copy(), start)

    def _faintest(self, first: int, last: int) -> int:
        """The middle of the softest 96 ms between two places."""
        part = self._sound[first - self._first : last - self._first].astype(np.float64)
        width = 3 * WINDOW_SAMPLES
        sums = np.convolve(np.square(part), np.ones(width), mode="valid")
        return first + int(np.argmin(sums)) + width // 2

    def _forget(self) -> None:
        """Let go of sound that no segment can need."""
        keep = self._start if self._start is not None else self._heard - samples_from_ms(_LEAD_MS) - WINDOW_SAMPLES
        drop = max(0, keep - self._first)
        if drop:
            self._sound = self._sound[drop:].copy()
            self._first += drop
