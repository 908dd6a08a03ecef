"""Rectangles of blocks on whole pixels, one by one or merged. Knows no cues, no words and no colours."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.timeline.layout import Band
from app.timeline.runs import Times, pixel_runs
from app.timeline.viewport import Viewport


def block_rect(view: Viewport, band: Band, start_ms: int, end_ms: int) -> QRectF:
    """Where a block's 1 px edge runs: on the middle of pixels, so that it is sharp; at least 2 px are covered."""
    left = round((start_ms - view.start_ms) / view.ms_per_px)
    right = max(left + 2, round((end_ms - view.start_ms) / view.ms_per_px))
    return QRectF(left + 0.5, band.top + 0.5, right - left - 1, band.height - 1)


def merged_rects(view: Viewport, band: Band, starts_ms: Times, ends_ms: Times) -> list[QRectF]:
    """Rectangles of blocks too narrow to be told apart, those that touch as one."""
    return [
        QRectF(left + 0.5, band.top + 0.5, max(1, right - left - 1), band.height - 1)
        for left, right in pixel_runs(starts_ms, ends_ms, view)
    ]
