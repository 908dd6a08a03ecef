"""Turns speech probabilities into spans of speech: two thresholds, least lengths, padding. Knows no sound, no network.

The rule is Silero's own (`get_speech_timestamps`): speech begins where the probability reaches `threshold`, ends where
it stays under `neg_threshold` for `min_silence_ms`, and counts when longer than `min_speech_ms`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from core.errors import BadArgument
from core.speech.silero import WINDOW_SAMPLES
from core.timecode import samples_from_ms


class SpeechSpan(NamedTuple):
    """A half-open stretch of speech, in samples on the media's clock. A tuple, because `Chunk.speech` holds such."""

    first_sample: int
    last_sample: int


@dataclass(frozen=True, slots=True)
class VadOptions:
    """When sound counts as speech. Names as in faster-whisper, values Silero's own defaults.

    Attributes:
        threshold: 0..1; a window at or above it begins speech.
        neg_threshold: 0..1; a window under it may end speech; None = threshold − 0.15, at least 0.01.
        min_speech_ms: shorter speech is dropped.
        min_silence_ms: speech ends after so much silence.
        pad_ms: added to each side of a span, never past the middle of the silence to the next.
    """

    threshold: float = 0.5
    neg_threshold: float | None = None
    min_speech_ms: int = 250
    min_silence_ms: int = 100
    pad_ms: int = 30

    def __post_init__(self) -> None:
        if not 0 < self.threshold <= 1:
            raise BadArgument(what=f"A speech threshold of {self.threshold} is off.", hint="Use a number from 0 to 1.")
        if min(self.min_speech_ms, self.min_silence_ms, self.pad_ms) < 0:
            raise BadArgument(what="A time for speech detection is negative.", hint="Use milliseconds from 0 up.")

    @property
    def exit_threshold(self) -> float:
        """The probability under which speech may end."""
        return self.neg_threshold if self.neg_threshold is not None else max(self.threshold - 0.15, 0.01)


class Hysteresis:
    """Takes probabilities window by window and gives spans once nothing that follows can change them."""

    def __init__(self, options: VadOptions) -> None:
        self._enter, self._exit = options.threshold, options.exit_threshold
        self._min_speech = samples_from_ms(options.min_speech_ms)
        self._min_silence = samples_from_ms(options.min_silence_ms)
        self._pad = samples_from_ms(options.pad_ms)
        self._start: int | None = None
        self._quiet: int | None = None
        self._held: SpeechSpan | None = None
        self._floor: int | None = None

    def feed(self, probabilities: Iterable[float], first_sample: int) -> list[SpeechSpan]:
        """Take the windows that begin at `first_sample`; the spans that are firm now."""
        firm: list[SpeechSpan] = []
        position = first_sample
        for probability in probabilities:
            self._floor = position if self._floor is None else self._floor
            if probability >= self._enter:
                self._loud(position, firm)
            elif probability < self._exit:
                self._silent(position, firm)
            position += WINDOW_SAMPLES
        return firm

    def finish(self, last_sample: int) -> list[SpeechSpan]:
        """The sound ends at `last_sample`: what is left."""
        firm: list[SpeechSpan] = []
        if self._start is not None:
            self._close(last_sample)
        if self._held is not None:
            end = min(self._held.last_sample + self._pad, last_sample)
            firm.append(SpeechSpan(self._held.first_sample, end))
            self._held = None
        return firm

    def _loud(self, position: int, firm: list[SpeechSpan]) -> None:
        self._quiet = None
        if self._start is None:
            self._start = position
            self._release(position, firm)

    def _silent(self, position: int, firm: list[SpeechSpan]) -> None:
        if self._start is not None:
            if self._quiet is None:
                self._quiet = position
            if position - self._quiet >= self._min_silence:
                self._close(self._quiet)
        elif self._held is not None and position - self._held.last_sample >= 2 * self._pad:
            self._release(position, firm)

    def _close(self, end: int) -> None:
        """Hold the span that ends at `end` until its padding on the right is sure."""
        start, self._start, self._quiet = self._start or 0, None, None
        if end - start <= self._min_speech:
            return
        self._held = SpeechSpan(self._padded_start(start), end)

    def _padded_start(self, start: int) -> int:
        return max(start - self._pad, self._floor or 0)

    def _release(self, next_start: int, firm: list[SpeechSpan]) -> None:
        """Give out the held span, padded at most to the middle of the silence before `next_start`."""
        if self._held is None:
            return
        end = self._held.last_sample
        end += min(self._pad, (next_start - end) // 2)
        firm.append(SpeechSpan(self._held.first_sample, end))
        self._held, self._floor = None, end
