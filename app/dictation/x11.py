"""The X server as typing elsewhere and the key for any program need it. Knows no dictation and no Qt.

Speaks X by python-xlib, which needs no library of the system. A key that is grabbed comes to us alone and nothing else
that is typed does: pynput would hear every key (the RECORD extension) and leave ours to the other program as well, and
on Linux it wants a compiler to install (evdev).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from Xlib import XK, X, Xatom, display, error
from Xlib.ext import xtest

_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)
"""Caps Lock and Num Lock, on or off: a grab names the exact state."""
_HELD = X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask
_V_OF_A_PC = 55
"""Where V is, on a layout without Latin letters: programs then go by the place."""
_MASKS = {"Ctrl": X.ControlMask, "Alt": X.Mod1Mask, "Shift": X.ShiftMask, "Meta": X.Mod4Mask}
_GONE = (error.DisplayError, error.ConnectionClosedError, OSError)
"""The server is not there, or not any more."""
_NAMES = {
    "Space": "space",
    "Ins": "Insert",
    "Del": "Delete",
    "PgUp": "Prior",
    "PgDown": "Next",
    "ScrollLock": "Scroll_Lock",
}


def is_there() -> bool:
    """Whether an X server answers."""
    if not os.environ.get("DISPLAY"):
        return False
    with contextlib.suppress(*_GONE), _server():
        return True
    return False


def press_paste() -> bool:
    """Press and let go Ctrl+V for the program that has the keyboard; whether it could."""
    try:
        with _server() as server:
            control = server.keysym_to_keycode(XK.XK_Control_L)
            v = server.keysym_to_keycode(XK.XK_v) or _V_OF_A_PC
            for kind, code in ((X.KeyPress, control), (X.KeyPress, v), (X.KeyRelease, v), (X.KeyRelease, control)):
                xtest.fake_input(server, kind, code)
            server.sync()
    except _GONE:
        return False
    return True


def touch(window: int) -> None:
    """Change a window's property to what it is, so that its program hears what time it is: X gives the clipboard to
    nobody whose last event is older than what lies there, and a program in the background has seen no key for long.
    """
    with contextlib.suppress(*_GONE), _server() as server:
        atom = server.intern_atom("_CUESMITH_TIME")
        server.create_resource_object("window", window).change_property(atom, Xatom.INTEGER, 32, [0])
        server.sync()


def is_key_held() -> bool:
    """Whether Shift, Ctrl, Alt or Super is down: a key pressed now would be another one."""
    try:
        with _server() as server:
            return bool(server.screen().root.query_pointer().mask & _HELD)
    except _GONE:
        return False


class Grab:
    """One key that is ours in every program, from `grabbed` to `close`.

    Attributes:
        is_lost: the server has closed the connection; nothing is heard any more.
    """

    def __init__(self, server: display.Display, code: int) -> None:
        self._server, self._code = server, code
        self.is_lost = False

    def fileno(self) -> int:
        """What becomes readable when the key is pressed or let go."""
        return int(self._server.fileno())

    def moves(self) -> Iterator[tuple[bool, float]]:
        """(down, the server's time in s) of what happened since. A key that repeats goes up and down."""
        while self._waiting():
            event = self._server.next_event()
            if event.type in (X.KeyPress, X.KeyRelease) and event.detail == self._code:
                yield event.type == X.KeyPress, event.time / 1000

    def _waiting(self) -> int:
        try:
            return int(self._server.pending_events())
        except _GONE:
            self.is_lost = True
            return 0

    def close(self) -> None:
        """Let go of the key."""
        with contextlib.suppress(error.ConnectionClosedError, OSError):
            self._server.close()  # a client's grabs end with it


def grabbed(keys: str) -> Grab | None:
    """Take a key, written as Qt does portably ("Ctrl+Alt+D"); None where another program has it or there is none."""
    try:
        server = display.Display()
    except _GONE:
        return None
    *held, name = keys.split("+")
    mask = sum(_MASKS.get(one, 0) for one in held)
    code = server.keysym_to_keycode(_keysym(name))
    failed = error.CatchError(error.BadAccess, error.BadValue)
    if code:
        root = server.screen().root
        for lock in _LOCKS:
            root.grab_key(code, mask | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=failed)
        server.sync()
    grab = Grab(server, code)
    if code and failed.get_error() is None:
        return grab
    grab.close()
    return None


def _keysym(name: str) -> int:
    return int(XK.string_to_keysym(name.lower() if len(name) == 1 else _NAMES.get(name, name)))


@contextlib.contextmanager
def _server() -> Iterator[display.Display]:
    server = display.Display()
    try:
        yield server
    finally:
        server.close()
