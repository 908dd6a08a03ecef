"""A frame of the backend as an image of the size it is shown in. Knows no widget and no player.

Where no graphics card turns frames into images, the processor does, and takes most of a frame's time for a large one.
So such a frame gives up the rows and columns it will not show before it is turned: ten times as quick for 4K in 640 px.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

_HIGH_DEFINITION_FROM = 576
"""Rows above which a picture that does not name its colours is taken as BT.709, as Qt and players do."""


def image_of(frame: QVideoFrame, size: QSize) -> QImage:
    """`frame`, turned as it says, scaled to `size` in device pixels; a null image where it cannot be read."""
    image = _thinned(frame, size).toImage()
    if image.isNull() or size.isEmpty():
        return image
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _thinned(frame: QVideoFrame, size: QSize) -> QVideoFrame:
    """The frame with every n-th row and column, n as large as `size` bears; itself where n is 1 or it is not planar."""
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    turned = frame.rotation().value in (90, 270)
    wanted = size.transposed() if turned else size
    step = 1 if wanted.isEmpty() else min(frame.width() // wanted.width(), frame.height() // wanted.height())
    if step < 2 or frame.pixelFormat() != QVideoFrameFormat.PixelFormat.Format_YUV420P:
        return frame
    small = QVideoFrame(_small_format(frame.surfaceFormat(), step))
    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return frame
    if small.map(QVideoFrame.MapMode.WriteOnly):
        for plane in range(frame.planeCount()):
            _copy_plane(frame, small, plane, step)
        small.unmap()
    frame.unmap()
    return small


def _small_format(full: QVideoFrameFormat, step: int) -> QVideoFrameFormat:
    from PySide6.QtMultimedia import QVideoFrameFormat

    spaces = QVideoFrameFormat.ColorSpace
    size = QSize(full.frameWidth() // step // 2 * 2, full.frameHeight() // step // 2 * 2)
    made = QVideoFrameFormat(size, full.pixelFormat())
    space = full.colorSpace()
    if space == spaces.ColorSpace_Undefined:  # said now: the smaller picture would be taken for the other one
        high = full.frameHeight() > _HIGH_DEFINITION_FROM
        space = spaces.ColorSpace_BT709 if high else spaces.ColorSpace_BT601
    made.setColorSpace(space)
    made.setColorRange(full.colorRange())
    made.setColorTransfer(full.colorTransfer())
    made.setRotation(full.rotation())
    made.setMirrored(full.isMirrored())
    return made


def _copy_plane(full: QVideoFrame, small: QVideoFrame, plane: int, step: int) -> None:
    """Every `step`-th row and column of one plane of mapped frames; 0 is light, 1 and 2 are colour, half as large."""
    shift = 0 if plane == 0 else 1
    rows, columns = small.height() >> shift, small.width() >> shift
    source = np.frombuffer(full.bits(plane), np.uint8)  # (rows · stride,)
    target = np.frombuffer(small.bits(plane), np.uint8)
    source_stride, target_stride = full.bytesPerLine(plane), small.bytesPerLine(plane)
    source = source[: len(source) // source_stride * source_stride].reshape(-1, source_stride)
    target = target[: len(target) // target_stride * target_stride].reshape(-1, target_stride)
    target[:rows, :columns] = source[: rows * step : step, : columns * step : step]
