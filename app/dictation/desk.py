"""What the system around us allows: pasting into other programs, a key that is ours in all of them. Knows no dictation.

X11, Windows and macOS allow both. Wayland allows neither, and that is said.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication

from app.dictation.any_key import NoKey, key_parts
from app.i18n import tr

Moved = Callable[[bool, float], object]
"""Told True when the key goes down, False when it goes up, and when, in seconds; perhaps on another thread."""


_PYNPUT_NAMES = {
    "ins": "insert",
    "del": "delete",
    "pgup": "page_up",
    "pgdown": "page_down",
    "return": "enter",
    "scrolllock": "scroll_lock",
}
"""Keys that pynput calls otherwise than Qt."""


class Desk(Protocol):
    """One kind of system.

    Attributes:
        leaves_key: the program that has the keyboard, our own window too, gets the key of `take_key` as well.
    """

    leaves_key: bool

    def why_no_typing(self) -> str:
        """A sentence that says why nothing can be pasted into other programs; "" where it can."""

    def why_no_key(self) -> str:
        """A sentence that says why no key can be ours everywhere; "" where one can."""

    def before_copying(self) -> None:
        """The clipboard will be set in a moment."""

    def press_paste(self) -> bool:
        """Press the paste key; whether that could be done."""

    def is_key_held(self) -> bool:
        """Whether a person holds Shift, Ctrl or Alt just now."""

    def take_key(self, keys: str, moved: Moved) -> Callable[[], object] | NoKey:
        """Have a key ("Ctrl+Alt+D") in every program; what lets it go, or why it cannot be had."""


def this_desk() -> Desk:
    """The one we are on."""
    if sys.platform == "win32":
        return Windows()
    return MacOS() if sys.platform == "darwin" else X11()


class X11:
    """Linux and its kin; where Wayland runs, it says so."""

    leaves_key = False

    def why_no_typing(self) -> str:
        """See `Desk`."""
        if _is_wayland():
            return tr("Wayland lets no program type into others: copy the text and paste it yourself.")
        return self._why_no_server()

    def why_no_key(self) -> str:
        """See `Desk`."""
        if _is_wayland():
            return tr("Wayland lets no program hear keys that are pressed in others: use the small window's buttons.")
        return self._why_no_server()

    def before_copying(self) -> None:
        """See `Desk`."""
        from app.dictation import x11

        for window in QGuiApplication.topLevelWindows():
            if window.isVisible():
                x11.touch(int(window.winId()))
                return

    def press_paste(self) -> bool:
        """See `Desk`."""
        from app.dictation import x11

        return x11.press_paste()

    def is_key_held(self) -> bool:
        """See `Desk`. By Qt's connection: it is asked again and again while somebody holds a key to talk."""
        return _is_key_held()

    def take_key(self, keys: str, moved: Moved) -> Callable[[], object] | NoKey:
        """See `Desk`."""
        from app.dictation import x11

        grab = x11.grabbed(keys)
        if isinstance(grab, NoKey):
            return grab
        notifier = QSocketNotifier(grab.fileno(), QSocketNotifier.Type.Read)

        def hear() -> None:
            for down, at_s in grab.moves():
                moved(down, at_s)
            if grab.is_lost:
                notifier.setEnabled(False)  # what is closed stays readable, for ever

        def let_go() -> None:
            notifier.setEnabled(False)
            notifier.deleteLater()
            grab.close()

        notifier.activated.connect(hear)
        return let_go

    def _why_no_server(self) -> str:
        from app.dictation import x11

        there = QGuiApplication.platformName() == "xcb" and x11.is_there()
        return "" if there else tr("This needs a desktop on X11, and there is none here.")


class _ByPynput:
    """Windows and macOS: keys by pynput, which hears them on a thread of its own.

    Attributes:
        names: of keys to be held, as Qt writes them, and how pynput calls them.
    """

    leaves_key = True
    names: Mapping[str, str] = {"meta": "cmd"}

    def why_no_typing(self) -> str:
        """See `Desk`."""
        return ""

    def why_no_key(self) -> str:
        """See `Desk`."""
        return ""

    def before_copying(self) -> None:
        """See `Desk`: nothing to do."""

    def take_key(self, keys: str, moved: Moved) -> Callable[[], object] | NoKey:
        """See `Desk`."""
        from pynput import keyboard

        held, name = key_parts(keys.lower())
        parts = [f"<{self.names.get(one, one)}>" for one in held]
        try:
            last = name if len(name) == 1 else f"<{_PYNPUT_NAMES.get(name, name)}>"
            wanted = set(keyboard.HotKey.parse("+".join([*parts, last])))
        except ValueError:  # a key that pynput does not know
            return NoKey.UNKNOWN
        down: set[object] = set()

        def press(key: object) -> None:
            before = wanted <= down
            down.add(listener.canonical(key))
            if wanted <= down and not before:
                moved(True, time.monotonic())

        def release(key: object) -> None:
            before = wanted <= down
            down.discard(listener.canonical(key))
            if before and not wanted <= down:
                moved(False, time.monotonic())

        listener = keyboard.Listener(on_press=press, on_release=release)
        listener.start()
        let_go: Callable[[], object] = listener.stop
        return let_go


class Windows(_ByPynput):
    """Windows."""

    def press_paste(self) -> bool:
        """See `Desk`."""
        for key, flags in ((0x11, 0), (0x56, 0), (0x56, 2), (0x11, 2)):  # Control, V; 2 = up
            _user32().keybd_event(key, 0, flags, 0)
        return True

    def is_key_held(self) -> bool:
        """See `Desk`."""
        return any(_user32().GetAsyncKeyState(key) & 0x8000 for key in (0x10, 0x11, 0x12))  # Shift, Control, Alt


class MacOS(_ByPynput):
    """macOS; the system asks once whether Cuesmith may control the computer."""

    names: Mapping[str, str] = {"ctrl": "cmd", "meta": "ctrl"}  # Qt calls the command key Ctrl there

    def press_paste(self) -> bool:
        """See `Desk`."""
        script = 'tell application "System Events" to keystroke "v" using command down'
        try:
            return subprocess.run(["osascript", "-e", script], check=False, timeout=5).returncode == 0
        except (OSError, subprocess.TimeoutExpired):  # the system still waits for an answer to its question
            return False

    def is_key_held(self) -> bool:
        """See `Desk`."""
        return _is_key_held()


def _is_key_held() -> bool:
    return bool(QGuiApplication.queryKeyboardModifiers().value)


def _is_wayland() -> bool:
    return bool(os.environ.get("WAYLAND_DISPLAY")) or QGuiApplication.platformName().startswith("wayland")


def _user32() -> ctypes.CDLL:
    library: ctypes.CDLL = ctypes.windll.user32  # type: ignore[attr-defined]
    return library
