"""The children as the window sees them: ask, and hear the answers in the window's thread. Knows no window.

The clients' own threads carry the waiting; here their replies become one Qt signal, and each goes to the handler of its
job. What comes for a job nobody waits for any more is dropped. Children start with the first thing asked of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.events import AlignJob, DictationJob, Job, WordsJob
from core.media.render.wish import Wish
from core.subtitles.protocol import Subtitles
from core.worker.media_messages import BuildPeaks, BuildSpectrum, FindShots, FindSpeech, Probe, ShowFrame
from core.worker.messages import (
    Heartbeat,
    LastWord,
    Priority,
    Reply,
    StartAlign,
    StartDictation,
    StartJob,
    TimeWords,
    WorkRequest,
    new_job_id,
)
from core.worker.model_messages import ModelRequest
from core.worker.render_messages import DrawCues, RenderFilm
from core.worker.sound_messages import OpenMicrophone

if TYPE_CHECKING:  # what starts processes comes with the first thing asked, not with the window
    from core.worker.client import Client, EngineClient, MediaClient, MicrophoneClient
    from core.worker.models_client import ModelsClient

Handler = Callable[[Reply], object]

_AnyClient = TypeVar("_AnyClient", bound="Client")


class EngineBridge(QObject):
    """Engine child and media child.

    Signals:
        heartbeat(str, Heartbeat): "engine" or "media" lives; once a second while it runs.
        _came(str, Reply): internal, from the clients' threads to the window's.
    """

    heartbeat = Signal(str, object)
    _came = Signal(str, object)

    def __init__(
        self,
        *,
        grace_ms: int = 5_000,
        engine: Callable[..., EngineClient] | None = None,
        media: Callable[..., MediaClient] | None = None,
        models: Callable[..., ModelsClient] | None = None,
        microphone: Callable[..., MicrophoneClient] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """What makes the clients; tests give ones whose child runs a stand-in. None = the real ones."""
        super().__init__(parent)
        self._came.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._grace_ms, self._engine_maker, self._media_maker = grace_ms, engine, media
        self._models_maker, self._microphone_maker = models, microphone
        self._closed = False
        self._clients: list[Client] = []
        self._handlers: dict[str, tuple[Client, Handler]] = {}

    @cached_property
    def engine(self) -> EngineClient:
        """The client of the engine child."""
        from core.worker.client import EngineClient

        return self._made("engine", self._engine_maker or EngineClient)

    @cached_property
    def media(self) -> MediaClient:
        """The client of the media child."""
        from core.worker.client import MediaClient

        return self._made("media", self._media_maker or MediaClient)

    @cached_property
    def models(self) -> ModelsClient:
        """The client of the child that gets and keeps models."""
        from core.worker.models_client import ModelsClient

        return self._made("models", self._models_maker or ModelsClient)

    @cached_property
    def microphone(self) -> MicrophoneClient:
        """The client of the child that hears and records."""
        from core.worker.client import MicrophoneClient

        return self._made("microphone", self._microphone_maker or MicrophoneClient)

    def open_microphone(self, device: str, handler: Handler) -> str:
        """Open a microphone until the job is cancelled."""
        return self._ask(self.microphone, OpenMicrophone(new_job_id(), device), handler)

    def dictate(self, job: DictationJob, handler: Handler) -> str:
        """Recognise sound that comes piece by piece; `engine.tell` brings it."""
        return self._ask(self.engine, StartDictation(new_job_id(), job), handler)

    def ask_models(self, request: ModelRequest, handler: Handler) -> str:
        """Have something done to models; returns the job's id."""
        return self._ask(self.models, request, handler)

    def let_models_go(self) -> Callable[[], None]:
        """Part with the models' child: what ends it, to be called off the window's thread. The next thing asked starts
        another."""
        client = self.__dict__.pop("models", None)
        return client.close if client is not None else lambda: None

    def probe(self, path: Path, handler: Handler) -> str:
        """Look into a file; returns the job's id, as do the others."""
        return self._ask(self.media, Probe(new_job_id(), str(path)), handler)

    def build_peaks(self, path: str, handler: Handler, *, track: int = 1) -> str:
        """Build a track's waveform."""
        return self._ask(self.media, BuildPeaks(new_job_id(), path, track), handler)

    def find_speech(self, path: str, handler: Handler, *, track: int = 1) -> str:
        """Find where a track has speech."""
        return self._ask(self.media, FindSpeech(new_job_id(), path, track), handler)

    def build_spectrum(self, path: str, handler: Handler, *, track: int = 1) -> str:
        """Build a track's spectrum."""
        return self._ask(self.media, BuildSpectrum(new_job_id(), path, track), handler)

    def find_shots(self, path: str, handler: Handler, *, only_known: bool = False) -> str:
        """Find where a film cuts; `only_known`: only if somebody looked before."""
        return self._ask(self.media, FindShots(new_job_id(), path, only_known), handler)

    def show_frame(self, path: str, ms: int, size: tuple[int, int], handler: Handler) -> str:
        """The picture at `ms`, to fit into `size` pixels."""
        return self._ask(self.media, ShowFrame(new_job_id(), path, ms, *size), handler)

    def render(self, wish: Wish, handler: Handler) -> str:
        """Make a film of a film and its cues."""
        return self._ask(self.media, RenderFilm(new_job_id(), wish), handler)

    def draw_cues(self, subtitles: Subtitles, ms: int, size: tuple[int, int], handler: Handler) -> str:
        """Cues as they will stand on a picture of `size` pixels at `ms`."""
        return self._ask(self.media, DrawCues(new_job_id(), subtitles, ms, *size), handler)

    def start(self, job: Job, results_file: Path, handler: Handler) -> str:
        """Recognise; finished passages are kept in `results_file`."""
        request = StartJob(new_job_id(), job, results_file=str(results_file))
        return self._ask(self.engine, request, handler)

    def redo(self, job: Job, handler: Handler) -> str:
        """Recognise a part while somebody waits, between the steps of what else runs; nothing is kept."""
        return self._ask(self.engine, StartJob(new_job_id(), job, Priority.INTERACTIVE), handler)

    def align(self, job: AlignJob, results_file: Path, handler: Handler) -> str:
        """Time a known text; what is done is kept in `results_file`."""
        request = StartAlign(new_job_id(), job, results_file=str(results_file))
        return self._ask(self.engine, request, handler)

    def warm_up_engine(self) -> None:
        """Start the engine child where it does not run: somebody will ask it in a moment."""
        self.engine.warm_up()

    def time_words(self, job: WordsJob, handler: Handler) -> str:
        """Time a few words while somebody waits, between the steps of what else runs."""
        return self._ask(self.engine, TimeWords(new_job_id(), job), handler)

    def cancel(self, job_id: str) -> None:
        """Stop a job; its handler still hears the last word."""
        client, _ = self._handlers.get(job_id, (None, None))
        if client is not None:
            client.cancel(job_id)

    def forget(self, job_id: str) -> None:
        """Stop a job and hear no more of it."""
        self.cancel(job_id)
        self._handlers.pop(job_id, None)

    def close(self) -> None:
        """End both children; leaves no process and no thread."""
        self._closed = True
        self._handlers.clear()
        for client in self._clients:
            client.close()

    def _made(self, child: str, make: Callable[..., _AnyClient]) -> _AnyClient:
        from core.worker.actor import Patience

        patience = Patience(cancel_grace_s=self._grace_ms / 1000)
        client = make(lambda reply: self._came.emit(child, reply), patience=patience)
        self._clients.append(client)
        return client

    def _ask(self, client: Client, request: WorkRequest, handler: Handler) -> str:
        if self._closed:
            return ""  # a timer of a window that was closed meanwhile; nobody is there to hear
        self._handlers[request.job_id] = (client, handler)
        return client.ask(request)

    @Slot(str, object)
    def _hear(self, child: str, reply: Reply) -> None:
        if isinstance(reply, Heartbeat):
            self.heartbeat.emit(child, reply)
            return
        job_id = getattr(reply, "job_id", "")
        _, handler = self._handlers.get(job_id, (None, None))
        if isinstance(reply, LastWord):
            self._handlers.pop(job_id, None)
        if handler is not None:
            handler(reply)
