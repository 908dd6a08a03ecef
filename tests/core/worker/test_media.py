"""The media child answers several requests at once, and a long one does not hold up the next."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import NotMedia
from core.media.info import MediaInfo
from core.media.peak_cache import PeaksFile, peaks_path
from core.media.picture_files import take_picture
from core.media.spectrum_cache import SpectrumFile
from core.paths import resource
from core.settings import Settings, save_settings
from core.worker.client import MediaClient
from core.worker.media_messages import (
    BuildSpectrum,
    FindShots,
    FrameShown,
    PeaksProgress,
    Probed,
    ShotsFound,
    ShowFrame,
    SpectrumProgress,
    SpeechFound,
)
from core.worker.messages import JobBegun, JobCancelled, JobFailed, JobFinished, new_job_id
from core.worker.turns import Limits, Turns
from tests.core.worker.conftest import Owner, wait_until

LONG = "steps=100000 step_ms=10"


# ── with stand-ins ───────────────────────────────────────────────────────────────────────────────


def test_a_probe_is_answered_while_peaks_are_being_built(media: MediaClient, owner: Owner) -> None:
    builds = [media.build_peaks(LONG) for _ in range(4)]
    for job_id in builds:
        owner.wait_for(lambda r, job_id=job_id: isinstance(r, PeaksProgress) and r.job_id == job_id)
    probe = media.probe("film")
    assert owner.last_word(probe) == JobFinished(probe)
    assert not [r for r in owner.heard if isinstance(r, JobFinished) and r.job_id in builds]


def test_a_second_files_peaks_start_while_the_first_are_built(media: MediaClient, owner: Owner) -> None:
    for _ in range(3):
        media.build_peaks(LONG)
    second = media.build_peaks("steps=3")
    assert owner.last_word(second) == JobFinished(second)


def test_more_builds_than_may_be_open_wait_and_can_be_cancelled_at_once(media: MediaClient, owner: Owner) -> None:
    builds = [media.build_peaks(LONG) for _ in range(9)]
    owner.wait_for(lambda r: isinstance(r, JobBegun), count=8)
    media.cancel(builds[8])
    assert owner.last_word(builds[8]) == JobCancelled(builds[8])
    assert JobBegun(builds[8]) not in owner.heard
    for job_id in builds[:8]:
        media.cancel(job_id)
    assert {type(owner.last_word(job_id)) for job_id in builds[:8]} == {JobCancelled}


def test_a_request_that_fails_leaves_the_others_running(media: MediaClient, owner: Owner) -> None:
    peaks = media.build_peaks("steps=50 step_ms=10")
    failing = media.probe("missing=1")
    word = owner.last_word(failing)
    assert isinstance(word, JobFailed)
    assert type(word.failure.error()) is NotMedia
    assert owner.last_word(peaks) == JobFinished(peaks)


def test_a_request_deaf_to_its_cancel_is_ended_and_the_others_start_anew(media: MediaClient, owner: Owner) -> None:
    peaks = media.build_peaks("steps=40 step_ms=50")
    deaf = media.find_speech("stubborn=1")
    owner.wait_for(lambda r: r == JobBegun(deaf))
    media.cancel(deaf)
    assert owner.last_word(deaf) == JobCancelled(deaf)
    assert owner.last_word(peaks) == JobFinished(peaks)


# ── turns ────────────────────────────────────────────────────────────────────────────────────────


class Counted:
    """Steps of 2 ms; remembers how many were done and whether two ever ran at once."""

    def __init__(self, steps: int, *, quick: bool = False) -> None:
        self.quick = quick
        self.left = steps
        self.overlapped = False
        self._running = threading.Lock()

    def step(self) -> bool:
        if not self._running.acquire(blocking=False):
            self.overlapped = True
            return False
        time.sleep(0.002)
        self.left -= 1
        self._running.release()
        return self.left > 0


@pytest.fixture
def turns() -> Iterator[Turns]:
    with contextlib.closing(Turns(Limits(threads=2, quick_threads=1, open=4))) as line:
        yield line


def test_all_turns_come_to_their_end_and_none_runs_twice_at_once(turns: Turns) -> None:
    work = [Counted(120, quick=number % 5 == 0) for number in range(12)]
    for turn in work:
        turns.add(turn)
    wait_until(lambda: all(turn.left == 0 for turn in work))
    assert not any(turn.overlapped for turn in work)


def test_turns_are_shared_out_evenly(turns: Turns) -> None:
    work = [Counted(10_000) for _ in range(4)]
    for turn in work:
        turns.add(turn)
    wait_until(lambda: sum(10_000 - turn.left for turn in work) > 500)
    assert all(turn.left < 10_000 for turn in work), "each has had a turn"


def test_no_more_than_the_limit_are_open(turns: Turns) -> None:
    work = [Counted(10_000) for _ in range(6)]
    for turn in work:
        turns.add(turn)
    wait_until(lambda: sum(10_000 - turn.left for turn in work) > 500)
    assert [turn.left == 10_000 for turn in work] == [False] * 4 + [True] * 2
    assert turns.drop(work[5])
    assert not turns.drop(work[0])


# ── with the real thing ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def real(owner: Owner) -> Iterator[MediaClient]:
    with contextlib.closing(MediaClient(owner)) as client:
        yield client


SAMPLE = resource("sample", "last_boat.mp4")


def test_the_sample_film_is_probed_its_peaks_built_and_its_speech_found(real: MediaClient, owner: Owner) -> None:
    probe, peaks, speech = real.probe(SAMPLE), real.build_peaks(SAMPLE), real.find_speech(SAMPLE)
    for job_id in (probe, peaks, speech):
        assert owner.last_word(job_id) == JobFinished(job_id)
    info = next(r.info for r in owner.heard if isinstance(r, Probed))
    assert isinstance(info, MediaInfo)
    assert info.audio_tracks
    progress = [r for r in owner.heard if isinstance(r, PeaksProgress)][-1]
    assert progress.done_ms == progress.total_ms
    assert abs(progress.done_ms - info.duration_ms) < 200
    found = PeaksFile.open(Path(progress.cache_file))
    assert found is not None
    assert found.peaks.complete
    spans = next(r.spans_ms for r in owner.heard if isinstance(r, SpeechFound))
    assert spans
    assert all(0 <= start_ms < end_ms <= info.duration_ms for start_ms, end_ms in spans)


def test_the_sample_films_spectrum_shots_and_single_pictures_come(real: MediaClient, owner: Owner) -> None:
    unknown, spectrum, shots, picture, known = jobs = [new_job_id() for _ in range(5)]
    real.ask(FindShots(unknown, str(SAMPLE), only_known=True))
    assert owner.last_word(unknown) == JobFinished(unknown)
    assert not [r for r in owner.heard if isinstance(r, ShotsFound)]
    real.ask(BuildSpectrum(spectrum, str(SAMPLE)))
    real.ask(FindShots(shots, str(SAMPLE)))
    real.ask(ShowFrame(picture, str(SAMPLE), 8_000, 320, 240))
    for job_id in (spectrum, shots, picture):
        assert owner.last_word(job_id) == JobFinished(job_id)
    real.ask(FindShots(known, str(SAMPLE), only_known=True))
    assert owner.last_word(jobs[-1]) == JobFinished(known)
    first, again = [r.cuts_ms for r in owner.heard if isinstance(r, ShotsFound)]
    assert first == again
    progress = [r for r in owner.heard if isinstance(r, SpectrumProgress)][-1]
    assert progress.done_ms == progress.total_ms
    assert SpectrumFile.open(Path(progress.cache_file)) is not None
    shown = next(r for r in owner.heard if isinstance(r, FrameShown))
    assert shown.start_ms <= 8_000 < shown.end_ms
    size = shown.width * shown.height * 4
    pixels = take_picture(shown.file, size)
    assert pixels is not None
    assert len(set(pixels)) > 50
    assert take_picture(shown.file, size) is None, "it is read once"


def test_what_is_no_media_fails_by_name(real: MediaClient, owner: Owner, tmp_path: Path) -> None:
    file = tmp_path / "talk.mp4"
    file.write_text("not a film")
    for job_id in (real.probe(file), real.build_peaks(file), real.find_speech(file), real.probe(tmp_path / "gone")):
        word = owner.last_word(job_id)
        assert isinstance(word, JobFailed)
        assert word.failure.code.startswith("media.")
        assert word.failure.error().exit_code == 2


def test_a_waveform_that_was_built_holds_the_cache_to_the_limit_a_person_set(
    real: MediaClient, owner: Owner, home: Path
) -> None:
    save_settings(Settings(peaks_cache_bytes=0))
    old = peaks_path("another film", 1)
    old.parent.mkdir(parents=True)
    old.write_bytes(bytes(100))
    os.utime(old, (0, 0))
    job_id = real.build_peaks(SAMPLE)
    assert owner.last_word(job_id) == JobFinished(job_id)
    assert not old.exists()
    assert len(list(old.parent.iterdir())) == 1, "what was just built is in use"
