"""SRT: the edge cases of the corpus, and what the repair step mends and says."""

from __future__ import annotations

import json
import locale
from pathlib import Path

import pytest

from core.cue import Cue
from core.document.document import check_cues
from core.errors import SubtitleUnreadable
from core.subtitles.files import read_file
from core.subtitles.protocol import Subtitles
from core.subtitles.srt import Srt
from core.transcript import Word
from tests.processor_time import at_most

OPEN_TO_TASTE = {
    "23_unsorted.srt": "cues are sorted by time, because documents hold them so",
    "45_srt_inside_vtt.vtt": "no cues are given; it is read as SRT, with a notice",
    "28_tags.srt": "no cues are given",
    "29_unclosed_tag.srt": "no cues are given",
    "34_invalid_utf8.srt": "no cues are given",
}  # fmt: skip
"""Cases whose expectation is not firm and where we read otherwise, or none is given."""


LATER = "00:00:05,000 --> 00:00:06,000"


def read(text: str) -> Subtitles:
    found = Srt().read(text)
    check_cues(found.cues)
    return found


def codes(subtitles: Subtitles) -> list[str]:
    return [notice.code for notice in subtitles.notices]


def cue(body: str, times: str = "00:00:01,000 --> 00:00:03,000") -> Subtitles:
    return read(f"1\n{times}\n{body}\n")


def test_every_edge_case_reads_as_expected(material: Path) -> None:
    folder = material / "E_subtitles" / "srt_edge"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    different = set()
    for name, case in expected.items():
        found = [
            {"start_ms": cue.start_ms, "end_ms": cue.end_ms, "text": cue.text} for cue in read_file(folder / name).cues
        ]
        if found != case["cues"]:
            assert not case["firm"], name
            different.add(name)
    assert len(expected) == 30
    assert different == set(OPEN_TO_TASTE)


def test_edge_cases_come_back_from_our_own_writing(material: Path) -> None:
    for path in sorted((material / "E_subtitles" / "srt_edge").glob("*.srt")):
        before = read_file(path)
        after = read(Srt().write(before))
        assert [(c.start_ms, c.end_ms, c.text) for c in after.cues] == [
            (c.start_ms, c.end_ms, c.text) for c in before.cues
        ]
        assert after.notices == ()


def test_broken_bytes_in_one_cue_leave_the_others_whole(material: Path) -> None:
    found = read_file(material / "E_subtitles" / "srt_edge" / "34_invalid_utf8.srt")
    assert [found.cues[0].text, found.cues[2].text] == [
        "From fairest creatures we desire increase,",
        "But as the riper should by time decease,",
    ]


def test_tags_become_marks_and_come_back() -> None:
    text = (
        '<i>one</i> <b>two</b> <u>three</u> <font color="red">four</font> <s>five</s> <unknown>six</unknown> 3 < 4 & 5'
    )
    words = cue(text).cues[0].words
    assert [sorted(word.marks) for word in words[:5]] == [["i"], ["b"], ["u"], ["c:#ff0000"], ["srt:s"]]
    assert words[5].text == "<unknown>six</unknown>"
    assert text.replace("red", "#ff0000") in Srt().write(cue(text))


def test_an_override_that_places_the_cue_is_its_setting_and_comes_back() -> None:
    found = cue("{\\an8}<i>up</i> here")
    assert found.cues[0].settings == {"srt": "{\\an8}"}
    assert found.cues[0].text == "up here"
    assert "{\\an8}<i>up</i> here" in Srt().write(found)


def test_coordinates_stand_behind_the_times_again() -> None:
    found = cue("x", "00:00:01,000 --> 00:00:03,000 X1:63 X2:223 Y1:43 Y2:58")
    assert found.cues[0].settings == {"srt": "X1:63 X2:223 Y1:43 Y2:58"}
    assert "00:00:03,000 X1:63 X2:223 Y1:43 Y2:58\n" in Srt().write(found)


def test_behind_an_inner_colour_the_outer_one_goes_on() -> None:
    words = cue('<font color="red">a <font color="#00f" size=3>b</font> c</font> d').cues[0].words
    assert [sorted(word.marks) for word in words] == [
        ["c:#ff0000"], ["c:#0000ff", "srt:font size=3"], ["c:#ff0000"], [],
    ]  # fmt: skip


@pytest.mark.parametrize("inside", ["a", "a=", "a ", '"', "'"])
def test_a_tag_full_of_nothing_is_read_in_linear_time(inside: str) -> None:
    with at_most(30):
        assert cue(f"<font {inside * 100_000}>x").cues[0].text.endswith("x")


def test_a_tag_left_open_ends_with_its_cue() -> None:
    found = read("1\n00:00:01,000 --> 00:00:02,000\n<i>one\n\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n")
    assert [word.marks for c in found.cues for word in c.words] == [frozenset({"i"}), frozenset()]
    assert codes(found) == ["subtitle.unbalanced"]


@pytest.mark.parametrize(
    "body", ["<i>x</i> as text", "a --> b", "{\\an8} is how", "<font color=red>", "--\u2060> x", "</b>"]
)
def test_text_that_looks_like_markup_reads_back_as_text(body: str) -> None:
    words = tuple(Word(text, 1000 + at, 1001 + at) for at, text in enumerate(body.split(" ")))
    once = Srt().write(Subtitles((Cue(words, 1000, 2000),)))
    assert [(c.text, c.words[0].marks) for c in read(once).cues] == [(body, frozenset())]


