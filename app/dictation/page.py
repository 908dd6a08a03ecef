"""The tab of dictation: text, controls, panel; copy, save, “open on the timeline”. Composes; knows no engine.

The microphone is open while the tab is in sight, so that no first word is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.background import Background
from app.dictation.controls import Controls
from app.dictation.desk import Desk, this_desk
from app.dictation.dictation import Dictation
from app.dictation.panel import Panel
from app.dictation.phase import Phase
from app.dictation.small_window import SmallWindow
from app.dictation.talking import KeyAnywhere, KeyInWindow, Talking
from app.dictation.text_view import TextView
from app.dictation.tray import Tray
from app.dictation.trouble import Trouble
from app.dictation.typing import Typist
from app.i18n import tr
from app.keys.bindings import native_key
from app.messages import Message, Messages
from app.widgets import button, column, framed, holding, label, row
from core.language import AUTO
from core.media.recordings import Keeping, tidy
from core.settings import Settings

LEFT = "dictation.left"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page works with.

    Attributes:
        settings: as they are now. keep: keeps other ones.
        open_work: shows what was dictated in the editor. save: asks for a name and writes it as subtitles or text.
        talk_keys: of the action “Hold to talk”.
        desk: what the system around us allows; None = this one's.
    """

    dictation: Dictation
    settings: Callable[[], Settings]
    keep: Callable[[Settings], object]
    messages: Messages
    background: Background
    open_work: Callable[[], object]
    save: Callable[[], object]
    talk_keys: Callable[[], Iterable[str]] = tuple
    desk: Desk | None = None


class DictationPage(QWidget):
    """See above.

    Attributes:
        text, controls, panel, trouble: its parts. small: the small window, made when first wanted.
        window_key, key_anywhere: to talk by, in this window and in every program.

    Signals:
        smallChanged(bool): the small window stands in for the large one, or does not any more.
    """

    smallChanged = Signal(bool)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.dictation = parts.dictation
        settings = parts.settings()
        desk = parts.desk if parts.desk is not None else this_desk()
        self.typist = Typist(desk, self)
        self.window_key = KeyInWindow(Talking(self.dictation, self), self.dictation.toggle, parts.talk_keys, self)
        self.key_anywhere = KeyAnywhere(Talking(self.dictation, self), desk, self)
        self.text = TextView(self.dictation.bridge, size_pt=settings.dictation_text_pt)
        self.controls = Controls(self.dictation)
        self.panel = Panel(self.dictation, self.typist, self.key_anywhere, settings, native_key_of(parts.talk_keys()))
        self.trouble = Trouble(self.dictation)
        self.small: SmallWindow | None = None
        self.tray = Tray(self.dictation, lambda: self.key_anywhere.is_on, self)
        self._in_sight = False
        self._compose()
        self._listen()
        self.arm()
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
            self.small = SmallWindow(self.dictation, self.controls.history.levels, self.typist)
            self.small.closed.connect(lambda: self.smallChanged.emit(False))
            self.small.trouble.deviceChosen.connect(self._device_chosen)
        self.small.refresh()
        self.small.show()
        self.smallChanged.emit(True)

    def hide_small(self) -> None:
        """The whole window again."""
        if self.small is not None:
            self.small.give_way()

    # ── putting it together ──────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self.copy = button(tr("Copy all"), self.copy_all, icon="copy")
        self.save = button(tr("Save as…"), self._parts.save, icon="export")
        self.timeline = button(tr("Open on the timeline"), self._parts.open_work, icon="film")
        self.timeline.setToolTip(tr("Finish first: then the recording and its words are a film with cues"))
        key = native_key_of(self._parts.talk_keys())
        how = tr("Press Start, or hold {0}, and speak.").format(key) if key else tr("Press Start and speak.")
        self._empty = label(f"{how} {tr('Sound is on disk before its words show.')}", "secondary")
        head = framed("panel")
        head.setLayout(row(self._empty, None, self.copy, self.save, self.timeline, margins=(24, 8, 24, 8)))
        left = column(head, self.trouble, self.text, self.controls, gap=0)
        left.setStretch(2, 1)
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
        self.typist.changed.connect(self._tell_of_typing)
        dictation.ended.connect(self.tidy)
        dictation.ended.connect(self._rest)
        self.text.corrected.connect(dictation.scribe.correct)
        self.text.undoWanted.connect(dictation.scribe.undo)
        self.text.redoWanted.connect(dictation.scribe.redo)
        self.trouble.deviceChosen.connect(self._device_chosen)
        self.key_anywhere.changed.connect(self.tray.refresh)
        panel.deviceChosen.connect(self._device_chosen)
        panel.languageChosen.connect(self._language_chosen)
        panel.sizeChosen.connect(self._size_chosen)
        panel.typingChosen.connect(lambda on: self._keep(dictation_typing=on))
        panel.anywhereChosen.connect(self._anywhere_chosen)
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

    # ── the microphone, and keys to talk by ──────────────────────────────────────────────────────

    @property
    def is_small(self) -> bool:
        """Whether the small window stands in for the large one."""
        return self.small is not None and self.small.isVisible()

    def arm(self) -> None:
        """Take the key of any program where it is wanted, or let it go; while it is ours, the microphone is open."""
        settings = self._parts.settings()
        self.key_anywhere.turn(settings.dictation_anywhere, settings.dictation_key)
        self._rest()

    def close_all(self) -> None:
        """Let go of keys, of the clipboard, and of the small window."""
        self.typist.stop()
        self.window_key.watch(False)
        self.key_anywhere.turn(False, "")
        if self.small is not None:
            self.small.hide()
            self.small.deleteLater()
            self.small = None

    def _rest(self) -> None:
        """The microphone is open while somebody may want to speak, and no longer."""
        if self._in_sight or self.is_small or self.key_anywhere.is_on:
            self._open()
        elif self.dictation.hearing.is_open and self.dictation.phase is Phase.IDLE:
            self.dictation.let_go()

    def showEvent(self, event: QShowEvent) -> None:
        """The microphone opens with the tab."""
        super().showEvent(event)
        self._in_sight = True
        self.window_key.watch(True)
        QTimer.singleShot(0, self, self._rest)

    def hideEvent(self, event: QHideEvent) -> None:
        """And closes with it, unless somebody speaks."""
        super().hideEvent(event)
        self._in_sight = False  # for a window that is minimised, too
        self.window_key.watch(False)
        QTimer.singleShot(0, self, self._rest)

    def _open(self) -> None:
        if not self.dictation.hearing.is_open and self.dictation.phase is Phase.IDLE:
            self.dictation.listen_for(self._parts.settings().dictation_device)

    # ── what a person chose ──────────────────────────────────────────────────────────────────────

    def _show_tentative(self) -> None:
        self.text.show_tentative(self.dictation.tentative)

    def _type(self, text: str) -> None:
        if self.panel.typing.isChecked() and not QApplication.activeWindow():
            self.typist.type(text)

    def _tell_of_typing(self) -> None:
        if self.typist.fails:
            title, step = self.typist.trouble()
            self._parts.messages.tell(Message(LEFT, title, step, kind="warning"))
        else:
            self._parts.messages.withdraw(LEFT)

    def _device_chosen(self, name: str) -> None:
        self.dictation.choose_device(name)
        self.panel.show_device(name)
        self._keep(dictation_device=name)

    def _anywhere_chosen(self, on: bool) -> None:
        self._keep(dictation_anywhere=on)
        self.arm()

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


def native_key_of(keys: Iterable[str]) -> str:
    """The first of these keys as this system writes it, "" for none."""
    return next(map(native_key, keys), "")
