"""The stages of an align run in reading order: probe, find speech, hear, time the given text. Knows no window.

As in `core.pipeline`, each stage is a generator: every yield is progress and a cancel point. Heard chunks and timed
windows go to `Results` before anybody hears of them; a run that was stopped goes on at the first that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from core.alignment import registry as aligners
from core.alignment.builtin import BuiltinAligner
from core.alignment.interpolate import estimate
from core.alignment.known_text.aligning import PieceDone, Sound, align_text
from core.alignment.known_text.hearing import HeardWord, Hearing, heard_units
from core.alignment.known_text.hearing_builtin import BuiltinHearing
from core.alignment.known_text.kept import Kept, KeptAligner, KeptHearing
from core.alignment.known_text.report import DOUBTFUL, Report
from core.alignment.known_text.script import Script, script_of
from core.alignment.protocol import Aligner, Piece
from core.cues.own_styles import find_style
from core.engine import EngineInfo
from core.errors import AlignmentFailed, BadArgument, LanguageUnsupported, Param
from core.events import PRESETS, SONG, AlignJob, ChunkDone, CuesFound, EngineChosen, Resumed, TextTimed
from core.known_cues import cues_of
from core.language import name_of
from core.media.decode import Decoder
from core.media.info import MediaInfo
from core.media.probe import probe
from core.progress import CancelToken, Notice, Progress, Stage
from core.recognition import registry as recognizers
from core.recognition.protocol import Options, Recognizer
from core.results import MemoryResults, Results, digest
from core.speech.chunk import Chunk
from core.speech.chunker import ChunkOptions, cut_chunks
from core.speech.plan import SpeechPlan, plan_key, plan_of_track
from core.timecode import format_ms, ms_from_samples
from core.transcript import Segment

BUILTIN = "builtin"

_HEARING_VERSION = 1
"""Raised whenever other words would be heard by the same engine: what is kept is then heard again."""

_ENGLISH = "en"
_MOST_NAMED = 12
"""So many lines are named in a notice, then "…"."""
_UNMATCHED = "{file}: {count} of {of} lines not found in the sound, so they have no times: line {lines}."
_DOUBTFUL = "{file}: {count} of {of} lines timed, but doubtful: line {lines}."
_MOVED = "{file}: {count} of {of} lines spoken elsewhere than the text has them: line {lines}."


AlignEvent = EngineChosen | Resumed | Progress | Notice | ChunkDone | CuesFound | TextTimed


def _nothing() -> None:
    """Where nobody waits for a turn."""


def run(
    job: AlignJob,
    *,
    results: Results | None = None,
    cancel: CancelToken,
    yield_point: Callable[[], None] = _nothing,
) -> Iterator[AlignEvent]:
    """Do `job`, yielding what happens, `TextTimed` last.

    Args:
        results: keeps what is done, so that a stopped run can go on; None = nothing is kept.
        yield_point: called after each step: a worker lets urgent work run there.

    Raises:
        CuesmithError: with what happened and the next step.
        Cancelled: `cancel` was set.
    """
    for event in _stages(job, results if results is not None else MemoryResults(), cancel):
        yield event
        yield_point()


def _stages(job: AlignJob, results: Results, cancel: CancelToken) -> Iterator[AlignEvent]:
    language, engine_id, aligner_id = check(job)
    style = find_style(job.style, language) if job.style else None
    yield Progress(Stage.PROBE, 0, 0)
    info = probe(job.media)
    info.audio_track(job.track)
    script = script_of(job.lines, language)
    aligner = aligners.create(aligner_id, model_dir=job.aligner_dir)
    yield EngineChosen(_hears(job, engine_id, aligner), aligner.info)
    track = _Track(job, info, cancel)
    kept = Kept(results, info.media_id, job.track)
    if job.preset == SONG:
        report = yield from _told(_song(script, track, kept, cancel), kept)
    else:
        plan = yield from track.plan()
        hearing = _kept_hearing(job, engine_id, language, aligner, kept, plan)
        if hearing.count_stored:
            yield Resumed(hearing.count_stored, hearing.count)
        sound = Sound(lambda: track.chunks(plan), track.blocks, track.speech(plan), info.duration_ms, len(plan.chunks))
        timing = align_text(
            script,
            sound,
            hearing,
            lambda: KeptAligner(aligner, kept),
            language=language,
            refine_edges=job.refine_edges,
            cancel=cancel,
        )
        del hearing  # held by nobody else: its memory goes before words are timed
        report = yield from _told(timing, kept)
        yield from plan.notices
    yield from notices_of(report, info.name)
    if style is not None:
        yield CuesFound(cues_of(report, style, language=language, frame_rate=info.frame_rate))
    yield TextTimed(report, info, aligner.info, language)


def _hears(job: AlignJob, engine_id: str, aligner: Aligner) -> EngineInfo:
    """What is known of who hears, which loads no model; nobody hears a song."""
    if job.preset == SONG:
        return aligner.info
    return recognizers.create(engine_id, model_dir=job.model_dir).info


def check(job: AlignJob) -> tuple[str, str, str]:
    """Whether `job` asks for things that exist; the language, the recognizer's id and the aligner's.

    Raises:
        InputError: no such engine, aligner, preset or style; or they do not do the language.
    """
    language = job.language or _ENGLISH
    if job.preset not in PRESETS:
        raise BadArgument(what=f"There is no preset “{job.preset}”.", hint=f"Choose one of: {', '.join(PRESETS)}.")
    if job.preset == SONG and language != _ENGLISH:
        raise LanguageUnsupported(engine="builtin", language=name_of(language), known="English songs only")
    if job.style:
        find_style(job.style)
    engine_id, _ = recognizers.choose(job.engine, (language,), model_dir=job.model_dir)
    aligner_id, _ = aligners.choose(job.aligner, language, model_dir=job.aligner_dir)
    return language, engine_id, aligner_id


def _told(
    flow: Generator[Progress | PieceDone, None, Report], kept: Kept
) -> Generator[Progress | ChunkDone, None, Report]:
    """The same, with each piece that is done as its event."""
    while True:
        try:
            item = next(flow)
        except StopIteration as end:
            report: Report = end.value
            return report
        if isinstance(item, PieceDone):
            yield ChunkDone(item.index, item.of, kept.last, kept.from_store)
            kept.forget()  # the next one may be only estimated, which asks nobody
        else:
            yield item


def _song(
    script: Script, track: _Track, kept: Kept, cancel: CancelToken
) -> Generator[Progress | PieceDone, None, Report]:
    from core.alignment.known_text.song import align_song

    aligner = KeptAligner(BuiltinAligner(), kept)
    return (yield from align_song(script, track.blocks(), total_ms=track.total_ms, cancel=cancel, aligner=aligner))


def _kept_hearing(
    job: AlignJob, engine_id: str, language: str, aligner: Aligner, kept: Kept, plan: SpeechPlan
) -> KeptHearing:
    """Hears what an earlier run has not. The built-in engine listens for the text's own words, so with another text it
    hears other words; an engine that gives no times takes the aligner's."""
    who = recognizers.create(engine_id, model_dir=job.model_dir).info
    helped_by = (
        job.lines if engine_id == BUILTIN else () if who.gives_words else (aligner.info.id, aligner.info.checkpoint)
    )
    return KeptHearing(
        lambda: _hearing(job, engine_id, language, aligner),
        kept,
        who=(who.id, who.checkpoint, digest("known text", _HEARING_VERSION, language, helped_by)),
        spans=plan.chunks,
        language=language,
    )


