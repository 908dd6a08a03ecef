"""`cuesmith convert`: a file in another format, with a line for everything that was mended or is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.cues.own_styles import save_as
from core.cues.styles import STYLES
from core.subtitles.files import read_file
from tests.app.cli.conftest import Cuesmith

SRT = "1\n00:00:01,000 --> 00:00:02,500\nOne <i>two</i>\nthree\n\n2\n00:00:03,000 --> 00:00:04,000\nفوق النهر\n"


@pytest.fixture
def srt(tmp_path: Path) -> Path:
    path = tmp_path / "naïve 名前.srt"
    path.write_text(SRT, encoding="utf-8")
    return path


@pytest.mark.parametrize("format_id", ["vtt", "srt", "json"])
def test_cues_keep_their_text_and_times_from_format_to_format(
    cuesmith: Cuesmith, srt: Path, tmp_path: Path, format_id: str
) -> None:
    target = tmp_path / f"out.{format_id}"
    assert cuesmith("convert", srt, target).code == 0
    before, after = read_file(srt).cues, read_file(target).cues
    assert [(c.text, c.start_ms, c.end_ms) for c in after] == [(c.text, c.start_ms, c.end_ms) for c in before]
    if format_id != "json":  # Words JSON has no place for italics, and says so
        assert [w.marks for w in after[0].words] == [w.marks for w in before[0].words]


def test_a_minus_puts_the_file_on_stdout(cuesmith: Cuesmith, srt: Path) -> None:
    ran = cuesmith("convert", srt, "-", "-f", "vtt")
    assert ran.out.startswith("WEBVTT\n\n")
    assert "00:00:01.000 --> 00:00:02.500" in ran.out


def test_what_the_target_cannot_keep_is_said(cuesmith: Cuesmith, srt: Path) -> None:
    ran = cuesmith("convert", srt, "-", "-f", "txt")
    assert "does not keep" in ran.err
    assert "italics" in ran.err


@pytest.mark.parametrize(
    ("first", "target", "said"),
    [("01:00:05,000", "edl", True), ("00:00:05,000", "edl", False), ("01:00:05,000", "srt", False)],
)
def test_a_start_code_that_cues_seem_to_count_from_already_is_said(
    cuesmith: Cuesmith, tmp_path: Path, first: str, target: str, said: bool
) -> None:
    path = tmp_path / "a.srt"
    path.write_text(f"1\n{first} --> 01:00:07,000\nHello.\n", encoding="utf-8")
    ran = cuesmith("convert", str(path), "-", "-f", target, "--fps", "25", "--start", "01:00:00:00")
    assert ran.code == 0
    assert ("01:00:00:00 was added" in ran.err) is said


def test_a_style_builds_the_cues_anew(cuesmith: Cuesmith, tmp_path: Path) -> None:
    long = tmp_path / "long.srt"
    line = "This is a rather long line of text that no delivery style would let stand as one single line of a cue."
    long.write_text(f"1\n00:00:01,000 --> 00:00:09,000\n{line}\n", encoding="utf-8")
    assert cuesmith("convert", long, tmp_path / "new.srt", "--style", "netflix-en").code == 0
    cues = read_file(tmp_path / "new.srt").cues
    assert all(len(part) <= 42 for cue in cues for part in cue.text.split("\n"))
    assert " ".join(" ".join(cue.text.split()) for cue in cues) == line
    made = save_as("Narrow", replace(STYLES["netflix-en"], max_line_chars=20))
    assert cuesmith("convert", long, tmp_path / "own.srt", "--style", made.id).code == 0
    cues = read_file(tmp_path / "own.srt").cues
    assert all(len(part) <= 20 for cue in cues for part in cue.text.split("\n"))


def test_the_output_is_never_written_over_unasked(cuesmith: Cuesmith, srt: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.vtt"
    target.write_text("mine", encoding="utf-8")
    ran = cuesmith("convert", srt, target)
    assert ran.code == 2
    assert "out.vtt" in ran.err
    assert target.read_text(encoding="utf-8") == "mine"
    assert cuesmith("convert", srt, target, "--overwrite").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--fps", "fast"), "fast"), (("--start", "x"), "--start"), (("-f", "nope"), "nope"), (("--style", "no"), "no")],
)
def test_a_wrong_argument_is_one_line(cuesmith: Cuesmith, srt: Path, arguments: tuple[str, ...], says: str) -> None:
    ran = cuesmith("convert", srt, "-", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert says in ran.err


def test_a_file_that_is_no_subtitle_is_refused_in_one_line(cuesmith: Cuesmith, tmp_path: Path) -> None:
    noise = tmp_path / "noise.srt"
    noise.write_bytes(bytes(range(256)) * 20)
    ran = cuesmith("convert", noise, "-", "-f", "vtt")
    assert "Traceback" not in ran.err
    assert ran.code in (1, 2)
    assert "noise.srt" in ran.err


@pytest.mark.parametrize("arguments", [("-", "-f", "stl"), ("out.scc",)])
def test_a_format_that_is_only_read_is_refused_before_anything_is_done(
    cuesmith: Cuesmith, srt: Path, arguments: tuple[str, ...]
) -> None:
    ran = cuesmith("convert", srt, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "is no subtitle format that can be used for this" in ran.err
    assert "ttml" in ran.err


def test_a_sign_stays_at_the_top_and_the_names_language_is_in_the_file(cuesmith: Cuesmith, tmp_path: Path) -> None:
    (tmp_path / "film.de.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Ein Schild\n")
    ran = cuesmith("convert", tmp_path / "film.de.srt", tmp_path / "film.de.vtt")
    assert (ran.code, ran.err) == (0, "")
    text = (tmp_path / "film.de.vtt").read_text()
    assert "Language: de" in text
    assert "--> 00:00:02.000 line:0\nEin Schild" in text
    back = cuesmith("convert", tmp_path / "film.de.vtt", tmp_path / "again.de.srt")
    assert back.err == "", "the language is in the name"
    assert "{\\an8}Ein Schild" in (tmp_path / "again.de.srt").read_text()
