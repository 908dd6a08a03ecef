"""Typing elsewhere: by the clipboard, whose old content comes back, pictures too."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.dictation.typing import Typist

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

    def press() -> bool:
        data = clipboard.mimeData()
        pasted.append((data.text(), data.data("x-kde-passwordManagerHint").data()))
        return True

    typist = Typist(press)
    typist.type("hello ")
    typist.type("wörld 你好")
    qtbot.waitUntil(lambda: len(pasted) == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage(), timeout=WAIT_MS)
    assert pasted == [("hello ", b"secret"), ("wörld 你好", b"secret")]
    assert clipboard.mimeData().data("application/x-mine").data() == b"mine"
    assert clipboard.image().pixelColor(1, 1) == QColor("red")


def test_where_it_is_not_possible_a_sentence_says_so_and_nothing_is_touched(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    typist = Typist()
    if not typist.why_not():  # on a desk with X11 it is possible
        return
    typist.type("hello")
    assert clipboard.text() == "mine"
