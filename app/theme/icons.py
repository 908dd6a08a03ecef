"""Icons: SVG drawings of resources/icons, tinted and cached. Knows no tokens and no widget.

A drawing says `currentColor` where it wants the tint. 16 grid, 1.4 px round strokes.
"""

from __future__ import annotations

import functools
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES_PX = (16, 24, 32)
_DISABLED_OPACITY = 0.45


@functools.cache
def icon_names() -> tuple[str, ...]:
    """Names of all drawings, sorted."""
    folder = resources.files("resources") / "icons"
    return tuple(sorted(item.name[:-4] for item in folder.iterdir() if item.name.endswith(".svg")))


@functools.lru_cache(maxsize=512)
def icon(name: str, colour: str, on: str = "") -> QIcon:
    """The drawing as an icon in `colour` ("#rrggbb"), in `on` where its button is checked, at 45 % where disabled.

    Raises:
        FileNotFoundError: there is no drawing of that name; a fault of ours.
    """
    made = QIcon()
    for size_px in _SIZES_PX:
        plain = pixmap(name, colour, size_px)
        made.addPixmap(plain, QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(pixmap(name, colour, size_px, opacity=_DISABLED_OPACITY), QIcon.Mode.Disabled, QIcon.State.Off)
        if on:
            made.addPixmap(pixmap(name, on, size_px), QIcon.Mode.Normal, QIcon.State.On)
    return made


@functools.lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size_px: int = 16, *, scale: float = 1.0, opacity: float = 1.0) -> QPixmap:
    """The drawing at `size_px` logical pixels on a screen of `scale` device pixels each.

    Raises:
        FileNotFoundError: there is no drawing of that name; a fault of ours.
    """
    device_px = round(size_px * scale)
    made = QPixmap(QSize(device_px, device_px))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(opacity)
    _drawing(name, colour).render(painter, QRectF(0, 0, device_px, device_px))
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


@functools.lru_cache(maxsize=64)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    """The parsed drawing: an icon is drawn in several sizes at once."""
    text = (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
