"""`cuesmith check`: findings against a style, as lines, as JSON and as a table."""

from __future__ import annotations

import csv
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from core.cues.own_styles import folder, save_as
from core.cues.styles import STYLES
from core.paths import resource
from tests.app.cli.conftest import Cuesmith
from tests.core.subtitles.small_stl import small_stl

BAD = "1\n00:00:01,000 --> 00:00:01,300\nFar too much text to be read in a third of a second\n\n"
GOOD = "2\n00:00:03,000 --> 00:00:05,000\nThis is fine.\n"


@pytest.fixture
def srt(tmp_path: Path) -> Path:
    path = tmp_path / "film.srt"
    path.write_text(BAD + GOOD, encoding="utf-8")
    return path


def test_every_finding_is_a_line_with_its_cue_and_time(cuesmith: Cuesmith, srt: Path) -> None:
    ran = cuesmith("check", srt)
    assert ran.code == 1
    assert all(line.startswith("film.srt: cue 1 at 00:00:01.000: must: ") for line in ran.out.splitlines())
    assert "characters a second" in ran.out


def test_a_file_without_findings_ends_with_0_and_says_so(cuesmith: Cuesmith, tmp_path: Path) -> None:
    fine = tmp_path / "fine.srt"
    fine.write_text(GOOD, encoding="utf-8")
    ran = cuesmith("check", fine, "--style", "bbc")
    assert (ran.code, ran.out.count("\n")) == (0, 1)


def test_a_tag_that_stands_alone_is_a_finding_of_its_cue(cuesmith: Cuesmith, tmp_path: Path) -> None:
    file = tmp_path / "film.en.srt"
    file.write_text(GOOD + "\n3\n00:00:06,000 --> 00:00:08,000\n<i>Half open.\n", encoding="utf-8")
    found = json.loads(cuesmith("check", file, "--json").out)["findings"]
    assert [(one["cue"], one["code"]) for one in found] == [(2, "tags")]


def test_gaps_are_counted_at_the_files_own_frame_rate(cuesmith: Cuesmith, tmp_path: Path) -> None:
    """80 ms are two frames at 25 a second, as EBU STL says of itself, and too little at 24."""
    file = tmp_path / "a.stl"
    file.write_bytes(small_stl((1000, 3000, b"Hello"), (3080, 5000, b"World")).encode("latin-1"))
    codes = [one["code"] for one in json.loads(cuesmith("check", file, "--json").out)["findings"]]
    assert "gap" not in codes
    assert "frames are asked for" in cuesmith("check", file, "--fps", "24").out


def test_a_file_without_cues_has_no_findings(cuesmith: Cuesmith, tmp_path: Path) -> None:
    file = tmp_path / "empty.srt"
    file.write_text("")
    ran = cuesmith("check", file)
    assert (ran.code, ran.err) == (0, "")


def test_scripts_get_one_object_and_the_film_gives_the_frame_rate(cuesmith: Cuesmith, srt: Path) -> None:
    ran = cuesmith("check", srt, "--json", "--media", resource("sample", "last_boat.mp4"))
    found = json.loads(ran.out)
    assert (found["style"], found["cues"]) == ("netflix-en", 2)
    assert {"line_length", "reading_speed", "min_duration"} <= {finding["code"] for finding in found["findings"]}
    assert {finding["cue"] for finding in found["findings"]} == {1}


def test_the_table_has_a_row_a_finding_and_replaces_no_file_unasked(
    cuesmith: Cuesmith, srt: Path, tmp_path: Path
) -> None:
    table = tmp_path / "findings.csv"
    ran = cuesmith("check", srt, "--csv", table)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(ran.out.splitlines())
    assert rows[0]["start"] == "00:00:01.000"
    refused = cuesmith("check", srt, "--csv", table)
    assert (refused.code, "say --overwrite" in refused.err) == (2, True)
    assert cuesmith("check", srt, "--csv", table, "--overwrite").code == 1


def test_a_wrong_style_or_frame_rate_is_one_line(cuesmith: Cuesmith, srt: Path) -> None:
    for arguments in (("--style", "nobody"), ("--fps", "fast"), ("--media", "gone.mp4")):
        ran = cuesmith("check", srt, *arguments)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)


def test_an_own_style_made_from_netflix_is_taken_by_its_id(cuesmith: Cuesmith, tmp_path: Path) -> None:
    srt = tmp_path / "wide.srt"
    srt.write_text("1\n00:00:01,000 --> 00:00:05,000\nThis line has thirty-six characters.\n", encoding="utf-8")
    made = save_as("Netflix, narrow", replace(STYLES["netflix-en"], max_line_chars=30))
    assert cuesmith("check", srt, "--style", "netflix-en").code == 0
    ran = cuesmith("check", srt, "--style", made.id, "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["style"]) == (1, "own-netflix-narrow")
    assert [finding["code"] for finding in found["findings"]] == ["line_length"]
    assert "own-netflix-narrow" in cuesmith("check", srt, "--style", "nobody").err


def test_an_own_style_that_is_damaged_is_named_and_the_others_go_on(cuesmith: Cuesmith, srt: Path) -> None:
    made = save_as("Mine", STYLES["bbc"])
    (folder() / "torn.json").write_text('{"name": "To', encoding="utf-8")
    ran = cuesmith("check", srt, "--style", "torn")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert "torn.json" in ran.err
    assert cuesmith("check", srt, "--style", made.id).code == 1


def test_shot_changes_and_letters_are_looked_at(cuesmith: Cuesmith, tmp_path: Path) -> None:
    film = tmp_path / "cut.mp4"
    pictures = [
        "-f",
        "lavfi",
        "-i",
        "color=c=white:s=160x120:d=2,format=yuv420p[a];color=c=black:s=160x120:d=2[b];[a][b]concat",
    ]
    subprocess.run(["ffmpeg", "-v", "error", *pictures, str(film)], check=True, timeout=60)
    file = tmp_path / "a.srt"
    file.write_text("1\n00:00:01,800 --> 00:00:03,500\nLate \U000e0fff\n", encoding="utf-8")
    ran = cuesmith("check", str(file), "--media", str(film), "--shots", "--json")
    assert ran.code == 1
    codes = [one["code"] for one in json.loads(ran.out)["findings"]]
    assert {"shot", "glyphs"} <= set(codes)
    assert "shot" not in cuesmith("check", str(file), "--media", str(film), "--json").out


def test_spelling_names_words_and_says_where_to_get_a_dictionary(cuesmith: Cuesmith, srt: Path, home: Path) -> None:
    ran = cuesmith("check", str(srt), "--spelling", "--style", "netflix-en")
    assert "there is no dictionary for a language nobody named" in ran.err
    words = Path(home, "data", "dictionaries")
    words.mkdir(parents=True)
    (words / "en_US.aff").write_text("SET UTF-8\n")
    (words / "en_US.dic").write_text("3\nfar\ntoo\nmuch\n")
    film = srt.with_name("film.en.srt")
    film.write_text(srt.read_text())
    assert "spelling" not in ran.out
    assert cuesmith("check", str(film), "--spelling", "--json").code == 1
