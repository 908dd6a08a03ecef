"""Soft-edged shapes on an array of pixels. Knows no scene and no film.

Each shape is a coverage of 0..1 per pixel, worked out only inside its bounding box, and mixed into the picture. Places
are in pixels from the upper left corner; the middle of the first pixel is (0, 0).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.float32]
Point = tuple[float, float]
Colour = tuple[float, float, float]


class Canvas:
    """A picture that shapes are painted on."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels  # (height, width, 3) float32 in [0, 255]

    def disc(self, centre: Point, radius: float, colour: Colour, opacity: float = 1.0) -> None:
        """A filled circle."""
        x, y, window = self._window(centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        distance = np.hypot(x - centre[0], y - centre[1])
        self._mix(window, np.clip(radius + 0.5 - distance, 0, 1) * opacity, colour)

    def glow(self, centre: Point, radius: float, colour: Colour, opacity: float) -> None:
        """Light that fades from `opacity` in the middle to nothing at `radius`."""
        x, y, window = self._window(centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        nearness = np.clip(1 - np.hypot(x - centre[0], y - centre[1]) / radius, 0, 1)
        self._mix(window, nearness**2 * opacity, colour)

    def box(self, corner: Point, size: Point, colour: Colour, opacity: float = 1.0) -> None:
        """A filled rectangle with its upper left corner at `corner`."""
        left, top = corner
        right, bottom = left + size[0], top + size[1]
        self.polygon(((left, top), (right, top), (right, bottom), (left, bottom)), colour, opacity)

    def polygon(self, corners: Sequence[Point], colour: Colour, opacity: float = 1.0) -> None:
        """A filled convex shape; corners clockwise as seen on the screen."""
        xs, ys = zip(*corners, strict=True)
        x, y, window = self._window(min(xs), min(ys), max(xs), max(ys))
        inside = np.full(np.broadcast_shapes(x.shape, y.shape), 1.0, np.float32)
        for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
            length = float(np.hypot(x1 - x0, y1 - y0))
            depth = ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / length
            inside = np.minimum(inside, np.clip(depth + 0.5, 0, 1))
        self._mix(window, inside * opacity, colour)

    def mix(self, coverage: Pixels, colour: Colour) -> None:
        """Paint the whole picture by a coverage of (height, width)."""
        self._mix((slice(None), slice(None)), coverage, colour)

    def _window(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[Pixels, Pixels, tuple[slice, slice]]:
        height, width = self.pixels.shape[:2]
        columns, rows = _within(width, left, right), _within(height, top, bottom)
        x = np.arange(columns.start, columns.stop, dtype=np.float32)[None, :]
        y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None]
        return x, y, (rows, columns)

    def _mix(self, window: tuple[slice, slice], coverage: Pixels, colour: Colour) -> None:
        part = self.pixels[window]
        part += (np.asarray(colour, np.float32) - part) * coverage[..., None].astype(np.float32)


def _within(count: int, first: float, last: float) -> slice:
    """The pixels from `first` to `last` and one beside them, as far as the picture has them; perhaps none."""
    start = min(count, max(0, int(first) - 1))
    return slice(start, max(start, min(count, int(last) + 3)))
