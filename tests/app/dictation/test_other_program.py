"""Dictating into another program on a real X server: text arrives there, the clipboard comes back, the key works.

Two real programs: Cuesmith with a stand-in for its microphone and its engine, and one with a text field.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

from Xlib import XK, X, Xatom, display
from Xlib.ext import xtest

from app.dictation import x11
from app.dictation.any_key import NoKey

ROOT = Path(__file__).parent.parent.parent.parent
WAIT_S = 120.0


class Program:
    """One that is told and tells, a line a word."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._said: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def tell(self, line: str) -> None:
        """Say something to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def hear(self, word: str, value: object = None) -> Any:
        """Wait until it says this word (with this value, unless that is None); what it said with it."""
        until_s = time.monotonic() + WAIT_S
        while True:
            said, what = self._said.get(timeout=max(0.1, until_s - time.monotonic()))
            if said == word and value in (None, what):
                return what

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Meanwhile it does nothing."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def so_far(self) -> list[list[Any]]:
        """All that it said and nobody heard yet."""
        said = []
        while not self._said.empty():
            said.append(self._said.get())
        return said

    def end(self) -> None:
        """Ask it to end; leaves no process and no thread."""
        self.tell("end")
        self._process.wait(timeout=WAIT_S)
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))


class Desk:
    """An X server with both programs; the field has the keyboard."""

    def __init__(self, name: str, home: Path) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
        environment |= {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "CUESMITH_HOME": str(home)}
        self.cuesmith = Program("tests.app.dictation.dictator", environment)
        self.cuesmith.hear("ready")
        self.field = Program("tests.app.dictation.field", environment)
        self.field.hear("ready")
        self.field.tell("focus")
        self.field.hear("focus", True)
        self.cuesmith.tell("open")
        assert self.cuesmith.hear("why_not") == ["", ""]
        self._keyboard = display.Display(name)

    def key(self, kind: int, *names: str) -> None:
        """Keys go down, or up."""
        for name in names:
            code = self._keyboard.keysym_to_keycode(XK.string_to_keysym(name))
            xtest.fake_input(self._keyboard, kind, code)
        self._keyboard.sync()

    def tap(self, name: str) -> None:
        """A key goes down and up, by one message: whoever stands still meanwhile does not hold it."""
        code = self._keyboard.keysym_to_keycode(XK.string_to_keysym(name))
        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self._keyboard, kind, code)
        self._keyboard.sync()

    def copy(self, what: str) -> None:
        """A person copies this in the other program."""
        self.field.tell(what)
        self.field.hear("ready to copy")
        self.key(X.KeyPress, "F12")
        self.key(X.KeyRelease, "F12")
        self.field.hear("copied")

    def clipboard_becomes(self, text: str, colour: str) -> None:
        """Wait until the other program finds this on the clipboard; `colour`: of a picture, "" for none."""
        until_s = time.monotonic() + WAIT_S
        while True:
            self.field.tell("clipboard")
            found = self.field.hear("clipboard")
            if found == [text, colour]:
                return
            assert time.monotonic() < until_s, found
            time.sleep(0.1)

    def end(self) -> None:
        """Close both programs."""
        self._keyboard.close()
        self.cuesmith.end()
        self.field.end()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The name of an X server that draws on no screen."""
    with x_server() as name:
        yield name


@contextlib.contextmanager
def x_server(*options: str) -> Iterator[str]:
    """An X server, by its name."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed: there is no X server to try typing on (Debian's xvfb)")
    read, write = os.pipe()
    made = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp", *options],
        pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    made.terminate()
    made.wait()


@pytest.fixture(scope="module")
def both(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Cuesmith and a text field beside each other."""
    made = Desk(server, tmp_path_factory.mktemp("home"))
    yield made
    made.end()


@pytest.fixture
def desk(both: Desk) -> Desk:
    """Both, the field empty and nothing recorded."""
    both.cuesmith.tell("pause")
    both.cuesmith.hear("rests")
    both.field.tell("clear")
    both.field.hear("cleared")
    both.cuesmith.so_far()
    return both


def test_passages_arrive_in_another_program_and_its_clipboard_comes_back(desk: Desk) -> None:
    desk.copy("copy what was copied before")
    desk.cuesmith.tell("start")
    desk.cuesmith.hear("phase", "recording")
    desk.cuesmith.tell("say Gruß, 你好 and مرحبا.")
    assert desk.field.hear("text") == "Gruß, 你好 and مرحبا. "
    desk.clipboard_becomes("what was copied before", "")
    desk.copy("picture #ff8000")
    desk.cuesmith.tell("say More.")
    assert desk.field.hear("text") == "Gruß, 你好 and مرحبا. More. "
    desk.clipboard_becomes("", "#ff8000")