def _hearing(job: AlignJob, engine_id: str, language: str, aligner: Aligner) -> Hearing:
    if engine_id == BUILTIN:
        return BuiltinHearing()
    recognizer = recognizers.create(engine_id, model_dir=job.model_dir)
    return RecognizerHearing(recognizer, aligner, language)


class RecognizerHearing:
    """Hears with any recognizer; words without times get the aligner's. Follows `hearing.Hearing`."""

    def __init__(self, recognizer: Recognizer, aligner: Aligner, language: str) -> None:
        self._recognizer, self._aligner, self._language = recognizer, aligner, language

    def prepare(self, script: Script) -> None:
        """The text is no hint here: a recognizer that is told what to hear is no witness."""

    def hear(self, chunks: Iterable[Chunk], cancel: CancelToken) -> Iterator[tuple[HeardWord, ...]]:
        """What was heard in each chunk, in order."""
        waiting: list[Chunk] = []
        options = Options(languages=(self._language,))
        for item in self._recognizer.transcribe(_kept(chunks, waiting), options, cancel):
            if isinstance(item, Segment):
                yield self._heard(item, waiting.pop(0), cancel)

    def _heard(self, segment: Segment, chunk: Chunk, cancel: CancelToken) -> tuple[HeardWord, ...]:
        words = segment.words
        if not words and segment.text.strip():
            piece = Piece(chunk.samples, segment.text, self._language, start_ms=chunk.start_ms)
            try:
                words = next(iter(self._aligner.align([piece], cancel)))
            except AlignmentFailed:
                words = estimate(piece)
        return heard_units(words, self._language)


