"""How loud it is, and whether that is a problem: too loud, or nothing at all. Knows no device."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE

FLOOR_DB = -90.0
CLIPPED_AT = 0.985
"""A little under full scale: resampling rounds the flat tops off."""
_CLIPPED_SAMPLES = 4
_CLIPPING_LASTS_S = 2.0
SILENT_DB = -62.0
"""Under this a microphone is muted or dead: a quiet room is at −50 to −60 dBFS."""
SILENT_AFTER_S = 4.0


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the last piece of sound was.

    Attributes:
        rms_db, peak_db: dBFS, `FLOOR_DB` to 0.
        clipping: it was too loud within the last two seconds.
        silent: nothing has come for four seconds.
    """

    rms_db: float = FLOOR_DB
    peak_db: float = FLOOR_DB
    clipping: bool = False
    silent: bool = False


class Meter:
    """Follows a microphone."""

    def __init__(self) -> None:
        self._since_clip_s = math.inf
        self._silent_s = 0.0

    def take(self, samples: Samples) -> Level:
        """The level of (n,) float32 at 16 kHz, and what it means after all before."""
        if not len(samples):
            return Level()
        seconds = len(samples) / SAMPLE_RATE
        peak = float(abs(samples).max())
        rms_db = _db(float((samples.astype("f8") ** 2).mean()) ** 0.5)
        clipped = int((abs(samples) >= CLIPPED_AT).sum()) >= _CLIPPED_SAMPLES
        self._since_clip_s = 0.0 if clipped else self._since_clip_s + seconds
        self._silent_s = self._silent_s + seconds if rms_db < SILENT_DB else 0.0
        return Level(
            rms_db=rms_db,
            peak_db=_db(peak),
            clipping=self._since_clip_s < _CLIPPING_LASTS_S,
            silent=self._silent_s >= SILENT_AFTER_S,
        )


def _db(value: float) -> float:
    return max(FLOOR_DB, round(20 * math.log10(value), 1)) if value > 0 else FLOOR_DB
