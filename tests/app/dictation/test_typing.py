"""Typing elsewhere: by the clipboard, whose old content comes back, pictures too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.desk import X11
from app.dictation.page import LEFT
from app.dictation.typing import Typist
from app.messages import Message
from tests.app.dictation.spoken import Spoken
from tests.fakes.desks import FakeDesk

WAIT_MS = 20_000


def test_text_is_pasted_and_the_old_clipboard_comes_back(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    old = QMimeData()
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    old.setImageData(picture)
    old.setData("application/x-mine", b"mine")
    clipboard.setMimeData(old)
    pasted: list[tuple[str, bytes]] = []

    def press() -> None:
        data = clipboard.mimeData()
        pasted.append((data.text(), data.data("x-kde-passwordManagerHint").data()))

    typist = Typist(FakeDesk(press))
    typist.type("hello ")
    qtbot.waitUntil(lambda: len(pasted) == 1, timeout=WAIT_MS)
    typist.type("wörld 你好")
    qtbot.waitUntil(lambda: len(pasted) == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage(), timeout=WAIT_MS)
    assert pasted == [("hello ", b"secret"), ("wörld 你好", b"secret")]
    assert clipboard.mimeData().data("application/x-mine").data() == b"mine"
    assert clipboard.image().pixelColor(1, 1) == QColor("red")


def test_where_it_is_not_possible_nothing_is_touched(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    desk = FakeDesk(lambda: clipboard.setText("pasted"))
    desk.no_typing = "Not on this system."
    typist = Typist(desk)
    assert typist.why_not() == "Not on this system."
    typist.type("hello")
    assert clipboard.text() == "mine"


def test_on_wayland_a_plain_sentence_says_what_to_do(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    desk = X11()
    assert desk.why_no_typing().startswith("Wayland lets no program type into others: copy")
    assert desk.why_no_key().startswith("Wayland lets no program hear keys")
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert desk.why_no_key() == desk.why_no_typing() == "This needs a desktop on X11, and there is none here."


def test_what_somebody_copies_meanwhile_stays(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("old")
    pasted: list[str] = []
    typist = Typist(FakeDesk(lambda: pasted.append(clipboard.text())))
    typist.type("hello")
    qtbot.waitUntil(lambda: pasted == ["hello"], timeout=WAIT_MS)
    clipboard.setText("copied meanwhile")
    typist.type("again")
    qtbot.waitUntil(lambda: pasted == ["hello", "again"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.text() == "copied meanwhile", timeout=WAIT_MS)


def test_nothing_is_pasted_while_a_person_holds_ctrl(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    pasted: list[str] = []
    desk = FakeDesk(lambda: pasted.append(clipboard.text()))
    desk.held = True
    typist = Typist(desk)
    typist.type("hello")
    qtbot.waitUntil(lambda: clipboard.text() == "hello", timeout=WAIT_MS)
    qtbot.wait(120)
    assert pasted == []
    desk.held = False
    qtbot.waitUntil(lambda: pasted == ["hello"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.text() == "mine", timeout=WAIT_MS)


def test_where_the_program_ends_at_once_the_old_clipboard_is_back_at_once(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    pasted: list[str] = []
    typist = Typist(FakeDesk(lambda: pasted.append(clipboard.text())))
    typist.type("hello")
    qtbot.waitUntil(lambda: pasted == ["hello"], timeout=WAIT_MS)
    typist.type("never")
    typist.stop()
    assert clipboard.text() == "mine"
    qtbot.wait(120)
    assert pasted == ["hello"]
    clipboard.setText("copied since")
    typist.stop()
    assert clipboard.text() == "copied since"


def test_nothing_is_pasted_into_our_own_window(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    pasted: list[str] = []
    desk = FakeDesk(lambda: pasted.append(clipboard.text()))
    desk.held = True
    typist = Typist(desk)
    typist.type("hello")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk.held = False
    qtbot.waitUntil(lambda: clipboard.text() == "hello", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.text() == "mine", timeout=WAIT_MS)
    assert pasted == []


def test_text_that_nobody_takes_stays_on_the_clipboard_and_is_told_once(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    pasted: list[str] = []
    desk = FakeDesk(lambda: pasted.append(clipboard.text()))
    desk.can_paste = False
    typist = Typist(desk)
    told: list[bool] = []
    typist.changed.connect(lambda: told.append(typist.fails))
    typist.type("one ")
    qtbot.waitUntil(lambda: typist.fails, timeout=WAIT_MS)
    assert clipboard.text() == "one "
    typist.type("two ")
    qtbot.waitUntil(lambda: clipboard.text() == "one two ", timeout=WAIT_MS)
    assert told == [True]
    assert not any("Password" in name or "Exclude" in name for name in clipboard.mimeData().formats())
    desk.can_paste = True
    typist.type("three ")
    qtbot.waitUntil(lambda: pasted == ["three "], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.text() == "one two ", timeout=WAIT_MS)
    assert told == [True, False]


def test_the_window_and_the_small_one_tell_where_the_text_is(
    start: Callable[..., Application], desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QGuiApplication.clipboard().setText("mine")
    desk.can_paste = False
    spoken = Spoken(start, qtbot)
    said: list[Message] = []
    spoken.program.messages.said.connect(said.append)
    page = spoken.page
    page.panel.typing.setChecked(True)
    page.show_small()
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)  # offscreen, each window shown is active
    monkeypatch.setattr(QGuiApplication, "focusWindow", lambda: None)
    assert page.small is not None
    assert not page.small.trouble.isVisible()
    spoken.dictation.start()
    for text in ("hello", "world"):
        spoken.hear(text, ended=True)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "hello world ", timeout=WAIT_MS)
    qtbot.waitUntil(page.small.trouble.isVisible, timeout=WAIT_MS)
    assert spoken.text() == "hello world"
    assert [(one.code, one.kind) for one in said] == [(LEFT, "warning")]
    assert "on the clipboard" in said[0].text
    assert "Ctrl+V" in said[0].text


def test_what_somebody_copies_while_holding_a_key_is_not_pasted_for_them(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("old")
    pasted: list[str] = []
    desk = FakeDesk(lambda: pasted.append(clipboard.text()))
    desk.held = True
    typist = Typist(desk)
    typist.type("hello")
    qtbot.waitUntil(lambda: clipboard.text() == "hello", timeout=WAIT_MS)
    clipboard.setText("copied with Ctrl+C")
    desk.held = False
    qtbot.waitUntil(lambda: pasted == ["hello"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.text() == "copied with Ctrl+C", timeout=WAIT_MS)


class Manager(QObject):
    """A program that puts what it makes of the text of everything that is copied in its place, a moment later."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._take_over)
        QGuiApplication.clipboard().dataChanged.connect(self._soon.start)

    def _take_over(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if len(clipboard.mimeData().formats()) > 1:
            clipboard.setText(self._change(clipboard.text()))


@pytest.fixture
def manager() -> Iterator[Callable[[Callable[[str], str]], object]]:
    """Starts one, which ends with the test."""
    running: list[Manager] = []
    yield lambda change: running.append(Manager(change))
    for one in running:
        QGuiApplication.clipboard().dataChanged.disconnect(one._soon.start)


def test_a_program_that_keeps_the_plain_text_of_everything_does_not_stop_us(
    qtbot: QtBot, manager: Callable[[Callable[[str], str]], object]
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    manager(str.strip)
    pasted: list[str] = []
    typist = Typist(FakeDesk(lambda: pasted.append(clipboard.text())))
    typist.type("hello ")
    qtbot.waitUntil(lambda: pasted == ["hello"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.text() == "mine", timeout=WAIT_MS)
    clipboard.setText("hello")
    typist.type("again ")
    qtbot.waitUntil(lambda: pasted == ["hello", "again"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.text() == "hello", timeout=WAIT_MS)


def test_where_the_clipboard_is_always_another_s_the_text_is_left_to_a_person(
    qtbot: QtBot, manager: Callable[[Callable[[str], str]], object]
) -> None:
    manager(lambda _text: "theirs")
    pasted: list[str] = []
    typist = Typist(FakeDesk(lambda: pasted.append("something")))
    typist.type("hello")
    qtbot.waitUntil(lambda: typist.fails, timeout=WAIT_MS)
    assert pasted == []
