"""The cue table: header with count and search, the rows, and a line for what is left out. Knows no action.

The window connects `contextMenuWanted` to the menu it draws from its own table of actions.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import theme
from app.editor.cue_delegate import CueDelegate
from app.editor.cue_filter import CueFilter, Show
from app.editor.cue_model import CueModel, Index
from app.editor.cue_selection import CueSelection
from app.editor.cue_view import CueView
from app.editor.find_field import FindField
from app.editor.session import Session
from app.i18n import tr
from app.theme import Role
from app.widgets import Sign, button, column, framed, holding, label, row, tool_button
from app.wording import clock, cue_count
from core.cue import Cue
from core.document.history import Changed, Step

_HEADER_PX = 36
_FOLLOW_TEXT_FROM_PX = 500


class CueTablePane(QWidget):
    """All cues as a table that shares the bridge's document and selection.

    Signals:
        contextMenuWanted(QPoint): a global place; the row under it is selected.
        editRequested(): Enter or a double click on a cue: its text is to be edited.
    """

    contextMenuWanted = Signal(QPoint)
    editRequested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._model = CueModel(session)
        self._rows = CueFilter(self._model, session, self)
        self._delegate = CueDelegate(session, self._model.findings, theme.current(), self._row_of, self)
        self.view = CueView(self._rows, self._delegate)
        self._selection = CueSelection(self.view, self._rows, session.bridge)
        self._listening = False
        self._offer: QPushButton | None = None
        self.setMinimumWidth(360)
        self.setAccessibleName(tr("Cues"))
        self._lay_out()
        self.setFocusProxy(self.view)
        self._connect()
        self._refresh()

    # ── what the window asks ─────────────────────────────────────────────────────────────────────

    def focus_table(self) -> None:
        """Put the keys on the rows."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        """Put the keys on the search."""
        self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_field.selectAll()

    def show_only(self, show: Show) -> None:
        """Show all cues, those with findings, or drafts."""
        with self._selection.quiet():
            self._rows.choose(show=show)
        self._refresh()
        self._selection.pull()

    def set_listening(self, at_ms: int | None) -> None:
        """A job brings cues and has come to `at_ms`; None = no job runs."""
        self._listening = at_ms is not None
        self._listening_strip.setVisible(self._listening)
        self.follow.setVisible(self._listening)
        if at_ms is not None:
            text = tr("Listening at {0}. You can already correct the cues above.").format(clock(at_ms))
            self._listening_text.setText(text)
        self._refresh()

    def put_bar(self, bar: QWidget) -> None:
        """Show a bar between header and rows."""
        self._whole.insertWidget(1, bar)

    def set_empty_action(self, action: QAction) -> None:
        """What the button in the empty table does."""
        offer = button(action.text().replace("&", ""), action.trigger)
        offer.setEnabled(action.isEnabled())
        action.enabledChanged.connect(offer.setEnabled)
        self._empty_box.insertWidget(2, offer, 0, Qt.AlignmentFlag.AlignHCenter)
        self._offer = offer
        self._refresh()

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._make_empty())
        for part in (self._make_header(), self._make_left_out(), self._stack, self._make_listening()):
            whole.addWidget(part)

    def _make_header(self) -> QFrame:
        header = framed("panel-header")
        header.setFixedHeight(_HEADER_PX)
        self._count = label("", "count", size=Role.SMALL)
        self._count.setFixedHeight(18)
        self.find_field = FindField()
        self.find_field.setMaximumWidth(190)
        self.follow = self._make_follow()
        self._more = tool_button(tr("Which cues are shown"), self._open_menu, "more")
        parts = (label(tr("Cues"), "heading"), self._count, None, self.follow, self.find_field, self._more)
        header.setLayout(row(*parts, margins=(12, 0, 8, 0)))
        return header

    def _make_follow(self) -> QPushButton:
        made = button(tr("Follow new cues"), self._follow_clicked, icon="follow")
        made.setToolTip(tr("Keep the newest cue in sight"))
        made.setProperty("dense", True)
        made.setCheckable(True)
        made.setChecked(True)
        made.hide()
        return made

    def _make_left_out(self) -> QFrame:
        """The line that says that cues are left out, and brings them back."""
        self._left_out = framed("strip")
        self._left_out_text = label("", "secondary", size=Role.SMALL)
        show_all = button(tr("Show all"), self._show_all, "quiet")
        show_all.setProperty("dense", True)
        self._left_out.setLayout(row(self._left_out_text, None, show_all, margins=(12, 2, 8, 2)))
        return self._left_out

    def _make_empty(self) -> QWidget:
        self._empty = label("", "secondary", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_box = column(None, self._empty, None, margins=(24, 24, 24, 24), gap=12)
        return holding(self._empty_box)

    def _make_listening(self) -> QFrame:
        self._listening_strip = framed("strip")
        self._listening_text = label("", "secondary", size=Role.SMALL)
        parts = (Sign("waveform", "accent"), self._listening_text, None)
        self._listening_strip.setLayout(row(*parts, margins=(12, 6, 12, 6)))
        self._listening_strip.hide()
        return self._listening_strip

    def _connect(self) -> None:
        bridge = self._session.bridge
        bridge.changed.connect(self._on_step)
        bridge.replaced.connect(self._on_replaced)
        self.find_field.textChanged.connect(self._search)
        self.find_field.left.connect(self._leave_find)
        self.view.contextMenuWanted.connect(self.contextMenuWanted)
        self.view.editWanted.connect(self.editRequested)
        self.view.clicked.connect(lambda _index: self.follow.setChecked(False))
        self._selection.chosen.connect(self._go_there)
        theme.current().changed.connect(self._theme_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the button that follows is its icon."""
        super().resizeEvent(event)
        wide = event.size().width() >= _FOLLOW_TEXT_FROM_PX
        self.follow.setText(tr("Follow new cues") if wide else "")

    # ── following the document ───────────────────────────────────────────────────────────────────

    def _on_step(self, changed: Changed) -> None:
        with self._selection.quiet():
            self._model.follow(changed)
        self._refresh()
        self._selection.pull()
        brought = changed.step in (Step.COME, Step.JOIN) and changed.edit.merge_key.startswith("job:")
        if self._listening and self.follow.isChecked() and brought:
            self.view.scrollToBottom()

    def _on_replaced(self) -> None:
        with self._selection.quiet():
            self._model.reload()
            self.find_field.clear()
            self._rows.choose(show=Show.ALL, needle="")
            self.view.order_by_time()
        self._refresh()
        self._selection.pull()

    def _row_of(self, index: Index) -> tuple[int, Cue]:
        """Number and cue of a cell, for the delegate."""
        at = self._rows.document_row(index.row())
        return at + 1, self._model.cue(at)

    def _go_there(self, cue_id: str) -> None:
        """The person chose a cue: the picture shows it, unless it stands there already."""
        found = self._session.bridge.current_cue()
        if found is not None and not found.start_ms <= self._session.playhead_ms < found.end_ms:
            self._session.seek(found.start_ms)

    def _theme_changed(self, _tokens: object = None) -> None:
        self.view.viewport().update()

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def _search(self, text: str) -> None:
        with self._selection.quiet():
            self._rows.choose(needle=text.strip())
        self._delegate.needle = text.strip()
        self._refresh()
        self._selection.pull()

    def _leave_find(self, to_rows: bool) -> None:
        if to_rows and self._rows.rowCount():
            self.focus_table()
            if not self.view.selectionModel().isRowSelected(self.view.currentIndex().row(), QModelIndex()):
                self.view.selectRow(0)
        elif not to_rows:
            self.focus_table()

    def _show_all(self) -> None:
        self.find_field.clear()
        self.show_only(Show.ALL)

    def _follow_clicked(self) -> None:
        if self.follow.isChecked():
            self.view.scrollToBottom()

    def _open_menu(self) -> None:
        menu = self._make_menu()
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for show, text in _show_names().items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(self._rows.show is show)
            action.triggered.connect(lambda _checked, wanted=show: self.show_only(wanted))
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("In order of time")).triggered.connect(lambda _checked: self.view.order_by_time())
        return menu

    def _refresh(self) -> None:
        total, shown = len(self._model.cues), self._rows.rowCount()
        count = tr("{0} of {1}").format(shown, total) if shown != total else str(total)
        self._count.setText(tr("{0} so far").format(count) if self._listening else count)
        self._count.setAccessibleName(cue_count(total))
        self._left_out.setVisible(self._rows.filtering)
        self._left_out_text.setText(self._what_is_shown(shown))
        self._stack.setCurrentIndex(0 if shown else 1)
        self._empty.setText(self._why_empty(total))
        if self._offer is not None:
            self._offer.setVisible(not total and not self._listening)

    def _what_is_shown(self, shown: int) -> str:
        what = {Show.FINDINGS: tr("with findings"), Show.DRAFT: tr("rough draft")}.get(self._rows.show, "")
        with_text = tr("with “\u2068{0}\u2069”").format(self._rows.needle) if self._rows.needle else ""
        return ", ".join(part for part in (cue_count(shown), what, with_text) if part)

    def _why_empty(self, total: int) -> str:
        if not total:
            return tr("No cues yet. They come here as they are recognised.")
        if self._rows.needle:
            return tr("No cue holds “\u2068{0}\u2069”.").format(self._rows.needle)
        if self._rows.show is Show.FINDINGS:
            return tr("No findings in {0}.").format(self._session.style.name)
        return tr("No cue is a rough draft.")


def _show_names() -> dict[Show, str]:
    return {
        Show.ALL: tr("All cues"),
        Show.FINDINGS: tr("Cues with findings"),
        Show.DRAFT: tr("Rough drafts"),
    }
