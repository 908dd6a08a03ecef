"""`cuesmith align` on real speech: given words with times, honest about what is not there."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from core.cues.own_styles import save_as
from core.cues.styles import STYLES
from core.subtitles import registry
from tests.app.cli.conftest import Cuesmith

LINES = [
    "And so, my fellow Americans:",
    "ask not what your country can do for you —",
    "ask what you can do for your country.",
]
FOREIGN = "Wolverhampton sells seventeen purple umbrellas"


@pytest.fixture
def jfk(material: Path) -> Path:
    return material / "A_english" / "jfk" / "jfk.flac"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.txt"
    path.write_text("\n".join([LINES[0], "", *LINES[1:]]), encoding="utf-8")
    return path


def test_each_line_becomes_a_cue_with_its_text_as_written(cuesmith: Cuesmith, jfk: Path, script: Path) -> None:
    ran = cuesmith("align", jfk, script, "-o", "-")
    cues = registry.by_id("srt").read(ran.out).cues
    assert ran.code == 0
    assert [cue.text for cue in cues] == LINES
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(cues))
    assert cues[1].start_ms > 3_000


def test_words_json_has_every_given_word_with_its_time_and_confidence(
    cuesmith: Cuesmith, jfk: Path, script: Path
) -> None:
    ran = cuesmith("align", jfk, script, "-o", "-", "-f", "json")
    made = json.loads(ran.out)
    words = [word for cue in made["cues"] for word in cue["words"]]
    assert [word["text"] for word in words] == " ".join(LINES).split()
    assert {word["source"] for word in words} <= {"aligned", "estimated"}
    assert all(word["time_confidence"] is not None for word in words if word["text"] != "—")
    assert (made["segments"], made["unmatched"], made["engine"]) == ([], [], "builtin")


def test_long_lines_are_parted_as_an_own_style_asks(cuesmith: Cuesmith, jfk: Path, script: Path) -> None:
    made = save_as("Narrow", replace(STYLES["netflix-en"], max_line_chars=30, max_lines=1))
    ran = cuesmith("align", jfk, script, "-o", "-", "--style", made.id)
    cues = registry.by_id("srt").read(ran.out).cues
    assert ran.code == 0
    assert max(len(line) for cue in cues for line in cue.text.split("\n")) <= 30
    assert " ".join(" ".join(cue.text.split()) for cue in cues) == " ".join(LINES)
    assert cuesmith("align", jfk, script, "-o", "-", "--style", "nobody").code == 2


def test_a_line_nobody_says_is_named_and_the_exit_code_is_1(cuesmith: Cuesmith, jfk: Path, tmp_path: Path) -> None:
    text = tmp_path / "wrong.txt"
    text.write_text("\n".join([LINES[0], FOREIGN, *LINES[1:]]), encoding="utf-8")
    ran = cuesmith("align", jfk, text, "-o", "-", "-f", "json")
    made = json.loads(ran.out)
    assert ran.code == 1
    assert "line 2" in ran.err
    assert made["unmatched"] == [{"line": 2, "text": FOREIGN}]
    assert [cue["text"] for cue in made["cues"]] == LINES


def test_an_old_subtitle_gets_new_times_and_keeps_its_marks(cuesmith: Cuesmith, jfk: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.srt"
    old.write_text(
        "".join(
            f"{number}\n00:01:0{number},000 --> 00:01:0{number},900\n<i>{line}</i>\n\n"
            for number, line in enumerate(LINES, 1)
        ),
        encoding="utf-8",
    )
    ran = cuesmith("align", jfk, old, "-o", tmp_path / "new.srt")
    assert ran.code == 0
    text = (tmp_path / "new.srt").read_text(encoding="utf-8")
    cues = registry.by_id("srt").read(text).cues
    assert text.count("<i>") == 3
    assert cues[0].start_ms < 1_000
    assert cues[2].end_ms < 12_000


def test_the_file_lies_next_to_the_media_and_scripts_get_events(
    cuesmith: Cuesmith, jfk: Path, script: Path, tmp_path: Path
) -> None:
    media = tmp_path / "talk.flac"
    media.write_bytes(jfk.read_bytes())
    ran = cuesmith("align", media, script, "--json-progress", "-f", "vtt")
    events = [json.loads(event) for event in ran.err.splitlines()]
    assert ran.code == 0
    assert (tmp_path / "talk.en.vtt").exists()
    assert {"stage", "progress", "done"} <= {event["event"] for event in events}


def test_the_song_preset_times_every_line_and_says_how_many_runs_agree(
    cuesmith: Cuesmith, jfk: Path, script: Path
) -> None:
    ran = cuesmith("align", jfk, script, "-o", "-", "-f", "json", "--preset", "song")
    made = json.loads(ran.out)
    words = [word for cue in made["cues"] for word in cue["words"]]
    assert ran.code == 0
    assert [cue["text"] for cue in made["cues"]] == LINES
    assert all(0 <= word["time_confidence"] <= 1 for word in words)
    assert sum(word["time_confidence"] == 1 for word in words) > len(words) // 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--language", "de"), "German"),
        (("--language", "en,de"), "one code"),
        (("--aligner", "magic"), "magic"),
        (("--engine", "magic"), "magic"),
        (("--audio-track", "3"), "track 3"),
        (("--preset", "opera"), "opera"),
        (("-f", "docx"), "docx"),
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_one_line_and_exit_code_2(
    cuesmith: Cuesmith, jfk: Path, script: Path, arguments: tuple[str, ...], says: str
) -> None:
    ran = cuesmith("align", jfk, script, "-o", "-", *arguments)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert says in ran.err


def test_a_missing_text_is_named(cuesmith: Cuesmith, jfk: Path) -> None:
    ran = cuesmith("align", jfk, "gone.txt")
    assert ran.code == 2
    assert "gone.txt" in ran.err
