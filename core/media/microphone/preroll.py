"""The last two seconds of an open microphone, in memory only: what was said before the key was down."""

from __future__ import annotations

from collections import deque

import numpy as np

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE

KEPT_S = 2.0


class Preroll:
    """A ring of sound."""

    def __init__(self) -> None:
        self._pieces: deque[Samples] = deque()
        self._count = 0

    def take(self, samples: Samples) -> None:
        """Add (n,) float32; what is older than `KEPT_S` is forgotten."""
        self._pieces.append(samples)
        self._count += len(samples)
        while self._count - len(self._pieces[0]) >= KEPT_S * SAMPLE_RATE:
            self._count -= len(self._pieces.popleft())

    def last(self, seconds: float) -> Samples:
        """The last `seconds` (as far as they are there) as (n,) float32; the ring is empty then."""
        wanted = round(min(seconds, KEPT_S) * SAMPLE_RATE)
        whole = np.concatenate([np.zeros(0, np.float32), *self._pieces])
        self.clear()
        return whole[max(0, len(whole) - wanted) :]

    def clear(self) -> None:
        """Forget everything."""
        self._pieces.clear()
        self._count = 0
