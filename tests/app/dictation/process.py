"""A program of its own that dictates until it is killed. Its home and its sound card come in the environment."""

from __future__ import annotations

import sys
from functools import partial

from PySide6.QtCore import QTimer

from app.application import build, qt_application
from app.dictation.page import DictationPage
from app.engine_bridge import EngineBridge
from core.settings import Settings
from core.worker.client import EngineClient


def main() -> None:
    """Say the recording's name, then each number of firm words; stay."""
    qt = qt_application()
    engine = partial(EngineClient, dictation="tests.fakes.dictations:begin")
    program = build(Settings(), EngineBridge(engine=engine))
    program.window.show()
    program.window.tabs.show_part("dictation")
    page = program.dictation.page
    assert isinstance(page, DictationPage)
    dictation = page.dictation

    def begin(_device: str, _gap_ms: int) -> None:
        QTimer.singleShot(0, dictation.start)
        QTimer.singleShot(10, lambda: say(f"file {dictation.file}"))

    dictation.hearing.opened.connect(begin)
    dictation.tentativeChanged.connect(
        lambda: say(f"words {sum(len(cue.words) for cue in dictation.bridge.document.cues)}")
    )
    qt.exec()


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
