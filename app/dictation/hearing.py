"""The microphone as the window sees it: open, level, lost and found, and a recording. Knows no engine and no widget."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.engine_bridge import EngineBridge
from core.errors import CuesmithError
from core.worker.messages import JobCancelled, JobFailed, JobFinished, JobRestarted, Reply
from core.worker.sound_messages import (
    ChooseMicrophone,
    CloseRecording,
    HoldSound,
    MicrophoneLevel,
    MicrophoneLost,
    MicrophoneOpened,
    RecordingEnded,
    RecordSound,
    SoundHeard,
    SoundHeld,
    SoundRequest,
)


class Hearing(QObject):
    """One microphone, open from `open` to `close`.

    Attributes:
        device: what sound comes from, "" while none does. devices: the names of all, the default first.

    Signals:
        opened(str, int): sound comes from this device; ms without sound before, 0 at the first time.
        lost(CuesmithError): no sound comes; it is tried again by itself.
        levelled(MicrophoneLevel): ten times a second.
        heard(SoundHeard): sound that is on disk.
        held(): what was recorded before `hold` has all been heard.
        recorded(RecordingEnded): the file is whole, or says why not.
        broke(CuesmithError): the child is gone, and the recording with it; what it had written is there.
    """

    opened = Signal(str, int)
    lost = Signal(object)
    levelled = Signal(object)
    heard = Signal(object)
    held = Signal()
    recorded = Signal(object)
    broke = Signal(object)

    def __init__(self, engines: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines = engines
        self._job = ""
        self.device = ""
        self.devices: tuple[str, ...] = ()
        self._said: list[SoundRequest] = []
        """Of the recording that is not whole yet, for a fresh child."""
        self._holds = 0
        """That the child has not answered yet."""

    @property
    def is_open(self) -> bool:
        """Whether a microphone was asked for; `device` says whether it gives sound."""
        return bool(self._job)

    def open(self, device: str) -> None:
        """Take this one ("" = the system's default)."""
        if not self._job:
            self._job = self._engines.open_microphone(device, self._hear)

    def choose(self, device: str) -> None:
        """Take another one."""
        self._say(ChooseMicrophone(self._job, device))

    def record(self, file: Path) -> None:
        """Write to `file` from now on, and from just before."""
        self._order(RecordSound(self._job, str(file), time.time()))

    def hold(self) -> None:
        """Write nothing for now: `held`."""
        self._holds += 1
        self._order(HoldSound(self._job))

    def end(self) -> None:
        """The recording is over: `recorded`."""
        self._order(CloseRecording(self._job))

    def close(self) -> None:
        """Let go of the microphone; a recording that runs is ended."""
        if self._job:
            self._engines.cancel(self._job)
            self._job, self.device = "", ""
            self._said.clear()
            self._holds = 0

    def _order(self, request: RecordSound | HoldSound | CloseRecording) -> None:
        if self._job:
            self._said.append(request)
        self._say(request)

    def _say(self, request: SoundRequest) -> None:
        if self._job:
            self._engines.microphone.tell(request)

    def _hear(self, reply: Reply) -> None:
        earlier = getattr(reply, "job_id", "") != self._job
        if earlier and not isinstance(reply, SoundHeard | RecordingEnded):
            return  # of a microphone that was let go; what it recorded to its end counts, its level and its end do not
        match reply:
            case SoundHeard():
                self.heard.emit(reply)
            case MicrophoneLevel():
                self.levelled.emit(reply)
            case MicrophoneOpened(device=device, gap_ms=gap_ms, devices=devices):
                self.device, self.devices = device, devices
                self.opened.emit(device, gap_ms)
            case MicrophoneLost(failure=failure, devices=devices):
                self.device, self.devices = "", devices
                self.lost.emit(failure.error())
            case SoundHeld():
                self._holds -= 1
                if not self._holds:
                    self.held.emit()
            case RecordingEnded():
                if not earlier:
                    self._said.clear()
                self.recorded.emit(reply)
            case JobFailed(failure=failure):
                self._ended(failure.error())
            case JobRestarted():
                self.device = ""
                self._holds = sum(isinstance(request, HoldSound) for request in self._said)
                for request in self._said:
                    self._say(request)
            case JobFinished() | JobCancelled():
                pass

    def _ended(self, error: CuesmithError) -> None:
        self._job, self.device = "", ""
        self._said.clear()
        self._holds = 0
        self.broke.emit(error)
