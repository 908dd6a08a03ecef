"""Decoding: the right track at the right place, whatever the container; what is missing or odd is told."""

from __future__ import annotations

import subprocess
import sys
import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.errors import BadArgument, MediaUnreadable, TrackMissing
from core.media.decode import decode, open_track
from core.media.waveform import Samples
from core.progress import Cancelled, CancelToken
from tests.media_fixtures import ScriptedMedia, place_of, samples_of

RATE = 16_000


@pytest.fixture(scope="module")
def spoken(speech_file: Path) -> Samples:
    """Two seconds from the speech, from its second 2 on."""
    sound, _ = samples_of(speech_file)
    return sound[2 * RATE : 4 * RATE]


@pytest.mark.parametrize(
    ("name", "track", "late_ms"),
    [
        ("two_tracks.mp4", 2, 0),
        # Matroska cannot hold stamps below 0: ffmpeg shifts picture and sound by one AAC frame (23.2 ms).
        ("two_tracks.mkv", 2, 23),
        ("three_tracks.mkv", 3, 23),
        ("late_audio.mp4", 1, 1500),
        ("late_audio.mkv", 1, 1500),
        ("late_audio.ts", 1, 1500),
        ("variable_rate.mp4", 1, 0),
        ("surround.mp4", 1, 0),
        ("cover.mp3", 1, 0),
    ],
)
def test_speech_is_found_on_its_track_and_at_its_place(
    scripted: ScriptedMedia, spoken: Samples, name: str, track: int, late_ms: int
) -> None:
    sound, first = samples_of(scripted.file(name), track=track)
    place, likeness = place_of(spoken, sound)
    assert likeness > 0.95
    assert (first + place - 2 * RATE) / 16 == pytest.approx(late_ms, abs=1)


def test_a_late_track_starts_where_the_header_says(scripted: ScriptedMedia) -> None:
    block = next(decode(scripted.file("late_audio.mp4")))
    # The AAC encoder's lead-in of 1,024 samples at 44.1 kHz comes before the first sample of the source.
    assert block.first_sample == pytest.approx(24_000 - 1024 * RATE / 44_100, abs=16)


def test_the_other_tracks_are_the_silent_ones(scripted: ScriptedMedia) -> None:
    for track in (1, 2):
        sound, _ = samples_of(scripted.file("three_tracks.mkv"), track=track)
        assert np.max(np.abs(sound)) < 0.001


def test_a_track_that_is_not_there_is_named(scripted: ScriptedMedia) -> None:
    for track in (0, 3):
        with pytest.raises(TrackMissing, match=rf"two_tracks\.mp4 has no audio track {track}; it has 2"):
            open_track(scripted.file("two_tracks.mp4"), track=track)


def test_speech_in_the_centre_of_five_channels_keeps_its_level(scripted: ScriptedMedia, spoken: Samples) -> None:
    sound, _ = samples_of(scripted.file("surround.mp4"))
    place, _ = place_of(spoken, sound)
    assert _power(sound[place : place + len(spoken)]) / _power(spoken) == pytest.approx(0.5, rel=0.05)


def test_a_hole_in_the_stamps_is_silence_and_what_follows_keeps_its_place(
    scripted: ScriptedMedia, speech_file: Path
) -> None:
    sound, first = samples_of(scripted.file("gap.mkv"))
    source, _ = samples_of(speech_file)
    # ffmpeg's filter drops whole frames, 104 ms of FLAC.
    assert np.max(np.abs(sound[4 * RATE + 2400 : 7 * RATE - 2400])) == 0
    place, likeness = place_of(source[8 * RATE : 10 * RATE], sound)
    assert likeness > 0.99
    assert first + place == pytest.approx(8 * RATE, abs=16)


_EXACT = ["wav", "flac", "mka", "m4a"]


@pytest.fixture(scope="module", params=_EXACT)
def noisy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """25 s of stereo noise, stored without loss at 44.1 kHz (in Matroska: with stamps rounded to 1 ms)."""
    path = tmp_path_factory.mktemp("noise") / f"noise.{request.param}"
    codec = {"wav": "pcm_s16le", "flac": "flac", "mka": "flac", "m4a": "alac"}[request.param]
    _encode(path, codec, np.random.default_rng(7).normal(0, 0.1, (2, 44_100 * 25)))
    return path