def test_a_program_that_is_slow_to_paste_gets_the_passage_and_not_what_was_copied_before(desk: Desk) -> None:
    desk.copy("copy what was copied before")
    desk.cuesmith.tell("start")
    desk.cuesmith.hear("phase", "recording")
    desk.cuesmith.tell("say In time.")
    assert desk.field.hear("text") == "In time. "
    desk.clipboard_becomes("what was copied before", "")  # it is Cuesmith's now, which need not ask the slow one for it
    with desk.field.busy():
        desk.cuesmith.tell("say Late.")
        time.sleep(0.8)  # longer than most programs take, and two seconds shorter than is waited for one
    assert desk.field.hear("text") == "In time. Late. "
    desk.clipboard_becomes("what was copied before", "")


def test_the_key_of_any_program_records_while_it_is_held_and_is_no_letter_there(desk: Desk) -> None:
    desk.key(X.KeyPress, "Control_L", "Alt_L", "d")
    desk.cuesmith.hear("phase", "recording")
    desk.cuesmith.tell("say held")
    desk.cuesmith.tell("connections")
    made = desk.cuesmith.hear("connections")
    time.sleep(1.5)  # longer than the server takes to begin repeating a key that is down
    assert ["phase", "paused"] not in desk.cuesmith.so_far()
    desk.cuesmith.tell("connections")
    assert desk.cuesmith.hear("connections") - made <= 3, "X is not asked anew for as long as the key is held"
    desk.key(X.KeyRelease, "d", "Alt_L", "Control_L")
    desk.cuesmith.hear("phase", "paused")
    # What was said while Ctrl and Alt were down is pasted once they are up; the key itself never arrives.
    assert desk.field.hear("text") == "held "


def test_the_key_of_any_program_tapped_starts_and_pauses(desk: Desk) -> None:
    desk.key(X.KeyPress, "Control_L", "Alt_L")
    for phase in ("recording", "paused", "recording"):
        desk.tap("d")
        desk.cuesmith.hear("phase", phase)
        time.sleep(0.6)  # longer than a tap: what is going to happen has happened
        assert not [said for said in desk.cuesmith.so_far() if said[0] == "phase" and said[1] != phase]
    desk.key(X.KeyRelease, "Alt_L", "Control_L")


def test_a_key_that_cuesmith_has_nobody_else_gets(desk: Desk, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", server)
    assert x11.is_there()
    assert x11.grabbed("Ctrl+Alt+D") is NoKey.TAKEN
    for unknown in ("Ctrl+Alt+no such key", "Ctrl+Ж", "Ctrl+", "", "Num+5", "Ctrl+K, Ctrl+C"):
        assert x11.grabbed(unknown) is NoKey.UNKNOWN, unknown
    for name in ("Ctrl+Alt+J", "Ctrl+,", "Ctrl++", "Ctrl+Esc"):
        free = x11.grabbed(name)
        assert not isinstance(free, NoKey), name
        free.close()


def test_without_a_server_no_key_is_another_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert x11.grabbed("Ctrl+Alt+J") is NoKey.REFUSED
    assert not x11.press_paste()


def test_where_no_window_has_the_keyboard_nothing_is_pasted(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", server)
    with contextlib.closing(display.Display(server)) as desk:
        focus = desk.get_input_focus()
        window = desk.screen().root.create_window(0, 0, 9, 9, 0, X.CopyFromParent)
        window.map()
        window.set_input_focus(X.RevertToNone, X.CurrentTime)
        desk.sync()
        assert x11.press_paste()
        active = desk.intern_atom("_NET_ACTIVE_WINDOW")
        desk.screen().root.change_property(active, Xatom.WINDOW, 32, [X.NONE])
        desk.sync()
        assert not x11.press_paste(), "the window manager says so"
        desk.screen().root.delete_property(active)
        desk.set_input_focus(X.NONE, X.RevertToNone, X.CurrentTime)
        desk.sync()
        assert not x11.press_paste(), "the server says so"
        desk.set_input_focus(focus.focus, focus.revert_to, X.CurrentTime)
        desk.sync()


def test_a_server_that_lets_nobody_press_keys_is_told_from_one_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    with x_server("-tst") as name:
        monkeypatch.setenv("DISPLAY", name)
        assert x11.is_there()
        assert not x11.press_paste()


def test_a_server_that_goes_away_is_noticed_once_and_harms_nothing(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", server)
    grab = x11.grabbed("Ctrl+Alt+K")
    assert not isinstance(grab, NoKey)
    assert list(grab.moves()) == []
    assert not grab.is_lost
    grab._server.display.socket.shutdown(socket.SHUT_RDWR)
    assert list(grab.moves()) == []
    assert grab.is_lost
    grab.close()
