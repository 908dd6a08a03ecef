"""The spectrum shows the pitch that sounds, at every zoom, while it is built and after; damage breaks nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.media.identity import media_id
from core.media.spectrum import BANDS, CHUNK_SAMPLES, SpectrumBuilder
from core.media.spectrum_build import build_spectrum
from core.media.spectrum_cache import SpectrumFile, SpectrumWriter, spectrum_path
from core.media.waveform import Samples, Waveform
from core.progress import Cancelled, CancelToken
from core.timecode import SAMPLE_RATE

TONE_FROM_MS, TONE_TO_MS = 20_000, 21_000


def tone(hertz: float, seconds: float = 40.0) -> Samples:
    """Silence with one second of a tone at 20 s."""
    sound = np.zeros(int(seconds * SAMPLE_RATE), np.float32)
    at = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    sound[TONE_FROM_MS * 16 : TONE_TO_MS * 16] = 0.5 * np.sin(2 * np.pi * hertz * at)
    return sound


def written(path: Path, sound: Samples, block: int = 50_000) -> SpectrumFile:
    builder = SpectrumBuilder()
    with SpectrumWriter(path, len(sound) // 16) as writer:
        for first in range(0, len(sound), block):
            writer.write(builder.add(Waveform(sound[first : first + block], first)), builder.built_samples)
        writer.write(builder.finish(), builder.built_samples, complete=True)
    found = SpectrumFile.open(path)
    assert found is not None
    return found


def test_a_tone_shows_in_its_band_and_at_its_time(tmp_path: Path) -> None:
    loudest = []
    for hertz in (200, 1000, 5000):
        columns = written(tmp_path / "a.spectrum", tone(hertz)).columns(19_000, 16, 200)
        assert int(columns[100].max()) > 200
        assert int(columns[:50].max()) == int(columns[150:].max()) == 0
        loudest.append(int(columns[100].argmax()))
    assert loudest == sorted(set(loudest))
    assert loudest[0] < BANDS // 4
    assert loudest[-1] > BANDS * 3 // 4


@pytest.mark.parametrize("ms_per_column", [0.5, 4, 16, 60, 250, 900])
def test_every_zoom_shows_the_tone_where_it_is(tmp_path: Path, ms_per_column: float) -> None:
    found = written(tmp_path / "a.spectrum", tone(1000))
    count = int(4_000 / ms_per_column)
    loud = found.columns(18_500, ms_per_column, count).max(axis=1) > 128
    times = 18_500 + (np.flatnonzero(loud) + 0.5) * ms_per_column
    slack_ms = 32 + 2 * ms_per_column
    assert abs(times[0] - TONE_FROM_MS) <= slack_ms
    assert abs(times[-1] - TONE_TO_MS) <= slack_ms


def test_blocks_of_any_size_give_the_same(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).normal(0, 0.1, 3 * CHUNK_SAMPLES // 2).astype(np.float32)
    one, other = (written(tmp_path / f"{block}.spectrum", sound, block) for block in (7_919, len(sound)))
    np.testing.assert_array_equal(one.columns(0, 20, 1200), other.columns(0, 20, 1200))


@pytest.mark.parametrize("more", [1, 100, 200])
def test_sound_that_ends_just_behind_a_chunk_shows_at_every_zoom(tmp_path: Path, more: int) -> None:
    """Fewer samples than a window needs: they are no whole chunk yet, and too many for the one before."""
    sound = np.full(CHUNK_SAMPLES + more, 0.3, np.float32) * np.sin(np.arange(CHUNK_SAMPLES + more), dtype=np.float32)
    found = written(tmp_path / "a.spectrum", sound)
    assert found.complete
    for ms_per_column in (4, 16, 60, 250, 900):
        count = int(found.built_ms / ms_per_column)
        assert (found.columns(0, ms_per_column, count + 2)[:count].max(axis=1) > 128).all()


def test_a_reader_sees_each_chunk_while_the_file_grows(tmp_path: Path) -> None:
    path = tmp_path / "a.spectrum"
    builder, sound = SpectrumBuilder(), tone(1000)
    with SpectrumWriter(path, 40_000) as writer:
        reader = SpectrumFile.open(path)
        assert reader is not None
        assert reader.built_ms == 0
        writer.write(builder.add(Waveform(sound[: 2 * CHUNK_SAMPLES + 500])), builder.built_samples)
        assert reader.refresh()
        assert (reader.built_ms, reader.complete) == (2 * CHUNK_SAMPLES // 16, False)
        assert reader.columns(20_000, 100, 10).max() > 200
        assert reader.columns(2 * CHUNK_SAMPLES / 16 + 100, 100, 10).max() == 0


@pytest.mark.parametrize("harm", [b"", b"no spectrum", b"CUESPECT" + bytes(200)])
def test_a_file_of_another_kind_is_as_good_as_none(tmp_path: Path, harm: bytes) -> None:
    path = tmp_path / "a.spectrum"
    path.write_bytes(harm)
    assert SpectrumFile.open(path) is None


def test_a_file_cut_short_or_taken_away_shows_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.spectrum"
    found = written(path, tone(1000))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert SpectrumFile.open(path) is None
    path.unlink()
    assert found.columns(20_000, 4, 10).max() == 0
    assert found.columns(20_000, 900, 1).max() > 0


def test_a_film_is_built_once_and_read_again(speech_file: Path) -> None:
    steps = list(build_spectrum(speech_file))
    assert steps[-1].done_ms == steps[-1].total_ms
    found = SpectrumFile.open(spectrum_path(media_id(speech_file), 1))
    assert found is not None
    assert found.complete
    assert found.columns(0, found.built_ms / 100, 100).max() > 150
    assert len(list(build_spectrum(speech_file))) == 1


def test_a_build_that_is_stopped_is_begun_anew(speech_file: Path) -> None:
    cancel = CancelToken()
    building = build_spectrum(speech_file, cancel=cancel)
    next(building)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(building)
    assert len(list(build_spectrum(speech_file))) > 1
