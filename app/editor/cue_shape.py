"""A cue as shapes on a picture: letters, outline or box, shadow. Knows no screen; who draws it keeps what is drawn.

Outlines are stroked at the picture's own size, letters filled as shapes and not as glyphs of a text: so they cover
pixels as libass lets them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QGlyphRun, QPainter, QPainterPath, QPen, QRawFont, QTransform

from app.editor.cue_faces import EM_PX, face, measures
from app.editor.cue_lines import Paragraph, Piece, set_lines, stretches
from core.cue import Cue
from core.subtitles.pixel_look import PixelLook

_TOP_ROW, _MIDDLE_ROW = 6, 3


@dataclass(frozen=True, slots=True)
class Shape:
    """One cue on a picture, in its pixels.

    Attributes:
        look: as it is drawn.
        room: what no other cue may lie on: its lines, and the outline above and below.
        letters: all of them. inks: the same by colour, "" = the look's own.
        boxes: behind the lines, where the look has a box.
        place: from where they were laid out onto the picture.
        strays: letters without a shape (coloured emoji), drawn as they are, not yet in their place.
    """

    look: PixelLook
    room: QRectF
    letters: QPainterPath
    inks: dict[str, QPainterPath]
    boxes: QPainterPath
    place: QTransform
    strays: tuple[QGlyphRun, ...] = ()

    def moved(self, down: float) -> Shape:
        """The same elsewhere."""
        if not down:
            return self
        inks = {colour: path.translated(0, down) for colour, path in self.inks.items()}
        return replace(
            self, room=self.room.translated(0, down), letters=self.letters.translated(0, down), inks=inks,
            boxes=self.boxes.translated(0, down), place=self.place * QTransform.fromTranslate(0, down),
        )  # fmt: skip

    def ink_rect(self) -> QRectF:
        """Where anything is drawn."""
        rim, shadow = self.look.outline_px + 1, self.look.shadow_px
        drawn = self.letters.controlPointRect().united(self.boxes.controlPointRect())
        whole = drawn.united(self.room) if self.strays else drawn
        return whole.adjusted(-rim, -rim, rim + shadow, rim + shadow)

    def draw(self, painter: QPainter) -> None:
        """Draw it: what is behind first."""
        if self.look.shadow_px:
            painter.translate(self.look.shadow_px, self.look.shadow_px)
            self._draw_back(painter, self.look.shade, whole=True)
            painter.translate(-self.look.shadow_px, -self.look.shadow_px)
        self._draw_back(painter, self.look.edge, whole=False)
        for colour, path in self.inks.items():
            painter.fillPath(path, QColor(colour or self.look.ink))
        painter.save()
        painter.setTransform(self.place, combine=True)
        for run in self.strays:
            painter.drawGlyphRun(QPointF(), run)
        painter.restore()

    def _draw_back(self, painter: QPainter, colour: str, *, whole: bool) -> None:
        """The box, or the outline; `whole` with the letters it is around."""
        if self.look.box:
            painter.fillPath(self.boxes, QColor(colour))
            return
        if self.look.outline_px:
            painter.strokePath(self.letters, _pen(colour, 2 * self.look.outline_px))
        if whole:
            painter.fillPath(self.letters, QColor(colour))


def shape_of(cue: Cue, look: PixelLook, picture: QSizeF) -> Shape:
    """A cue where it stands when no other does."""
    found = measures(look.font, bold=look.bold, italic=look.italic)
    scale = look.line_px / (found.line * EM_PX)
    width = picture.width() - look.left_px - look.right_px
    font = face(look.font, bold=look.bold, italic=look.italic)
    line, ascent = found.line * EM_PX, found.ascent * EM_PX
    paragraphs, height = set_lines(cue, look, font, width / scale, line, ascent)
    top = _top(look, picture.height(), height * scale)
    place = QTransform.fromTranslate(look.left_px, top).scale(scale, scale)
    inks, strays = _inks(paragraphs, look, font)
    inks = {colour: place.map(path) for colour, path in inks.items()}
    letters = _path()
    for path in inks.values():
        letters.addPath(path)
    rects = [place.mapRect(rect) for rect in _rects(paragraphs, line, ascent)]
    rim = look.outline_px
    room = _whole(functools.reduce(QRectF.united, rects, QRectF()).adjusted(0, -rim, 0, rim))
    boxes = _path()
    for rect in rects if look.box else ():
        boxes.addRect(rect.adjusted(-rim, -rim, rim, rim))
    return Shape(look, room, letters, inks, boxes, place, tuple(strays))


def _whole(rect: QRectF) -> QRectF:
    """In whole pixels, as libass moves cues that would lie on each other."""
    return QRectF(int(rect.x() + 0.5), int(rect.y()), int(rect.width() + 0.5), int(rect.height()))


def _top(look: PixelLook, picture_px: float, height_px: float) -> float:
    if look.place > _TOP_ROW:
        return look.edge_px
    if look.place > _MIDDLE_ROW:
        return (picture_px - height_px) / 2
    return picture_px - look.edge_px - height_px


def _rects(paragraphs: list[Paragraph], line: float, ascent: float) -> Iterator[QRectF]:
    """The lines, as high as libass takes them to be."""
    for one in (one for paragraph in paragraphs for one in paragraph.lines()):
        yield QRectF(one.x(), one.y() + one.ascent() - ascent, one.naturalTextWidth(), line)


def _inks(paragraphs: list[Paragraph], look: PixelLook, font: QFont) -> tuple[dict[str, QPainterPath], list[QGlyphRun]]:
    """Letters by colour, "" = the look's own; and the runs that have no shape."""
    inks: dict[str, QPainterPath] = {}
    strays: list[QGlyphRun] = []
    for paragraph in paragraphs:
        for colour, start, length in _stretches(paragraph.pieces):
            path = inks.setdefault(colour, _path())
            runs = paragraph.layout.glyphRuns(start, length)
            strays += [run for run in runs if not _add(path, run)]
        for piece in paragraph.pieces:
            if look.underline or "u" in piece.marks:
                _underline(inks[_colour(piece)], paragraph, piece, font)
    return inks, strays