@pytest.mark.parametrize(
    ("times", "start_ms", "end_ms"),
    [
        ("00:00:01,5 --> 00:00:02,25", 1500, 2250),
        ("00:00:01 --> 00:00:02", 1000, 2000),
        ("00:01,000 --> 00:02,000", 1000, 2000),
        ("0:0:1.000-->0:0:2.000", 1000, 2000),
        ("00: 00: 01, 000 -> 00: 00: 02, 000", 1000, 2000),
        ("00:00:01,000 –> 00:00:02,000", 1000, 2000),
        ("００：００：０１，０００ --> ００：００：０２，０００", 1000, 2000),
        ("00:00:01,0004 --> 00:00:02,9999", 1000, 2999),
        ("1234:00:01,000 --> 1234:00:02,000", 4_442_401_000, 4_442_402_000),
        ("-00:00:01,000 --> 00:00:02,000", 0, 2000),
        ("00:00:03,000 --> 00:00:02,000", 3000, 3000),
    ],
)
def test_times_are_read_however_they_are_written(times: str, start_ms: int, end_ms: int) -> None:
    found = cue("x", times).cues[0]
    assert (found.start_ms, found.end_ms, found.text) == (start_ms, end_ms, "x")


@pytest.mark.parametrize(
    ("text", "code", "texts"),
    [
        ("1\n00:00:01,5 --> 00:00:02,000\na\n", "subtitle.short_fraction", ["a"]),
        ("1\n-00:00:01,000 --> 00:00:02,000\na\n", "subtitle.negative", ["a"]),
        ("1\n00:00:02,000 --> 00:00:01,000\na\n", "subtitle.end_before_start", ["a"]),
        (f"1\n{LATER}\nb\n\n2\n00:00:01,000 --> 00:00:02,000\na\n", "subtitle.unsorted", ["a", "b"]),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n", "subtitle.blank_lines", ["a\nb"]),
        (f"1\n00:00:01,000 --> 00:00:02,000\na\n2\n{LATER}\nb\n", "subtitle.no_blank_line", ["a", "b"]),
        ("00:00:01,000 --> 00:00:02,000\na\n", "subtitle.counters", ["a"]),
        ("1\n00:00:01,000 --> 00:00:02,000 said here\nb\n", "subtitle.text_beside_times", ["said here\nb"]),
        ("Made by me\n\n1\n00:00:01,000 --> 00:00:02,000\na\n", "subtitle.before_first", ["a"]),
        ("1\n00:00:01,000 --> 00:00:02,000\na\0b\n", "subtitle.zero_bytes", ["ab"]),
        ("1\n00:00:01,000 --> 00:00:02,000\n" + "<b>" * 40 + "a\n", "subtitle.too_deep", ["a"]),
    ],
)  # fmt: skip
def test_what_was_mended_is_said(text: str, code: str, texts: list[str]) -> None:
    found = read(text)
    assert code in codes(found)
    assert [c.text for c in found.cues] == texts


@pytest.mark.parametrize(
    "text",
    [
        f"1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\na\r\r\n1984\r\r\n\r\r\n2\r\r\n{LATER}\r\r\nb\r\r\n",
        f"1\n\n00:00:01,000 --> 00:00:02,000\n\na\n1984\n\n2\n\n{LATER}\n\nb\n",
        f"1\n00:00:01,000 --> 00:00:02,000\na\n1984\n\n{LATER}\nb\n",
    ],
)
def test_a_number_that_is_text_stays_and_a_counter_does_not(text: str) -> None:
    assert [c.text for c in read(text).cues] == ["a\n1984", "b"]


def test_a_notice_names_the_first_places_and_the_number() -> None:
    text = "".join(f"{n}\n00:00:{n:02d},5 --> 00:00:{n:02d},700\nx\n\n" for n in range(1, 9))
    assert read(text).notices[0].text.endswith("decimal fractions: cues 1, 2, 3, 4, 5, … (8 in all).")


def test_a_sound_file_is_read_without_a_word() -> None:
    assert read("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:02,000 --> 00:00:03,000\nb\n\n").notices == ()


def test_overlapping_and_empty_cues_stay() -> None:
    first, second, third = (
        "00:00:01,000 --> 00:00:09,000",
        "00:00:02,000 --> 00:00:03,000",
        "00:00:02,000 --> 00:00:04,000",
    )
    text = f"1\n{first}\na\n\n2\n{second}\n\n3\n{third}\nc\n"
    assert [(c.end_ms, c.text) for c in read(text).cues] == [(9000, "a"), (3000, ""), (4000, "c")]


def test_text_without_times_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("just a letter\n")
    with pytest.raises(SubtitleUnreadable, match=r"a\.srt cannot be read as SubRip \(no line such as"):
        read_file(tmp_path / "a.srt")


def test_times_below_zero_are_written_as_zero() -> None:
    words = (Word("x", -500, 200),)
    assert "00:00:00,000 --> 00:00:00,200" in Srt().write(Subtitles((Cue(words, -500, 200),)))


@pytest.mark.parametrize("name", ["de_DE.UTF-8", "fr_FR.UTF-8", "C"])
def test_the_systems_decimal_comma_changes_nothing(name: str) -> None:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        pytest.skip(f"the locale {name} is not installed")
    try:
        found = cue("x", "00:00:01,5 --> 00:00:02.25")
        assert (found.cues[0].start_ms, found.cues[0].end_ms) == (1500, 2250)
        assert "00:00:01,500 --> 00:00:02,250" in Srt().write(found)
    finally:
        locale.setlocale(locale.LC_ALL, before)
