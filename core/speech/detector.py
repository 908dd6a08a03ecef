"""Finds speech in a stream of sound: blocks in, spans of speech out; keeps what was heard in each window.

Knows no chunks, no text and no files. Results do not depend on how the sound was cut into blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.media.waveform import Waveform
from core.progress import CancelToken
from core.speech.hysteresis import Hysteresis, SpeechSpan, VadOptions
from core.speech.silero import SEQUENCE_WINDOWS, WINDOW_SAMPLES, Probabilities, Silero, Windows
from core.speech.windows import Framer, Stretch

__all__ = ["SpeechDetector", "SpeechSpan", "VadOptions", "WindowTrack", "speech_spans"]

_SILENT_DB = -120.0


@dataclass(frozen=True, slots=True, eq=False)
class WindowTrack:
    """What was heard, window by window (32 ms each): 250 bytes a second of sound.

    Attributes:
        first_sample: where window 0 begins on the media's clock.
        last_sample: one past the last sample heard.
        probabilities: (n,) float32 in 0..1, how likely the window holds speech.
        levels_db: (n,) float32, RMS in dB relative to full scale, −120 for silence.
    """

    first_sample: int
    last_sample: int
    probabilities: Probabilities
    levels_db: npt.NDArray[np.float32]

    def index_at(self, sample: int) -> int:
        """The window that holds `sample`, clipped to the windows there are."""
        return int(np.clip((sample - self.first_sample) // WINDOW_SAMPLES, 0, max(0, len(self.probabilities) - 1)))


class SpeechDetector:
    """Takes blocks in order; gives spans of speech as soon as nothing that follows can change them.

    Args:
        options: when sound counts as speech.
        sequence_windows: how many 32 ms windows the network takes at once. A minute (the default) is fastest for files;
            1 answers within 32 ms of sound for dictation. Not safe across threads.
    """

    def __init__(
        self,
        options: VadOptions | None = None,
        *,
        sequence_windows: int = SEQUENCE_WINDOWS,
        network: Silero | None = None,
    ) -> None:
        self._network = network or Silero()
        self._framer = Framer(sequence_windows)
        self._rule = Hysteresis(options or VadOptions())
        self._windows = 0
        self._probabilities: list[Probabilities] = []
        self._levels: list[npt.NDArray[np.float32]] = []

    def feed(self, block: Waveform) -> tuple[SpeechSpan, ...]:
        """Take the next block; the spans that became firm with it, in order."""
        return self._listen(self._framer.feed(block))

    def finish(self) -> tuple[SpeechSpan, ...]:
        """The sound is over: the spans that were still open."""
        firm = self._listen(self._framer.finish())
        return (*firm, *self._rule.finish(self._framer.last_sample))

    def track(self) -> WindowTrack:
        """What was heard so far."""
        return WindowTrack(
            self._framer.first_sample,
            self._framer.last_sample,
            np.concatenate([np.zeros(0, np.float32), *self._probabilities]),
            np.concatenate([np.zeros(0, np.float32), *self._levels]),
        )

    def _listen(self, stretches: Iterable[Stretch]) -> tuple[SpeechSpan, ...]:
        firm: list[SpeechSpan] = []
        for stretch in stretches:
            found, levels = self._hear(stretch)
            position = self._framer.first_sample + self._windows * WINDOW_SAMPLES
            firm += self._rule.feed(found.tolist(), position)
            self._windows += len(found)
            self._probabilities.append(found)
            self._levels.append(levels)
        return tuple(firm)

    def _hear(self, stretch: Stretch) -> tuple[Probabilities, npt.NDArray[np.float32]]:
        if stretch.hole_windows:
            self._network.reset()
            nothing = np.zeros(stretch.hole_windows, np.float32)
            return nothing, np.full(stretch.hole_windows, _SILENT_DB, np.float32)
        return self._network.probabilities(stretch.windows), _levels_db(stretch.windows)


def speech_spans(
    blocks: Iterable[Waveform], options: VadOptions | None = None, cancel: CancelToken | None = None
) -> Iterator[SpeechSpan]:
    """The spans of speech in `blocks` (in order), each as soon as it is firm; a cancel point at each block.

    Raises:
        Cancelled: the token was set.
    """
    detector = SpeechDetector(options)
    for block in blocks:
        if cancel is not None:
            cancel.check()
        yield from detector.feed(block)
    yield from detector.finish()


def _levels_db(windows: Windows) -> npt.NDArray[np.float32]:
    power = np.mean(np.square(windows, dtype=np.float32), axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, 1e-12)), np.float32)
