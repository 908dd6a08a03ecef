"""Typing into the program that has the keyboard: by the clipboard and its paste key, the old clipboard put back.

Simulated single keys lose or change letters outside English (tried: 1 of 5 scripts right, by paste 5 of 5). Knows no
dictation. What a system allows stands in `desk`. A text that nobody took stays on the clipboard, for a person to paste.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.dictation.desk import Desk, this_desk
from app.i18n import tr
from app.keys.bindings import native_key

_RESTORE_MS = 600
"""For the other program to have taken it; slow ones took 0.3 s."""
_MOST_LOOKS = 5
"""So often it is looked whether the other program has taken it, for a busy one would paste what lay there before; and
so often it is put there while others put something else there."""
_SETTLE_MS = 30
"""For the system and us to know the time, and whose the clipboard is."""
_OURS = "application/x-cuesmith-passage"
"""Tells what we put on the clipboard from what somebody copies meanwhile."""
_LEFT = "application/x-cuesmith-left"
"""Marks what nobody took: more of it is put behind it."""
_NOT_TO_BE_KEPT = {
    "x-kde-passwordManagerHint": b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "org.nspasteboard.TransientType": b"1",
}
"""What clipboard managers of KDE, Windows and macOS heed."""


class Typist(QObject):
    """See above.

    Attributes:
        fails: the last text could not be pasted.

    Signals:
        changed(): it cannot be pasted from now on, or can again.
    """

    changed = Signal()

    def __init__(self, desk: Desk | None = None, parent: QObject | None = None) -> None:
        """`desk`: presses the paste key; None = this system's."""
        super().__init__(parent)
        self._desk = desk if desk is not None else this_desk()
        self.fails = False
        self._old: QMimeData | None = None
        self._waiting: list[str] = []
        self._text = ""
        self._lent: _Lent | None = None
        self._looks = self._tries = 0
        self._copy_soon = QTimer(self)
        self._copy_soon.setSingleShot(True)
        self._copy_soon.setInterval(_SETTLE_MS)
        self._copy_soon.timeout.connect(self._copy)
        self._paste_soon = QTimer(self)
        self._paste_soon.setSingleShot(True)
        self._paste_soon.setInterval(_SETTLE_MS)
        self._paste_soon.timeout.connect(self._paste)
        self._restore = QTimer(self)
        self._restore.setSingleShot(True)
        self._restore.setInterval(_RESTORE_MS)
        self._restore.timeout.connect(self._next_when_taken)

    def why_not(self) -> str:
        """A sentence that says why this system does not let us, "" where it does."""
        return self._desk.why_no_typing()

    def type(self, text: str) -> None:
        """Paste `text` where the keyboard is; several follow each other."""
        if not text or self.why_not():
            return
        self._waiting.append(text)
        if not any(timer.isActive() for timer in (self._restore, self._paste_soon, self._copy_soon)):
            self._next()

    def trouble(self) -> tuple[str, str]:
        """While it fails: what happened, and what a person can do."""
        title = tr("The dictated text could not be pasted into another program.")
        step = tr("It is on the clipboard and in the tab Dictation: click where it belongs, then press {0}.")
        return title, step.format(native_key("Ctrl+V"))

    def stop(self) -> None:
        """Type no more, as the program ends; what lay on the clipboard lies there again."""
        for timer in (self._copy_soon, self._paste_soon, self._restore):
            timer.stop()
        self._waiting.clear()
        if self._old is not None:  # else it is not ours, and its owner need not be asked
            self._copy()

    def _next_when_taken(self) -> None:
        """Go on, unless the other program has still to take what was pasted."""
        self._looks += 1
        if self._lent is None or self._lent.taken or self._looks >= _MOST_LOOKS:
            self._next()
        else:
            self._restore.start()

    def _next(self) -> None:
        self._desk.before_copying()
        self._copy_soon.start()

    def _copy(self) -> None:
        """What is to be typed onto the clipboard; where nothing is, what lay there."""
        clipboard = QGuiApplication.clipboard()
        there = _on_clipboard()
        ours = self._is_ours(there)
        if not self._waiting:
            old, self._old, self._text = self._old, None, ""
            if old is not None and ours:  # where somebody has copied something meanwhile, that is the clipboard now
                clipboard.setMimeData(old)
            return
        if not ours:
            self._old = _copied(there)
        self._text, self._waiting = "".join(self._waiting), []
        self._lent = data = _Lent()
        data.setText(self._text)
        data.setData(_OURS, b"1")
        for name, value in _NOT_TO_BE_KEPT.items():
            data.setData(name, value)
        clipboard.setMimeData(data)
        self._paste_soon.start()

    def _paste(self) -> None:
        """With Ctrl or Alt down, as while a key is held to talk, Ctrl+V would be another key: wait.

        While a key is grabbed, the keyboard seems to be another program's: our own window has the text already.
        """
        if self._desk.is_key_held():
            self._paste_soon.start()
            return
        if not self._is_ours(_on_clipboard()):  # somebody has copied something meanwhile
            self._try_again()
            return
        self._looks = self._tries = 0
        if QGuiApplication.focusWindow() is not None:
            self._lent = None
        else:
            if self._lent is not None:
                self._lent.taken = False  # who read it before the key was pressed is no program that pastes
            if not self._desk.press_paste():
                self._leave()
                return
            self._turn(fails=False)
        self._restore.start()

    def _try_again(self) -> None:
        """Put it there once more; where somebody always puts something else there, leave it to a person."""
        self._tries += 1
        if self._tries < _MOST_LOOKS:
            self._waiting.insert(0, self._text)
            self._next()
        else:
            self._tries = 0
            self._leave()

    def _is_ours(self, there: QMimeData) -> bool:
        """Whether it is what we put there, perhaps taken over by a program that keeps the plain text of everything."""
        if there.hasFormat(_OURS):
            return True
        if there.hasFormat(_LEFT) or not self._text.strip() or there.text().strip() != self._text.strip():
            return False
        self._lent = None  # nobody asks us for it any more
        return True

    def _leave(self) -> None:
        """Nobody took the text: on the clipboard, behind what was left there before, it waits for a person."""
        old, self._old = self._old, None
        before = old.text() if old is not None and old.hasFormat(_LEFT) else ""
        data = QMimeData()
        data.setText(before + self._text)
        data.setData(_LEFT, b"1")
        self._text = ""
        QGuiApplication.clipboard().setMimeData(data)
        self._turn(fails=True)
        if self._waiting:
            self._next()

    def _turn(self, *, fails: bool) -> None:
        if fails is not self.fails:
            self.fails = fails
            self.changed.emit()


class _Lent(QMimeData):
    """What lies on the clipboard for another program.

    Attributes:
        taken: somebody has read it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.taken = False

    def retrieveData(self, mime_type: str, preferred: Any) -> Any:
        """Called by Qt when somebody asks for it."""
        self.taken = True
        return super().retrieveData(mime_type, preferred)


def _on_clipboard() -> QMimeData:
    """What lies there; where nothing was ever copied, some systems say None."""
    return QGuiApplication.clipboard().mimeData() or QMimeData()


def _copied(data: QMimeData) -> QMimeData:
    """Everything on the clipboard, pictures and files, too: what it lends is gone when it changes."""
    made = QMimeData()
    for name in data.formats():
        made.setData(name, data.data(name))
    if data.hasImage():
        made.setImageData(data.imageData())
    return made
