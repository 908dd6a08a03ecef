"""What is said while sound is live: to and from the microphone's child, and to a dictation in the engine's child.

Part of `messages`, which names them all. Knows no transport and no behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Failure

# ── to a dictation in the engine child (`messages.StartDictation` begins it) ──────────────────────


@dataclass(frozen=True, slots=True)
class FeedSound:
    """More sound for a dictation: int16, little-endian, 16 kHz mono. Unknown ids are ignored."""

    job_id: str
    pcm: bytes


@dataclass(frozen=True, slots=True)
class EndDictation:
    """No more sound: everything becomes firm, then the job's last word. Unknown ids are ignored."""

    job_id: str


# ── requests to the microphone's child ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenMicrophone:
    """Open a microphone and keep it open until the job is cancelled: `MicrophoneOpened`, `MicrophoneLevel`,
    `MicrophoneLost`. device: its name, "" = the system's default."""

    job_id: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class ChooseMicrophone:
    """Take another one, or, with the same name, open it anew because the system's default has changed."""

    job_id: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class RecordSound:
    """Write what is heard to a file, then say it: `SoundHeard`. What was heard just before is in it.

    Attributes:
        file: FLAC; made where it is another than before, gone on with where it is the same.
        pressed_s: when the person asked (seconds since the epoch), 0 = now.
    """

    job_id: str
    file: str
    pressed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class HoldSound:
    """Pause: nothing is written or said. The file stays open: `SoundHeld`."""

    job_id: str


@dataclass(frozen=True, slots=True)
class CloseRecording:
    """The recording is over: `RecordingEnded`."""

    job_id: str


# ── replies of the microphone's child ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class MicrophoneOpened:
    """Sound comes from here now. gap_ms: how long none came before, 0 at the first time.

    Attributes:
        devices: the names of all that record, the system's default first.
    """

    job_id: str
    device: str
    rate: int
    gap_ms: int = 0
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MicrophoneLevel:
    """Ten times a second: dBFS, and whether it is too loud or nothing at all (`core.media.microphone.level`)."""

    job_id: str
    rms_db: float
    peak_db: float
    clipping: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class MicrophoneLost:
    """No sound comes; it is tried again by itself.

    Attributes:
        devices: the names of those that are there.
    """

    job_id: str
    failure: Failure
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundHeard:
    """Sound that is in the file already: int16, little-endian, 16 kHz mono, from this sample of the recording on.

    Attributes:
        lost: the system threw sound away before it.
    """

    job_id: str
    first_sample: int
    pcm: bytes
    lost: bool = False


@dataclass(frozen=True, slots=True)
class SoundHeld:
    """Everything from before the pause has been said; one for each `HoldSound`."""

    job_id: str


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The file is whole. failure: why it is not, where the disk failed; what came before is in it."""

    job_id: str
    file: str
    samples: int
    failure: Failure | None = None


SoundRequest = RecordSound | HoldSound | CloseRecording | ChooseMicrophone
OngoingRequest = FeedSound | EndDictation | SoundRequest
"""Said to a job that is under way."""
MicrophoneReply = MicrophoneOpened | MicrophoneLevel | MicrophoneLost | SoundHeard | SoundHeld | RecordingEnded
