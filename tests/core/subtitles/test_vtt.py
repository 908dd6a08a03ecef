"""WebVTT: voices, marks, word stamps, header and settings, in and out."""

from __future__ import annotations

import pytest

from core.cue import Cue
from core.document.document import check_cues
from core.subtitles import vtt_cue_text
from core.subtitles.protocol import Subtitles
from core.subtitles.vtt import Vtt, VttWords
from core.subtitles.vtt_parser import parse_stamp
from core.subtitles.vtt_settings import CueSettings, parse_settings
from core.transcript import Source, Word


def read(text: str) -> Subtitles:
    found = Vtt().read(text)
    check_cues(found.cues)
    return found


def cue(body: str, settings: str = "") -> Cue:
    return read(f"WEBVTT\n\n00:01.000 --> 00:03.000 {settings}\n{body}\n").cues[0]


def written(*words: Word, voice: str = "", end_ms: int = 3000) -> str:
    return VttWords().write(Subtitles((Cue(words, 1000, end_ms, voice=voice),))).split("\n\n", 1)[1]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def test_stamps_give_words_their_real_times() -> None:
    words = cue("<00:01.200>Come <00:01.800>on<00:02.000> <c>every</c><00:02.500>body").words
    assert [(w.text, w.after, w.start_ms, w.end_ms, w.source) for w in words] == [
        ("Come", " ", 1200, 1800, Source.ALIGNED),
        ("on", " ", 1800, 2000, Source.ALIGNED),
        ("every", "", 2000, 2500, Source.ALIGNED),
        ("body", " ", 2500, 3000, Source.ALIGNED),
    ]


def test_words_before_the_first_stamp_begin_with_the_cue() -> None:
    assert [(w.text, w.start_ms) for w in cue("well <00:02.000>yes").words] == [("well", 1000), ("yes", 2000)]


def test_a_voice_for_the_whole_cue_is_the_cues_own() -> None:
    found = cue("<v.loud Ann &amp; Bob>Hello there")
    assert (found.voice, found.text) == ("Ann & Bob", "Hello there")
    assert found.words[0].marks == {"vtt:c.loud"}


def test_two_voices_in_one_cue_stay_with_their_words() -> None:
    found = cue("<v Ann>One</v>\n<v Bob>two</v>")
    assert found.voice == ""
    assert [sorted(word.marks) for word in found.words] == [["vtt:v Ann"], ["vtt:v Bob"]]


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("<i>x</i>", ["i"]),
        ("<b><u>x</u></b>", ["b", "u"]),
        ("<c.red>x</c>", ["c:#ff0000"]),
        ("<c.colorE5E5E5>x</c>", ["c:#e5e5e5"]),
        ("<c.red><c.lime>x</c></c>", ["c:#00ff00"]),
        ("<i.loud.bg_blue>x</i>", ["i", "vtt:c.loud.bg_blue"]),
        ("<lang en-GB>x</lang>", ["vtt:lang en-GB"]),
        ("<ruby>x</ruby>", ["vtt:ruby"]),
        ("<ruby><rt>x</rt></ruby>", ["vtt:rt", "vtt:ruby"]),
        ("<rt>x</rt>", []),
        ("<unknown>x</unknown>", []),
        ("<>x", []),
        ("</i>x", []),
        ("< i>x", []),
        ("<99:99>x", []),
    ],
)
def test_tags_become_marks(body: str, marks: list[str]) -> None:
    assert [(word.text, sorted(word.marks)) for word in cue(body).words] == [("x", marks)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a &amp; b &lt;i&gt;", "a & b <i>"),
        ("&am&amp;", "&am&"),
        ("&#x41;&#66;", "AB"),
        ("&#99999999999999;x", "\ufffdx"),
        ("a&nbsp;b", "a\u00a0b"),
        ("one <i two", "one"),
        ("x\0y", "x\ufffdy"),
        ("&quot;&ouml;&quot;", '"ö"'),
    ],
)
def test_references_and_odd_text_are_read_as_browsers_read_them(body: str, text: str) -> None:
    assert cue(body).text == text


def test_header_notes_and_styles_are_kept() -> None:
    text = (
        "WEBVTT - title\nKind: captions\nLanguage: de\n\nNOTE\nby me\n\n"
        "STYLE\n::cue { color: red }\n\nREGION\nid:fred\n\n"
        "00:01.000 --> 00:02.000 region:fred\nx\n\nNOTE later\n"
    )
    found = read(text)
    assert found.language == "de"
    assert found.header == text.split("\n\n00:01")[0] + "\n\nNOTE later"
    assert Vtt().write(found).startswith(found.header + "\n\n00:00:01.000 --> 00:00:02.000 region:fred\nx\n")
    assert read(Vtt().write(found)).header == found.header


def test_identifiers_and_settings_come_back_as_written() -> None:
    text = "WEBVTT\n\nintro -  1\n00:00:01.000 --> 00:00:02.000 line:90%,end align:left\nx\n"
    assert Vtt().write(read(text)) == text


def test_cues_with_bad_times_are_counted_and_the_others_read() -> None:
    found = read("WEBVTT\n\n00:01 --> 00:02\nx\n\n00:03.000 --> 00:04.000\ny\n\nfoo --> bar\nz\n")
    assert [cue.text for cue in found.cues] == ["y"]
    assert [(notice.code, notice.params["count"], notice.finding) for notice in found.notices] == [
        ("subtitle.bad_times", 2, True)
    ]


