"""Films whose every picture says which one it is: its number as 20 black or white bars, which no codec blurs away.

    python -m tests.data.counted_film TARGET 24000/1001 600

Knows no reader of ours; ffmpeg codes what NumPy draws.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import ffmpeg
import numpy as np
import numpy.typing as npt

from tests.data.make_media import ffmpeg_program

BITS = 20
BAR_PX, HEIGHT_PX = 16, 48
WIDTH_PX = BITS * BAR_PX

Pixels = npt.NDArray[np.uint8]


def make_counted(target: Path, rate: Fraction, count: int, **options: object) -> Path:
    """A film of `count` pictures at `rate` with B frames and a key frame every 250 pictures at most."""
    numbers = ((np.arange(count)[:, None] >> np.arange(BITS)) & 1).astype(np.uint8) * 255  # (count, BITS)
    bars = np.repeat(numbers, BAR_PX, axis=1)
    pictures = np.repeat(bars[:, None, :], HEIGHT_PX, axis=1)
    coded = (
        ffmpeg.input("pipe:", format="rawvideo", pix_fmt="gray", s=f"{WIDTH_PX}x{HEIGHT_PX}", framerate=str(rate))
        .output(str(target), **{"vcodec": "libx264", "pix_fmt": "yuv420p", "g": 250, "bf": 3, "crf": 18, **options})
        .overwrite_output()
    )
    coded.run(cmd=ffmpeg_program(), input=pictures.tobytes(), quiet=True)
    return target


def number_on(picture: Pixels) -> int:
    """The number that a picture shows, (height, width) of any grey or one colour channel, of any size."""
    height, width = picture.shape
    row = picture[height // 3 : max(height // 3 + 1, 2 * height // 3)].mean(axis=0)
    places = ((np.arange(BITS) + 0.5) * width / BITS).astype(int)
    return int(sum(1 << bit for bit, place in enumerate(places) if row[place] > 127))


if __name__ == "__main__":
    make_counted(Path(sys.argv[1]), Fraction(sys.argv[2]), int(sys.argv[3]))
