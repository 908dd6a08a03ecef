"""The composition root: settings, messages, session, children, player, window. The only place where things meet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import theme
from app.background import Background
from app.collecting import Collecting
from app.crash import guarded, logged
from app.crash_report import tell_unfinished
from app.dictation.tab import DictationTab
from app.editor.document_bridge import DocumentBridge
from app.editor.exact_picture import ExactPicture
from app.editor.film_facts import FilmFacts
from app.editor.healing import Healing
from app.editor.keeping import Keeping
from app.editor.leaving import Leaving
from app.editor.opening import Opening
from app.editor.playback import Playback
from app.editor.retried import RetriedPassages
from app.editor.session import Session
from app.editor.spelling import spelling_of
from app.engine_bridge import EngineBridge
from app.films.making import Making
from app.films.strip import FilmStrip
from app.i18n import speak, tr
from app.jobs.jobs import Jobs
from app.keys.keyboard import Keyboard
from app.main_window import MainWindow
from app.messages import Message, Messages
from app.models.models import Models
from app.remembered import Remembered
from app.tabs import DICTATION
from app.theme.scheme import Choice
from app.whole_errors import with_whole_errors
from app.window_parts import Parts
from core import storage
from core.errors import WriteError
from core.progress import Notice
from core.settings import Settings, load_settings, save_changes

_PROBE_AFTER_MS = 1500
"""The speed of models is measured once the window has come to rest."""


class Application:
    """Everything that is open, made by `build`, ended by `close`.

    Attributes:
        settings: what a person chose.
        messages, session, engines, opening, keeping, jobs, healing, spelling, models, playback: what the window works
            with.
        window: not shown until somebody shows it.
    """

    def __init__(self, settings: Settings, engines: EngineBridge | None = None) -> None:
        """`engines`: tests give children of their own."""
        self.settings = settings
        self._closed = False
        self._collecting = Collecting()
        theme.current().choose(Choice(settings.theme))
        self.messages = Messages()
        self.session = Session(DocumentBridge())
        self.engines = engines if engines is not None else EngineBridge(grace_ms=settings.grace_ms)
        self.background = Background()
        self.remembered = Remembered()
        self.playback = Playback(self.session)
        self.playback.failed.connect(self.messages.error)
        self.playback.set_volume(settings.volume_percent / 100)
        self.opening = Opening(
            self.session, self.engines, self.messages, self.playback, self.background, self.remembered
        )
        self.leaving = Leaving(self.opening)
        self.facts = FilmFacts(self.session, self.engines, self.background)
        self.facts.failed.connect(self.messages.error)
        self.facts.shotsAdvanced.connect(self._say_shots)
        self.exact = ExactPicture(self.session, self.playback, self.engines)
        self.keeping = Keeping(self.session, self.opening, self.messages, self.background, self.remembered)
        self.jobs = Jobs(self.engines, self.messages)
        self.healing = Healing(self.session, self.engines, lambda: self.settings.aligner)
        self.healing.failed.connect(self.messages.error)
        self.jobs.ended.connect(lambda run: self.keeping.take_results(run.work, run.media_id))
        self.spelling = spelling_of(self.session)
        self.spelling.set_wanted(settings.check_spelling)
        self.spelling.failed.connect(self.messages.error)
        self.spelling.switched.connect(self._keep_spelling)
        self.models = Models(self.engines, self.messages, self.background, lambda: self.settings)
        self.window = MainWindow(
            Parts(
                settings, self.session, self.messages, self.opening, self.keeping, self.jobs, self.playback,
                self.background, self.remembered, self.facts, self.exact, self.models,
            )
        )  # fmt: skip
        self.keyboard = Keyboard(self.window.commands, settings.key_set, self.messages, self._keep_key_set)
        self._tie()
        self.dictation = DictationTab(
            self.engines, self.opening, self.messages, self.background, lambda: self.settings, self._keep, self.window,
            lambda: self.window.commands.keys_of("dictation.talk"),
        )  # fmt: skip
        self.window.dictation.tab = self.dictation
        self.window.may_close = self.dictation.may_close
        self.dictation.changed.connect(self.window.commands.refresh)
        self.dictation.changed.connect(lambda: self.window.tabs.tint(DICTATION, self.dictation.token))
        self.window.tabs.add(DICTATION, tr("Dictation"), "microphone", self.dictation.make)
        self.films = Making(self.engines, self.messages)
        self.films_strip = FilmStrip(self.films)
        self.window.put_above(self.films_strip)
        self.window.filmsWanted.connect(self.films.begin)

    def _tie(self) -> None:
        """What the window asks of the program, and what becomes of work that a job is done with."""
        view = self.window.view
        view.keep_theme = self._keep_theme
        view.ask_settings = self._ask_settings
        view.ask_keys = lambda: self._ask_settings("keys")
        view.ask_sheet = self._show_keys
        view.ask_look = self._ask_look
        view.ask_rebuild = self._ask_rebuild
        view.ask_table = self._ask_table
        self.jobs.freed.connect(self.leaving.leave)
        self.jobs.freed.connect(self.window.commands.refresh)

    def begin(self, files: Sequence[str]) -> None:
        """What is done once the window is on the screen: open the last of `files`, make the editor, look around."""
        for name in files[-1:]:
            self.opening.open(Path(name))
        self.window.look_for_earlier_work()
        self.models.refresh()
        if not files:
            QTimer.singleShot(_PROBE_AFTER_MS, self.window, self._measure)
        tell_unfinished(self.messages, self.window)
        if self.settings.dictation_anywhere:
            self.window.tabs.ensure(DICTATION)  # for its key
        from app.films.cue_picture import CuePicture  # with the editor, which is made after the window is seen

        page = self.window.page
        self.cue_picture = CuePicture(self.session, self.playback, self.engines, page.player.picture)
        self.background.run(partial(storage.trim, self.settings), lambda _freed: None, self.messages.error)
        self.engines.heartbeat.connect(self.window.page.job_panel.hear)
        doubts = self.window.page.review.doubts
        self.retried = RetriedPassages(self.opening, self.jobs, self.background, doubts.set_retried)
        self.window.page.timeline.view.set_min_gap_ms(self.settings.min_gap_ms)

    def close(self) -> None:
        """Close the window and end the children; leaves no process, no thread and no open file. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self.exact.stop()
        self.dictation.close()
        self.window.close()
        self.background.close()  # first: what it is opening is then closed with the rest
        self.spelling.close()
        self.healing.close()
        self.opening.close()
        self.engines.close()
        self.remembered.close()
        self.window.deleteLater()
        self._collecting.close()

    def _measure(self) -> None:
        """Find out how quick models would be here, where the first page offers them."""
        if self.window.welcome.isVisible() and self.models.look is not None and not self.models.any_recognizer():
            self.models.probe()

    def _show_keys(self) -> None:
        from app.keys.sheet import KeySheet

        KeySheet(self.keyboard.bindings, self.window).open()

    def _ask_settings(self, page: str = "") -> None:
        from app.settings.dialog import Parts as SettingsParts
        from app.settings.dialog import SettingsDialog

        parts = SettingsParts(lambda: self.settings, self._keep, self.messages, self.background, self.keyboard)
        SettingsDialog(parts, self.window, page).open()

    def _say_shots(self, done_ms: int, total_ms: int) -> None:
        share = f" {done_ms * 100 // total_ms} %" if total_ms else ""
        self.window.status.show_busy(tr("Looking for shot changes") + share if self.facts.finding_shots else "")

    def _keep_key_set(self, name: str) -> None:
        self._keep(self.settings.with_(key_set=name))

    def _ask_rebuild(self) -> None:
        from app.rebuild.dialog import RebuildDialog

        if self.session.bridge.document.cues:
            RebuildDialog(self.session, self.messages, self.window).open()

    def _ask_table(self) -> None:
        from app.rebuild.table import ask_table

        ask_table(self.session, self.messages, self.window)

    def _ask_look(self) -> None:
        from app.films.look_dialog import LookDialog

        LookDialog(self.session, self.messages.error, self.window).show()

    def _keep_theme(self, choice: str) -> None:
        self._keep(self.settings.with_(theme=choice))

    def _keep_spelling(self, wanted: bool) -> None:
        self._keep(self.settings.with_(check_spelling=wanted))

    def _keep(self, settings: Settings) -> None:
        if settings.min_gap_ms != self.settings.min_gap_ms:
            self.window.page.timeline.view.set_min_gap_ms(settings.min_gap_ms)
        before, self.settings = self.settings, settings
        self.dictation.follow()
        if settings.dictation_key != before.dictation_key:
            self.dictation.arm()
        try:
            save_changes(before, settings)
        except WriteError as error:
            self.messages.error(error)


def build(settings: Settings | None = None, engines: EngineBridge | None = None) -> Application:
    """Everything but the event loop; the window is not shown. Settings None = this machine's.

    Needs a QApplication (`qt_application`).
    """
    notices: tuple[Notice, ...] = ()
    if settings is None:
        settings, notices = load_settings()
    speak(settings.ui_language)
    made = Application(settings, engines)
    for notice in notices:
        made.messages.tell(Message(notice.code, notice.said(tr), kind="warning"))
    return made


def qt_application(arguments: Sequence[str] = ()) -> QApplication:
    """The QApplication of this process; made where there is none."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    made = QApplication([sys.argv[0], *arguments])
    made.setApplicationName("Cuesmith")
    made.setOrganizationName("Cuesmith")
    made.setDesktopFileName("cuesmith")
    return made


def run(files: Sequence[str]) -> int:
    """Open the window with `files` and stay until it is closed; returns the exit code."""
    qt = qt_application()

    def until_closed() -> int:
        with logged():
            made = build()
            with guarded(made.messages):
                made.window.show()
                QTimer.singleShot(0, lambda: made.begin(files))
                code = qt.exec()
            made.close()
        return code

    return with_whole_errors(until_closed)
