"""What the media child does for each request: a generator of replies, a cancel point at each. Knows no process.

To add work: a request and its replies in `media_messages`, a generator here, an entry in `_WORK`. Everything that
imports PyAV, NumPy or onnxruntime is imported when it is asked for: a probe need not wait for the speech network.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core import storage
from core.progress import CancelToken, Progress
from core.settings import load_settings
from core.timecode import ms_from_samples
from core.worker.media_messages import (
    BuildPeaks,
    BuildSpectrum,
    FindShots,
    FindSpeech,
    FrameShown,
    MediaNotice,
    MediaRequest,
    MediaResult,
    PeaksProgress,
    Probe,
    Probed,
    ShotsFound,
    ShotsProgress,
    ShowFrame,
    SpectrumProgress,
    SpeechFound,
    SpeechProgress,
)
from core.worker.render_messages import CuesDrawn, DrawCues, RenderFilm, RenderProgress

if TYPE_CHECKING:
    from core.speech.plan import SpeechPlan

Replies = Generator[MediaResult, None, None]


def work_for(request: MediaRequest, cancel: CancelToken) -> Replies:
    """The replies to a request, as they come.

    Raises:
        MediaError: the file cannot be used.
        WriteError: the cache cannot be written.
        Cancelled: the token was set.
    """
    return _WORK[type(request)](request, cancel)


def _probe(request: Probe, _cancel: CancelToken) -> Replies:
    from core.media.probe import probe

    yield Probed(request.job_id, probe(request.path))


def _build_peaks(request: BuildPeaks, cancel: CancelToken) -> Replies:
    from core.media.identity import media_id
    from core.media.peak_build import build_peaks
    from core.media.peak_cache import peaks_path

    cache_file = str(peaks_path(media_id(request.path), request.track))
    for progress in build_peaks(request.path, request.track, cancel):
        yield PeaksProgress(request.job_id, cache_file, progress.done_ms, progress.total_ms)
    storage.trim(load_settings()[0], "peaks")


def _find_speech(request: FindSpeech, cancel: CancelToken) -> Replies:
    from core.media.decode import open_track
    from core.media.probe import probe
    from core.speech.plan import plan_key, plan_of_track

    info = probe(request.path)
    with open_track(request.path, track=request.track, cancel=cancel) as decoder:
        planning = plan_of_track(
            lambda: decoder,
            lambda: decoder.report.notices(info.name),
            key=plan_key(info.media_id, request.track),
            total_ms=info.duration_ms,
            cancel=cancel,
        )
        plan = yield from _told(planning, request.job_id)
    for notice in plan.notices:
        yield MediaNotice(request.job_id, notice)
    spans_ms = tuple((ms_from_samples(first), ms_from_samples(last)) for first, last in plan.speech())
    yield SpeechFound(request.job_id, spans_ms)


def _told(planning: Generator[Progress, None, SpeechPlan], job_id: str) -> Generator[SpeechProgress, None, SpeechPlan]:
    """Progress as messages; the plan at the end."""
    while True:
        try:
            progress = next(planning)
        except StopIteration as end:
            plan: SpeechPlan = end.value
            return plan
        yield SpeechProgress(job_id, progress.done_ms, progress.total_ms)


def _build_spectrum(request: BuildSpectrum, cancel: CancelToken) -> Replies:
    from core.media.identity import media_id
    from core.media.spectrum_build import build_spectrum
    from core.media.spectrum_cache import spectrum_path

    cache_file = str(spectrum_path(media_id(request.path), request.track))
    for progress in build_spectrum(request.path, request.track, cancel):
        yield SpectrumProgress(request.job_id, cache_file, progress.done_ms, progress.total_ms)
    storage.trim(load_settings()[0], "spectra")


def _find_shots(request: FindShots, cancel: CancelToken) -> Replies:
    from core.media.identity import media_id
    from core.media.shots import find_shots, kept_shots

    if request.only_known:
        kept = kept_shots(media_id(request.path))
        if kept is not None:
            yield ShotsFound(request.job_id, kept)
        return
    finding = find_shots(request.path, cancel)
    while True:
        try:
            progress = next(finding)
        except StopIteration as end:
            yield ShotsFound(request.job_id, end.value)
            return
        yield ShotsProgress(request.job_id, progress.done_ms, progress.total_ms)


def _show_frame(request: ShowFrame, cancel: CancelToken) -> Replies:
    from core.media.picture_files import put_picture
    from core.worker.open_film import picture_of

    picture = picture_of(request.path, request.ms, request.width, request.height)
    cancel.check()
    yield FrameShown(
        request.job_id,
        put_picture(picture.bgra),
        picture.width,
        picture.height,
        picture.rotation,
        picture.start_ms,
        picture.end_ms,
    )


def _render(request: RenderFilm, cancel: CancelToken) -> Replies:
    from core.codec import decode
    from core.media.probe import probe
    from core.media.render.film import make
    from core.subtitles.picture import on_picture
    from core.subtitles.protocol import Subtitles

    info = probe(request.wish.film)
    subtitles = decode(Path(request.wish.cues_file).read_bytes(), Subtitles)
    drawn = on_picture(subtitles, info.width, info.height)
    for notice in drawn.notices:
        yield MediaNotice(request.job_id, notice)
    with tempfile.TemporaryDirectory(prefix="cuesmith-") as folder:
        ass = Path(folder, "cues.ass")
        ass.write_text(drawn.ass, encoding="utf-8")
        for progress in make(replace(request.wish, cues_file=str(ass)), cancel):
            yield RenderProgress(request.job_id, progress.done_ms, progress.total_ms)


def _draw_cues(request: DrawCues, cancel: CancelToken) -> Replies:
    from core.media.picture_files import put_picture
    from core.media.render.still import draw_cues
    from core.subtitles.picture import on_picture

    ass = on_picture(request.subtitles, request.width, request.height).ass
    pixels = draw_cues(ass, request.ms, request.width, request.height)
    cancel.check()
    yield CuesDrawn(request.job_id, put_picture(pixels), request.width, request.height)


_WORK: Final[dict[type[Any], Callable[[Any, CancelToken], Replies]]] = {
    Probe: _probe,
    BuildPeaks: _build_peaks,
    FindSpeech: _find_speech,
    BuildSpectrum: _build_spectrum,
    FindShots: _find_shots,
    ShowFrame: _show_frame,
    RenderFilm: _render,
    DrawCues: _draw_cues,
}
