"""Spelling in the text box: marks under misspelt words, and what may have been meant in the context menu.

Knows no document: what is chosen is handed on as the whole new text. Suggestions take up to a second, so the menu opens
at once and they come into it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTextEdit
from shiboken6 import isValid

from app import theme
from app.editor.session import Session
from app.editor.spelling import spelling_of
from app.editor.text_editor import CueTextEdit
from app.editor.text_marks import misspelt_marks
from app.editor.text_range import caret_of, characters
from app.i18n import tr

Place = tuple[str, int, int]
"""A word as it is looked up, its first character and one past its last."""


class BoxSpelling(QObject):
    """Spelling of the text in a field, in the language of the session's current cue."""

    def __init__(self, session: Session, editor: CueTextEdit, put: Callable[[str], object]) -> None:
        """`put`: makes a text that of the current cue."""
        super().__init__(editor)
        self._bridge, self._editor, self._put = session.bridge, editor, put
        self._spelling = spelling_of(session)
        editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        editor.customContextMenuRequested.connect(self._open_menu)

    def follow(self, again: Callable[[object], object]) -> None:
        """Call `again`, a method of a widget (it may go before the session), when other words are misspelt."""
        self._spelling.changed.connect(again)
        self._spelling.switched.connect(again)

    def marks(self, *, typing: bool) -> list[QTextEdit.ExtraSelection]:
        """Marks for the field's text; while one types, the word at the caret is not finished and has none."""
        caret = caret_of(self._editor)
        places = [place for place in self._places() if not (typing and place[1] <= caret <= place[2])]
        return misspelt_marks(self._editor.document(), places, theme.current().tokens)

    def _places(self) -> list[Place]:
        cue = self._bridge.current_cue()
        return self._spelling.places(self._editor.toPlainText(), cue.language) if cue is not None else []

    # ── the menu ─────────────────────────────────────────────────────────────────────────────────

    def _open_menu(self, at: QPoint) -> None:
        menu = self._editor.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Text of the cue"))
        caret = characters(self._editor.toPlainText(), self._editor.cursorForPosition(at).position())
        place = next((one for one in self._places() if one[1] <= caret <= one[2]), None)
        if place is not None:
            self._offer(menu, place)
        menu.popup(self._editor.viewport().mapToGlobal(at))

    def _offer(self, menu: QMenu, place: Place) -> None:
        cue = self._bridge.current_cue()
        waiting = QAction(tr("Looking for suggestions…"), menu)
        waiting.setEnabled(False)
        above = menu.actions()[0]
        menu.insertAction(above, waiting)
        menu.insertSeparator(above)
        language = cue.language if cue is not None else ""
        self._spelling.suggest(place[0], language, lambda found: self._fill(menu, waiting, place, found))

    def _fill(self, menu: QMenu, waiting: QAction, place: Place, found: Sequence[str]) -> None:
        if not isValid(menu):  # closed before they came
            return
        if not found:
            waiting.setText(tr("No suggestions"))
            return
        for better in found:
            action = QAction(better.replace("&", "&&"), menu)
            action.triggered.connect(lambda _checked, better=better: self._correct(place, better))
            menu.insertAction(waiting, action)
        menu.removeAction(waiting)

    def _correct(self, place: Place, better: str) -> None:
        """Put the better word there, unless the text became another while the menu was open."""
        if place not in self._places():
            return
        text, (_word, first, last) = self._editor.toPlainText(), place
        kept = better.replace("'", "’") if "’" in text[first:last] else better
        self._put(text[:first] + kept + text[last:])
