"""What the window's process and its children say to each other: frozen dataclasses, nothing else.

Knows no transport (`framing`) and no behaviour. Every request that begins work carries a `job_id` the asker made up;
every such job gets exactly one last word: `JobFinished`, `JobFailed` or `JobCancelled`.

This module is imported by the window: nothing here may import PyAV, torch or onnxruntime.
"""

from __future__ import annotations

import enum
import uuid
from dataclasses import dataclass

from core.errors import Failure
from core.events import AlignJob, DictationJob, Event, Job, WordsJob
from core.media.info import MediaInfo
from core.progress import Notice
from core.worker.model_messages import ModelReply, ModelRequest
from core.worker.render_messages import RenderReply, RenderRequest
from core.worker.sound_messages import MicrophoneReply, OngoingRequest, OpenMicrophone


class Priority(enum.StrEnum):
    """The two classes of the engine's queue: interactive work runs at the next yield point of batch work."""

    INTERACTIVE = "interactive"
    BATCH = "batch"


def new_job_id() -> str:
    """A fresh id for a job: 16 hex digits."""
    return uuid.uuid4().hex[:16]


# ── requests to both children ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Set the job's cancel token; a job that waits in the queue is dropped at once. Unknown ids are ignored."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Ping:
    """Answer `Pong` with the same `token`; also starts a child that does not run yet."""

    token: str = ""


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Cancel everything and end."""


# ── requests to the engine child ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class StartJob:
    """Run the pipeline.

    Attributes:
        results_file: the file that keeps finished chunks, or "" to keep them in memory only.
    """

    job_id: str
    job: Job
    priority: Priority = Priority.BATCH
    results_file: str = ""


@dataclass(frozen=True, slots=True)
class StartAlign:
    """Time a known text; the last event before the last word is `TextTimed`.

    Attributes:
        results_file: as of `StartJob`.
    """

    job_id: str
    job: AlignJob
    priority: Priority = Priority.BATCH
    results_file: str = ""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Time a few words while somebody waits: `WordsTimed`. Of the interactive class unless said otherwise.

    Attributes:
        results_file: as of `StartJob`; nothing is kept there.
    """

    job_id: str
    job: WordsJob
    priority: Priority = Priority.INTERACTIVE
    results_file: str = ""


@dataclass(frozen=True, slots=True)
class StartDictation:
    """Recognise sound that comes by `FeedSound`: `SpeechHeard`, until `EndDictation`.

    Attributes:
        results_file: as of `StartJob`; nothing is kept there.
    """

    job_id: str
    job: DictationJob
    priority: Priority = Priority.INTERACTIVE
    results_file: str = ""


# ── requests to the media child ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Probe:
    """Look into a file: `Probed`."""

    job_id: str
    path: str


@dataclass(frozen=True, slots=True)
class BuildPeaks:
    """Build a track's peaks in the cache: `PeaksProgress`, the last one with done_ms = total_ms. track: 1 = first."""

    job_id: str
    path: str
    track: int = 1


@dataclass(frozen=True, slots=True)
class FindSpeech:
    """Find where a track has speech: `SpeechProgress`, then `SpeechFound`. track: 1 = first."""

    job_id: str
    path: str
    track: int = 1


@dataclass(frozen=True, slots=True)
class BuildSpectrum:
    """Build a track's spectrum in the cache: `SpectrumProgress`, the last one with done_ms = total_ms."""

    job_id: str
    path: str
    track: int = 1


@dataclass(frozen=True, slots=True)
class FindShots:
    """Find where a film cuts: `ShotsProgress`, then `ShotsFound`; at once where it is known already.

    Attributes:
        only_known: do not look, tell only what is known: no `ShotsFound` where nobody looked yet.
    """

    job_id: str
    path: str
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class ShowFrame:
    """The picture shown at `ms`, made to fit into width × height pixels: `FrameShown`."""

    job_id: str
    path: str
    ms: int
    width: int = 0
    height: int = 0


# ── replies of both children ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Accepted:
    """The job is in the child's queue."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobBegun:
    """The job left the queue and runs."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobFinished:
    """The last word: the job is through."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobFailed:
    """The last word: the job stopped with an error; what came before is kept."""

    job_id: str
    failure: Failure


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """The last word: the job was stopped as asked. No error; nobody shows it."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Pong:
    """The answer to `Ping`."""

    token: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Once a second: the child lives.

    Attributes:
        rss_bytes: its resident memory.
        job_id: what it works on right now, "" when idle or when several things run at once.
        busy: jobs begun and not ended.
        stage: the stage last heard of in that job, e.g. "recognise", or "".
    """

    rss_bytes: int
    job_id: str = ""
    busy: int = 0
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The child could not read a message; it goes on."""

    failure: Failure


# ── replies of the engine child ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class EventHappened:
    """The pipeline told something. `ChunkDone` comes after its segment is stored."""

    job_id: str
    event: Event


# ── replies of the media child ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Probed:
    """What is in the file."""

    job_id: str
    info: MediaInfo


@dataclass(frozen=True, slots=True)
class PeaksProgress:
    """Peaks up to `done_ms` may be read from `cache_file`; `total_ms` 0 = not known yet."""

    job_id: str
    cache_file: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class SpeechProgress:
    """The search for speech has come to `done_ms`; `total_ms` 0 = not known yet."""

    job_id: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class SpeechFound:
    """Where speech is: (start_ms, end_ms) on the media's clock, half-open, in order."""

    job_id: str
    spans_ms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SpectrumProgress:
    """The spectrum up to `done_ms` may be read from `cache_file`; `total_ms` 0 = not known yet."""

    job_id: str
    cache_file: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class ShotsProgress:
    """The search for cuts has come to `done_ms`; `total_ms` 0 = not known yet."""

    job_id: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class ShotsFound:
    """The first ms of each shot but the first, in order."""

    job_id: str
    cuts_ms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FrameShown:
    """A picture: `width` × `height` pixels of 4 bytes (blue, green, red, 255) in `file`, which who reads it deletes.

    Attributes:
        rotation: degrees to turn it counterclockwise.
        start_ms, end_ms: while it is shown.
    """

    job_id: str
    file: str
    width: int
    height: int
    rotation: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class MediaNotice:
    """Something about the file the user should know: bad packets, an early end."""

    job_id: str
    notice: Notice


# ── said by the client itself ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class JobRestarted:
    """The child was ended because *another* job did not stop when cancelled; this job starts anew by itself.

    Forget the events so far: all come again, finished chunks at once from the results file.
    """

    job_id: str


MediaRequest = Probe | BuildPeaks | FindSpeech | BuildSpectrum | FindShots | ShowFrame | RenderRequest
EngineRequest = StartJob | StartAlign | TimeWords | StartDictation
WorkRequest = EngineRequest | MediaRequest | OpenMicrophone | ModelRequest
ControlRequest = CancelJob | Ping | Shutdown | OngoingRequest
Request = WorkRequest | ControlRequest

LastWord = JobFinished | JobFailed | JobCancelled
MediaResult = (
    Probed
    | PeaksProgress
    | SpeechProgress
    | SpeechFound
    | SpectrumProgress
    | ShotsProgress
    | ShotsFound
    | FrameShown
    | MediaNotice
    | RenderReply
)
ChildReply = Accepted | JobBegun | LastWord | Pong | Heartbeat | Refused | EventHappened
Reply = ChildReply | MediaResult | MicrophoneReply | ModelReply | JobRestarted
Message = Request | Reply
