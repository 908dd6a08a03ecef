"""Subtitle files on disk: found out, read, written whole, and named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.cue import Cue
from core.errors import (
    BadArgument,
    CannotWrite,
    CuesmithError,
    FileMissing,
    OutputExists,
    SubtitleUnreadable,
    UnknownFormat,
)
from core.subtitles import files, registry
from core.subtitles.files import read_file, write_file
from core.subtitles.losses import features_of, loss_notices, losses
from core.subtitles.naming import free_path, language_in_name, output_path
from core.subtitles.protocol import Feature, Subtitles
from core.transcript import Source, Word

SRT = "1\n00:00:01,000 --> 00:00:02,000\nüber alles\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nüber alles\n"
CUES = Subtitles((Cue((Word("über", 1000, 1400), Word("alles", 1400, 2000)), 1000, 2000),))


@pytest.mark.parametrize("name", ["a.srt", "a.vtt", "a.sub", "a", "a.SRT", "ä ö 'x' [1].srt"])
@pytest.mark.parametrize("text", [SRT, VTT])
def test_content_decides_where_the_name_does_not_fit(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_file(tmp_path / name)
    assert [cue.text for cue in found.cues] == ["über alles"]
    fits = Path(name).suffix.lower() == (".vtt" if text is VTT else ".srt")
    assert [notice.code for notice in found.notices] == ([] if fits else ["subtitle.other_format"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_neither_encoding_nor_newline_matters(tmp_path: Path, encoding: str, newline: str) -> None:
    (tmp_path / "a.srt").write_bytes(SRT.replace("\n", newline).encode(encoding))
    assert [cue.text for cue in read_file(tmp_path / "a.srt").cues] == ["über alles"]


def test_a_missing_file_a_folder_and_a_locked_file_say_so(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match=r"b\.srt: there is no such file"):
        read_file(tmp_path / "b.srt")
    with pytest.raises(SubtitleUnreadable, match="directory"):
        read_file(tmp_path)
    with pytest.raises(SubtitleUnreadable, match="null"):
        read_file("a\0b.srt")


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.srt").open("wb") as file:
        file.truncate(files.LARGEST_BYTES + 1)
    with pytest.raises(SubtitleUnreadable, match=r"it has 64 MiB; subtitles have at most 64"):
        read_file(tmp_path / "a.srt")


def test_names_of_formats_and_encodings_that_do_not_exist_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SRT)
    with pytest.raises(UnknownFormat, match="Choose one of: srt, vtt"):
        read_file(tmp_path / "a.srt", format="doc")
    with pytest.raises(BadArgument, match="no encoding called “latin-99”"):
        read_file(tmp_path / "a.srt", encoding="latin-99")
    with pytest.raises(BadArgument, match="no encoding called “hex-ish”"):
        write_file(CUES, tmp_path / "b.srt", encoding="hex-ish")
    with pytest.raises(UnknownFormat):
        write_file(CUES, tmp_path / "b.doc")
    with pytest.raises(SubtitleUnreadable, match="only written"):
        read_file(tmp_path / "a.srt", format="txt")


def test_a_text_of_no_known_kind_says_which_are_known(tmp_path: Path) -> None:
    (tmp_path / "letter.doc").write_text("Dear all")
    with pytest.raises(UnknownFormat, match=r"“\.doc”.*srt, vtt, vtt-words, .*ttml, stl, .*json\."):
        read_file(tmp_path / "letter.doc")


@pytest.mark.parametrize(
    "data", [b"\0" * 5000, b"\xff" * 5000, random.Random(1).randbytes(5000), b"{" * 5000, b"[" * 200_000]
)
@pytest.mark.parametrize("name", ["a.srt", "a.vtt", "a.json", "a.xyz", "a.ass", "a.ttml", "a.stl", "a.csv", "a.lrc"])
def test_files_of_anything_give_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    try:
        read_file(tmp_path / name)
    except CuesmithError as error:
        refusal = str(error)
        assert refusal.endswith(".")


@pytest.mark.parametrize("format_id", [one.id for one in registry.all_formats() if one.writes])
def test_every_format_writes_a_file_and_never_over_another(tmp_path: Path, format_id: str) -> None:
    format_ = registry.by_id(format_id)
    path = tmp_path / f"a{format_.extensions[0]}"
    assert write_file(CUES, path, format=format_id) == ()
    first = path.read_bytes()
    with pytest.raises(OutputExists):
        write_file(CUES, path, format=format_id)
    write_file(CUES, path, format=format_id, overwrite=True)
    assert path.read_bytes() == first
    if format_.reads:
        assert [cue.text for cue in read_file(path, format=format_id).cues] == ["über alles"]


def test_plain_text_is_one_line_a_cue(tmp_path: Path) -> None:
    two = (Word("床", 0, 1, "\n"), Word("前", 1, 2, "")), (Word("one", 2, 3, "\n"), Word("two", 3, 4))
    subtitles = Subtitles(tuple(Cue(words, words[0].start_ms, words[-1].end_ms) for words in two))
    write_file(subtitles, tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8") == "床前\none two\n"


def test_characters_an_encoding_lacks_are_a_finding(tmp_path: Path) -> None:
    words = (Word("床", 0, 500), Word("é", 500, 1000))
    notices = write_file(Subtitles((Cue(words, 0, 1000),)), tmp_path / "a.srt", encoding="cp1252")
    assert [(n.code, n.params["characters"], n.finding) for n in notices] == [("write.characters", "床", True)]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="could not be written"):
        write_file(CUES, tmp_path / "nowhere" / "a.srt")


# ── names ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "number", "name"),
    [
        ("en", 1, "my.movie.en.srt"),
        ("en", 2, "my.movie_2.en.srt"),
        ("pt-BR", 1, "my.movie.pt-BR.srt"),
        ("auto", 1, "my.movie.srt"),
        ("AUTO", 3, "my.movie_3.srt"),
        ("", 1, "my.movie.srt"),
        ("und", 1, "my.movie.srt"),
        ("../evil", 1, "my.movie.srt"),
    ],
)
def test_the_language_stands_next_to_the_extension(language: str, number: int, name: str) -> None:
    assert output_path(Path("films/my.movie.mkv"), language, ".srt", number=number) == Path("films", name)


def test_another_folder_and_an_extension_without_its_dot_will_do() -> None:
    assert output_path(Path("films/a.wav"), "de", "vtt", Path("out")) == Path("out/a.de.vtt")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("movie.de.srt", "de"),
        ("my.movie.pt-BR.forced.srt", "pt"),
        ("movie.en.hi.srt", "en"),
        ("movie.hi.srt", "hi"),
        ("My.Show.S01E01.hi.srt", "hi"),
        ("My.Show.S01E01.hi.forced.srt", "hi"),
        ("My.Show.S01E01.cc.srt", ""),
        ("movie.English.srt", "en"),
        ("movie_2.zh-Hant.srt", "zh"),
        ("Gone.With.It.srt", ""),
        ("en.srt", ""),
        ("movie.part.srt", ""),
        ("movie.srt", ""),
    ],
)
def test_the_language_of_a_name_is_the_files_where_it_says_none(tmp_path: Path, name: str, language: str) -> None:
    assert language_in_name(Path("films", name)) == language
    (tmp_path / name).write_text("1\n00:00:01,000 --> 00:00:02,000\nWas?\n", encoding="utf-8")
    assert read_file(tmp_path / name).language == language


def test_a_clash_counts_up_on_the_base(tmp_path: Path) -> None:
    media = tmp_path / "movie.mkv"
    for expected in ("movie.en.srt", "movie_2.en.srt", "movie_3.en.srt"):
        path = free_path(media, "en", ".srt")
        assert path.name == expected
        path.touch()


# ── losses ───────────────────────────────────────────────────────────────────────────────────────


def test_what_will_be_lost_is_said_before_it_is() -> None:
    word = Word("a", 0, 500, source=Source.ALIGNED, text_confidence=0.5, marks=frozenset({"i"}))
    cues = (Cue((word,), 0, 500, voice="Ann"), Cue((word,), 400, 900))
    subtitles = Subtitles(cues, language="en")
    assert losses(subtitles, registry.by_id("srt")) == (
        Feature.WORD_TIMES, Feature.VOICES, Feature.LANGUAGE, Feature.CONFIDENCE,
    )  # fmt: skip
    assert losses(subtitles, registry.by_id("vtt-words")) == (Feature.CONFIDENCE,)
    assert (
        loss_notices(subtitles, registry.by_id("vtt-words"))[0].text
        == "WebVTT with word times does not keep: confidence."
    )
    assert loss_notices(Subtitles(()), registry.by_id("txt")) == ()


def test_times_that_were_shared_out_are_no_loss() -> None:
    cue = Cue((Word("a", 0, 500, source=Source.IMPORTED),), 0, 500)
    assert features_of(Subtitles((cue,))) == frozenset()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\none <00:02.000>two\n"),
        ("a.lrc", "[00:01.00]<00:01.00>one <00:02.00>two<00:03.00>\n"),
        ("a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\\k100}one {\\k100}two\n"),
    ],
)
def test_word_times_that_stood_in_a_file_are_a_loss_where_they_go(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_file(tmp_path / name)
    assert [(word.text, word.start_ms, word.source) for word in found.cues[0].words] == [
        ("one", 1000, Source.ALIGNED),
        ("two", 2000, Source.ALIGNED),
    ]
    assert Feature.WORD_TIMES in losses(found, registry.by_id("srt"))
    assert Feature.WORD_TIMES not in losses(found, registry.by_id("vtt-words"))


def test_words_that_share_a_stamp_are_not_said_to_be_measured(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:03.000\none and <00:02.000>two\n", encoding="utf-8")
    words = read_file(tmp_path / "a.vtt").cues[0].words
    assert [word.source for word in words] == [Source.IMPORTED, Source.IMPORTED, Source.ALIGNED]


@pytest.mark.parametrize(
    ("format_id", "lost"),
    [
        ("ass", {Feature.WORD_TIMES, Feature.LANGUAGE, Feature.MILLISECONDS}),
        ("ass-karaoke", {Feature.LANGUAGE, Feature.MILLISECONDS}),
        ("lrc", {Feature.WORD_TIMES, Feature.STYLED_TEXT, Feature.VOICES, Feature.LINE_BREAKS, Feature.OVERLAPS,
                 Feature.MILLISECONDS}),
        ("ttml", {Feature.WORD_TIMES, Feature.VOICES}),
        ("csv", {Feature.WORD_TIMES, Feature.STYLED_TEXT, Feature.LANGUAGE}),
        ("edl", {Feature.WORD_TIMES, Feature.STYLED_TEXT, Feature.VOICES, Feature.LINE_BREAKS, Feature.LANGUAGE,
                 Feature.MILLISECONDS}),
    ],
)  # fmt: skip
def test_each_format_says_what_it_loses(format_id: str, lost: set[Feature]) -> None:
    words = (Word("a", 0, 500, "\n", Source.ALIGNED, marks=frozenset({"i"})), Word("b", 500, 600))
    cues = (Cue(words, 0, 604, voice="Ann"), Cue(words, 400, 1000))
    assert set(losses(Subtitles(cues, language="en"), registry.by_id(format_id))) == lost
