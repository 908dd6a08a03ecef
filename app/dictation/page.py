"""The tab of dictation: text, controls, panel; copy, save, “open on the timeline”. Composes; knows no engine.

The microphone is open while the tab is in sight, so that no first word is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.background import Background
from app.dictation.controls import Controls
from app.dictation.dictation import Dictation
from app.dictation.panel import Panel
from app.dictation.phase import Phase
from app.dictation.small_window import SmallWindow
from app.dictation.text_view import TextView
from app.dictation.tray import Tray
from app.dictation.typing import Typist
from app.i18n import tr
from app.messages import Messages
from app.widgets import button, column, framed, holding, label, row
from core.language import AUTO
from core.media.recordings import Keeping, tidy
from core.settings import Settings

TALK_KEY = Qt.Key.Key_F9


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page works with.

    Attributes:
        settings: as they are now. keep: keeps other ones.
        open_work: shows what was dictated in the editor. save: asks for a name and writes it as subtitles or text.
    """

    dictation: Dictation
    settings: Callable[[], Settings]
    keep: Callable[[Settings], object]
    messages: Messages
    background: Background
    open_work: Callable[[], object]
    save: Callable[[], object]


class DictationPage(QWidget):
    """See above.

    Attributes:
        text, controls, panel: its parts. small: the small window, made when first wanted.

    Signals:
        smallChanged(bool): the small window stands in for the large one, or does not any more.
    """

    smallChanged = Signal(bool)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.dictation = parts.dictation
        settings = parts.settings()
        self.typist = Typist(parent=self)
        self.text = TextView(self.dictation.bridge, size_pt=settings.dictation_text_pt)
        self.controls = Controls(self.dictation)
        self.panel = Panel(self.dictation, self.typist, settings)
        self.small: SmallWindow | None = None
        self.tray = Tray(self.dictation, self)
        self._talking = False
        self._compose()
        self._listen()
        self.refresh()

    def refresh(self) -> None:
        """Which buttons mean something now."""
        there = bool(self.dictation.bridge.document.cues)
        for made in (self.copy, self.save):
            made.setEnabled(there)
        self.timeline.setEnabled(there and self.dictation.phase is Phase.IDLE)
        self._empty.setVisible(not there and not self.dictation.tentative and self.dictation.phase is Phase.IDLE)

    def copy_all(self) -> None:
        """All firm text to the clipboard, a passage a line."""
        cues = self.dictation.bridge.document.cues
        QGuiApplication.clipboard().setText("\n".join(cue.text for cue in cues))

    def show_small(self) -> None:
        """The small window in place of the large one."""
        if self.small is None:
            self.small = SmallWindow(self.dictation, self.typist)
            self.small.closed.connect(lambda: self.smallChanged.emit(False))
        self.small.refresh()
        self.small.show()
        self.smallChanged.emit(True)

    # ── putting it together ──────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self.copy = button(tr("Copy all"), self.copy_all, icon="copy")
        self.save = button(tr("Save as…"), self._parts.save, icon="export")
        self.timeline = button(tr("Open on the timeline"), self._parts.open_work, icon="film")
        self.timeline.setToolTip(tr("Finish first: then the recording and its words are a film with cues"))
        self._empty = label(
            tr("Press Start, or hold F9, and speak. Sound is on disk before its words show."), "secondary"
        )
        head = framed("panel")
        head.setLayout(row(self._empty, None, self.copy, self.save, self.timeline, margins=(24, 8, 24, 8)))
        left = column(head, self.text, self.controls, gap=0)
        left.setStretch(1, 1)
        across = row(holding(left), framed("upright"), self.panel, gap=0)
        across.setStretch(0, 1)
        self.setLayout(across)

    def _listen(self) -> None:
        dictation, panel = self.dictation, self.panel
        dictation.changed.connect(self.refresh)
        dictation.tentativeChanged.connect(self._show_tentative)
        dictation.bridge.changed.connect(lambda _changed: self.refresh())
        dictation.bridge.replaced.connect(self.refresh)
        dictation.failed.connect(self._parts.messages.error)
        dictation.passageEnded.connect(self._type)
        dictation.ended.connect(self.tidy)
        self.text.corrected.connect(dictation.scribe.correct)
        panel.deviceChosen.connect(self._device_chosen)
        panel.languageChosen.connect(self._language_chosen)
        panel.sizeChosen.connect(self._size_chosen)
        panel.typingChosen.connect(lambda on: self._keep(dictation_typing=on))
        panel.commandsChosen.connect(self._commands_chosen)
        panel.smallWanted.connect(self.show_small)

    def tidy(self) -> None:
        """Delete recordings that are no longer to be kept."""
        settings = self._parts.settings()
        keeping = Keeping(settings.dictation_keep, settings.dictation_days, settings.dictation_limit_bytes)
        spared = (self.dictation.file,) if self.dictation.file is not None else ()
        self._parts.background.run(
            lambda: tidy(keeping, open_files=spared), lambda _freed: None, self._parts.messages.error
        )

    # ── hold to talk ─────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """F9 anywhere in the program while the tab is in sight: down records, up pauses."""
        if not isinstance(event, QKeyEvent) or event.key() != TALK_KEY or event.isAutoRepeat():
            return False
        if event.type() == QEvent.Type.KeyPress and not self._talking:
            self._talking = self.dictation.phase in (Phase.IDLE, Phase.PAUSED)
            if self._talking:
                self.dictation.start()
            return True
        if event.type() == QEvent.Type.KeyRelease and self._talking:
            self._talking = False
            self.dictation.pause()
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """The microphone opens with the tab."""
        super().showEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        QTimer.singleShot(0, self, self._open)

    def hideEvent(self, event: QHideEvent) -> None:
        """And closes with it, unless somebody speaks."""
        super().hideEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if self.small is None or not self.small.isVisible():
            self.dictation.let_go()

    def _open(self) -> None:
        if self.isVisible():
            self.dictation.listen_for(self._parts.settings().dictation_device)

    # ── what a person chose ──────────────────────────────────────────────────────────────────────

    def _show_tentative(self) -> None:
        self.text.show_tentative(self.dictation.tentative)

    def _type(self, text: str) -> None:
        if self.panel.typing.isChecked() and not QApplication.activeWindow():
            self.typist.type(text)

    def _device_chosen(self, name: str) -> None:
        self.dictation.choose_device(name)
        self._keep(dictation_device=name)

    def _language_chosen(self, code: str) -> None:
        self.dictation.choose(languages=() if code == AUTO else (code,))

    def _commands_chosen(self, on: bool) -> None:
        self.dictation.choose(commands=on)
        self._keep(dictation_commands=on)

    def _size_chosen(self, size_pt: int) -> None:
        self.text.set_size_pt(size_pt)
        self._keep(dictation_text_pt=size_pt)

    def _keep(self, **values: object) -> None:
        self._parts.keep(self._parts.settings().with_(**values))
