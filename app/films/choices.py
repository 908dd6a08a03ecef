"""The part “Into the film” of the export dialog: which films are made of the film and its cues. Makes none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.check_box import CheckBox
from app.films.order import kind_names, possible
from app.i18n import tr
from app.theme import Role
from app.widgets import column, framed, label
from core.media.info import MediaInfo
from core.media.render.wish import Kind

_ROW_PX = 32


class FilmChoices(QWidget):
    """A box for each kind of film.

    Signals:
        changed(): another choice.
    """

    changed = Signal()

    def __init__(self, info: MediaInfo | None) -> None:
        super().__init__()
        can = possible(info)
        self.boxes = {kind: CheckBox(name) for kind, name in kind_names().items()}
        for kind, box in self.boxes.items():
            box.setEnabled(kind in can)
            box.setFixedHeight(_ROW_PX)
            box.setToolTip("" if kind in can else _why_not(info))
            box.toggled.connect(lambda _on: self.changed.emit())
        title = label(tr("Into the film"), "third", size=Role.SMALL)
        self.setLayout(column(framed("rule"), 8, title, 4, *self.boxes.values(), margins=(8, 8, 8, 0), gap=0))
        self.setAccessibleName(tr("Into the film"))

    @property
    def chosen(self) -> tuple[Kind, ...]:
        """What shall be made, in order."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())


def _why_not(info: MediaInfo | None) -> str:
    return tr("Open a film first.") if info is None else tr("A recording has no picture.")
