"""Many channels to one without losing speech. Plain arithmetic on arrays: knows no files and no clock.

Weights are those of ITU-R BS.775 (three front and two surround channels to stereo), then the mean of left and right:
speech in the centre of a 5.1 film keeps 71 % of its level, the effects channel is left out. A recording whose channels
cancel (one cable turned round: left = −right) would mix to silence: a stretch whose mix holds less than a fifth of the
power that unrelated channels would give is taken from one channel instead. The choice is made for each stretch alone
(a second), so decoding from the middle of a film gives the same sound as decoding all of it, in bounded memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.media.waveform import Samples

_FRONT, _CENTRE, _SURROUND, _NOTHING = 0.5, 0.5**0.5, 0.5 * 0.5**0.5, 0.0

_WEIGHTS: dict[str, float] = {
    "FL": _FRONT, "FR": _FRONT, "DL": _FRONT, "DR": _FRONT, "FLC": _FRONT, "FRC": _FRONT, "WL": _FRONT, "WR": _FRONT,
    "FC": _CENTRE, "BL": _SURROUND, "BR": _SURROUND, "SL": _SURROUND, "SR": _SURROUND, "BC": _SURROUND,
    "LFE": _NOTHING, "LFE2": _NOTHING,
}  # fmt: skip

_CANCELS_BELOW = 0.2
"""Power of the mix over the power of the weighted channels: 1 for unrelated channels, n for equal, 0 for opposite."""

_KEEP_FIRST = 0.25
"""Of two channels, the first is used unless its power is below this share of the loudest: no flicker between equals."""

_LOUDEST = 1e6
"""Samples beyond this (a full-scale sample is 1) are damage; their squares would overflow."""


def weights_for(channels: Sequence[str]) -> Samples:
    """Weight of each channel by ffmpeg's names ("FL", "FC", …), (n,) float32; equal shares where the names are unknown.

    >>> [round(float(w), 2) for w in weights_for(["FL", "FR", "FC", "LFE", "SL", "SR"])]
    [0.5, 0.5, 0.71, 0.0, 0.35, 0.35]
    """
    if len(channels) == 1:
        return np.ones(1, np.float32)
    known = [_WEIGHTS.get(name) for name in channels]
    if None in known or not any(known):
        return np.full(len(channels), 1 / len(channels), np.float32)
    return np.array(known, np.float32)


class Downmixer:
    """Mixes stretches of one track, in order.

    Attributes:
        bad_samples: how many samples were no numbers, infinite or absurd; they became silence.
        cancelled_samples: how many samples came from one channel because the channels cancelled each other.
    """

    def __init__(self, channels: Sequence[str], fade_samples: int) -> None:
        self.bad_samples = 0
        self.cancelled_samples = 0
        self._normal = weights_for(channels)
        self._fade_samples = fade_samples
        self._last: Samples | None = None

    def mix(self, sound: Samples) -> Samples:
        """`sound` (channels, n) float32 to (n,); a change of weights between stretches fades over `fade_samples`."""
        powers = _powers(sound)
        if not np.all(np.isfinite(powers)):
            sound = self._repaired(sound)
            powers = _powers(sound)
        mono: Samples = self._normal @ sound
        weights = self._chosen(mono, powers)
        if weights is not self._normal:
            self.cancelled_samples += sound.shape[1]
            mono = weights @ sound
        self._fade(mono, sound, weights)
        self._last = weights
        return mono

    def _repaired(self, sound: Samples) -> Samples:
        bad = ~(np.abs(sound) <= _LOUDEST)
        self.bad_samples += int(np.count_nonzero(bad))
        return np.where(bad, np.float32(0), sound)

    def _chosen(self, mono: Samples, powers: npt.NDArray[np.float64]) -> Samples:
        """The usual weights, or one channel's where the mix cancels."""
        shares = self._normal.astype(np.float64) ** 2 * powers
        expected = float(shares.sum())
        if len(shares) == 1 or expected == 0 or float(np.dot(mono, mono)) >= _CANCELS_BELOW * expected:
            return self._normal
        chosen = int(np.argmax(shares >= _KEEP_FIRST * shares.max()))
        one = np.zeros_like(self._normal)
        one[chosen] = 1
        return one

    def _fade(self, mono: Samples, sound: Samples, weights: Samples) -> None:
        last = self._last
        if last is None or np.array_equal(last, weights):
            return
        count = min(self._fade_samples, len(mono))
        ramp = np.linspace(0, 1, count, endpoint=False, dtype=np.float32)
        mono[:count] = (last @ sound[:, :count]) * (1 - ramp) + mono[:count] * ramp


def _powers(sound: Samples) -> npt.NDArray[np.float64]:
    """Sum of squares of each channel; not finite where a sample is not, or is absurd."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.array([float(np.dot(row, row)) for row in sound])