def _path() -> QPainterPath:
    made = QPainterPath()
    made.setFillRule(Qt.FillRule.WindingFill)
    return made


def _stretches(pieces: tuple[Piece, ...]) -> Iterator[tuple[str, int, int]]:
    """(colour, start, length): as few as there are changes of colour."""
    colour, start = _colour(pieces[0]), 0
    for piece in pieces:
        if _colour(piece) != colour:
            yield colour, start, piece.start - start
            colour, start = _colour(piece), piece.start
    end = pieces[-1].start + pieces[-1].length
    yield colour, start, end - start


def _colour(piece: Piece) -> str:
    named = next((mark[2:] for mark in piece.marks if mark.startswith("c:")), "")
    return named if QColor.isValidColorName(named) else ""


def _add(path: QPainterPath, run: QGlyphRun) -> bool:
    """Put a run's letters into `path`; False: they have no shapes."""
    raw, drawn, places = run.rawFont(), False, run.positions()
    for glyph, place in zip(run.glyphIndexes(), places, strict=True):
        shape = raw.pathForGlyph(glyph)
        if not shape.isEmpty():
            path.addPath(shape.translated(place))
            drawn = True
    return drawn or run.boundingRect().isEmpty()


def _underline(path: QPainterPath, paragraph: Paragraph, piece: Piece, font: QFont) -> None:
    """A bar under one word, where its font wants it."""
    raw = QRawFont.fromFont(font)
    thick = raw.lineThickness()
    for line in paragraph.lines():
        start = max(piece.start, line.textStart())
        end = min(piece.start + piece.length, line.textStart() + line.textLength())
        if start < end:
            middle = line.y() + line.ascent() + raw.underlinePosition()
            for left, width in stretches(line, paragraph.letters(start, end), start):
                path.addRect(left, middle - thick / 2, width, thick)


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
