"""Peaks on disk: readable while they grow, rebuilt when damaged."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from core.errors import CannotWrite, DiskFull, NoAudioTrack, TrackMissing
from core.media.identity import media_id
from core.media.peak_build import build_peaks
from core.media.peak_cache import PeaksFile, PeaksWriter, peaks_path
from core.media.peaks import CHUNK_SAMPLES, Peaks, PeaksBuilder
from core.media.waveform import Waveform
from core.progress import Cancelled, CancelToken, Stage
from tests.media_fixtures import ScriptedMedia, samples_of


def _grown(chunks: float) -> PeaksBuilder:
    builder = PeaksBuilder(120_000)
    sound = np.random.default_rng(2).normal(0, 0.2, int(chunks * CHUNK_SAMPLES)).clip(-1, 1).astype(np.float32)
    builder.add(Waveform(sound))
    return builder


def _same(left: Peaks, right: Peaks, until_ms: int) -> None:
    for width_ms in (4, 50, 2_000):
        count = until_ms // width_ms
        np.testing.assert_array_equal(left.columns(0, width_ms, count), right.columns(0, width_ms, count))


def test_a_reader_sees_each_chunk_while_the_file_grows(tmp_path: Path) -> None:
    path = tmp_path / "a.peaks"
    builder = PeaksBuilder(120_000)
    sound = np.random.default_rng(2).normal(0, 0.2, int(3.5 * CHUNK_SAMPLES)).clip(-1, 1).astype(np.float32)
    with PeaksWriter(path, 120_000) as writer:
        reader = PeaksFile.open(path)
        assert reader is not None
        assert (reader.peaks.built_samples, reader.peaks.duration_ms) == (0, 120_000)
        for number in range(3):
            builder.add(Waveform(sound[number * CHUNK_SAMPLES : (number + 1) * CHUNK_SAMPLES], number * CHUNK_SAMPLES))
            writer.write(builder.peaks)
            assert reader.refresh()
            assert (reader.peaks.built_samples, reader.peaks.complete) == ((number + 1) * CHUNK_SAMPLES, False)
        builder.add(Waveform(sound[3 * CHUNK_SAMPLES :], 3 * CHUNK_SAMPLES))
        writer.finish(builder.finish())
    assert reader.refresh()
    assert reader.peaks.complete
    assert reader.peaks.built_samples == len(sound)
    _same(reader.peaks, builder.peaks, 60_000)


def test_a_file_read_anew_holds_what_was_written(tmp_path: Path) -> None:
    builder = _grown(2.25)
    with PeaksWriter(tmp_path / "a.peaks", 120_000) as writer:
        writer.finish(builder.finish())
    found = PeaksFile.open(tmp_path / "a.peaks")
    assert found is not None
    assert found.peaks.complete
    _same(found.peaks, builder.peaks, 40_000)


def test_a_file_takes_its_name_where_no_open_file_can_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    rename = os.replace

    def of_windows(source: str, target: Path) -> None:
        if os.path.realpath(source) in {os.path.realpath(file.path) for file in psutil.Process().open_files()}:
            raise PermissionError(errno.EACCES, "it is being used by another process")
        rename(source, target)

    monkeypatch.setattr(os, "replace", of_windows)
    PeaksWriter(tmp_path / "a.peaks", 120_000).close()
    assert PeaksFile.open(tmp_path / "a.peaks") is not None


@pytest.mark.parametrize("damage", ["header", "version", "flipped", "cut", "empty"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.peaks"
    with PeaksWriter(path, 0) as writer:
        writer.finish(_grown(2).finish())
    data = bytearray(path.read_bytes())
    if damage in {"header", "version", "flipped"}:
        data[{"header": 0, "version": 8, "flipped": 20_000}[damage]] ^= 0x40
    path.write_bytes(data[: {"cut": len(data) - 5, "empty": 0}.get(damage, len(data))])
    assert PeaksFile.open(path) is None


def test_a_reader_keeps_what_it_has_when_the_file_goes_and_follows_a_new_build(tmp_path: Path) -> None:
    path = tmp_path / "a.peaks"
    with PeaksWriter(path, 0) as writer:
        writer.finish(_grown(2).finish())
    reader = PeaksFile.open(path)
    assert reader is not None
    before = reader.peaks
    path.unlink()
    assert not reader.refresh()
    assert reader.peaks is before
    with PeaksWriter(path, 0) as writer:
        writer.finish(_grown(1).finish())
        assert reader.refresh()
    assert reader.peaks.built_samples == CHUNK_SAMPLES


def test_a_build_shows_progress_and_the_second_one_is_done_at_once(scripted: ScriptedMedia) -> None:
    film = scripted.file("two_tracks.mp4")
    steps = list(build_peaks(film, 2))
    assert {step.stage for step in steps} == {Stage.READ}
    assert [step.done_ms for step in steps] == sorted(step.done_ms for step in steps)
    assert len(list(build_peaks(film, 2))) == 1
    found = PeaksFile.open(peaks_path(media_id(film), 2))
    assert found is not None
    assert found.peaks.complete
    sound, _ = samples_of(film, track=2)
    expected = PeaksBuilder()
    expected.add(Waveform(sound))
    _same(found.peaks, expected.finish(), 11_000)


def test_a_damaged_cache_file_is_built_again(scripted: ScriptedMedia) -> None:
    film = scripted.file("two_tracks.mp4")
    list(build_peaks(film))
    path = peaks_path(media_id(film), 1)
    path.write_bytes(b"rubbish" * 100)
    assert len(list(build_peaks(film))) > 1
    assert PeaksFile.open(path) is not None


def test_a_cancelled_build_leaves_a_file_that_is_not_complete(speech_file: Path) -> None:
    token = CancelToken()
    steps = build_peaks(speech_file, cancel=token)
    next(steps)
    token.cancel()
    with pytest.raises(Cancelled):
        list(steps)
    found = PeaksFile.open(peaks_path(media_id(speech_file), 1))
    assert found is not None
    assert not found.peaks.complete
    assert len(list(build_peaks(speech_file))) > 1


def test_a_film_without_that_sound_leaves_no_file(scripted: ScriptedMedia, home: Path) -> None:
    with pytest.raises(NoAudioTrack):
        list(build_peaks(scripted.file("silent_film.mp4")))
    with pytest.raises(TrackMissing):
        list(build_peaks(scripted.file("two_tracks.mp4"), 3))
    assert not list(home.rglob("*.peaks"))


def test_a_full_disk_and_a_missing_right_are_errors_with_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match=r"a\.peaks"):
        PeaksWriter(tmp_path / "file" / "a.peaks", 0)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with PeaksWriter(tmp_path / "b.peaks", 0) as writer:
        monkeypatch.setattr(PeaksWriter, "_write_head", full)
        with pytest.raises(DiskFull, match=r"b\.peaks"):
            writer.finish(_grown(1).finish())


_BUILD = """
import sys
from core.media.peak_build import build_peaks
for step in build_peaks(sys.argv[1]):
    print(step.done_ms, flush=True)
"""


def test_another_process_reads_while_one_builds(half_hour: Path) -> None:
    path = peaks_path(media_id(half_hour), 1)
    seen = []
    with subprocess.Popen([sys.executable, "-c", _BUILD, str(half_hour)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        reader: PeaksFile | None = None
        for line in child.stdout:
            if reader is None and int(line) > 0:
                reader = PeaksFile.open(path)
            if reader is not None and len(seen) < 100:
                assert reader.refresh()
                seen.append((reader.peaks.built_ms >= int(line) - 1, reader.peaks.complete))
    assert child.returncode == 0
    assert len(seen) > 5
    # Whatever the child has told of can be read; the last line comes before the file is complete.
    assert all(built for built, _ in seen)
    assert reader is not None
    assert reader.refresh()
    assert reader.peaks.complete
