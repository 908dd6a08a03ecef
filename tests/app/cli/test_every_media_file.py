"""`cuesmith transcribe` on every file of the material and every scripted film: cues, or one line; never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.subtitles import registry
from tests.app.cli.conftest import Cuesmith
from tests.data.make_media import SCRIPTED
from tests.media_fixtures import ScriptedMedia
from tests.words import assert_deliverable, plain_words, share_in_order

_FOLDER = Path(os.environ.get("CUESMITH_MATERIAL") or "-") / "F_media"
_FILES = sorted(str(p.relative_to(_FOLDER)) for p in _FOLDER.rglob("*") if p.is_file() and p.name != "LICENSE")


@pytest.mark.parametrize("name", [*(_FILES or ["(material)"]), *SCRIPTED])
def test_it_gives_cues_or_one_line_that_names_the_file(
    name: str, cuesmith: Cuesmith, request: pytest.FixtureRequest
) -> None:
    path = _path(name, request)
    ran = cuesmith("transcribe", path, "-o", "-", "--engine", "builtin", "--to", "2")
    assert "Traceback" not in ran.err
    assert ran.code in (0, 1, 2)
    if ran.code == 2:
        assert ran.out == ""
        assert len(ran.err.splitlines()) == 1
        assert path.name in ran.err
    if ran.code == 1:
        assert any(path.name in line for line in ran.err.splitlines())
    assert_deliverable(registry.by_id("srt").read(ran.out).cues if ran.out else (), 2_600)


def _path(name: str, request: pytest.FixtureRequest) -> Path:
    if name in SCRIPTED:
        scripted: ScriptedMedia = request.getfixturevalue("scripted")
        return scripted.file(name)
    material: Path = request.getfixturevalue("material")
    return material / "F_media" / name


@pytest.mark.parametrize(
    ("file", "missing_ms"), [("derived/jfk_wav_truncated.wav", 7_877), ("derived/truncated_moov_first.mp4", 2_600)]
)
def test_a_truncated_file_says_how_much_is_missing_and_gives_what_there_is(
    cuesmith: Cuesmith, material: Path, file: str, missing_ms: int
) -> None:
    ran = cuesmith("transcribe", material / "F_media" / file, "-o", "-", "--engine", "builtin")
    assert ran.code == 1
    assert ran.out.startswith("1\n")
    assert f"{missing_ms / 1000:.1f}" in ran.err
    assert Path(file).name in ran.err


def test_the_second_track_is_transcribed_when_it_is_asked_for(cuesmith: Cuesmith, scripted: ScriptedMedia) -> None:
    """The track is AAC of the recording: its rough text differs in a few words, the silent first track has none."""
    film = scripted.file("two_tracks.mkv")
    first, second = (
        cuesmith("transcribe", film, "-o", "-", "-f", "txt", "--audio-track", n, "--to", "5") for n in (1, 2)
    )
    alone = cuesmith("transcribe", scripted.speech, "-o", "-", "-f", "txt", "--to", "5").out
    assert share_in_order(plain_words(alone), plain_words(second.out)) >= 0.5
    assert (first.code, first.out.strip()) == (1, "")
    assert "no speech" in first.err


def test_words_of_a_track_that_starts_late_stand_where_they_are_heard(
    cuesmith: Cuesmith, scripted: ScriptedMedia
) -> None:
    film = scripted.file("late_audio.mkv")
    late, alone = (
        registry.by_id("json").read(cuesmith("transcribe", file, "-o", "-", "-f", "json", "--to", to).out).cues
        for file, to in ((film, "7.5"), (scripted.speech, "6"))
    )
    late_words, words = ([word for cue in cues for word in cue.words] for cues in (late, alone))
    shared = [(a, b) for a, b in zip(late_words, words, strict=False) if a.text == b.text]
    assert len(shared) >= 5
    assert all(abs(a.start_ms - b.start_ms - 1500) <= 60 for a, b in shared)
