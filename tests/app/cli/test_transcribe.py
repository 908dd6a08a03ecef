"""`cuesmith transcribe` on real speech: timed words come out, in the right place, in every format asked for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from core.subtitles import registry
from tests.app.cli.conftest import Cuesmith
from tests.words import assert_deliverable, plain_words, share_in_order


@pytest.fixture
def jfk(material: Path) -> Path:
    return material / "A_english" / "jfk" / "jfk.flac"


def test_real_speech_becomes_cues_on_stdout_and_nothing_else_stands_there(cuesmith: Cuesmith, jfk: Path) -> None:
    ran = cuesmith("transcribe", jfk, "-o", "-", "-f", "srt", "--engine", "builtin")
    cues = registry.by_id("srt").read(ran.out).cues
    reference = plain_words(jfk.with_suffix(".txt").read_text(encoding="utf-8"))
    found = plain_words(" ".join(cue.text for cue in cues))
    assert ran.code == 0
    assert ran.out.startswith("1\n00:00:0")
    assert share_in_order(reference, found) >= 0.6
    assert_deliverable(cues, 11_000)


def test_several_formats_lie_in_the_folder_under_names_with_the_language(
    cuesmith: Cuesmith, jfk: Path, tmp_path: Path
) -> None:
    ran = cuesmith("transcribe", jfk, "--output-dir", tmp_path, "-f", "srt,vtt,json", "--to", "4")
    assert ran.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jfk.en.json", "jfk.en.srt", "jfk.en.vtt"]
    made = json.loads((tmp_path / "jfk.en.json").read_text(encoding="utf-8"))
    words = [word for cue in made["cues"] for word in cue["words"]]
    assert (made["version"], made["engine"], made["language"]) == (1, "builtin", "en")
    assert words
    assert all(word["source"] == "recognised" and 0 <= word["start_ms"] < word["end_ms"] <= 4_000 for word in words)


def test_a_file_that_is_there_is_never_written_over_unasked(cuesmith: Cuesmith, jfk: Path, tmp_path: Path) -> None:
    (tmp_path / "jfk.en.srt").write_text("mine", encoding="utf-8")
    arguments = ("transcribe", jfk, "--output-dir", tmp_path, "--to", "3")
    assert cuesmith(*arguments).code == 0
    assert (tmp_path / "jfk.en.srt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "jfk_2.en.srt").exists()
    assert "left out" in cuesmith(*arguments, "--skip-existing").err
    assert cuesmith(*arguments, "--overwrite").code == 0
    assert (tmp_path / "jfk.en.srt").read_text(encoding="utf-8").startswith("1\n")


def test_two_media_of_one_name_never_replace_each_others_output(cuesmith: Cuesmith, jfk: Path, tmp_path: Path) -> None:
    media, out = [tmp_path / "a" / "talk.flac", tmp_path / "b" / "talk.flac"], tmp_path / "out"
    for path in media:
        path.parent.mkdir()
        path.symlink_to(jfk)
    ran = cuesmith("transcribe", *media, "--output-dir", out, "--to", "3", "--overwrite")
    assert ran.code == 2
    assert "“talk”" in ran.err
    assert cuesmith("transcribe", *media, "--output-dir", out, "--to", "3").code == 0
    assert sorted(path.name for path in out.iterdir()) == ["talk.en.srt", "talk_2.en.srt"]


def test_two_formats_of_one_ending_do_not_replace_each_other(cuesmith: Cuesmith, jfk: Path, tmp_path: Path) -> None:
    arguments = ("transcribe", jfk, "--output-dir", tmp_path, "--to", "3", "-f", "vtt,vtt-words", "--overwrite")
    assert [cuesmith(*arguments).code, cuesmith(*arguments).code] == [0, 0]
    plain, words = (tmp_path / name for name in ("jfk.en.vtt", "jfk_2.en.vtt"))
    assert sorted(tmp_path.iterdir()) == [plain, words]
    assert "<00:00:0" in words.read_text(encoding="utf-8")
    assert "<00:00:0" not in plain.read_text(encoding="utf-8")


def test_a_named_output_that_is_there_is_refused_before_any_work(cuesmith: Cuesmith, jfk: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.srt"
    target.write_text("mine", encoding="utf-8")
    ran = cuesmith("transcribe", jfk, "-o", target)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "mine.srt" in ran.err
    assert "--overwrite" in ran.err
    assert target.read_text(encoding="utf-8") == "mine"


def test_scripts_get_one_json_object_a_line_and_a_second_run_takes_every_chunk_from_the_store(
    cuesmith: Cuesmith, jfk: Path
) -> None:
    arguments = ("transcribe", jfk, "-o", "-", "-f", "json", "--json-progress", "--to", "6")
    first, second = cuesmith(*arguments), cuesmith(*arguments)
    before, after = ([json.loads(line) for line in ran.err.splitlines()] for ran in (first, second))
    assert {"stage", "progress", "chunk", "done"} <= {event["event"] for event in before}
    assert {e["from_store"] for e in before if e["event"] == "chunk"} == {False}
    assert {e["from_store"] for e in after if e["event"] == "chunk"} == {True}
    assert [e["chunks"] for e in after if e["event"] == "resumed"] == [len([e for e in after if e["event"] == "chunk"])]
    assert _timed_text(first.out) == _timed_text(second.out)


def _timed_text(words_json: str) -> list[tuple[str, int, int]]:
    return [(w["text"], w["start_ms"], w["end_ms"]) for c in json.loads(words_json)["cues"] for w in c["words"]]


def test_auto_says_on_stderr_that_the_builtin_engine_is_a_rough_draft(cuesmith: Cuesmith, jfk: Path) -> None:
    ran = cuesmith("transcribe", jfk, "-o", "-", "--to", "2")
    assert ran.code == 0
    assert "rough draft" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--language", "de"), "German"),
        (("--language", "klingon"), "klingon"),
        (("--engine", "magic"), "magic"),
        (("--style", "nobody"), "nobody"),
        (("-f", "docx"), "docx"),
        (("--audio-track", "7"), "track 7"),
        (("--from", "soon"), "soon"),
        (("--from", "5", "--to", "4"), "--to"),
        (("--frobnicate",), "frobnicate"),
        (("--context", "@nothing.txt"), "nothing.txt"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_argument_is_one_line_that_names_it_and_exit_code_2(
    cuesmith: Cuesmith, jfk: Path, arguments: tuple[str, ...], says: str
) -> None:
    ran = cuesmith("transcribe", jfk, "-o", "-", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("cuesmith: ")
    assert says in ran.err


@pytest.mark.parametrize("where", [(), ("-o", "{}/out.srt"), ("--output-dir", "{}")], ids=["beside", "-o", "folder"])
def test_a_folder_that_takes_no_files_is_named_before_any_work(
    cuesmith: Cuesmith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[str, ...]
) -> None:
    media = tmp_path / "talk.mp4"
    media.write_bytes(b"no film: to look into it would be another failure")
    # Tests run as root in places, and root may write everywhere.
    monkeypatch.setattr(os, "access", lambda path, mode: (Path(path), mode) != (tmp_path, os.W_OK))
    ran = cuesmith("transcribe", media, "--engine", "builtin", *(one.format(tmp_path) for one in where))
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert f"{tmp_path} could not be written (no permission to write into it)" in ran.err


def test_a_missing_file_does_not_end_a_batch(cuesmith: Cuesmith, jfk: Path, tmp_path: Path) -> None:
    ran = cuesmith("transcribe", tmp_path / "gone.mp4", jfk, "--output-dir", tmp_path, "--to", "3")
    assert ran.code == 2
    assert "gone.mp4" in ran.err
    assert (tmp_path / "jfk.en.srt").exists()


def test_two_files_at_once_give_what_one_after_the_other_gives(
    cuesmith: Cuesmith, jfk: Path, material: Path, tmp_path: Path
) -> None:
    cards = material / "A_english" / "pocketsphinx_cards" / "001.wav"
    ran = cuesmith("transcribe", jfk, cards, "--jobs", "2", "--output-dir", tmp_path / "both", "--to", "3")
    assert ran.code == 0
    one = cuesmith("transcribe", jfk, "--output-dir", tmp_path / "one", "--to", "3")
    assert one.code == 0
    assert sorted(p.name for p in (tmp_path / "both").iterdir()) == ["001.en.srt", "jfk.en.srt"]
    assert (tmp_path / "both" / "jfk.en.srt").read_text() == (tmp_path / "one" / "jfk.en.srt").read_text()
