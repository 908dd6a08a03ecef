"""ASS and SSA: events, overrides, karaoke times, headers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from core.cue import Cue
from core.document.document import check_cues
from core.subtitles.ass import Ass, AssKaraoke
from core.subtitles.protocol import Subtitles
from core.transcript import Word
from tests.core.subtitles.making import Shape, cues

HEAD = "[Script Info]\nTitle: t\n\n[V4+ Styles]\nStyle: Default,Arial,20" + ",0" * 20 + "\n\n[Events]\n"
FORMAT = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


def read(*lines: str, head: str = HEAD + FORMAT) -> Subtitles:
    found = Ass().read(head + "\n".join(lines))
    check_cues(found.cues)
    return found


def event(text: str, style: str = "Default", name: str = "") -> Cue:
    return read(f"Dialogue: 0,0:00:01.00,0:00:03.00,{style},{name},0,0,0,,{text}").cues[0]


def texts(*words: Word, end_ms: int = 3000) -> str:
    line = AssKaraoke().write(Subtitles((Cue(words, 1000, end_ms),))).splitlines()[-1]
    return line.split(",", 9)[9]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def test_karaoke_times_become_word_times_and_empty_ones_pauses() -> None:
    words = event(r"{\k20}{\k30}Come {\k10}{\kf40}on, {\K50}all").words
    assert [(word.text, word.start_ms, word.end_ms) for word in words] == [
        ("Come", 1200, 1500),
        ("on,", 1600, 2000),
        ("all", 2000, 2500),
    ]


def test_syllables_that_touch_are_one_word_and_ideographs_are_not() -> None:
    found = event(r"{\k20}kara{\k30}o{\k50}ke {\k10}床{\k20}前")
    assert [(word.text, word.syllables) for word in found.words] == [
        ("karaoke", (("kara", 1000, 1200), ("o", 1200, 1500), ("ke", 1500, 2000))),
        ("床", ()),
        ("前", ()),
    ]
    assert (
        AssKaraoke()
        .write(Subtitles((found,)))
        .splitlines()[-1]
        .endswith(r"{\k20}kara{\k30}o{\k50}ke {\k10}床{\k20}前{\k70}")
    )


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (r"{\i1}x", ["i"]),
        (r"{\i1}y {\i0}x", []),
        (r"{\b1\u1}x", ["b", "u"]),
        (r"{\c&H0000FF&}x", ["c:#ff0000"]),
        (r"{\1c&HFF&}x", ["c:#ff0000"]),
        (r"{\c&HFF&}y {\c}x", []),
        (r"{\i1\c&HFF&}y {\r}x", []),
        (r"{\blur3\fnComic Sans}x", ["ass:\\blur3", "ass:\\fnComic Sans"]),
        (r"{\blur3}y {\blur5}x", ["ass:\\blur5"]),
        (r"{\b700}x", ["ass:\\b700"]),
        (r"{\unknown1}x", []),
        (r"{\i}x", []),
    ],
)
def test_overrides_become_marks(text: str, marks: list[str]) -> None:
    assert sorted(event(text).words[-1].marks) == marks


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"one\Ntwo", "one\ntwo"),
        (r"one\ntwo", "one two"),
        (r"10\hkm", "10\u00a0km"),
        (r"\{x\}", "{x}"),
        (r"\{{}x}", "{x}"),
        ("a{b", "a{b"),
        (r"C:\temp", r"C:\temp"),
        ("a, b", "a, b"),
    ],
)
def test_text_is_read_as_libass_shows_it(text: str, shown: str) -> None:
    assert event(text).text == shown


def test_a_soft_break_breaks_where_the_script_says_so() -> None:
    head = HEAD.replace("Title: t", "WrapStyle: 2") + FORMAT
    assert read("Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,a\\nb", head=head).cues[0].text == "a\nb"


def test_style_voice_and_place_come_back() -> None:
    found = event(r"{\an8\pos(1,2)}x", style="*Sign", name="Mary")
    assert (found.style, found.voice, found.settings) == ("Sign", "Mary", {"ass-tags": r"{\an8\pos(1,2)}"})


def test_drawings_and_remarks_are_no_text_and_said() -> None:
    found = read(
        r"Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\p1}m 0 0 l 1 1{\p0}",
        r"Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{not sure}x",
    )
    assert [cue.text for cue in found.cues] == ["x"]
    assert [notice.code for notice in found.notices] == ["subtitle.drawings", "subtitle.ass_notes"]


def test_the_files_own_order_of_fields_holds() -> None:
    found = read("Dialogue: 0:00:01.00,0:00:02.00,a, b", head=HEAD + "Format: Start, End, Text\n")
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in found.cues] == [(1000, 2000, "a, b")]


def test_one_event_with_bad_times_does_not_cost_the_others() -> None:
    found = read("Dialogue: 0,oops,0:00:03.00,Default,,0,0,0,,x", "Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,y")
    assert [cue.text for cue in found.cues] == ["y"]
    assert [notice.code for notice in found.notices] == ["subtitle.bad_times"]


def test_hours_beyond_nine_are_read_and_written() -> None:
    found = read("Dialogue: 0,111:06:40.00,111:06:41.50,Default,,0,0,0,,x")
    assert found.cues[0].start_ms == 400_000_000
    assert "111:06:40.00,111:06:41.50" in Ass().write(found)


@pytest.mark.parametrize("name", ["test.ass", "test.ssa"])
def test_files_of_another_program_are_read_and_their_styles_kept(material: Path, name: str) -> None:
    text = (material / "E_subtitles/subtitleedit/seconv" / name).read_text("utf-8-sig")
    found = Ass().read(text)
    assert found.cues
    assert found.notices == ()
    assert len(found.cues) == len(re.findall("^Dialogue:", text, re.MULTILINE))
    assert "[V4+ Styles]" in found.header
    again = Ass().read(Ass().write(found))
    assert (again.header, again.styles) == (found.header, found.styles)
    assert [(cue.text, cue.start_ms, cue.end_ms) for cue in again.cues] == [
        (cue.text, cue.start_ms, cue.end_ms) for cue in found.cues
    ]


@pytest.mark.parametrize("text", ["", "hello", "[V4+ Styles]\n", "WEBVTT\n", "1\n00:00:01,000 --> 00:00:02,000\nx"])
def test_what_has_neither_info_nor_events_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Script Info"):
        Ass().read(text)


def test_styles_of_an_old_file_that_cannot_be_read_are_said() -> None:
    found = Ass().read("[Script Info]\n[V4 Styles]\nStyle: Default,Arial,twenty\n[Events]\n" + FORMAT)
    assert [notice.code for notice in found.notices] == ["subtitle.styles"]
    assert "[V4+ Styles]" in Ass().write(found)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def test_a_pause_is_an_empty_k_of_its_own() -> None:
    out = texts(Word("Come", 1200, 1500), Word("on", 1800, 2000), Word("all", 2000, 2600))
    assert out == r"{\k20}{\k30}Come {\k30}{\k20}on {\k60}all{\k40}"


def test_edges_are_rounded_and_lengths_never() -> None:
    out = texts(Word("a", 1004, 1008), Word("b", 1008, 1014), Word("c", 1014, 1024), end_ms=1036)
    assert out == r"{\k1}a {\k0}b {\k1}c{\k2}"


@settings(max_examples=25, deadline=None)
@given(cues(Shape()))
def test_k_adds_up_to_the_cue_to_the_centisecond(made: tuple[Cue, ...]) -> None:
    for line in AssKaraoke().write(Subtitles(made)).splitlines():
        if line.startswith("Dialogue:"):
            fields = line.split(",", 9)
            start, end = (
                sum(int(part) * scale for part, scale in zip(re.split("[:.]", f), (360000, 6000, 100, 1), strict=True))
                for f in fields[1:3]
            )
            lengths = re.findall(r"\{\\k(\d+)\}", fields[9])
            assert not lengths or sum(map(int, lengths)) == end - start


def test_a_new_file_has_what_players_want() -> None:
    out = Ass().write(Subtitles((Cue((Word("x", 0, 10),), 0, 10, style="Sign"),)))
    assert out.startswith("[Script Info]\nScriptType: v4.00+\n")
    assert "PlayResX: 1920" in out
    assert re.search(r"^Style: Sign,Arial,75(,[^,\n]+){20}$", out, re.MULTILINE)
    assert out.endswith("Dialogue: 0,0:00:00.00,0:00:00.01,Sign,,0,0,0,,x\n")


def test_a_brace_in_the_text_is_no_override() -> None:
    words = (Word("{x}", 1000, 2000), Word("\\N", 2000, 3000))
    out = Ass().write(Subtitles((Cue(words, 1000, 3000),))).splitlines()[-1]
    assert out.endswith(",,\\{{}x} \\\u2060N")


def test_a_mark_that_is_no_override_is_not_written() -> None:
    for mark in ("ass:\\k50", "ass:}{\\i1", "ass:blur", "vtt:c.x", "ass:\\p1"):
        word = Word("x", 1000, 3000, marks=frozenset({mark}))
        assert Ass().write(Subtitles((Cue((word,), 1000, 3000),))).endswith(",,x\n")
