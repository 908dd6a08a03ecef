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
from core.worker.media_messages import MediaRequest, MediaResult
from core.worker.model_messages import ModelReply, ModelRequest
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


@dataclass(frozen=True, slots=True)
class Spent:
    """The child can do no more, as when a driver never lets go of a device. Said once, last and to the client alone: a
    fresh child does its jobs."""


# ── replies of the engine child ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class EventHappened:
    """The pipeline told something. `ChunkDone` comes after its segment is stored."""

    job_id: str
    event: Event


# ── said by the client itself ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class JobRestarted:
    """The child is gone: *another* job did not stop when cancelled or took it along, or it was spent; this job starts
    anew by itself. Not told to one that had not begun and was told nothing.

    Forget the events so far: all come again, finished chunks at once from the results file. What was said to the job is
    to be said again.
    """

    job_id: str


EngineRequest = StartJob | StartAlign | TimeWords | StartDictation
WorkRequest = EngineRequest | MediaRequest | OpenMicrophone | ModelRequest
ControlRequest = CancelJob | Ping | Shutdown | OngoingRequest
Request = WorkRequest | ControlRequest

LastWord = JobFinished | JobFailed | JobCancelled
ChildReply = Accepted | JobBegun | LastWord | Pong | Heartbeat | Refused | Spent | EventHappened
Reply = ChildReply | MediaResult | MicrophoneReply | ModelReply | JobRestarted
Message = Request | Reply
