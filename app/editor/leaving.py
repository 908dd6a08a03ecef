"""Work that was kept open for a job which nobody goes on with is closed, so that another window may have it.

Knows no job and no widget. What is shown stays, and while a file is being opened everything does: it may be that work
which comes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.editor.opening import Opening
from app.editor.works import Work


class Leaving(QObject):
    """Made before whatever else listens to `opening`: it must know first that a file is being opened."""

    def __init__(self, opening: Opening, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opening = opening
        self._opens = False
        self._left: list[Work] = []
        opening.began.connect(self._began)
        opening.ended.connect(self._ended)

    @Slot(object)
    def leave(self, work: Work) -> None:
        """Close it where it is neither shown nor needed; while a file is being opened, once that is over."""
        self._left.append(work)
        if not self._opens:
            self._close()

    def _close(self) -> None:
        for work in self._left:
            if work is not self._opening.work:
                self._opening.works.leave(work)
        self._left.clear()

    @Slot(str)
    def _began(self, _name: str) -> None:
        self._opens = True

    @Slot()
    def _ended(self) -> None:
        self._opens = False
        self._close()
