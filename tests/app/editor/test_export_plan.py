"""What an export writes: names, losses, files that read back equal, and never over another. Without Qt."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.editor import export_plan as plan
from app.editor.export_plan import Choice, export, losses_of, material_of, preview
from core.cue import Cue
from core.document.document import Document, MediaRef
from core.subtitles import registry
from core.subtitles.files import read_file
from core.subtitles.protocol import Feature
from tests.app.editor import cues


def document(folder: Path) -> Document:
    return Document(cues=cues.few(), media=MediaRef(str(folder / "low-water.mkv"), 1, "id"))


def names(files: tuple[plan.PlannedFile, ...]) -> list[str]:
    return [file.path.name for file in files]


def choice(folder: Path, *formats: str, name: str = "low-water.en") -> Choice:
    return Choice(formats or ("srt",), name, folder)


def test_files_lie_next_to_the_film_under_its_name_and_the_language_of_most_cues(tmp_path: Path) -> None:
    material = material_of(document(tmp_path))
    assert (material.name, material.folder, material.beside_film) == ("low-water.en", tmp_path, True)


def test_without_a_film_and_a_language_the_name_is_plain() -> None:
    bare = replace(cues.few()[0], language="")
    assert material_of(Document(cues=(bare,))).name == "subtitles"


@pytest.mark.parametrize(("name", "wanted"), [("low.water.en.forced.srt", "low.water.en"), ("low.srt", "low.en")])
def test_without_a_film_files_lie_next_to_the_subtitles_they_came_from(tmp_path: Path, name: str, wanted: str) -> None:
    material = material_of(Document(cues=cues.few()), source=tmp_path / name)
    assert (material.name, material.folder, material.beside_film) == (wanted, tmp_path, False)


def test_a_name_that_is_taken_gets_a_number_before_the_language(tmp_path: Path) -> None:
    (tmp_path / "low-water.en.srt").write_text("mine")
    files = plan.plan(choice(tmp_path, "srt", "vtt"))
    assert names(files) == ["low-water_2.en.srt", "low-water.en.vtt"]
    assert [file.renamed for file in files] == [True, False]


def test_two_formats_of_one_extension_do_not_meet(tmp_path: Path) -> None:
    assert names(plan.plan(choice(tmp_path, "vtt", "vtt-words"))) == ["low-water.en.vtt", "low-water_2.en.vtt"]


def test_replacing_is_for_the_file_that_was_named_only(tmp_path: Path) -> None:
    for name in ("low-water.en.srt", "low-water.en.vtt"):
        (tmp_path / name).write_text("mine")
    files = plan.plan(replace(choice(tmp_path, "srt", "vtt"), replaced=frozenset({"low-water.en.srt"})))
    assert names(files) == ["low-water.en.srt", "low-water_2.en.vtt"]
    assert [file.replaces for file in files] == [True, False]


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("film", "film_2.srt"),
        ("my.film.zh-Hant", "my.film_2.zh-Hant.srt"),
        ("film.", "film._2.srt"),
        ("Ton für.alle Tage", "Ton für.alle Tage_2.srt"),
    ],
)
def test_any_name_a_person_writes_is_kept(tmp_path: Path, name: str, second: str) -> None:
    first = plan.plan(choice(tmp_path, name=name))[0]
    assert first.path.name == f"{name}.srt"
    first.path.write_text("mine")
    assert plan.plan(choice(tmp_path, name=name))[0].path.name == second


@pytest.mark.parametrize("name", ["", "  ", "..", "a/b", "a\\b", "a:b", "what?", "a\nb"])
def test_names_that_no_file_can_have_are_known(name: str) -> None:
    assert plan.wrong_name(name)


def test_srt_loses_the_measured_word_times_and_says_how_many(tmp_path: Path) -> None:
    material = material_of(document(tmp_path))
    lost = {loss.feature: loss.count for loss in losses_of(material, "srt")}
    assert lost == {Feature.WORD_TIMES: sum(len(cue.words) for cue in material.subtitles.cues)}
    assert losses_of(material, "vtt-words") == ()


@pytest.mark.parametrize("format_id", [one.id for one in plan.formats()])
def test_every_format_shows_its_first_lines(tmp_path: Path, format_id: str) -> None:
    shown = preview(material_of(document(tmp_path)), format_id)
    assert shown.strip()
    assert len(shown.splitlines()) <= 40


@pytest.mark.parametrize("newline", plan.NEWLINES)
@pytest.mark.parametrize("encoding", plan.ENCODINGS)
@pytest.mark.parametrize("format_id", [one.id for one in plan.formats() if one.reads])
def test_what_is_exported_reads_back_equal(tmp_path: Path, format_id: str, encoding: str, newline: str) -> None:
    chosen = replace(choice(tmp_path, format_id), encoding=encoding, newline=newline)
    result = export(material_of(document(tmp_path)), chosen, plan.plan(chosen))
    assert result.error is None
    back = read_file(result.written[0].path, format=format_id)
    breaks = Feature.LINE_BREAKS in registry.by_id(format_id).keeps
    assert [seen(cue, breaks) for cue in back.cues] == [seen(cue, breaks) for cue in cues.few()]


def seen(cue: Cue, breaks: bool) -> tuple[int, int, str]:
    """What every format keeps: times in hundredths, and text without line breaks where it has none."""
    return cue.start_ms // 10, cue.end_ms // 10, cue.text if breaks else "".join(cue.text.split())


def test_line_ends_and_the_mark_are_as_chosen(tmp_path: Path) -> None:
    chosen = replace(choice(tmp_path, "srt", "vtt"), encoding="utf-8-sig", newline="\r\n")
    export(material_of(document(tmp_path)), chosen, plan.plan(chosen))
    srt, vtt = ((tmp_path / f"low-water.en.{end}").read_bytes() for end in ("srt", "vtt"))
    assert srt.startswith(b"\xef\xbb\xbf1\r\n00:00:01,000")
    assert srt.count(b"\n") == srt.count(b"\r\n")
    assert vtt.startswith(b"WEBVTT\r\n")  # UTF-8 without a mark by its own definition's advice


def test_a_file_that_appears_meanwhile_is_left_as_it_is_and_the_rest_can_be_tried_again(tmp_path: Path) -> None:
    material, chosen = material_of(document(tmp_path)), choice(tmp_path, "srt", "vtt", "json")
    files = plan.plan(chosen)
    files[1].path.write_text("mine")
    result = export(material, chosen, files)
    assert result.error is not None
    assert result.error.code == "write.exists"
    assert names(result.written) == ["low-water.en.srt"]
    assert names(result.left) == ["low-water.en.vtt", "low-water.en.json"]
    assert files[1].path.read_text() == "mine"


def test_a_folder_that_is_gone_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    chosen = choice(tmp_path / "gone")
    result = export(material_of(document(tmp_path)), chosen, plan.plan(chosen))
    assert result.error is not None
    assert result.written == ()


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's own full disk")
def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    chosen = choice(tmp_path)
    result = export(material_of(document(tmp_path)), chosen, plan.plan(chosen))
    assert result.error is not None
    assert result.error.code == "write.full"
    assert list(tmp_path.iterdir()) == []
