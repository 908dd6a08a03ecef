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

from app.dictation.any_key import NoKey, key_parts

_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)
"""Caps Lock and Num Lock, on or off: a grab names the exact state."""
_V_OF_A_PC = 55
"""Where V is, on a layout without Latin letters: programs then go by the place."""
_MASKS = {"Ctrl": X.ControlMask, "Alt": X.Mod1Mask, "Shift": X.ShiftMask, "Meta": X.Mod4Mask}
_GONE = (error.DisplayError, error.ConnectionClosedError, OSError)
"""The server is not there, or not any more."""
_UNICODE_KEYSYMS = 0x0100_0000
"""Letters beyond Latin-1 count from here (keysyms of the X protocol, appendix A)."""
_NAMES = {
    "Space": "space",
    "Ins": "Insert",
    "Del": "Delete",
    "PgUp": "Prior",
    "PgDown": "Next",
    "ScrollLock": "Scroll_Lock",
    "Esc": "Escape",
    "Backspace": "BackSpace",
    "Enter": "KP_Enter",
}


def is_there() -> bool:
    """Whether an X server answers."""
    if not os.environ.get("DISPLAY"):
        return False
    with contextlib.suppress(*_GONE), _server():
        return True
    return False


def press_paste() -> bool:
    """Press and let go Ctrl+V for the program that has the keyboard.

    Returns False where no program has it, or the server lets nobody press keys (without the extension XTEST).
    """
    try:
        with _server() as server:
            if not (server.has_extension(xtest.extname) and _somebody_reads(server)):
                return False
            failed = error.CatchError()
            server.set_error_handler(failed)
            control = server.keysym_to_keycode(XK.XK_Control_L)
            v = server.keysym_to_keycode(XK.XK_v) or _V_OF_A_PC
            for kind, code in ((X.KeyPress, control), (X.KeyPress, v), (X.KeyRelease, v), (X.KeyRelease, control)):
                xtest.fake_input(server, kind, code)
            server.sync()
            return failed.get_error() is None
    except _GONE:
        return False


def _somebody_reads(server: display.Display) -> bool:
    """Whether a window has the keyboard: by the server, and by the window manager, which may hold it meanwhile."""
    focus, root = server.get_input_focus().focus, server.screen().root
    if focus == X.NONE or (focus == X.PointerRoot and root.query_pointer().child == X.NONE):
        return False
    atom = server.intern_atom("_NET_ACTIVE_WINDOW", only_if_exists=True)
    active = root.get_full_property(atom, Xatom.WINDOW) if atom else None
    return active is None or any(active.value)


def touch(window: int) -> None:
    """Change a window's property to what it is, so that its program hears what time it is: X gives the clipboard to
    nobody whose last event is older than what lies there, and a program in the background has seen no key for long.
    """
    with contextlib.suppress(*_GONE), _server() as server:
        atom = server.intern_atom("_CUESMITH_TIME")
        server.create_resource_object("window", window).change_property(atom, Xatom.INTEGER, 32, [0])
        server.sync()


class Grab:
    """One key that is ours in every program, from `grabbed` to `close`.

    Attributes:
        is_lost: the server has closed the connection; nothing is heard any more.
    """

    def __init__(self, server: display.Display, code: int) -> None:
        self._server, self._code = server, code
        self.is_lost = False

    def take(self, mask: int) -> NoKey | None:
        """Have the key while those of `mask` are held; why not, where it cannot be had."""
        if not self._code:
            return NoKey.UNKNOWN
        failed = error.CatchError()
        root = self._server.screen().root
        try:
            for lock in _LOCKS:
                root.grab_key(self._code, mask | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=failed)
            self._server.sync()
        except _GONE:
            return NoKey.REFUSED
        found = failed.get_error()
        if found is None:
            return None
        return NoKey.TAKEN if isinstance(found, error.BadAccess) else NoKey.REFUSED

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


def grabbed(keys: str) -> Grab | NoKey:
    """Take a key, written as Qt does portably ("Ctrl+Alt+D"), or say why it cannot be had."""
    held, name = key_parts(keys)
    if not name or not set(held) <= set(_MASKS):
        return NoKey.UNKNOWN  # with what is not known left out, it would be another key
    try:
        server = display.Display()
    except _GONE:
        return NoKey.REFUSED
    grab = Grab(server, server.keysym_to_keycode(_keysym(name)))
    why_not = grab.take(sum(_MASKS[one] for one in held))
    if why_not is None:
        return grab
    grab.close()
    return why_not


def _keysym(name: str) -> int:
    if len(name) > 1:
        return int(XK.string_to_keysym(_NAMES.get(name, name)))
    letter = ord(name.lower()[0])
    return letter if letter < 0x100 else _UNICODE_KEYSYMS + letter


@contextlib.contextmanager
def _server() -> Iterator[display.Display]:
    server = display.Display()
    try:
        yield server
    finally:
        server.close()
