"""TTML: the W3C's IMSC test files against an independent reader, times of parts, what is refused, what is written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pysubs2
import pytest

from core.cue import Cue
from core.document.document import check_cues
from core.subtitles.files import read_file
from core.subtitles.protocol import Subtitles
from core.subtitles.registry import guess
from core.subtitles.timed_text import OPEN_END_MS
from core.subtitles.ttml import Ttml
from core.transcript import Word
from tests.core.subtitles.small_ttml_reader import shown

FILES = 221


def document(body: str, attributes: str = "") -> str:
    return (
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
        f'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="de" {attributes}>'
        f"<body><div>{body}</div></body></tt>"
    )


def read(body: str, attributes: str = "") -> Subtitles:
    found = Ttml().read(document(body, attributes))
    check_cues(found.cues)
    return found


def test_every_imsc_file_is_read_with_the_times_of_an_independent_reader(material: Path) -> None:
    files = sorted((material / "E_subtitles/imsc-tests").rglob("*.ttml"))
    assert len(files) == FILES
    wrong = {}
    for file in files:
        found = read_file(file)
        check_cues(found.cues)
        expected = shown(file)
        following = dict(pairwise(sorted({start for start, _ in expected})))
        whole = [(a, following.get(a, a + OPEN_END_MS) if b is None else b) for a, b in expected]
        if (times := [(cue.start_ms, cue.end_ms) for cue in found.cues]) != sorted(whole):
            wrong[file.name] = (times, sorted(whole))
    assert wrong == {}


def test_parts_with_times_of_their_own_are_word_times() -> None:
    found = read('<p begin="1s" end="5s"><span begin="0s" end="1s">Come</span> <span begin="1.5s">on</span></p>')
    assert [(w.text, w.start_ms, w.end_ms) for w in found.cues[0].words] == [("Come", 1000, 2000), ("on", 2500, 5000)]


def test_a_region_shows_a_paragraph_only_while_it_is_there() -> None:
    text = document('<p region="r" begin="5s" end="15s">x</p>').replace(
        "<body>", '<head><layout><region xml:id="r" begin="10s" end="20s"/></layout></head><body>'
    )
    assert [(cue.start_ms, cue.end_ms) for cue in Ttml().read(text).cues] == [(10_000, 15_000)]


def test_a_cue_without_an_end_ends_where_the_next_begins_and_it_is_said() -> None:
    found = read('<p begin="1s">a</p><p begin="3s">b</p>')
    assert [(cue.start_ms, cue.end_ms) for cue in found.cues] == [(1000, 3000), (3000, 3000 + OPEN_END_MS)]
    assert [(notice.code, notice.params["count"]) for notice in found.notices] == [("subtitle.open_end", 2)]


def test_a_frame_is_the_millisecond_it_is_first_seen_at() -> None:
    rate = 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"'
    assert read('<p begin="00:00:01:01" end="2s">x</p>', rate).cues[0].start_ms == 1034


@pytest.mark.parametrize(
    ("look", "marks"),
    [
        ('tts:fontStyle="italic"', {"i"}),
        ('tts:fontStyle="normal"', set()),
        ('tts:fontWeight="bold" tts:textDecoration="underline"', {"b", "u"}),
        ('tts:color="red"', {"c:#ff0000"}),
        ('tts:color="#FFFFFF"', set()),
    ],
)
def test_looks_become_marks(look: str, marks: set[str]) -> None:
    assert read(f'<p begin="1s" end="2s"><span {look}>x</span></p>').cues[0].words[0].marks == marks


def test_an_inner_look_takes_the_outer_ones_place() -> None:
    found = read('<p begin="1s" end="2s" tts:color="red" tts:fontStyle="italic">'
                 '<span tts:color="lime" tts:fontStyle="normal">x</span></p>')  # fmt: skip
    assert found.cues[0].words[0].marks == {"c:#00ff00"}


def test_white_space_and_breaks_are_read_as_shown() -> None:
    assert read('<p begin="1s" end="2s">\n  one\n  two <br/> three\n</p>').cues[0].text == "one two\nthree"
    assert read('<p xml:space="preserve" begin="1s" end="2s">one\ntwo</p>').cues[0].text == "one\ntwo"


def test_readings_above_words_are_left_out_and_said() -> None:
    found = read('<p begin="1s" end="2s"><span tts:ruby="container"><span tts:ruby="base">漢</span>'
                 '<span tts:ruby="text">かん</span></span></p>')  # fmt: skip
    assert found.cues[0].text == "漢"
    assert [notice.code for notice in found.notices] == ["subtitle.ruby"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "XML"),
        ("hello", "XML"),
        ("<html></html>", "TTML"),
        ("<tt></tt>", "TTML"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + document(""), "document type"),
        (document("<p>" + "<span>" * 100 + "x" + "</span>" * 100 + "</p>"), "nested"),
    ],
)
def test_what_is_no_ttml_is_refused_with_its_cause(text: str, cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        Ttml().read(text)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def test_looks_are_named_styles_and_spans_lie_side_by_side() -> None:
    words = (
        Word("a", 1000, 1500, marks=frozenset({"i"})),
        Word("<b>", 1500, 2000, "\n", marks=frozenset({"i", "c:#ff8800"})),
        Word("c", 2000, 2500),
    )
    out = Ttml().write(Subtitles((Cue(words, 1000, 2500),), language="en"))
    assert '<style xml:id="colour-ff8800" tts:color="#ff8800"/>' in out
    assert (
        '<p xml:id="cue1" begin="00:00:01.000" end="00:00:02.500"><span style="italic">a</span> '
        '<span style="colour-ff8800 italic">&lt;b&gt;</span><br/>c</p>'
    ) in out


def test_a_cue_of_no_length_keeps_its_text() -> None:
    out = Ttml().write(Subtitles((Cue((Word("x", 1000, 1000),), 1000, 1000),)))
    assert [(cue.text, cue.start_ms, cue.end_ms) for cue in Ttml().read(out).cues] == [("x", 1000, 1001)]


def test_another_reader_finds_the_cues_we_wrote() -> None:
    cues = tuple(
        Cue((Word(text, at, at + 900), Word("& <so>", at + 900, at + 1000)), at, at + 1234)
        for at, text in enumerate(("床前", "שלום", "don’t", "two"), 3_599_000)
    )
    found = pysubs2.SSAFile.from_string(Ttml().write(Subtitles(cues)), format_="ttml")
    assert [(e.start, e.end, e.plaintext) for e in found] == [(c.start_ms, c.end_ms, c.text) for c in cues]


def test_ttml_is_known_by_its_content() -> None:
    assert guess("captions.bin", document("")).id == "ttml"
