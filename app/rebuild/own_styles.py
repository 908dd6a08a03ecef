"""The two buttons beside a list of styles: keep what is set as an own style, and take an own style away.

Knows no cues; the list is filled anew after either.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.editor.export_plan import main_language
from app.editor.session import Session
from app.editor.style_list import fill_styles
from app.i18n import tr
from app.messages import Messages
from app.rebuild.name_dialog import NameDialog
from app.widgets import button, tool_button
from core.cues import own_styles, styles
from core.cues.styles import Style
from core.errors import CuesmithError


class OwnStyleButtons(QObject):
    """See above.

    Attributes:
        save, remove: the buttons; `remove` can be used where an own style is chosen.

    Signals:
        chosen(): the list stands at another style, or at the same with other limits.
    """

    chosen = Signal()

    def __init__(
        self, session: Session, messages: Messages, box: QComboBox, style_now: Callable[[], Style], window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._messages = session, messages
        self._box, self._style_now, self._window = box, style_now, window
        self.save = button(tr("Save as own style…"), self._ask_name)
        self.save.setAutoDefault(False)
        self.remove = tool_button(tr("Remove this own style"), self._ask_remove, "delete")
        box.currentIndexChanged.connect(self._show)
        self._show()

    def _show(self, _at: int = 0) -> None:
        self.remove.setEnabled(str(self._box.currentData()) not in styles.STYLES)

    def _ask_name(self) -> None:
        limits = self._style_now()
        own = limits.id not in styles.STYLES
        name = limits.name if own else tr("{0}, {1} characters").format(limits.name, limits.max_line_chars)
        dialog = NameDialog(limits, name, self._messages, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self._take)
        dialog.open()

    def _take(self, kept: Style) -> None:
        if kept.id == self._session.style.id:
            self._session.set_style(kept)
        self._stand_at(kept.id)

    def _ask_remove(self) -> None:
        title = tr("Remove the style “{0}”?").format(self._box.currentText())
        text = tr("Cues that were built to it stay as they are.")
        if self._messages.ask(self._window, title, text, [tr("Remove")]) == 0:
            self._remove(str(self._box.currentData()))

    def _remove(self, style_id: str) -> None:
        try:
            own_styles.remove(style_id)
        except CuesmithError as error:
            self._messages.error(error)
            return
        instead = styles.default_for(main_language(self._session.bridge.document))
        if self._session.style.id == style_id:
            self._session.set_style(instead)
        self._stand_at(instead.id)

    def _stand_at(self, style_id: str) -> None:
        fill_styles(self._box, style_id)
        self._show()
        self._session.stylesChanged.emit()
        self.chosen.emit()
