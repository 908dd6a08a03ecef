"""Another program: a text field and a clipboard on a real X server. Told on its standard input, tells on its output."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main() -> None:
    """Take the keyboard; say the text at each change; copy what is wished; stay."""
    qt = QApplication(sys.argv)
    field = QPlainTextEdit()
    field.textChanged.connect(lambda: say("text", field.toPlainText()))
    field.resize(400, 300)
    field.show()
    qt.focusChanged.connect(lambda _old, now: say("focus", now is field))

    def obey() -> None:
        word, _, rest = sys.stdin.readline().strip().partition(" ")
        clipboard = QGuiApplication.clipboard()
        if word == "focus":
            field.activateWindow()
            field.setFocus()
            say("focused", field.hasFocus())
        elif word == "clear":
            field.clear()
            say("cleared", True)
        elif word == "copy":
            clipboard.setText(rest)
            say("copied", rest)
        elif word == "picture":
            image = QImage(8, 8, QImage.Format.Format_RGB32)
            image.fill(QColor(rest))
            clipboard.setImage(image)
            say("copied", rest)
        elif word == "clipboard":
            image = clipboard.image()
            say("clipboard", [clipboard.text(), "" if image.isNull() else image.pixelColor(2, 2).name()])
        else:
            qt.quit()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(obey)
    say("ready", True)
    qt.exec()


def say(word: str, value: object) -> None:
    """Tell the test."""
    sys.stdout.write(json.dumps([word, value]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
