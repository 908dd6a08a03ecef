"""Every file of the shared material and every scripted one: sane sound, or one line that names file and cause."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from core.errors import (
    FileEmpty,
    MediaError,
    MediaUnreadable,
    NoAudioTrack,
    NotMedia,
)
from core.media.decode import open_track
from tests.data.make_media import SCRIPTED
from tests.media_fixtures import ScriptedMedia

_FOLDER = Path(os.environ.get("CUESMITH_MATERIAL") or "-") / "F_media"
_FILES = sorted(str(p.relative_to(_FOLDER)) for p in _FOLDER.rglob("*") if p.is_file())

_FAILS: dict[str, type[MediaError]] = {
    "broken/aeneas_mono.empty.wav": FileEmpty,
    "broken/aeneas_mono.invalid.wav": NotMedia,
    "broken/aeneas_mono.zero.wav": MediaUnreadable,
    "broken/aeneas_p001.empty": FileEmpty,
    "broken/pocketsphinx_awful.wav": MediaUnreadable,
    "derived/text_named.mp4": NotMedia,
    "derived/truncated_moov_lost.mp4": NotMedia,
    "file-type/fixture-corrupt.mkv": NotMedia,
    "file-type/fixture-isom.mp4": NotMedia,
    "file-type/fixture-moov.mov": NotMedia,
    "file-type/fixture.flv": NoAudioTrack,
    "file-type/fixture.mov": NoAudioTrack,
    "file-type/fixture.mpg": NoAudioTrack,
    "small/AudioVideoInterleave.avi": NoAudioTrack,
    "small/FlashVideo.flv": NotMedia,
    "small/Mpeg4.mp4": NotMedia,
    "small/mp3.mp3": NotMedia,
    "small/wav.wav": MediaUnreadable,
    "small/webm.webm": NoAudioTrack,
    "subtitleedit/sample_MKV_SRT.mkv": NoAudioTrack,
    "subtitleedit/sample_MP4_chapters.mp4": NoAudioTrack,
    "subtitleedit/sample_MP4_stz2_compact.mp4": NoAudioTrack,
    "torchcodec/av1_video.mkv": NoAudioTrack,
    "torchcodec/h264_10bits.mp4": NoAudioTrack,
    "torchcodec/h265_10bits.mp4": NoAudioTrack,
    "torchcodec/h265_video.mp4": NoAudioTrack,
    "silent_film.mp4": NoAudioTrack,
}

_MISSING_MS: dict[str, int] = {
    "derived/jfk_wav_truncated.wav": 7_877,
    "derived/truncated_moov_first.mp4": 2_600,
    "derived/jfk_mp3_bitflips.mp3": 315,
}
"""All that lack sound at their end, and how much: the header's length less what is there."""


@pytest.mark.parametrize("name", [*(_FILES or ["(material)"]), *SCRIPTED])
def test_every_file_gives_sane_sound_or_one_line_that_names_it(name: str, request: pytest.FixtureRequest) -> None:
    path = _path(name, request)
    expected = NotMedia if path.name == "LICENSE" else _FAILS.get(name)
    if expected is not None:
        with pytest.raises(MediaError) as caught:
            list(open_track(path))
        assert type(caught.value) is expected
        assert path.name in str(caught.value)
        assert "\n" not in str(caught.value)
        assert str(path.parent) not in str(caught.value)
        return
    with open_track(path) as decoder:
        place: int | None = None
        for block in decoder:
            assert block.samples.dtype == np.float32
            assert np.all(np.abs(block.samples) <= 1)
            assert place in (None, block.first_sample)
            place = block.last_sample
    assert decoder.report.decoded_ms > 0
    assert decoder.report.missing_ms == pytest.approx(_MISSING_MS.get(name, 0), abs=30)
    findings = [n for n in decoder.report.notices(path.name) if n.finding]
    assert bool(findings) == (name in _MISSING_MS)
    assert all(path.name in notice.text for notice in findings)


def _path(name: str, request: pytest.FixtureRequest) -> Path:
    if name in SCRIPTED:
        scripted: ScriptedMedia = request.getfixturevalue("scripted")
        return scripted.file(name)
    material: Path = request.getfixturevalue("material")
    return material / "F_media" / name
