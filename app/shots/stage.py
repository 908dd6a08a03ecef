"""The real program on a stage: what a state may do with it. Knows the window and no state.

The media child is real. The engine is a stand-in that says what a state tells it to say, because a picture of a job
must not depend on how fast this machine is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.application import Application, build
from app.editor.findings import findings_of
from app.engine_bridge import EngineBridge
from core.cue import Cue
from core.document import edits
from core.errors import InternalError
from core.events import Event
from core.paths import resource
from core.settings import Settings
from core.worker.messages import EventHappened, Reply, TimeWords, WorkRequest

SAMPLE = resource("sample", "last_boat.mp4")

_PATIENCE_S = 60.0
_SPEECH_PATIENCE_S = 10.0
"""A film may have none, and then nothing says so."""

_POLL_MS = 10
_SETTLE_MS = 60
_ZOOM = 1.5
"""How much closer than at first a selected cue is looked at: most of its words can then be read."""

_SCRIM = 0.45
"""How dark the window is behind a dialog."""


class Stage:
    """The program, its window not on any screen.

    Attributes:
        home: a folder for what the state writes.
        file: what the state opens.
        program, window: the real ones.
        engine: the stand-in. models: the one for the child that gets models.
    """

    def __init__(self, file: Path | None, settings: Settings, size: tuple[int, int], home: Path) -> None:
        """`home`: a folder for what a state writes; the caller removes it."""
        self.home = home
        self.file = file if file is not None else SAMPLE
        self.is_sample = file is None or file.resolve() == SAMPLE.resolve()
        self.engine, self.models, self.microphone = StandInEngine(), StandInEngine(), StandInEngine()
        bridge = EngineBridge(
            engine=self.engine.made_for, models=self.models.made_for, microphone=self.microphone.made_for
        )
        self.program: Application = build(settings, bridge)
        self.window = self.program.window
        self.window.resize(*size)
        self.window.show()

    # ── what a state does ────────────────────────────────────────────────────────────────────────

    def wait(self, until: Callable[[], object], what: str, *, patience_s: float = 0.0) -> None:
        """Let the program run until something holds; with `patience_s` no longer than that, and without complaint.

        Raises:
            InternalError: it did not come about in a minute.
        """
        deadline_s = time.monotonic() + (patience_s or _PATIENCE_S)
        while not until():
            if time.monotonic() > deadline_s:
                if patience_s:
                    return
                raise InternalError(what=f"the picture waited in vain for {what}")
            self.rest(_POLL_MS)

    def rest(self, ms: int) -> None:
        """Let the program run for so long."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def open(self, file: Path | None = None, *, has_speech: bool = True) -> None:
        """Open the film and wait for its first picture, its sound and, if it has any, its speech."""
        self.program.begin([str(file if file is not None else self.file)])
        session = self.program.session
        self.wait(lambda: self.program.opening.work is not None or self.codes(), "the film")
        info = session.info
        if info is not None and info.audio_tracks:
            self.wait(lambda: session.peaks is not None and session.peaks.built_ms >= info.duration_ms - 500, "sound")
            if has_speech:
                self.wait(lambda: session.speech, "speech", patience_s=_SPEECH_PATIENCE_S)
        if info is not None and info.has_video:
            self.wait(lambda: self.window.page.player.picture.frame_start_us >= 0, "the first picture")

    def show_cues(self, cues: Iterable[Cue]) -> None:
        """Put cues into the document as a job would."""
        history = self.program.session.bridge.history
        history.arrive(edits.append(history.document, cues, job="shot"))

    def select(self, row: int, *, word: int | None = None, at_ms: int | None = None) -> None:
        """Select a cue, perhaps a word of it, and put the playhead at its middle or at `at_ms`."""
        bridge = self.program.session.bridge
        cue = bridge.document.cues[row]
        bridge.select((cue.id,), word=cue.words[word].id if word is not None else None)
        self.look_at(at_ms if at_ms is not None else (cue.start_ms + cue.end_ms) // 2)
        view = self.window.page.timeline.view
        view.look_at(view.state.view.centred_on(cue.start_ms))
        view.zoom(_ZOOM)

    def look_at(self, ms: int) -> None:
        """Put the playhead there and wait for its picture."""
        player = self.window.page.player
        before = player.picture.frame_start_us
        self.program.playback.seek(ms)
        if self.program.playback.has_picture:
            self.wait(lambda: player.picture.frame_start_us != before or ms == 0, "the picture at the playhead")

    def say(self, *events: Event) -> None:
        """The engine says these in the job that was started."""
        for event in events:
            self.engine.deliver(EventHappened(self.engine.job_id, event))
        self.rest(_SETTLE_MS)

    def codes(self) -> tuple[str, ...]:
        """Of the messages that stand above the page."""
        return self.window.banners.codes()

    # ── the picture ──────────────────────────────────────────────────────────────────────────────

    def picture(self) -> QImage:
        """The window as it is now, with its dialog over it."""
        self.window.commands.refresh_now()
        if self.program.opening.work is not None:
            self.wait(lambda: findings_of(self.program.session).settled, "the checks")
        self.rest(4 * _SETTLE_MS)
        image = self.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        for dialog in self._dialogs():
            _lay_over(image, dialog)
        for small in self._small_windows():
            _lay_beside(image, small)
        return image

    def close(self) -> None:
        """End everything; leaves no process and no open file."""
        for dialog in self._dialogs():
            dialog.reject()
        self.program.close()
        self.rest(_POLL_MS)

    def _small_windows(self) -> list[QWidget]:
        kept = Qt.WindowType.WindowStaysOnTopHint
        return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowFlags() & kept]

    def _dialogs(self) -> list[QDialog]:
        """Those that others stand on first."""
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return sorted(shown, key=_depth)


class StandInEngine:
    """In place of the engine child: says what it is told to say.

    Attributes:
        job_id: of the job that was asked for last.
    """

    def __init__(self) -> None:
        self.job_id = ""
        self._deliver: Callable[[Reply], None] = lambda _reply: None

    def made_for(self, deliver: Callable[[Reply], None], **_patience: object) -> Any:
        """Stand in for a client."""
        self._deliver = deliver
        return self

    def deliver(self, reply: Reply) -> None:
        """Say it."""
        self._deliver(reply)

    def ask(self, request: WorkRequest) -> str:
        """Take a job, and wait to be told."""
        if not isinstance(request, TimeWords):
            self.job_id = request.job_id
        return request.job_id

    def tell(self, _request: object) -> None:
        """Said to what is under way; nobody listens."""

    def warm_up(self) -> None:
        """Nothing to start."""

    def cancel(self, _job_id: str) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing to end."""


def _lay_beside(image: QImage, small: QWidget) -> None:
    """Draw a small window over the lower right of the window's picture."""
    painter = QPainter(image)
    drawn = small.grab().toImage()
    painter.drawImage(image.width() - drawn.width() - 60, image.height() - drawn.height() - 60, drawn)
    painter.end()


def _depth(widget: QWidget) -> int:
    """How many widgets stand around it or below it."""
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


def _lay_over(image: QImage, dialog: QDialog) -> None:
    """Draw a dialog over the middle of the window's picture, the window darkened."""
    drawn = dialog.grab().toImage()
    painter = QPainter(image)
    scrim = QColor("black")
    scrim.setAlphaF(_SCRIM)
    painter.fillRect(image.rect(), scrim)
    corner = QPoint((image.width() - drawn.width()) // 2, (image.height() - drawn.height()) // 2)
    painter.drawImage(corner, drawn)
    painter.end()
