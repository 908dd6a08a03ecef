"""Everything an opening needs, without a window: the real media child, real files and a player that remembers."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.background import Background
from app.editor.document_bridge import DocumentBridge
from app.editor.opening import Opening
from app.editor.session import Session
from app.engine_bridge import EngineBridge
from app.messages import Message, Messages
from app.remembered import Remembered
from core.paths import resource
from tests.fakes.player import RememberingPlayer

SAMPLE = resource("sample", "last_boat.mp4")
SRT = "1\n00:00:01,000 --> 00:00:02,500\nThe last boat\n\n2\n00:00:03,000 --> 00:00:04,000\nleaves\n"


class Desk:
    """Everything an opening needs, without a window."""

    def __init__(self, engines: EngineBridge) -> None:
        self.session = Session(DocumentBridge())
        self.engines = engines
        self.player = RememberingPlayer()
        self.messages = Messages()
        self.said: list[Message] = []
        self.messages.said.connect(self.said.append)
        self.background = Background()
        self.remembered = Remembered()
        self.opening = Opening(self.session, engines, self.messages, self.player, self.background, self.remembered)
        self.ended = 0
        self.opening.ended.connect(self._count)

    def _count(self) -> None:
        self.ended += 1

    @property
    def codes(self) -> list[str]:
        return [message.code for message in self.said]

    def texts(self) -> list[str]:
        return [cue.text for cue in self.session.bridge.document.cues]

    def close(self) -> None:
        self.background.close()
        self.opening.close()
        self.engines.close()


def open_it(qtbot: QtBot, desk: Desk, path: Path) -> None:
    before = desk.ended
    desk.opening.open(path)
    qtbot.waitUntil(lambda: desk.ended > before)


def copy_of_sample(folder: Path, name: str = "boat.mp4") -> Path:
    return Path(shutil.copy(SAMPLE, folder / name))