def test_an_end_before_the_start_is_mended_and_said() -> None:
    found = read("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n")
    assert [(cue.start_ms, cue.end_ms) for cue in found.cues] == [(2000, 2000)]
    assert [notice.code for notice in found.notices] == ["subtitle.end_before_start"]


@pytest.mark.parametrize("text", ["", "\n", "WEBVT", "WEBVTTX\n\n", "webvtt\n", "\nWEBVTT\n", "1\n00:00:01,000 --> "])
def test_a_file_without_the_signature_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="begins with the word WEBVTT"):
        Vtt().read(text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline_parts_lines(newline: str) -> None:
    text = newline.join(["\ufeffWEBVTT", "", "00:01.000 --> 00:02.000", "one", "two", "", ""])
    assert [cue.text for cue in read(text).cues] == ["one\ntwo"]


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("00:01.200", 1200),
        ("1:00:00.000", 3_600_000),
        ("100:00:00.001", 360_000_001),
        ("00:60.000", None),
        ("0:01.000", None),
        ("00:01.20", None),
    ],
)
def test_stamps_are_read_strictly(text: str, ms: int | None) -> None:
    assert parse_stamp(text) == ms


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("line:1.5 position:10%,line-right size:40.5% align:end vertical:rl",
         CueSettings(vertical="rl", line=1.5, position=10, position_align="line-right", size=40.5, align="end")),
        ("line:-1 line:x line:1- line:%", CueSettings(line=-1)),
        ("region:fred", CueSettings(region="fred")),
        ("region:fred size:50%", CueSettings(size=50)),
        ("region:other", CueSettings()),
        ("line:" + "9" * 5000, CueSettings()),
        ("align:middle size:101% position:-1% :x x: x", CueSettings()),
    ],
)  # fmt: skip
def test_settings_are_understood_or_passed_over(text: str, settings: CueSettings) -> None:
    assert parse_settings(text, frozenset({"fred"})) == settings


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def test_stamps_stand_where_words_begin_and_where_a_pause_does() -> None:
    out = written(Word("Come", 1200, 1500), Word("on,", 1800, 2000), Word("all", 2000, 2600)).splitlines()
    assert out[0] == "00:00:01.000 --> 00:00:03.000"
    assert out[1] == "<00:00:01.200>Come<00:00:01.500> <00:00:01.800>on, <00:00:02.000>all<00:00:02.600>"


def test_no_stamp_stands_at_the_edges_of_the_cue_or_twice() -> None:
    out = written(Word("a", 1000, 1000), Word("b", 1000, 2000), Word("c", 2000, 3000))
    assert out.splitlines()[1] == "a b <00:00:02.000>c"


def test_plain_webvtt_has_no_stamps() -> None:
    words = (Word("a", 1200, 1500), Word("b", 1800, 2000))
    assert Vtt().write(Subtitles((Cue(words, 1000, 3000),))).splitlines()[3] == "a b"


def test_words_and_voices_are_escaped() -> None:
    out = written(Word("<b>", 1000, 2000), Word("&-->", 2000, 3000), voice="A & <B>\nC")
    assert out.splitlines()[1] == "<v A &amp; &lt;B&gt; C>&lt;b&gt; <00:00:02.000>&amp;--&gt;"


def test_marks_nest_properly_and_span_their_words() -> None:
    both, bold = frozenset({"i", "b"}), frozenset({"b"})
    words = (Word("one", 1000, 2000, marks=bold), Word("two", 2000, 2500, marks=both), Word("six", 2500, 3000))
    assert Vtt().write(Subtitles((Cue(words, 1000, 3000),))).splitlines()[3] == "<b>one <i>two</i></b> six"


def test_colours_beyond_the_eight_get_a_rule_once() -> None:
    words = (
        Word("a", 1000, 2000, marks=frozenset({"c:#ff8800"})),
        Word("b", 2000, 3000, marks=frozenset({"c:#ff0000"})),
    )
    once = Vtt().write(Subtitles((Cue(words, 1000, 3000),)))
    assert "STYLE\n::cue(c.colorFF8800) { color: #ff8800; }\n" in once
    assert "<c.colorFF8800>a</c> <c.red>b</c>" in once
    assert Vtt().write(read(once)) == once


@pytest.mark.parametrize("mark", ["vtt:script", "vtt:v a\nb", "vtt:c.a b", "vtt:c.<i>", "srt:s", "nonsense"])
def test_a_mark_that_is_no_tag_of_webvtt_is_not_written(mark: str) -> None:
    word = Word("x", 1000, 3000, marks=frozenset({mark}))
    assert Vtt().write(Subtitles((Cue((word,), 1000, 3000),))).splitlines()[3] == "x"


def test_the_header_of_another_format_is_not_taken_over() -> None:
    assert Vtt().write(Subtitles((), header="[Script Info]\nTitle: x")) == "WEBVTT\n"


def test_a_language_that_changed_replaces_the_headers() -> None:
    out = Vtt().write(Subtitles((), header="WEBVTT\nLanguage: de\nKind: captions", language="fr"))
    assert out == "WEBVTT\nKind: captions\nLanguage: fr\n"


def test_a_header_cannot_smuggle_cues_in() -> None:
    hostile = "WEBVTT\n\nNOTE\n00:01.000 --> 00:02.000\nnot a cue"
    assert read(Vtt().write(Subtitles((), header=hostile))).cues == ()


def test_the_tokenizer_keeps_text_between_broken_tags() -> None:
    assert "".join(run.text for run in vtt_cue_text.parse("a<b c<d>e</x>f<").runs) == "aef"