@pytest.mark.parametrize(("from_ms", "to_ms"), [(1, 900), (999, 5000), (3217, 3218), (12_345, None), (24_990, None)])
def test_a_sought_decode_gives_the_same_samples_as_a_whole_one(noisy: Path, from_ms: int, to_ms: int | None) -> None:
    whole, first = samples_of(noisy)
    part, place = samples_of(noisy, from_ms=from_ms, to_ms=to_ms)
    assert first == 0
    assert place == from_ms * 16
    expected = whole[from_ms * 16 : None if to_ms is None else to_ms * 16]
    assert len(part) == len(expected)
    np.testing.assert_array_equal(part, expected)


@pytest.mark.parametrize("name", ["two_tracks.mkv", "late_audio.ts", "late_audio.mp4", "cover.mp3"])
def test_a_sought_decode_of_lossy_sound_lands_on_the_same_sample(scripted: ScriptedMedia, name: str) -> None:
    path = scripted.file(name)
    track = 2 if "tracks" in name else 1
    whole, first = samples_of(path, track=track)
    part, place = samples_of(path, track=track, from_ms=5_432, to_ms=7_432)
    assert (place, len(part)) == (5_432 * 16, 32_000)
    found, likeness = place_of(part, whole)
    # AAC fills in noise at random, so values may differ where the place does not.
    assert (found + first, likeness > 0.999) == (place, True)


def test_a_part_behind_the_end_is_empty_and_a_part_before_a_late_start_begins_there(scripted: ScriptedMedia) -> None:
    path = scripted.file("late_audio.mp4")
    assert list(decode(path, from_ms=60_000)) == []
    whole, first = samples_of(path)
    part, place = samples_of(path, from_ms=1000, to_ms=3000)
    assert place == first
    np.testing.assert_array_equal(part, whole[: 48_000 - first])


