"""Pixels as an image that owns them. Knows no source and no place; every QImage made of a buffer is made here.

A QImage made of a buffer only points into it, and that PySide keeps the buffer alive is written nowhere. A copy is
sure, and costs less than drawing it once.
"""

from __future__ import annotations

from PySide6.QtGui import QImage

BYTES_A_PIXEL = 4


def image_of_pixels(pixels: bytes | memoryview, width: int, height: int, kind: QImage.Format) -> QImage:
    """Rows of pixels, the top one first and none padded, as an image of its own.

    Args:
        pixels: width · height · 4 bytes. width, height: in pixels.
        kind: a format of 32 bits a pixel.
    """
    return QImage(pixels, width, height, width * BYTES_A_PIXEL, kind).copy()
