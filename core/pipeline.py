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
from core.cues import styles
from core.cues.builder import CueStream
from core.cues.own_styles import find_style
from core.engine import EngineInfo
from core.errors import EngineMemory, InternalError
from core.events import ChunkDone, CuesFound, EngineChosen, Event, Job, JobDone, Resumed
from core.media.decode import Decoder
from core.media.info import MediaInfo
from core.media.probe import probe
from core.pipeline_timing import Flow, Recognised, WordTiming
from core.progress import CancelToken, Notice, Progress, Stage
from core.recognition import registry as recognizers
from core.recognition.guard import doubt
from core.recognition.protocol import Options, Recognizer
from core.results import ChunkKey, Results, digest
from core.speech.chunk import Chunk
from core.speech.chunker import ChunkOptions, ChunkSpan, cut_chunks
from core.speech.plan import plan_key, plan_of_track
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
    sound = _Sound(job, info, cancel)
    sound.check_track()
    recognizer = recognizers.create(engine_id, model_dir=job.model_dir, device=job.device)
    stages = _Stages(job, info, recognizer, sound, results, cancel)
    chosen = replace(recognizer.info, reason=" ".join(filter(None, (reason, recognizer.info.reason))))
    engines = EngineChosen(chosen, stages.aligner_known_now())
    yield engines
    plan = yield from sound.plan()
    if not plan:
        yield Notice("speech.none", f"{info.name}: no speech was found.", {"file": info.name}, finding=True)
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


class _Sound:
    """The job's part of the chosen track, decoded anew for each pass.

    Sequential decoding is cheap (hours in seconds); holding hours of sound is not.
    """

    def __init__(self, job: Job, info: MediaInfo, cancel: CancelToken) -> None:
        self._job, self._info, self._cancel = job, info, cancel
        self._notices: tuple[Notice, ...] = ()

    def check_track(self) -> None:
        """Raise `NoAudioTrack` or `TrackMissing` before anything is loaded."""
        self._info.audio_track(self._job.track)

    def plan(self) -> Generator[Event, None, tuple[ChunkSpan, ...]]:
        """Where speech is, as chunks; keeps what decoding found wrong with the file."""
        job = self._job
        decoder = self._decoder()
        plan = yield from plan_of_track(
            lambda: decoder,
            lambda: decoder.report.notices(self._info.name),
            key=plan_key(self._info.media_id, job.track, job.from_ms, job.to_ms),
            start_ms=job.from_ms,
            total_ms=self._length_ms(),
            options=ChunkOptions(limit_ms=job.max_chunk_ms),
            cancel=self._cancel,
        )
        self._notices = plan.notices
        return plan.chunks

    def chunks(self, spans: Sequence[ChunkSpan]) -> Iterator[Chunk]:
        """The chunks of `spans` with their samples, in order."""
        return cut_chunks(self._decoder(), spans)

    def notices(self) -> Iterator[Notice]:
        """What decoding found wrong with the file."""
        yield from self._notices

    def _decoder(self) -> Decoder:
        job = self._job
        return Decoder(job.media, track=job.track, from_ms=job.from_ms, to_ms=job.to_ms, cancel=self._cancel)

    def _length_ms(self) -> int:
        end_ms = self._info.duration_ms if self._job.to_ms is None else min(self._job.to_ms, self._info.duration_ms)
        return max(0, end_ms - self._job.from_ms)


class _Stages:
    """Recognise, time words, build cues: each takes the flow of the one before."""

    def __init__(
        self,
        job: Job,
        info: MediaInfo,
        recognizer: Recognizer,
        sound: _Sound,
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
        builder = _CueBuilding(self._job, self._info, draft=self._recognizer.info.draft)
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


class _CueBuilding:
    """Feeds words to the cue builder, a new one where the language changes."""

    def __init__(self, job: Job, info: MediaInfo, *, draft: bool) -> None:
        self._info = info
        self._mark = "draft" if draft else ""
        # Found once: an own style may be changed or removed while the job runs.
        self._chosen = find_style(job.style) if job.style not in ("", "netflix") else None
        self._stream: CueStream | None = None
        self._language = job.languages[0] if len(job.languages) == 1 else ""
        self._first_language = self._language
        self._words = 0

    def feed(self, segment: Segment) -> tuple[Cue, ...]:
        """Cues that are settled now that `segment` is there."""
        language = segment.languages[0] if segment.languages else self._language
        settled: tuple[Cue, ...] = ()
        if self._stream is not None and segment.words and language != self._language:
            settled = self._stream.finish(next_start_ms=segment.words[0].start_ms)
            self._stream = None
        if self._stream is None:
            self._language = language
            self._first_language = self._first_language or language
            self._stream = self._new_stream(spoken_ms=settled[-1].end_ms if settled else 0)
        self._words += len(segment.words)
        return settled + self._stream.feed(segment.words)

    def finish(self) -> tuple[Cue, ...]:
        """The cues still open; the last one ends with the film at the latest."""
        cues = self._stream.finish() if self._stream is not None else ()
        return tuple(self._inside(cue) for cue in cues)

    def _new_stream(self, spoken_ms: int) -> CueStream:
        rate = self._info.frame_rate
        return CueStream(self._style(), self._language, frame_rate=rate, mark=self._mark, spoken_ms=spoken_ms)

    def _inside(self, cue: Cue) -> Cue:
        end_ms = self._info.duration_ms
        if not end_ms or cue.end_ms <= end_ms:
            return cue
        spoken_ms = cue.words[-1].end_ms if cue.words else cue.start_ms
        return replace(cue, end_ms=max(spoken_ms, end_ms))

    def done(self, duration_ms: int) -> JobDone:
        """The end of the job."""
        return JobDone(self._first_language, self._style().id, duration_ms, self._words)

    def _style(self) -> styles.Style:
        return self._chosen if self._chosen is not None else styles.default_for(self._language)


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
