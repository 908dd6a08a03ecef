"""Draws cues over a picture while it plays, as libass will draw them into it: so nothing jumps where the film stops.

Knows no player and no widget. Drawn once per cue, look and size, then copied: painting a frame lays nothing out.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from app.editor.cue_faces import CueFaces
from app.editor.cue_shape import Shape, shape_of
from core.cue import Cue
from core.subtitles.pixel_look import Looks

_TOP_ROW = 6


class SubtitleOverlay:
    """The cues that stand at one moment.

    Args:
        ink, outline: "#rrggbb", in place of the look's own colours, box and shadow; "" = the look's own.
    """

    def __init__(self, ink: str = "", outline: str = "") -> None:
        self._ink, self._outline = ink, outline
        self._looks = Looks(faces=CueFaces())
        self._drawn = QImage()
        self._place = QPointF()
        self._key: tuple[object, ...] = ()

    def dress(self, looks: Looks) -> None:
        """Draw cues in these looks from now on."""
        self._looks, self._key = looks, ()

    def draw(self, painter: QPainter, picture: QRectF, cues: Sequence[Cue], language: str = "") -> None:
        """Draw `cues` into `picture` (logical pixels); where they would lie on each other, the first keeps its place.

        Args:
            language: of cues that say none.
        """
        if not cues or picture.width() < 1 or picture.height() < 1:
            return
        scale = painter.device().devicePixelRatioF()
        key = (tuple(cues), picture.size().toTuple(), scale, language)
        if key != self._key:
            self._key = key
            self._make((picture.size() * scale).toSize().toSizeF(), scale, cues, language)
        if not self._drawn.isNull():
            painter.drawImage(picture.topLeft() + self._place, self._drawn)

    def _make(self, size: QSizeF, scale: float, cues: Sequence[Cue], language: str) -> None:
        """Draw them for a picture of `size` in device pixels: an image no larger than their ink."""
        shapes = self._shapes(size, cues, language)
        ink = functools.reduce(QRectF.united, (shape.ink_rect() for shape in shapes), QRectF())
        area = ink.toAlignedRect() & QRect(0, 0, math.ceil(size.width()), math.ceil(size.height()))
        self._drawn = QImage(area.size(), QImage.Format.Format_ARGB32_Premultiplied)
        self._place = QPointF(area.topLeft()) / scale
        if area.isEmpty():
            return
        self._drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._drawn)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.translate(-area.topLeft())
        for shape in shapes:
            shape.draw(painter)
        painter.end()
        self._drawn.setDevicePixelRatio(scale)

    def _shapes(self, size: QSizeF, cues: Sequence[Cue], language: str) -> list[Shape]:
        made: list[Shape] = []
        for cue in cues:
            look = self._looks.of(cue, round(size.width()), round(size.height()), language)
            if self._ink:
                look = replace(look, ink=self._ink, edge=self._outline, box=False, shadow_px=0.0)
            if cue.words:
                shape = shape_of(cue, look, size)
                made.append(shape.moved(_way(shape, made)))
        return made


def _way(shape: Shape, taken: Sequence[Shape]) -> float:
    """How far down (up: below 0) a cue goes so that it lies on no other."""
    downwards = shape.look.place > _TOP_ROW
    rooms = sorted(
        (other.room for other in taken), key=QRectF.top if downwards else QRectF.bottom, reverse=not downwards
    )
    room = QRectF(shape.room)
    for other in rooms:
        if other.intersects(room) and downwards:
            room.moveTop(other.bottom())
        elif other.intersects(room):
            room.moveBottom(other.top())
    return room.top() - shape.room.top()