def _kept(chunks: Iterable[Chunk], waiting: list[Chunk]) -> Iterator[Chunk]:
    """`chunks`, each also appended to `waiting` until its segment came."""
    for chunk in chunks:
        waiting.append(chunk)
        yield chunk


class _Track:
    """The job's track, decoded anew for each pass."""

    def __init__(self, job: AlignJob, info: MediaInfo, cancel: CancelToken) -> None:
        self._job, self._info, self._cancel = job, info, cancel

    @property
    def total_ms(self) -> int:
        """Length of the media."""
        return self._info.duration_ms

    def blocks(self) -> Decoder:
        """All of the sound, in blocks."""
        return Decoder(self._job.media, track=self._job.track, cancel=self._cancel)

    def plan(self) -> Generator[Progress, None, SpeechPlan]:
        """Where speech is; brief doubtful speech too: a heading's number, a single "yes"."""
        decoder = self.blocks()
        return (
            yield from plan_of_track(
                lambda: decoder,
                lambda: decoder.report.notices(self._info.name),
                key=plan_key(self._info.media_id, self._job.track),
                total_ms=self._info.duration_ms,
                options=ChunkOptions(doubt=0),
                cancel=self._cancel,
            )
        )

    def chunks(self, plan: SpeechPlan) -> Iterator[Chunk]:
        """The chunks of `plan` with their samples."""
        return cut_chunks(self.blocks(), plan.chunks)

    def speech(self, plan: SpeechPlan) -> list[tuple[int, int]]:
        """Spans of speech in ms."""
        return [(ms_from_samples(first), ms_from_samples(last)) for first, last in plan.speech()]


def notices_of(report: Report, name: str) -> Iterator[Notice]:
    """What a person should know of `report`: lines not found, doubtful, moved; speech without text."""
    doubtful = [line for line in report.lines if line.found and line.score < DOUBTFUL]
    moved = [line for line in report.lines if line.moved]
    for code, text, lines, finding in (
        ("unmatched", _UNMATCHED, report.unmatched, True),
        ("doubtful", _DOUBTFUL, doubtful, True),
        ("moved", _MOVED, moved, False),
    ):
        if lines:
            shown = _shown([str(line.number) for line in lines])
            params: dict[str, Param] = {"file": name, "count": len(lines), "of": len(report.lines), "lines": shown}
            yield Notice(f"align.{code}", text, params, finding=finding)
    if report.untexted:
        shown = _shown([_place(*span) for span in report.untexted])
        text = "{file}: something is said that the text does not have, at {places}."
        yield Notice("align.untexted", text, {"file": name, "places": shown})


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def _place(start_ms: int, end_ms: int) -> str:
    return f"{format_ms(start_ms // 1000 * 1000, hours=False)[:-4]}–{format_ms(end_ms, hours=False)[:-4]}"
