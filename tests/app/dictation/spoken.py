"""A dictation whose microphone and engine say what a test tells them; the window, the tab and the document are real."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.dictation import Dictation
from app.dictation.page import DictationPage
from app.engine_bridge import EngineBridge
from core.engine import EngineInfo
from core.events import EngineChosen, SpeechHeard
from core.settings import Settings
from core.transcript import Word
from core.worker.messages import EventHappened, JobFinished, Reply, StartDictation
from core.worker.sound_messages import (
    CloseRecording,
    EndDictation,
    HoldSound,
    MicrophoneOpened,
    RecordingEnded,
    SoundHeard,
    SoundHeld,
)

TENTH = 1_600
_INFO = EngineInfo("spoken", "Spoken", ("en",), False)


class Child:
    """In place of a child's client.

    Attributes:
        job_id: of what was asked last. told: all that was asked and said since.
    """

    def __init__(self) -> None:
        self.job_id = ""
        self.told: list[Any] = []
        self.deliver: Callable[[Reply], None] = lambda _reply: None

    def made_for(self, deliver: Callable[[Reply], None], **_patience: object) -> Any:
        """Stand in for a client."""
        self.deliver = deliver
        return self

    def ask(self, request: Any) -> str:
        """Take a job."""
        self.job_id = request.job_id
        self.told.append(request)
        return str(request.job_id)

    def tell(self, request: Any) -> None:
        """Hear something on a job."""
        self.told.append(request)

    def warm_up(self) -> None:
        """Nothing to start."""

    def cancel(self, job_id: str) -> None:
        """Hear that a job is over."""
        self.told.append(("cancel", job_id))

    def close(self) -> None:
        """Nothing to end."""


class Spoken:
    """The program in its tab Dictation.

    Attributes:
        microphone, engine: the stand-ins. program, page, dictation: the real ones.
    """

    def __init__(
        self, start: Callable[..., Application], qtbot: QtBot, settings: Settings | None = None, *, opened: bool = True
    ) -> None:
        self.microphone, self.engine = Child(), Child()
        bridge = EngineBridge(engine=self.engine.made_for, microphone=self.microphone.made_for)
        self.program: Application = start(bridge, settings)
        self._qtbot = qtbot
        self._samples = 0
        if opened:
            self.program.window.tabs.show_part("dictation")
            self.plug_in()

    @property
    def page(self) -> DictationPage:
        """The tab's page."""
        page = self.program.dictation.page
        assert page is not None
        return page

    @property
    def dictation(self) -> Dictation:
        """The dictation."""
        return self.page.dictation

    def plug_in(self) -> None:
        """The microphone gives sound."""
        self._qtbot.waitUntil(lambda: bool(self.microphone.job_id))
        self.microphone.deliver(MicrophoneOpened(self.microphone.job_id, "Desk", 48_000, 0, ("Desk", "Built-in")))
        self.settle()

    def sound(self, tenths: int, *, at_once: bool = False) -> None:
        """So much sound is recorded, told piece by piece or in one."""
        pieces, long = (1, tenths * TENTH) if at_once else (tenths, TENTH)
        for _ in range(pieces):
            self.microphone.deliver(SoundHeard(self.microphone.job_id, self._samples, bytes(2 * long)))
            self._samples += long
        self.settle()

    def hear(self, firm: str, tentative: str = "", *, lag_ms: int = 0, ended: bool = False) -> None:
        """The engine says these words."""
        start_ms = self._samples // 16
        news = SpeechHeard(_words(firm, start_ms), _words(tentative, start_ms + 500), lag_ms, start_ms, (), ended)
        self.engine.deliver(EventHappened(self.engine.job_id, EngineChosen(_INFO, None)))
        self.engine.deliver(EventHappened(self.engine.job_id, news))
        self.settle()

    def hold(self) -> None:
        """The microphone's child has done what it was told last: all from before the pause was said."""
        assert isinstance(self.microphone.told[-1], HoldSound)
        self.microphone.deliver(SoundHeld(self.microphone.job_id))
        self.settle()

    def end_recording(self) -> None:
        """The microphone's child has closed the file, as it was told."""
        assert any(isinstance(one, CloseRecording) for one in self.microphone.told)
        self.microphone.deliver(RecordingEnded(self.microphone.job_id, str(self.dictation.file), self._samples, None))
        self.settle()

    def end_words(self, last: str = "") -> None:
        """The engine has heard everything, as it was told."""
        self._qtbot.waitUntil(lambda: any(isinstance(one, EndDictation) for one in self.engine.told))
        if last:
            self.hear(last, ended=True)
        self.engine.deliver(JobFinished(self.engine.job_id))
        self.settle()

    def stretches(self) -> int:
        """How often the engine was asked to listen."""
        return sum(isinstance(one, StartDictation) for one in self.engine.told)

    def text(self) -> str:
        """All firm text."""
        return " ".join(cue.text for cue in self.dictation.bridge.document.cues)

    def settle(self) -> None:
        """Let what was said arrive, and what follows from it: a busy machine has one turn of events in one wait."""
        for _ in range(3):
            self._qtbot.wait(3)


def activated(spoken: Spoken, qtbot: QtBot) -> Spoken:
    """With the keys on its window."""
    window = spoken.program.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return spoken


def _words(text: str, start_ms: int) -> tuple[Word, ...]:
    return tuple(Word(part, start_ms + 10 * n, start_ms + 10 * (n + 1)) for n, part in enumerate(text.split()))
