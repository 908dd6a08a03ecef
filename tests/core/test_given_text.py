"""Texts as people have them: plain, DOCX, subtitles under any name, and files that are none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from core.errors import BadArgument, CuesmithError, FileMissing, SubtitleUnreadable
from core.given_text import pasted, read_text

SRT = "1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i> there\n\n2\n00:00:03,000 --> 00:00:04,000\nYou\ntoo\n"


def test_plain_text_keeps_lines_and_counts_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "song.txt"
    path.write_bytes("One\r\n\r\n  Two, “quoted” \r\n".encode("cp1252"))
    given = read_text(path)
    assert given.lines == ("One", "", "Two, “quoted”")
    assert given.cues == ()


def test_a_subtitle_keeps_its_cues_whatever_its_name(tmp_path: Path) -> None:
    for name in ("old.srt", "old.txt"):
        path = tmp_path / name
        path.write_text(SRT, encoding="utf-8")
        given = read_text(path)
        assert given.lines == ("Hello there", "You\ntoo")
        assert given.cues[0].words[0].marks == {"i"}


def test_docx_gives_paragraphs_soft_breaks_and_table_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("First line\nsoft break")
    document.add_paragraph("")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    path = tmp_path / "script.docx"
    document.save(str(path))
    assert read_text(path).lines[:3] == ("First line", "soft break", "")
    assert "left right" in read_text(path).lines


def test_a_pasted_text_is_lines() -> None:
    assert pasted(" a \nb").lines == ("a", "b")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (65 << 20))


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"b")


@pytest.mark.parametrize(
    ("name", "make", "error"),
    [
        ("gone.txt", lambda path: None, FileMissing),
        ("empty.txt", lambda path: path.write_text(" \n\n"), BadArgument),
        ("noise.docx", lambda path: path.write_bytes(b"no archive"), SubtitleUnreadable),
        ("bomb.docx", _bomb, SubtitleUnreadable),
        ("other.docx", _other_zip, SubtitleUnreadable),
        ("folder.txt", lambda path: path.mkdir(), SubtitleUnreadable),
        ("bytes.txt", lambda path: path.write_bytes(bytes(range(256)) * 10), SubtitleUnreadable),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_a_sentence_that_names_the_file(
    tmp_path: Path, name: str, make: object, error: type[CuesmithError]
) -> None:
    path = tmp_path / name
    make(path)  # type: ignore[operator]
    with pytest.raises(error, match=name):
        read_text(path)
