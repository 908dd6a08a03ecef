"""The same cues twice: as libass draws them into a film and as the window draws them while it plays. Knows no test."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.editor.cue_faces import CueFaces
from app.editor.subtitle_overlay import SubtitleOverlay
from core.cue import Cue
from core.media.render.program import output
from core.subtitles.picture import on_picture
from core.subtitles.pixel_look import Looks
from core.subtitles.protocol import Subtitles

SIZE = (640, 360)
Cover = npt.NDArray[np.float64]
"""(height, width): how much of each pixel is covered, 0..255."""


def by_libass(groups: Sequence[Sequence[Cue]], header: str = "", styles: dict[str, str] | None = None) -> list[Cover]:
    """What the paused picture shows of each group of cues that stand together; one run of ffmpeg for all."""
    cues = tuple(
        replace(cue, start_ms=n * 1000, end_ms=n * 1000 + 900) for n, group in enumerate(groups) for cue in group
    )
    ass = on_picture(Subtitles(cues, header, styles=styles or {}), *SIZE).ass
    with tempfile.TemporaryDirectory(prefix="cuesmith-") as folder:
        Path(folder, "cues.ass").write_text(ass, encoding="utf-8")
        size, seconds = "{}x{}".format(*SIZE), len(groups)
        draw = f"color=c=black@0:s={size}:r=1:d={seconds},format=rgba,setpts=PTS+0.5/TB,ass=cues.ass:alpha=1"
        arguments = ["-f", "lavfi", "-i", draw, "-vsync", "passthrough", "-pix_fmt", "rgba", "-f", "rawvideo", "pipe:1"]
        pixels = output(arguments, Path(folder), b"", "the pictures")
    frames = np.frombuffer(pixels, np.uint8).reshape(len(groups), SIZE[1], SIZE[0], 4)
    return [frame[..., 3].astype(np.float64) for frame in frames]


def by_window(cues: Sequence[Cue], header: str = "", styles: dict[str, str] | None = None) -> Cover:
    """What shows of these cues while the film plays."""
    image = QImage(*SIZE, QImage.Format.Format_RGBA8888_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    overlay = SubtitleOverlay()
    overlay.dress(Looks(header, styles or {}, CueFaces()))
    painter = QPainter(image)
    overlay.draw(painter, QRectF(0, 0, *SIZE), cues)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)
    return pixels[..., 3].astype(np.float64)


def ink_box(cover: Cover) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is covered by half at least, in pixels."""
    rows, columns = np.flatnonzero((cover > 127).any(axis=1)), np.flatnonzero((cover > 127).any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def alike(one: Cover, other: Cover) -> float:
    """Share of the two pictures' ink that both have, 0..1."""
    return float(np.minimum(one, other).sum() / np.maximum(one, other).sum())
