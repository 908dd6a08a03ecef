"""The window: menu row, messages, job strip, welcome page or editor, status bar. Composes; has no behaviour of its own.

Takes files that are dropped on it, keeps its place, and closes at once: everything is on disk already.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.action import Hands, State
from app.action_set import ActionSet
from app.banner import Banners
from app.dictation.verbs import DictationVerbs
from app.editor import works
from app.editor.cue_verbs import CueVerbs
from app.editor.many_verbs import ManyVerbs
from app.editor.play_verbs import PlayVerbs
from app.editor.welcome import WelcomePage
from app.file_verbs import FileVerbs
from app.hands import tie, word_hands
from app.i18n import tr
from app.jobs.shown import JobsShown
from app.jobs.start_panel import StartPanel, engine_name
from app.jobs.strip import JobStrip
from app.keys.plain import PlainKeys
from app.known_text.verbs import TextVerbs
from app.looking import state_of
from app.menu_row import MenuRow
from app.palette import Palette
from app.status import StatusBar
from app.tabs import DICTATION, Tabs
from app.title import title_of
from app.view_verbs import ViewState, ViewVerbs
from app.widgets import column, holding
from app.window_parts import Parts

if TYPE_CHECKING:
    from app.editor.page import EditorPage

_LEAST = (1024, 640)
_FIRST = (1600, 1000)


class MainWindow(QMainWindow):
    """See above.

    Signals:
        filmsWanted(object): these films shall be made, a tuple of `FilmOrder`.

    Attributes:
        commands: the table of actions. page: the editor. welcome: the first page.
        banners, strip, start_panel: what may stand above it.
        may_close: asked before the window closes; where it says no, the window stays.
    """

    filmsWanted = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setMinimumSize(*_LEAST)
        self.resize(*_FIRST)
        self.setAcceptDrops(True)
        self._parts = parts
        self._closing = False
        self.may_close: Callable[[], bool] = lambda: True
        self._view_state = ViewState()
        self.start_panel = StartPanel(parts.settings)
        self._hands = self._verbs()
        self.commands = ActionSet(self._hands, self._look, self)
        self._page: EditorPage | None = None
        self.welcome = WelcomePage(self.commands, parts.models)
        self.banners = Banners(parts.messages)
        self.strip = JobStrip(self.commands.push("job.stop"))
        self._palette = Palette(self.commands, self)
        self._stack = QStackedWidget()
        self._compose()
        self._listen()
        self._restore()
        self.commands.refresh_now()

    @property
    def page(self) -> EditorPage:
        """The editor; made when it is first asked for, so that the window need not wait for it to come up."""
        if self._page is None:
            from app.editor.page import EditorPage

            parts = self._parts
            self._page = EditorPage(parts.session, parts.playback, self.commands, parts.jobs, parts.remembered)
            self._page.text_box.failed.connect(parts.messages.error)
            self._page.review.failed.connect(parts.messages.error)
            self._page.player.detachedChanged.connect(self.commands.refresh)
            self._page.player.take_exact(parts.exact)
            tie(self._hands, self._page)
            self._stack.addWidget(self._page)
        return self._page

    @property
    def view(self) -> ViewVerbs:
        """The verbs of the window itself."""
        return self._hands.view

    @property
    def dictation(self) -> DictationVerbs:
        """The verbs of dictation; the composition root gives them its tab."""
        return self._hands.dictation

    def put_above(self, strip: QWidget) -> None:
        """Put another strip between the messages and what is shown below them."""
        self._above.insertWidget(self._above.count() - 1, strip)

    def show_editor(self) -> None:
        """The editor in place of the welcome page, with the keys on the table, or on the timeline where it is empty."""
        if self._stack.currentWidget() is not self.page:
            self._stack.setCurrentWidget(self.page)
            empty = not self._parts.session.bridge.document.cues
            (self.page.timeline.view.setFocus if empty else self.page.table.focus_table)()
        self.tabs.editor_shown()
        self._part_shown()

    def _part_shown(self) -> None:
        self._retitle()
        self.commands.refresh()

    def look_for_earlier_work(self) -> None:
        """List recent files, and, once read, work of earlier runs."""
        self.welcome.show_recent(self._parts.remembered.recent())
        background, error = self._parts.background, self._parts.messages.error
        background.run(works.offered, self.welcome.show_works, error)
        self._name_engine()
        self._parts.keeping.offer_to_delete_old()

    # ── putting it together ──────────────────────────────────────────────────────────────────────

    def _verbs(self) -> Hands:
        parts = self._parts
        file = FileVerbs(self, parts.session, parts.opening, parts.jobs, self.start_panel, parts.keeping)
        file.export_dialog = self._export
        file.models_dialog = self._models
        view = ViewVerbs(lambda: self.page, self._view_state, self._ask_palette, facts=parts.facts)
        text = TextVerbs(self, parts.session, parts.opening, parts.jobs, parts.settings)
        words = word_hands(parts.session, parts.playback, self, lambda: self.page)
        many = ManyVerbs(self, parts.session, parts.messages, lambda: self.page)
        dictation = DictationVerbs(lambda: self.tabs.show_part(DICTATION), lambda: self.tabs.current == DICTATION)
        play = PlayVerbs(parts.session, parts.playback)
        return Hands(file, CueVerbs(parts.session), play, view, text, many, *words, dictation)

    def _compose(self) -> None:
        self.menu_row = MenuRow(self.commands)
        self.menu_row.add_recent(self._parts.remembered.recent, self._parts.opening.open)
        self.setMenuWidget(self.menu_row)
        self._stack.addWidget(self.welcome)
        self.tabs = Tabs(self.menu_row.tabs, self._stack, self._part_shown)
        self.strip.hide()
        self.start_panel.hide()
        self._above = column(self.banners, self.start_panel, self.strip, gap=0)
        self._above.addWidget(self._stack, 1)
        self.setCentralWidget(holding(self._above))
        self.status = StatusBar(self._parts.session)
        self.setStatusBar(self.status)
        self._retitle()

    def _listen(self) -> None:
        parts, refresh = self._parts, self.commands.refresh
        bridge, session, opening, jobs = parts.session.bridge, parts.session, parts.opening, parts.jobs
        bridge.selectionChanged.connect(refresh)
        bridge.historyChanged.connect(refresh)
        bridge.replaced.connect(refresh)
        session.mediaChanged.connect(refresh)
        session.mediaChanged.connect(self._retitle)
        parts.playback.failed.connect(parts.messages.error)
        parts.playback.loopingChanged.connect(refresh)
        parts.playback.volumeChanged.connect(refresh)
        opening.began.connect(self._opening_began)
        opening.ended.connect(lambda: self.status.show_busy(""))
        opening.opened.connect(self.show_editor)
        parts.keeping.named.connect(self._retitle)
        parts.facts.changed.connect(refresh)
        session.shotsChanged.connect(refresh)
        JobsShown(jobs, opening, self.start_panel, self.strip, self.status, self)
        jobs.started.connect(refresh)
        jobs.ended.connect(refresh)
        self.start_panel.textWanted.connect(self._hands.text.time)
        self.start_panel.modelsWanted.connect(self._models)
        parts.models.installedChanged.connect(self._name_engine)
        parts.models.changed.connect(lambda: self.status.show_download(parts.models.in_short()))
        self.start_panel.asking.connect(self.menu_row.set_asking)
        self.welcome.fileChosen.connect(opening.open)
        self.welcome.workChosen.connect(opening.go_on)
        self._plain_keys = PlainKeys(self.commands, self)

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    def _opening_began(self, name: str) -> None:
        self.banners.clear()
        self.start_panel.hide()
        self.status.show_busy(tr("Opening {0}").format(name))

    def _export(self) -> None:
        from app.editor.export_dialog import ExportDialog

        work = self._parts.opening.work
        dialog = ExportDialog(self._parts.session, self, source=work.source if work is not None else None)
        dialog.exported.connect(self._parts.messages.tell)
        dialog.filmsWanted.connect(self.filmsWanted)
        dialog.open()

    def _models(self) -> None:
        from app.models.dialog import ModelsDialog

        ModelsDialog(self._parts.models, self._parts.messages, self._parts.settings, self).show()

    def _name_engine(self) -> None:
        """Say which engine would recognise; a model that came changes it."""
        find, show = partial(engine_name, self._parts.settings.engine), self.status.show_engine
        self._parts.background.run(find, show, self._parts.messages.error)

    def _ask_palette(self) -> None:
        self.commands.refresh_now()
        self._palette.ask()

    def _retitle(self) -> None:
        welcome = self._stack.currentWidget() is self.welcome
        self.setWindowTitle(title_of(self._parts.session.info, self._parts.opening.work, welcome=welcome))

    def _look(self) -> State:
        parts = self._parts
        editor = self._page is not None and self._stack.currentWidget() is self._page
        looping = self._hands.doubt.looping
        state = state_of(
            parts.session, parts.jobs, parts.playback, self._view_state, self._page, editor=editor, facts=parts.facts,
            looping_doubts=looping,
        )  # fmt: skip
        return self._hands.dictation.seen(state)

    # ── files dropped, place, end ────────────────────────────────────────────────────────────────

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this machine."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        event.acceptProposedAction()
        self._hands.file.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the place; what is open is on disk."""
        if not self._closing and not self.may_close():
            event.ignore()
            return
        if not self._closing:
            self._closing = True
            self._parts.remembered.keep_state("window", self.saveGeometry())
            if self._page is not None:
                self._page.keep()
                if self._page.player.is_detached:
                    self._page.player.toggle_detached()
            self._plain_keys.stop()
        event.accept()

    def _restore(self) -> None:
        kept = self._parts.remembered.state("window")
        if not kept.isEmpty():
            self.restoreGeometry(kept)
        self.welcome.setFocus()
