"""Everything one picture of the timeline depends on, as one value, and the pens it is drawn with. Knows no widget."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from app.theme.tokens import Tokens, mixed
from app.timeline.index import CueIndex
from app.timeline.layout import Layout
from app.timeline.model import Notes, Peaks, Spans, Spectrum
from app.timeline.snapping import Pull
from app.timeline.viewport import Viewport
from core.document.document import Document

_HATCH_PX = 10

NOTHING = CueIndex(())
"""No cues."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture shows.

    Attributes:
        selection: ids of selected cues. word: id of the selected word, or "".
        proposed: cues with new times, for review.
        spectrum: shown in place of the wave; None = the wave.
        range_ms: a selected stretch of time.
        gain: height of the sound, 1 = as it is.
        pull: shown while an edge is held.
        scale: device pixels in a logical one.
        left_px, right_px: the part of the lanes that is painted, in pixels of the lanes.
    """

    view: Viewport
    layout: Layout
    tokens: Tokens
    document: Document
    index: CueIndex
    peaks: Peaks | None = None
    speech: Spans = ()
    notes: Notes = field(default_factory=Notes)
    selection: frozenset[str] = frozenset()
    word: str = ""
    range_ms: tuple[int, int] | None = None
    playhead_ms: int = 0
    gain: float = 1.0
    pull: Pull | None = None
    scale: float = 1.0
    spectrum: Spectrum | None = None
    left_px: int = 0
    right_px: int = 0
    proposed: CueIndex = NOTHING

    @property
    def inks(self) -> Inks:
        """The pens and brushes of the theme."""
        return inks_of(self.tokens)

    @property
    def rows(self) -> range:
        """Rows of cues that may show in the painted part, a selected one's outline included."""
        reach_px = 8
        return self.index.rows(self.view.ms_at(self.left_px - reach_px), self.view.ms_at(self.right_px + reach_px))


class Inks:
    """Colours, pens and brushes of one theme, made once: making a QColor from text costs more than a line.

    Attributes are named by token; `pen` and `brush` give the drawing tools.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._pens: dict[tuple[str, float, bool], QPen] = {}
        self._colours: dict[str, QColor] = {}
        self._hatches: dict[str, QBrush] = {}
        self.tint = QColor(mixed(tokens.selbg, tokens.canvas, 0.6))
        self.spoken = QColor(mixed(tokens.measured, tokens.measuredbg, 0.3))
        self.spoken_cue = QColor(mixed(tokens.cueedge, tokens.cuebg, 0.25))

    def colour(self, token: str) -> QColor:
        """The token's colour."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self.tokens.colour(token))
        return found

    def pen(self, token: str, width_px: float = 1.0, *, dashed: bool = False) -> QPen:
        """A pen in the token's colour; dashed means 4 on, 3 off."""
        key = (token, width_px, dashed)
        found = self._pens.get(key)
        if found is None:
            found = QPen(self.colour(token), width_px)
            found.setCapStyle(Qt.PenCapStyle.FlatCap)
            if dashed:
                found.setDashPattern([4 / width_px, 3 / width_px])
            self._pens[key] = found
        return found

    def hatch(self, token: str, ground: str = "") -> QBrush:
        """Diagonal stripes in the token's colour, over the token `ground` or nothing."""
        found = self._hatches.get(token + ground)
        if found is None:
            found = self._hatches[token + ground] = QBrush(self._stripes(token, ground))
        return found

    def _stripes(self, token: str, ground: str) -> QPixmap:
        tile = QPixmap(_HATCH_PX, _HATCH_PX)
        tile.fill(self.colour(ground) if ground else Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour(token), 2.0))
        for offset in (-_HATCH_PX, 0, _HATCH_PX):
            painter.drawLine(offset - 2, _HATCH_PX + 2, offset + _HATCH_PX + 2, -2)
        painter.end()
        return tile


@functools.lru_cache(maxsize=4)
def inks_of(tokens: Tokens) -> Inks:
    """The inks of a theme, kept for the last few themes."""
    return Inks(tokens)
