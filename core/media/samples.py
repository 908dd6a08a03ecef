"""An array somebody hands over (a notebook, a test, a microphone at 48 kHz) to 16 kHz mono. Knows no files.

The way in is `core.media.waveform.Waveform.from_samples`. Channels are mixed as a film's are (`core.media.downmix`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from core.errors import BadSamples
from core.media.downmix import Downmixer
from core.media.resample import resample
from core.media.waveform import Samples

_FULL_SCALE: dict[str, tuple[float, float]] = {
    "int16": (0.0, 2.0**15), "int32": (0.0, 2.0**31), "uint8": (128.0, 128.0),
}  # fmt: skip
"""(zero, full scale) of whole-number types."""

_RATES = range(1_000, 768_001)

_LOUDEST_FLOAT = 4.0
"""Floats somewhat over 1 are a hot mix and are clipped; beyond this they are whole numbers stored as floats."""

_MOST_CHANNELS = 64

_STEREO = ("FL", "FR")


def to_16k_mono(array: object, sample_rate: int) -> Samples:
    """`array` as (n,) float32 in [-1, 1] at 16 kHz; `Waveform.from_samples` says what is taken.

    Raises:
        BadSamples: it cannot be taken; the sentence says why.
    """
    sound = _channels_first(_checked(array))
    if isinstance(sample_rate, bool) or int(sample_rate) != sample_rate or int(sample_rate) not in _RATES:
        raise BadSamples(what=f"{sample_rate} samples a second is no sampling rate of sound")
    rate = int(sample_rate)
    names = _STEREO if len(sound) == 2 else tuple(str(n) for n in range(len(sound)))
    mixer = Downmixer(names, rate // 100)
    # In seconds, as a decoder does, so that the choice of channels is the same.
    mono = [mixer.mix(_as_float(sound[:, at : at + rate])) for at in range(0, sound.shape[1], rate)]
    return np.clip(resample(np.concatenate(mono), rate), -1, 1)


def _checked(array: object) -> npt.NDArray[np.generic]:
    if not isinstance(array, np.ndarray):
        raise BadSamples(what=f"it is a {type(array).__name__}, not a NumPy array")
    if array.ndim not in (1, 2):
        raise BadSamples(what=f"it has {array.ndim} axes")
    if array.size == 0:
        raise BadSamples(what="it is empty")
    if array.dtype.kind == "f":
        loudest = float(np.max(np.abs(array)))
        if not np.isfinite(loudest):
            raise BadSamples(what="it holds values that are not finite numbers")
        if loudest > _LOUDEST_FLOAT:
            raise BadSamples(what=f"its values reach {loudest:.6g}, far beyond 1")
    elif array.dtype.name not in _FULL_SCALE:
        raise BadSamples(what=f"its type is {array.dtype.name}")
    return array


def _channels_first(array: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """(n,) → (1, n); (n, channels) → (channels, n)."""
    if array.ndim == 1:
        return array[np.newaxis, :]
    turned = array.T if array.shape[0] >= array.shape[1] else array
    if len(turned) > _MOST_CHANNELS:
        raise BadSamples(what=f"its shape {array.shape} would be {len(turned)} channels")
    return turned


def _as_float(sound: npt.NDArray[np.generic]) -> Samples:
    zero, full = _FULL_SCALE.get(sound.dtype.name, (0.0, 1.0))
    return ((sound.astype(np.float32) - np.float32(zero)) / np.float32(full)).astype(np.float32, copy=False)