def test_recordings_joined_end_to_end_are_heard_end_to_end(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (1, 44_100 * 4))
    _encode(tmp_path / "one.ts", "aac", noise)
    joined = tmp_path / "joined.ts"
    # The stamps of the second start over.
    joined.write_bytes((tmp_path / "one.ts").read_bytes() * 2)
    with open_track(joined) as decoder:
        sound = np.concatenate([block.samples for block in decoder])
    assert len(sound) == pytest.approx(8 * RATE, abs=RATE // 10)
    assert all(_power(sound[at : at + RATE]) > 1e-4 for at in range(0, 7 * RATE, RATE))
    assert decoder.report.jumps == 1


def test_more_sound_than_the_header_says_is_all_heard(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (1, 44_100 * 6))
    _encode(tmp_path / "one.mp3", "libmp3lame", noise)
    joined = tmp_path / "joined.mp3"
    # The information frame of the first states 6 s; believable stamps end 10 s behind that.
    joined.write_bytes((tmp_path / "one.mp3").read_bytes() * 4)
    with open_track(joined) as decoder:
        sound = np.concatenate([block.samples for block in decoder])
    assert len(sound) == pytest.approx(24 * RATE, abs=RATE)
    assert (decoder.report.jumps, decoder.report.missing_ms) == (0, 0)


def test_a_change_of_rate_and_channels_in_the_middle_is_followed(tmp_path: Path) -> None:
    tone = [0.5 * np.sin(2 * np.pi * 440 * np.arange(rate * 3) / rate) for rate in (44_100, 22_050)]
    _encode(tmp_path / "one.mp3", "libmp3lame", np.stack([tone[0]] * 2))
    _encode(tmp_path / "two.mp3", "libmp3lame", tone[1][np.newaxis], rate=22_050)
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(b"".join((tmp_path / name).read_bytes() for name in ("one.mp3", "two.mp3")))
    sound, _ = samples_of(joined)
    for second in (1, 4):
        part = sound[second * RATE : (second + 1) * RATE]
        assert np.argmax(np.abs(np.fft.rfft(part))) == 440
        assert _power(part) == pytest.approx(0.125, rel=0.1)


def test_an_impossible_part_is_an_error(speech_file: Path) -> None:
    for part in ({"from_ms": -1}, {"from_ms": 5, "to_ms": 5}, {"block_ms": 0}):
        with pytest.raises(BadArgument):
            open_track(speech_file, **part)


def test_blocks_are_as_long_as_asked(speech_file: Path) -> None:
    lengths = [len(block.samples) for block in decode(speech_file, block_ms=700)]
    assert set(lengths[:-1]) == {700 * 16}
    assert 0 < lengths[-1] <= 700 * 16


def test_cancelling_stops_between_packets(speech_file: Path) -> None:
    token = CancelToken()
    with open_track(speech_file, block_ms=1000, cancel=token) as decoder:
        blocks = iter(decoder)
        next(blocks)
        token.cancel()
        with pytest.raises(Cancelled):
            list(blocks)


def test_a_right_channel_alone_stays_audible(tmp_path: Path) -> None:
    tone = 0.5 * np.sin(np.arange(2 * RATE) / 5)
    sound, _ = samples_of(_wav(tmp_path / "right.wav", [np.zeros_like(tone), tone]))
    assert _power(sound) == pytest.approx(_power(tone) / 4, rel=0.01)


def test_channels_that_cancel_are_noticed_and_one_is_used(tmp_path: Path) -> None:
    tone = 0.5 * np.sin(np.arange(4 * RATE) / 5)
    right = np.concatenate([tone[: 2 * RATE], -tone[2 * RATE :]])
    with open_track(_wav(tmp_path / "turned.wav", [tone, right])) as decoder:
        sound = np.concatenate([block.samples for block in decoder])
    # The change from the mix, which is silent by then, to one channel fades over 10 ms.
    for part in (slice(0, 2 * RATE), slice(2 * RATE + 160, None)):
        np.testing.assert_allclose(sound[part], tone[part], atol=0.001)
    assert decoder.report.cancelled_ms == 2000
    (notice,) = decoder.report.notices("turned.wav")
    assert (notice.code, notice.finding) == ("media.channels_cancel", False)
    assert "turned.wav" in notice.text


def test_samples_that_are_no_numbers_become_silence_and_are_counted(tmp_path: Path) -> None:
    sound = 0.25 * np.sin(np.arange(2 * RATE) / 5).astype(np.float32)
    sound[100], sound[200], sound[300] = np.nan, np.inf, 1e30
    path = tmp_path / "bad.wav"
    _encode(path, "pcm_f32le", sound[np.newaxis], rate=RATE, keep=True)
    with open_track(path) as decoder:
        made = np.concatenate([block.samples for block in decoder])
    assert decoder.report.bad_samples == 3
    assert np.all(made[[100, 200, 300]] == 0)
    np.testing.assert_allclose(np.delete(made, [100, 200, 300]), np.delete(sound, [100, 200, 300]), atol=1e-6)


def test_loud_samples_are_clipped_to_full_scale(tmp_path: Path) -> None:
    path = tmp_path / "hot.wav"
    _encode(path, "pcm_f32le", np.full((1, RATE), 3.0, np.float32), rate=RATE, keep=True)
    assert np.max(samples_of(path)[0]) == 1


@pytest.mark.parametrize("name", ["two_tracks.mkv", "late_audio.mp4"])
def test_a_film_cut_in_half_says_what_is_missing(scripted: ScriptedMedia, tmp_path: Path, name: str) -> None:
    data = _with_index_first(scripted.file(name), tmp_path).read_bytes()
    path = tmp_path / f"cut-{name}"
    path.write_bytes(data[: len(data) * 6 // 10])
    with open_track(path) as decoder:
        blocks = list(decoder)
    missing_ms = decoder.report.missing_ms
    assert 3_000 < missing_ms < 9_000
    assert decoder.report.decoded_ms == blocks[-1].end_ms
    notice = decoder.report.notices(path.name)[0]
    assert (notice.code, notice.finding) == ("media.truncated", True)
    assert f"{path.name}: the last {missing_ms / 1000:.1f} s of sound are missing" in notice.text


def test_a_cut_film_misses_nothing_where_only_its_whole_part_is_asked_for(
    scripted: ScriptedMedia, tmp_path: Path
) -> None:
    data = _with_index_first(scripted.file("late_audio.mp4"), tmp_path).read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(data[: len(data) * 6 // 10])
    with open_track(path, to_ms=3000) as decoder:
        assert list(decoder)[-1].end_ms == 3000
    assert decoder.report.missing_ms == 0


def test_a_track_shorter_than_the_picture_misses_nothing(scripted: ScriptedMedia) -> None:
    for name in ("two_tracks.mkv", "variable_rate.mp4"):
        with open_track(scripted.file(name)) as decoder:
            assert list(decoder)
        assert decoder.report.missing_ms == 0


def test_a_track_in_which_nothing_can_be_decoded_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
    with pytest.raises(MediaUnreadable, match=r"empty\.wav opens, but no sound"):
        list(decode(path))


_PEAK_MEMORY = """
import resource, sys
from core.media.decode import open_track
def peak_mib(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
with open_track(sys.argv[1], to_ms=60_000) as decoder:
    for block in decoder: pass
short = peak_mib()
with open_track(sys.argv[1]) as decoder:
    end_ms = [block.end_ms for block in decoder][-1]
print(end_ms, peak_mib() - short, "torch" in sys.modules)
"""


@pytest.mark.parametrize(
    ("name", "hours"), [("half_hour", 0.5), pytest.param("three_hours", 3, marks=pytest.mark.slow)]
)
def test_memory_does_not_grow_with_length(name: str, hours: float, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(name)
    run = subprocess.run(
        [sys.executable, "-c", _PEAK_MEMORY, str(path)], capture_output=True, text=True, check=True, timeout=600
    )
    end_ms, grown_mib, torch = run.stdout.split()
    assert int(end_ms) == pytest.approx(hours * 3_600_000, abs=200)
    assert float(grown_mib) < 20
    assert torch == "False"


def test_a_seek_in_three_hours_reads_only_what_it_needs(three_hours: Path) -> None:
    # Speech begins every ten minutes; nine and a half minutes after it there is silence.
    sound, first = samples_of(three_hours, from_ms=6_600_000, to_ms=6_630_000)
    assert first == 6_600_000 * 16
    assert _power(sound) > 1e-4
    silence, _ = samples_of(three_hours, from_ms=7_170_000, to_ms=7_180_000)
    assert _power(silence) < 1e-8


def _power(sound: Samples) -> float:
    return float(np.mean(np.square(sound, dtype=np.float64)))


def _wav(path: Path, channels: list[Any]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.rint(np.stack(channels, axis=1) * 32_767).astype("<i2").tobytes())
    return path


def _frames(sound: Any, rate: int, size: int) -> Iterator[av.AudioFrame]:
    layout = "mono" if len(sound) == 1 else "stereo"
    for start in range(0, sound.shape[1], size):
        part = np.ascontiguousarray(sound[:, start : start + size].astype(np.float32))
        frame = av.AudioFrame.from_ndarray(part, "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


def _encode(path: Path, codec: str, sound: Any, *, rate: int = 44_100, keep: bool = False) -> None:
    """Write (channels, n) float sound; `keep`: without resampling, so that what is no number stays so."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate, layout="mono" if len(sound) == 1 else "stereo")
        size = stream.codec_context.frame_size or 4096
        for frame in _frames(sound, rate, size):
            if keep:
                kept = av.AudioFrame.from_ndarray(frame.to_ndarray(), "flt", "mono")
                kept.sample_rate, kept.pts, kept.time_base = rate, frame.pts, frame.time_base
                frame = kept
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _with_index_first(path: Path, folder: Path) -> Path:
    """A copy of an MP4 whose index stands before the sound, so that a cut leaves it whole; others as they are."""
    if path.suffix != ".mp4":
        return path
    target = folder / f"first-{path.name}"
    with av.open(str(path)) as source, av.open(str(target), "w", options={"movflags": "faststart"}) as container:
        copies = {stream.index: container.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                container.mux(packet)
    return target
