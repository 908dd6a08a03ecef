"""The window's side of the children: start one when it is needed, ask, hear, cancel in two steps, watch, begin anew.

Knows no Qt. `app.engine_bridge` sits on this.

Threads. Every method may be called from any thread and returns at once (`close` waits). `deliver` is called on the
client's own thread, one reply at a time, in order; it must not block and must not call `close`. Each job gets exactly
one last word (`JobFinished`, `JobFailed`, `JobCancelled`), also when its child is killed at any moment or never starts.

What happens when
    a job is cancelled       its token is set; after `Patience.cancel_grace_s` the child is ended and a clean one
                             goes on with the other jobs (`JobRestarted` for those that ran, or were told something)
    the child dies           jobs that ran fail with `WorkerDied`; those that waited go to a fresh child, which must
                             begin one of them, or they fail too (`JobRestarted` for those that were told something)
    the child gives no sign  it is ended, as above with `WorkerHung`
    the child is spent       it says so and is ended; a fresh one does its jobs (`JobRestarted` as for a cancel)
    nonsense comes from it   it is ended, as above with `UnknownMessage` or `MessageTooLarge`
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from pathlib import Path

from core.events import AlignJob, Job, WordsJob
from core.worker import engine_process, media_process, microphone_process
from core.worker.actor import Actor, Ask, Close, Inbox, Patience, Tell
from core.worker.media_messages import BuildPeaks, FindSpeech, Probe
from core.worker.messages import (
    CancelJob,
    Ping,
    Priority,
    Reply,
    StartAlign,
    StartJob,
    TimeWords,
    WorkRequest,
    new_job_id,
)
from core.worker.session import ChildSpec
from core.worker.sound_messages import OngoingRequest


class Client:
    """One child and what it was asked. Use `EngineClient` or `MediaClient`."""

    def __init__(self, spec: ChildSpec, deliver: Callable[[Reply], None], patience: Patience | None = None) -> None:
        self._inbox: Inbox = queue.SimpleQueue()
        self._actor = Actor(spec, deliver, patience if patience is not None else Patience(), self._inbox)
        self._thread: threading.Thread | None = None
        self._closed = False
        self._lock = threading.Lock()

    @property
    def child_pid(self) -> int | None:
        """Process id of the running child, or None."""
        return self._actor.child_pid

    def ask(self, request: WorkRequest) -> str:
        """Have a job done; its `job_id` must be new. Returns that id.

        Raises:
            RuntimeError: the client is closed.
        """
        self._put(Ask(request))
        return request.job_id

    def cancel(self, job_id: str) -> None:
        """Stop a job; one that is not there, or not any more, is ignored."""
        self._put(Tell(CancelJob(job_id)))

    def tell(self, request: OngoingRequest) -> None:
        """Say something to a job that is under way; ignored where it is not, or not any more."""
        self._put(Tell(request))

    def warm_up(self) -> None:
        """Start the child now, so that the first job need not wait for it; it answers `Pong`."""
        self._put(Tell(Ping("warm up")))

    def close(self) -> None:
        """Cancel every job and end the child; leaves no process and no thread. May be called twice."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is not None:
            self._inbox.put(Close())
            thread.join()

    def _put(self, item: Ask | Tell) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("the client is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._actor.run, name=f"{self._actor.name}-client", daemon=True)
                self._thread.start()
            self._inbox.put(item)


class EngineClient(Client):
    """The child that owns torch and the models."""

    def __init__(
        self,
        deliver: Callable[[Reply], None],
        *,
        patience: Patience | None = None,
        runner: str = engine_process.RUNNER,
        results: str = engine_process.RESULTS,
        align_runner: str = engine_process.ALIGN_RUNNER,
        words_runner: str = engine_process.WORDS_RUNNER,
        dictation: str = engine_process.DICTATION,
    ) -> None:
        """The runners, `results` and `dictation` name functions as "module:function"; tests name stand-ins."""
        arguments = (runner, results, align_runner, words_runner, dictation)
        spec = ChildSpec(engine_process.CHILD, engine_process.main, arguments)
        super().__init__(spec, deliver, patience)

    def start(self, job: Job, *, results_file: str | Path = "", priority: Priority = Priority.BATCH) -> str:
        """Run the pipeline; returns the job's id. `results_file` "" keeps finished chunks in memory only."""
        return self.ask(StartJob(new_job_id(), job, priority, str(results_file)))

    def align(self, job: AlignJob, *, results_file: str | Path = "", priority: Priority = Priority.BATCH) -> str:
        """Time a known text; returns the job's id. `results_file` as of `start`."""
        return self.ask(StartAlign(new_job_id(), job, priority, str(results_file)))

    def time_words(self, job: WordsJob) -> str:
        """Time a few words, between the steps of what else runs; returns the job's id."""
        return self.ask(TimeWords(new_job_id(), job))


class MicrophoneClient(Client):
    """The child that hears and records."""

    def __init__(
        self,
        deliver: Callable[[Reply], None],
        *,
        patience: Patience | None = None,
        microphone: str = microphone_process.MICROPHONE,
    ) -> None:
        """`microphone` names a class as "module:class"; tests name a stand-in."""
        super().__init__(ChildSpec(microphone_process.CHILD, microphone_process.main, (microphone,)), deliver, patience)


class MediaClient(Client):
    """The child that reads media."""

    def __init__(
        self,
        deliver: Callable[[Reply], None],
        *,
        patience: Patience | None = None,
        work: str = media_process.WORK,
    ) -> None:
        """`work` names a function as "module:function"; tests name a stand-in."""
        super().__init__(ChildSpec(media_process.CHILD, media_process.main, (work,)), deliver, patience)

    def probe(self, path: str | Path) -> str:
        """Look into a file: `Probed`. Returns the job's id."""
        return self.ask(Probe(new_job_id(), str(path)))

    def build_peaks(self, path: str | Path, *, track: int = 1) -> str:
        """Build a track's peaks: `PeaksProgress`. Returns the job's id. track: 1 = first."""
        return self.ask(BuildPeaks(new_job_id(), str(path), track))

    def find_speech(self, path: str | Path, *, track: int = 1) -> str:
        """Find a track's speech: `SpeechFound`. Returns the job's id. track: 1 = first."""
        return self.ask(FindSpeech(new_job_id(), str(path), track))


def modules() -> tuple[str, ...]:
    """The modules the children import by name, for a frozen build to carry."""
    runners = (engine_process.RUNNER, engine_process.ALIGN_RUNNER, engine_process.WORDS_RUNNER)
    live = (engine_process.DICTATION, microphone_process.MICROPHONE)
    targets = (*runners, engine_process.RESULTS, media_process.WORK, *live)
    return tuple(target.partition(":")[0] for target in targets)
