"""Typing into the program that has the keyboard: by the clipboard and its paste key, the old clipboard put back.

Simulated single keys lose or change letters outside English (tried: 1 of 5 scripts right, by paste 5 of 5). Knows no
dictation. X11, Windows and macOS let a program do this; Wayland does not, and that is said.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import subprocess
import sys
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from app.i18n import tr

_RESTORE_MS = 600
"""For the other program to have taken it; slow ones took 0.3 s."""
_NOT_TO_BE_KEPT = {
    "x-kde-passwordManagerHint": b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "org.nspasteboard.TransientType": b"1",
}
"""What clipboard managers of KDE, Windows and macOS heed."""


class Typist(QObject):
    """See above."""

    def __init__(self, press: Callable[[], bool] | None = None, parent: QObject | None = None) -> None:
        """`press`: presses the paste key, whether it could; tests give one."""
        super().__init__(parent)
        self._press = press
        self._old: QMimeData | None = None
        self._waiting: list[str] = []
        self._restore = QTimer(self)
        self._restore.setSingleShot(True)
        self._restore.setInterval(_RESTORE_MS)
        self._restore.timeout.connect(self._put_back)

    def why_not(self) -> str:
        """A sentence that says why this system does not let us, "" where it does."""
        if self._press is not None:
            return ""
        if sys.platform.startswith("linux"):
            if os.environ.get("WAYLAND_DISPLAY") or QGuiApplication.platformName().startswith("wayland"):
                return tr("Wayland lets no program type into others: copy the text and paste it yourself.")
            if not os.environ.get("DISPLAY") or _x11() is None:
                return tr("This needs X11 and its library libXtst: on Debian, apt install libxtst6.")
        return ""

    def type(self, text: str) -> None:
        """Paste `text` where the keyboard is; several follow each other."""
        if not text or self.why_not():
            return
        self._waiting.append(text)
        if not self._restore.isActive():
            self._next()

    def _next(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._old is None:
            self._old = _copied(clipboard.mimeData())
        text, self._waiting = "".join(self._waiting), []
        data = QMimeData()
        data.setText(text)
        for name, value in _NOT_TO_BE_KEPT.items():
            data.setData(name, value)
        clipboard.setMimeData(data)
        QTimer.singleShot(30, self, self._paste)
        self._restore.start()

    def _paste(self) -> None:
        (self._press or paste_key())()

    def _put_back(self) -> None:
        if self._waiting:
            self._next()
            return
        if self._old is not None:
            QGuiApplication.clipboard().setMimeData(self._old)
            self._old = None


def _copied(data: QMimeData) -> QMimeData:
    """Everything on the clipboard, pictures and files, too: what it lends is gone when it changes."""
    made = QMimeData()
    for name in data.formats():
        made.setData(name, data.data(name))
    if data.hasImage():
        made.setImageData(data.imageData())
    return made


def paste_key() -> Callable[[], bool]:
    """What presses the paste key on this system."""
    if sys.platform == "win32":
        return _press_on_windows
    return _press_on_macos if sys.platform == "darwin" else _press_on_x11


def _press_on_windows() -> bool:
    user32 = ctypes.windll.user32  # type: ignore[attr-defined]
    for key, flags in ((0x11, 0), (0x56, 0), (0x56, 2), (0x11, 2)):  # Control, V; 2 = up
        user32.keybd_event(key, 0, flags, 0)
    return True


def _press_on_macos() -> bool:
    script = 'tell application "System Events" to keystroke "v" using command down'
    return subprocess.run(["osascript", "-e", script], check=False, timeout=5).returncode == 0


def _press_on_x11() -> bool:
    libraries = _x11()
    if libraries is None:
        return False
    x11, xtst = libraries
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    control, v = (x11.XKeysymToKeycode(display, keysym) for keysym in (0xFFE3, 0x76))
    for code, down in ((control, 1), (v, 1), (v, 0), (control, 0)):
        xtst.XTestFakeKeyEvent(display, code, down, 0)
    x11.XFlush(display)
    x11.XCloseDisplay(display)
    return True


def _x11() -> tuple[ctypes.CDLL, ctypes.CDLL] | None:
    names = [ctypes.util.find_library(name) for name in ("X11", "Xtst")]
    if not all(names):
        return None
    x11, xtst = (ctypes.CDLL(name) for name in names)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    for function in (x11.XCloseDisplay, x11.XFlush):
        function.argtypes = [ctypes.c_void_p]
    x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x11.XKeysymToKeycode.restype = ctypes.c_ubyte
    xtst.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
    return x11, xtst
