"""The stages of a run in reading order: probe, find speech, recognise, time words, build cues. Knows no window.

Each stage is a generator over the one before it, so memory stays bounded and every yield is progress and a cancel
point. Finished chunks go to `Results` before anybody hears of them; a run that was stopped goes on at the first
chunk that is missing there.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

from core.alignment import registry as aligners
from core.alignment.protocol import Aligner
from core.cue import Cue
from core.cues.own_styles import find_style
from core.engine import EngineInfo
from core.errors import EngineMemory, InternalError
from core.events import ChunkDone, CuesFound, EngineChosen, Event, Job, JobDone, Resumed
from core.media.info import MediaInfo
from core.media.probe import probe
from core.pipeline_cues import CueBuilding
from core.pipeline_sound import JobSound
from core.pipeline_timing import Flow, Recognised, WordTiming
from core.progress import CancelToken, Notice, Progress, Stage
from core.recognition import registry as recognizers
from core.recognition.guard import doubt
from core.recognition.protocol import Options, Recognizer
from core.results import ChunkKey, Results, digest
from core.speech.chunker import ChunkSpan
from core.transcript import Segment


def _nothing() -> None:
    """The default yield point."""


def run(
    job: Job, *, results: Results, cancel: CancelToken, yield_point: Callable[[], None] = _nothing
) -> Iterator[Event]:
    """Do `job`, yielding what happens, `JobDone` last.

    `yield_point` is called between chunks: a worker lets urgent work run there.

    Raises:
        CuesmithError: with what happened and the next step; every chunk yielded before is stored in `results`.
        Cancelled: `cancel` was set.
    """
    yield Progress(Stage.PROBE, 0, 0)
    engine_id, reason = check(job)
    info = probe(job.media)
    sound = JobSound(job, info, cancel)
    sound.check_track()
    recognizer = recognizers.create(engine_id, model_dir=job.model_dir, device=job.device)
    stages = _Stages(job, info, recognizer, sound, results, cancel)
    chosen = replace(recognizer.info, reason=" ".join(filter(None, (reason, recognizer.info.reason))))
    engines = EngineChosen(chosen, stages.aligner_known_now())
    yield engines
    plan = yield from sound.plan()
    if not plan:
        yield Notice("speech.none", "{file}: no speech was found.", {"file": info.name}, finding=True)
    flow = stages.recognise(plan)
    if not recognizer.info.gives_words:
        flow = stages.time_words(flow, plan, engines)
    done = yield from stages.build_cues(_pausing(_in_memory(flow, recognizer.info), yield_point))
    yield from sound.notices()
    yield done


def media_info(path: str) -> MediaInfo:
    """What is in the file at `path`: for commands that only want to know.

    Raises:
        MediaError: it cannot be opened.
    """
    return probe(path)


def shot_changes(path: str) -> tuple[int, ...]:
    """First ms of each shot of the film at `path` but the first; looks through all of it where nobody did before.

    Raises:
        MediaError: it cannot be opened; `NoPicture` where it has none.
    """
    from core.media.shots import find_shots

    finding = find_shots(path)
    while True:
        try:
            next(finding)
        except StopIteration as end:
            cuts: tuple[int, ...] = end.value
            return cuts


def check(job: Job) -> tuple[str, str]:
    """Whether `job` asks for things that exist, before any file is opened; the engine it will take, and why.

    Raises:
        InputError: there is no such engine or style, or the engine does not do the language.
    """
    if job.style:
        find_style(job.style)
    aligners.check_folder(job.aligner, job.aligner_dir)
    return recognizers.choose(job.engine, job.languages, model_dir=job.model_dir)


def _pausing(flow: Flow, yield_point: Callable[[], None]) -> Flow:
    for item in flow:
        yield item
        if isinstance(item, Recognised):
            yield_point()


def _in_memory(flow: Flow, engine: EngineInfo) -> Flow:
    """The same; where memory does not suffice, the error says so and names the engine."""
    try:
        yield from flow
    except MemoryError as error:
        raise EngineMemory(engine=engine.id, device=engine.device) from error


class _Stages:
    """Recognise, time words, build cues: each takes the flow of the one before."""

    def __init__(
        self,
        job: Job,
        info: MediaInfo,
        recognizer: Recognizer,
        sound: JobSound,
        results: Results,
        cancel: CancelToken,
    ) -> None:
        self._job, self._info, self._recognizer = job, info, recognizer
        self._sound, self._results, self._cancel = sound, results, cancel
        self._aligners: dict[str, Aligner] = {}

    def aligner_known_now(self) -> EngineInfo | None:
        """The aligner, where recognition gives no words and the language is known before the run."""
        if self._recognizer.info.gives_words or len(self._job.languages) != 1:
            return None
        return self._aligner(self._job.languages[0]).info

    # ── recognise ────────────────────────────────────────────────────────────────────────────────

    def recognise(self, plan: Sequence[ChunkSpan]) -> Flow:
        """A segment for every chunk of `plan`, from the store or from the recognizer."""
        keys = [self._recognised_key(span) for span in plan]
        stored = {index: found for index, key in enumerate(keys) if (found := self._results.get(key)) is not None}
        if stored:
            yield Resumed(len(stored), len(plan))
        fresh = self._fresh([span for index, span in enumerate(plan) if index not in stored])
        total_ms = sum(span.length_ms for span in plan)
        done_ms = shown_ms = 0
        yield Progress(Stage.RECOGNISE, 0, total_ms)
        for index, span in enumerate(plan):
            self._cancel.check()
            segment = stored.get(index)
            if segment is None:
                segment, shown_ms = yield from _next_segment(fresh, done_ms, shown_ms, total_ms)
                self._results.put(keys[index], segment)
            done_ms += span.length_ms
            shown_ms = max(shown_ms, done_ms)
            yield Recognised(index, len(plan), segment, index in stored)
            yield Progress(Stage.RECOGNISE, shown_ms, total_ms)

    def _fresh(self, missing: Sequence[ChunkSpan]) -> Iterator[Segment | Progress]:
        if not missing:
            return iter(())
        options = Options(languages=self._job.languages, context=self._job.context, rows=self._job.rows)
        return iter(self._recognizer.transcribe(self._sound.chunks(missing), options, self._cancel))

    # ── time words ───────────────────────────────────────────────────────────────────────────────

    def time_words(self, flow: Flow, plan: Sequence[ChunkSpan], chosen: EngineChosen) -> Flow:
        """The same flow with words in the segments, from the store or from the aligner."""
        timing = WordTiming(
            chosen,
            aligner_for=self._aligner,
            key_for=self._aligned_key,
            results=self._results,
            cancel=self._cancel,
        )
        return timing.run(flow, plan, self._sound.chunks(plan))

    def _aligner(self, language: str) -> Aligner:
        aligner_id, _reason = aligners.choose(self._job.aligner, language, model_dir=self._job.aligner_dir)
        if aligner_id not in self._aligners:
            self._aligners[aligner_id] = aligners.create(
                aligner_id, model_dir=self._job.aligner_dir, device=self._job.device
            )
        return self._aligners[aligner_id]

    # ── build cues ───────────────────────────────────────────────────────────────────────────────

    def build_cues(self, flow: Flow) -> Generator[Event, None, JobDone]:
        """`ChunkDone` for every segment and `CuesFound` as soon as cues are settled; returns the end."""
        builder = CueBuilding(self._job, self._info, draft=self._recognizer.info.draft)
        for item in flow:
            if not isinstance(item, Recognised):
                yield item
                continue
            yield ChunkDone(item.index, item.of, item.segment, item.from_store)
            if (notice := doubt(item.segment, self._info.name)) is not None:
                yield notice
            yield from _if_any(builder.feed(item.segment))
        yield from _if_any(builder.finish())
        return builder.done(self._info.duration_ms)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────

    def _recognised_key(self, span: ChunkSpan) -> ChunkKey:
        return self._key("recognise", span, self._recognizer.info, digest(self._job.languages, self._job.context))

    def _aligned_key(self, span: ChunkSpan, aligner: EngineInfo, segment: Segment) -> ChunkKey:
        return self._key("align", span, aligner, digest(segment.text, segment.languages))

    def _key(self, stage: str, span: ChunkSpan, engine: EngineInfo, options: str) -> ChunkKey:
        return ChunkKey(
            stage,
            self._info.media_id,
            self._job.track,
            span.first_sample,
            span.last_sample,
            engine.id,
            engine.checkpoint,
            options,
        )


def _next_segment(
    fresh: Iterator[Segment | Progress], done_ms: int, shown_ms: int, total_ms: int
) -> Generator[Progress, None, tuple[Segment, int]]:
    """The next segment, and how far progress was shown: never back, though chunks decoded together end out of order."""
    for item in fresh:
        if isinstance(item, Segment):
            return item, shown_ms
        shown_ms = max(shown_ms, min(total_ms, done_ms + item.done_ms))
        yield Progress(Stage.RECOGNISE, shown_ms, total_ms)
    raise InternalError(what="the recognizer gave fewer segments than chunks")


def _if_any(cues: tuple[Cue, ...]) -> Iterator[Event]:
    if cues:
        yield CuesFound(cues)
