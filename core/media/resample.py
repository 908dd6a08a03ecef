"""One channel at any sampling rate to 16 kHz, by ffmpeg's swresample. Knows no files and no channels.

swresample's own settings (a Kaiser-windowed sinc, β 9, 32 taps at the lower rate, cut-off at 97 %) serve here: what is
over 8 kHz is gone, and the first sample given out stands where the first one put in stood.
"""

from __future__ import annotations

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE

_NOTHING: Samples = np.zeros(0, np.float32)


class Resampler:
    """A stream of sound at `rate` in, the same at 16 kHz out, in pieces of any length."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._swr = AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)

    def push(self, sound: Samples) -> Samples:
        """Put in (n,) float32; get what is ready, (m,) float32. About 16 samples lag behind until `flush`."""
        if self._rate == SAMPLE_RATE or not len(sound):
            return sound
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(sound[np.newaxis, :], np.float32), "fltp", "mono")
        frame.sample_rate = self._rate
        return _joined(self._swr.resample(frame))

    def flush(self) -> Samples:
        """The rest, (m,) float32; nothing may be pushed after it."""
        return _NOTHING if self._rate == SAMPLE_RATE else _joined(self._swr.resample(None))


def resample(sound: Samples, rate: int) -> Samples:
    """All of `sound` (n,) float32 at `rate` to 16 kHz: round(n · 16000 / rate) samples, float32."""
    if rate == SAMPLE_RATE:
        return sound
    resampler = Resampler(rate)
    pieces = [resampler.push(sound[start : start + rate * 10]) for start in range(0, len(sound), rate * 10)]
    made = np.concatenate([*pieces, resampler.flush()])
    wanted = (2 * len(sound) * SAMPLE_RATE + rate) // (2 * rate)
    return np.pad(made[:wanted], (0, max(0, wanted - len(made))))


def _joined(frames: list[AudioFrame]) -> Samples:
    if not frames:
        return _NOTHING
    pieces = [frame.to_ndarray()[0] for frame in frames]
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
