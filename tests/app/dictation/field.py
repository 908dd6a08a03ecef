"""Another program: a text field and a clipboard on a real X server. Told on its standard input, tells on its output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main() -> None:
    """Take the keyboard; say the text at each change; copy what is wished; stay."""
    qt = QApplication(sys.argv)
    field = Field()
    field.textChanged.connect(lambda: say("text", field.toPlainText()))
    field.resize(400, 300)
    field.show()
    qt.focusChanged.connect(lambda _old, now: say("focus", now is field))

    def obey(word: str, rest: str) -> None:
        clipboard = QGuiApplication.clipboard()
        if word == "focus":
            field.activateWindow()
            field.setFocus()
            say("focused", field.hasFocus())
        elif word == "clear":
            field.clear()
            say("cleared", True)
        elif word in ("copy", "picture"):
            field.wanted = word, rest
            say("ready to copy", True)
        elif word == "clipboard":
            image = clipboard.image()
            say("clipboard", [clipboard.text(), "" if image.isNull() else image.pixelColor(2, 2).name()])
        else:
            qt.quit()

    orders = Orders(obey)
    say("ready", True)
    qt.exec()
    orders.notifier.setEnabled(False)


class Field(QPlainTextEdit):
    """Copies what is wanted when F12 is pressed: a program whose last key is long ago may not copy, says X."""

    wanted = ("", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or write."""
        if event.key() != Qt.Key.Key_F12:
            super().keyPressEvent(event)
            return
        kind, value = self.wanted
        if kind == "picture":
            image = QImage(8, 8, QImage.Format.Format_RGB32)
            image.fill(QColor(value))
            QGuiApplication.clipboard().setImage(image)
        else:
            QGuiApplication.clipboard().setText(value)
        say("copied", value)


class Orders:
    """Lines on the standard input, each a word and a rest. Not by Python's buffer: what lies in that wakes nobody."""

    def __init__(self, obey: Callable[[str, str], object]) -> None:
        self._obey, self._rest = obey, b""
        self.notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.notifier.activated.connect(self._read)

    def _read(self) -> None:
        *lines, self._rest = (self._rest + os.read(sys.stdin.fileno(), 65_536)).split(b"\n")
        for line in lines:
            word, _, rest = line.decode().partition(" ")
            self._obey(word, rest)


def say(word: str, value: object) -> None:
    """Tell the test."""
    sys.stdout.write(json.dumps([word, value]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
