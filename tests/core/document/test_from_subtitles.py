"""A file that is opened and written again is the same file: nothing it carries is lost on the way into a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.editor import export_plan as plan
from core.document.document import Document
from core.document.from_subtitles import of_subtitles
from core.subtitles.files import read_file
from core.subtitles.protocol import Feature, Subtitles

VTT = """WEBVTT - a film
Language: de

STYLE
::cue(b) { color: red }

REGION
id:fred
width:40%

NOTE for the editor

first
00:00:01.000 --> 00:00:02.000 region:fred align:start
<v Mary>Guten Tag
"""
ASS = """[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1
Style: Sign,Arial,30,&H0000FFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,8,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,a remark
Dialogue: 0,0:00:01.00,0:00:02.00,Sign,Mary,0,0,20,,{\\an8\\pos(320,40)}Good {\\i1}day{\\i0}
"""
SRT = "1\n00:00:01,000 --> 00:00:02,000 X1:63 X2:223 Y1:43 Y2:58\n{\\an8}<i>Good</i> day\n\n"
LRC = "[ti:A song]\n[ar:Somebody]\n[00:01.00]Good day\n[00:02.00]\n"


def opened(folder: Path, name: str, text: str) -> tuple[Path, Document]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path, of_subtitles(read_file(path))


@pytest.mark.parametrize(("name", "text"), [("a.vtt", VTT), ("a.ass", ASS), ("a.srt", SRT), ("a.lrc", LRC)])
def test_a_file_that_is_opened_and_exported_is_the_same_file(tmp_path: Path, name: str, text: str) -> None:
    path, document = opened(tmp_path, name, text)
    material = plan.material_of(document)
    written = tmp_path / "out"
    written.mkdir()
    format_id = path.suffix[1:]
    choice = plan.Choice((format_id,), "a", written)
    assert plan.lost_features(material, format_id) == ()
    (file,) = plan.export(material, choice, plan.plan(choice)).written
    assert file.path.read_text(encoding="utf-8") == text


def test_another_format_says_what_of_it_is_lost(tmp_path: Path) -> None:
    _, document = opened(tmp_path, "a.ass", ASS)
    material = plan.material_of(document)
    lost = {Feature.VOICES, Feature.STYLES, Feature.LOOK, Feature.POSITIONS, Feature.HEADER}
    assert set(plan.lost_features(material, "srt")) == lost
    assert set(plan.lost_features(material, "vtt")) == lost - {Feature.VOICES}
    assert set(plan.lost_features(material, "ass-karaoke")) == set()
    assert {loss.feature: loss.count for loss in plan.losses_of(material, "srt")}[Feature.POSITIONS] == 1


def test_cues_are_in_the_files_language(tmp_path: Path) -> None:
    _, document = opened(tmp_path, "a.vtt", VTT)
    assert [cue.language for cue in document.cues] == ["de"]
    _, document = opened(tmp_path, "movie.ja.forced.srt", SRT)
    assert [cue.language for cue in document.cues] == ["ja"]
    assert plan.material_of(document).name == "subtitles.ja"


def test_of_no_file_there_is_no_header() -> None:
    assert of_subtitles(Subtitles((), "[Script Info]")).header == {}
