"""Work nobody needs any more is closed, so that another window may have it. Knows no job and no widget.

What is shown stays; so does what a job still brings cues to, and everything while a file is being opened: it may be
that work which comes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.editor.opening import Opening


class Leaving(QObject):
    """Made before whatever else listens to `opening`: it must know first that a file is being opened."""

    def __init__(self, opening: Opening, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opening = opening
        self._opens = False
        opening.began.connect(self._began)
        opening.ended.connect(self._ended)

    @Slot()
    def leave(self) -> None:
        """Close what is neither shown nor needed; while a file is being opened, once that is over."""
        if not self._opens:
            self._opening.works.close_all_but(self._opening.work)

    @Slot(str)
    def _began(self, _name: str) -> None:
        self._opens = True

    @Slot()
    def _ended(self) -> None:
        self._opens = False
        self.leave()
