"""What the microphone's child does with sound: to disk first, told second; while nothing is recorded, two seconds kept.

Knows messages and the microphone's happenings, no connection. Imports PyAV: only the child may import this.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from core.errors import CuesmithError, Failure, MicrophoneError, MicrophoneStuck
from core.media.microphone.devices import devices
from core.media.microphone.level import Level, Meter
from core.media.microphone.preroll import KEPT_S, Preroll
from core.media.microphone.watch import Heard, Lost, Microphone, Opened
from core.media.recording import Recording
from core.media.waveform import Samples
from core.progress import CancelToken
from core.timecode import SAMPLE_RATE
from core.worker.child import ChildSpent
from core.worker.messages import Message
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

BEFORE_KEY_S = 0.5
"""Kept from before the key was down: people begin to speak while they press."""
_LEVEL_EVERY_SAMPLES = SAMPLE_RATE // 10


def hear(
    job_id: str,
    microphone: Microphone,
    asked: Callable[[], SoundRequest | None],
    tell: Callable[[Message], None],
    cancel: CancelToken,
) -> None:
    """Listen until cancelled.

    Args:
        asked: the next request to this microphone, None where there is none.

    Raises:
        Cancelled: it was stopped; the recording is closed.
        ChildSpent: a driver hangs, and nothing is being recorded that another process could not go on with.
    """
    room, silence = _Room(job_id, tell), _Silence(job_id, tell)
    happenings = microphone.listen()
    try:
        for happening in happenings:
            match happening:
                case Heard(samples, lost):
                    room.take(samples, lost=lost)
                case Opened(device, gap_ms):
                    room.forget()
                    silence.over()
                    tell(MicrophoneOpened(job_id, device.name, device.rate, gap_ms, _names()))
                case Lost(error):
                    room.forget()
                    silence.tell(error)
            if microphone.left_behind:
                if not room.is_recording:
                    raise ChildSpent
                silence.tell_stuck()
            # Behind the sound: on a busy machine it may have waited here while somebody let go of the key.
            while (request := asked()) is not None:
                if isinstance(request, ChooseMicrophone):
                    microphone.choose(request.device)
                else:
                    room.obey(request)
            cancel.check()
    finally:
        happenings.close()
        room.close()


class _Silence:
    """What was said of a microphone that gives no sound."""

    def __init__(self, job_id: str, tell: Callable[[Message], None]) -> None:
        self._job_id, self._tell = job_id, tell
        self._error: MicrophoneError | None = None

    def over(self) -> None:
        """Sound comes."""
        self._error = None

    def tell(self, error: MicrophoneError) -> None:
        """Say it; where the driver hangs, that has been said, and is the reason."""
        if not isinstance(self._error, MicrophoneStuck):
            self._error = error
            self._tell(MicrophoneLost(self._job_id, error.failure(), _names()))

    def tell_stuck(self) -> None:
        """The driver hangs, and the recording is not over: what is plugged in now is not found."""
        if self._error is not None:
            self.tell(MicrophoneStuck(device=self._error.params.get("device", "")))


class _Room:
    """The recording, the sound from before it, the level."""

    def __init__(self, job_id: str, tell: Callable[[Message], None]) -> None:
        self._job_id, self._tell = job_id, tell
        self._recording: Recording | None = None
        self._on = False
        self._before = Preroll()
        self._meter = Meter()
        self._unmeasured: list[Samples] = []

    @property
    def is_recording(self) -> bool:
        """Whether a file is open, be it held."""
        return self._recording is not None

    def take(self, samples: Samples, *, lost: bool) -> None:
        """Sound: to disk, then told; or kept for a moment."""
        if self._on:
            self._record(samples, lost=lost)
        else:
            self._before.take(samples)
        self._unmeasured.append(samples)
        if sum(map(len, self._unmeasured)) >= _LEVEL_EVERY_SAMPLES:
            level = self._meter.take(np.concatenate(self._unmeasured))
            self._unmeasured.clear()
            self._tell(_level(self._job_id, level))

    def forget(self) -> None:
        """What came before is not what comes next: another device, or a gap."""
        self._before.clear()

    def obey(self, request: SoundRequest) -> None:
        """Record, hold or end."""
        match request:
            case RecordSound(file=file, pressed_s=pressed_s):
                self._begin(Path(file), pressed_s)
            case HoldSound():
                self._on = False
                self._tell(SoundHeld(self._job_id))
            case CloseRecording():
                self.close()

    def close(self) -> None:
        """End the recording, where there is one, and say what is in it."""
        recording, self._recording, self._on = self._recording, None, False
        if recording is None:
            return
        failure: Failure | None = None
        try:
            recording.close()
        except CuesmithError as error:
            failure = error.failure()
        self._tell(RecordingEnded(self._job_id, str(recording.path), recording.samples, failure))

    def _begin(self, file: Path, pressed_s: float) -> None:
        if self._recording is not None and self._recording.path != file:
            self.close()
        try:
            if self._recording is None:
                self._recording = Recording(file)
        except CuesmithError as error:
            self._tell(RecordingEnded(self._job_id, str(file), 0, error.failure()))
            return
        if not self._on:
            self._on = True
            late_s = max(0.0, time.time() - pressed_s) if pressed_s else 0.0
            self._record(self._before.last(min(KEPT_S, late_s + BEFORE_KEY_S)), lost=False)

    def _record(self, samples: Samples, *, lost: bool) -> None:
        recording = self._recording
        if recording is None or not len(samples):
            return
        first = recording.samples
        try:
            recording.write(samples)
        except CuesmithError as error:
            self._recording, self._on = None, False
            self._tell(RecordingEnded(self._job_id, str(recording.path), recording.samples, error.failure()))
            return
        pcm = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        self._tell(SoundHeard(self._job_id, first, pcm, lost))


def _level(job_id: str, level: Level) -> MicrophoneLevel:
    return MicrophoneLevel(job_id, level.rms_db, level.peak_db, level.clipping, level.silent)


def _names() -> tuple[str, ...]:
    """Of all that record, as far as the library says."""
    try:
        return tuple(device.name for device in devices())
    except CuesmithError:
        return ()
