"""Decoded frames of one rate and layout to 16 kHz mono. Knows positions at two rates, no files and no time stamps.

Sound is worked on in whole seconds of the media's clock: a second at any rate is a whole number of samples there and
16,000 here, so the resampler's phase, the choice of channels and every sample are the same whether a decode began at 0
or was sought. One second is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from core.media.downmix import Downmixer
from core.media.resample import Resampler
from core.media.waveform import Samples, Waveform
from core.timecode import SAMPLE_RATE

_KINDS: dict[str, tuple[type[np.generic], float, float]] = {
    "u8": (np.uint8, 128, 1 / 128),
    "s16": (np.int16, 0, 1 / 2**15),
    "s32": (np.int32, 0, 1 / 2**31),
    "flt": (np.float32, 0, 1),
    "dbl": (np.float64, 0, 1),
}
"""(type, zero, factor to [-1, 1]) by ffmpeg's name of the sample format, planar ones without their p."""

_FADE_S = 0.01


class Grid:
    """A run of frames with one rate, layout and format, without long gaps.

    Attributes:
        mixer: counts bad samples and cancelling channels.
    """

    def __init__(self, frame: AudioFrame, position: int) -> None:
        self.rate = frame.sample_rate
        self._format, self._layout = frame.format.name, frame.layout.name
        self.mixer = Downmixer([channel.name for channel in frame.layout.channels], int(self.rate * _FADE_S))
        self._fifo = AudioFifo()
        self._resampler = Resampler(self.rate)
        self._second = np.zeros((frame.layout.nb_channels, self.rate), np.float32)
        self._filled = position % self.rate
        self._next = (position - self._filled) // self.rate * SAMPLE_RATE
        self._first = -(-position * SAMPLE_RATE // self.rate)
        self._end = position

    def fits(self, frame: AudioFrame) -> bool:
        """Whether `frame` has this run's rate, layout and format."""
        same_rate = frame.sample_rate == self.rate
        return same_rate and frame.format.name == self._format and frame.layout.name == self._layout

    def add(self, frames: list[AudioFrame], cut: int = 0) -> Iterator[Waveform]:
        """Take the next frames without their first `cut` samples; yields each second that is full."""
        if cut:
            self._take(self._fifo.samples)
        write = self._fifo.write
        before = self._fifo.samples
        for frame in frames:
            # The FIFO would compare stamps with its own count; places are kept here.
            frame.pts = None
            write(frame)
        if cut:
            self._fifo.read(cut)
        self._end += self._fifo.samples - before
        while self._filled + self._fifo.samples >= self.rate:
            self._take(self.rate - self._filled)
            yield from self._mixed()

    def skip(self, count: int) -> Iterator[Waveform]:
        """Leave `count` samples of silence."""
        self._take(self._fifo.samples)
        self._end += count
        while count:
            step = min(count, self.rate - self._filled)
            self._filled += step
            count -= step
            if self._filled == self.rate:
                yield from self._mixed()

    def finish(self) -> Iterator[Waveform]:
        """The rest; nothing may be added after it."""
        self._take(self._fifo.samples)
        last = -(-self._end * SAMPLE_RATE // self.rate)
        tail = self._resampler.push(self.mixer.mix(self._second[:, : self._filled]))
        rest = np.concatenate([tail, self._resampler.flush()])
        wanted = max(0, last - self._next)
        yield from self._placed(np.pad(rest[:wanted], (0, max(0, wanted - len(rest)))))

    def _take(self, count: int) -> None:
        """Move `count` samples from the FIFO into the second."""
        if count:
            frame = self._fifo.read(count)
            assert frame is not None
            put_floats(frame, self._second[:, self._filled : self._filled + count])
            self._filled += count

    def _mixed(self) -> Iterator[Waveform]:
        made = self._resampler.push(self.mixer.mix(self._second))
        self._second.fill(0)
        self._filled = 0
        yield from self._placed(made)

    def _placed(self, made: Samples) -> Iterator[Waveform]:
        """`made` with its place, without the silence that only fills the first second."""
        at, self._next = self._next, self._next + len(made)
        lead = min(len(made), max(0, self._first - at))
        if len(made) > lead:
            yield Waveform(made[lead:], at + lead)


def put_floats(frame: AudioFrame, target: Samples) -> None:
    """Write a frame's samples as float32 in [-1, 1], whatever they are stored as, to `target` (channels, n)."""
    kind = frame.format.name.removesuffix("p")
    if kind not in _KINDS:
        frame = AudioResampler(format="fltp").resample(frame)[0]
        kind = "flt"
    dtype, zero, factor = _KINDS[kind]
    channels, count = target.shape
    if frame.format.is_planar:
        for row, plane in zip(target, frame.planes, strict=True):
            row[:] = _values(plane, dtype, count)
    else:
        target[:] = _values(frame.planes[0], dtype, count * channels).reshape(count, channels).T
    if zero:
        target -= np.float32(zero)
    if factor != 1:
        target *= np.float32(factor)


def _values(plane: Any, dtype: type[np.generic], count: int) -> npt.NDArray[np.generic]:
    """The first `count` samples of a plane, not copied; PyAV's types do not tell that it is a buffer."""
    values: npt.NDArray[np.generic] = np.frombuffer(plane, dtype, count)
    return values
