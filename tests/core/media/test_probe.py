"""What a probe tells of a film, and a file's identity."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from core.errors import FileEmpty, FileMissing
from core.media.identity import media_id
from core.media.probe import probe
from tests.media_fixtures import ScriptedMedia


def test_tracks_tell_their_language_and_title(scripted: ScriptedMedia) -> None:
    info = probe(scripted.file("two_tracks.mkv"))
    assert [(t.number, t.language, t.title) for t in info.audio_tracks] == [(1, "en", "Main"), (2, "de", "Kommentar")]
    assert [(t.codec, t.channels, t.sample_rate) for t in info.audio_tracks] == [("aac", 1, 44_100)] * 2
    three = probe(scripted.file("three_tracks.mkv")).audio_tracks
    assert [(t.language, t.title) for t in three] == [("fr", ""), ("ja", "吹替"), ("", "")]


def test_a_film_tells_its_picture(scripted: ScriptedMedia) -> None:
    info = probe(scripted.file("two_tracks.mp4"))
    assert (info.has_video, info.video_codec, info.width, info.height) == (True, "h264", 160, 120)
    assert (info.frame_rate, info.variable_rate) == (Fraction(25), False)
    assert info.duration_ms == pytest.approx(12_000, abs=50)
    assert "mp4" in info.container


def test_a_frame_rate_is_an_exact_fraction(material: Path) -> None:
    assert probe(material / "F_media/derived/fps_23976.mp4").frame_rate == Fraction(24_000, 1001)


def test_a_variable_frame_rate_is_told(scripted: ScriptedMedia) -> None:
    assert probe(scripted.file("variable_rate.mp4")).variable_rate


def test_a_late_track_tells_its_start(scripted: ScriptedMedia) -> None:
    for name in ("late_audio.mp4", "late_audio.mkv", "late_audio.ts"):
        assert probe(scripted.file(name)).audio_tracks[0].start_ms == pytest.approx(1_480, abs=25)


def test_a_film_without_sound_has_no_tracks_and_a_cover_is_no_picture(scripted: ScriptedMedia) -> None:
    assert probe(scripted.file("silent_film.mp4")).audio_tracks == ()
    song = probe(scripted.file("cover.mp3"))
    assert (song.has_video, song.frame_rate, song.width, len(song.audio_tracks)) == (False, None, 0, 1)


def test_five_channels_are_counted(scripted: ScriptedMedia) -> None:
    assert probe(scripted.file("surround.mp4")).audio_tracks[0].channels == 6


def test_a_copy_has_the_same_identity_and_a_changed_file_another(tmp_path: Path) -> None:
    original = tmp_path / "a.bin"
    data = bytearray(5 << 20)
    original.write_bytes(data)
    copy = tmp_path / "b.bin"
    shutil.copy(original, copy)
    assert media_id(copy) == media_id(original)
    seen = {media_id(original)}
    for place in (0, (5 << 20) // 2, (5 << 20) - 1):
        changed = bytearray(data)
        changed[place] = 1
        copy.write_bytes(changed)
        seen.add(media_id(copy))
    copy.write_bytes(data + b"\0")
    seen.add(media_id(copy))
    assert len(seen) == 5


@pytest.mark.parametrize("size", [1, 1000, (1 << 20) + 3, 2 << 20])
def test_small_files_have_an_identity_too(tmp_path: Path, size: int) -> None:
    path = tmp_path / "small.bin"
    path.write_bytes(bytes(size))
    assert media_id(path).startswith(f"{size}-")
    assert len(media_id(path).split("-")[1]) == 64


def test_what_is_not_there_or_empty_has_none(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        media_id(tmp_path / "no.mp4")
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(FileEmpty):
        probe(tmp_path / "empty.mp4")
