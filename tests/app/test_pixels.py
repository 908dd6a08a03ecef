"""An image made of a buffer lives on when the buffer is gone or written over."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage

from app.pixels import image_of_pixels


def test_an_image_keeps_its_pixels_when_the_buffer_is_written_over() -> None:
    buffer = bytearray(b"\x10\x20\x30\xff" * 6)
    image = image_of_pixels(memoryview(buffer), 3, 2, QImage.Format.Format_RGB32)
    buffer[:] = bytes(len(buffer))
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(2, 1) == QColor(0x30, 0x20, 0x10)
