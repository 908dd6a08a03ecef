"""A player on a real film, and what can be read from its picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.editor.document_bridge import DocumentBridge
from app.editor.playback import Playback
from app.editor.session import Session
from core.document.document import Document
from core.document.history import History
from core.errors import CuesmithError
from core.media.info import MediaInfo
from core.media.probe import probe
from core.paths import resource
from resources.sample.counter import LAMPS, lamp_centre

SAMPLE = resource("sample", "last_boat.mp4")


def frame_number(image: QImage) -> int:
    """Which picture of the sample film this is: the row of lamps, read as a binary number."""
    if image.size() != QSize(640, 360):
        image = image.scaled(QSize(640, 360))
    lit = [QColor(image.pixel(*lamp_centre(lamp))).lightness() > 128 for lamp in range(LAMPS)]
    return sum(1 << (LAMPS - 1 - lamp) for lamp in range(LAMPS) if lit[lamp])


class Cinema:
    """A session, a player, and what came from it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.session = Session(DocumentBridge())
        self.playback = Playback(self.session)
        self.frames: list[Any] = []
        self.failures: list[CuesmithError] = []
        self.playback.frameChanged.connect(self._keep)
        self.playback.failed.connect(self.failures.append)

    def open(self, path: Path = SAMPLE) -> MediaInfo:
        """Probe a film, open it and wait for its first picture."""
        info = probe(path)
        self.show(info)
        if info.has_video:
            self.wait(lambda: bool(self.frames))
        return info

    def show(self, info: MediaInfo) -> None:
        """Open what was probed."""
        self.session.set_media(info)
        self.playback.open(info)

    def set_document(self, document: Document) -> None:
        """Show another document."""
        self.session.bridge.set_history(History(document))

    def shown(self) -> int:
        """Number of the picture that came last."""
        return frame_number(self.frames[-1].toImage())

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for what must come."""
        self._qtbot.waitUntil(until)

    def wait_for_picture(self, number: int) -> None:
        """Wait until this picture of the sample film is shown."""
        self.wait(lambda: bool(self.frames) and self.shown() == number)

    def close(self) -> None:
        """Let go of the film."""
        self.playback.close()

    def _keep(self, frame: Any) -> None:
        if frame is None:
            self.frames.clear()
        else:
            self.frames = [*self.frames[-20:], frame]
