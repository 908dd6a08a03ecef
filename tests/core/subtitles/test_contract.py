"""Every format of the registry keeps what it claims to keep, refuses nothing it can carry, and never crashes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.document.document import check_cues
from core.subtitles.colours import MARK
from core.subtitles.encoding import decoded
from core.subtitles.look import look_of
from core.subtitles.places import place_for
from core.subtitles.protocol import Feature, SubtitleFormat, Subtitles
from core.subtitles.registry import FORMATS, by_id
from core.transcript import Word
from tests.core.subtitles.carried import GRAIN_MS, carried
from tests.core.subtitles.making import Shape, seeded, subtitles
from tests.core.subtitles.small_stl import small_stl
from tests.processor_time import at_most

READABLE = [format_id for format_id in FORMATS.ids() if by_id(format_id).reads]
READERS = list({by_id(format_id).read.__func__: format_id for format_id in reversed(READABLE)}.values())  # type: ignore[attr-defined]
"""One id for each reader there is: formats with and without word times share theirs."""
BOTH_WAYS = [format_id for format_id in READABLE if by_id(format_id).writes]
OWN_SETTINGS = {"srt": ("srt",), "vtt": ("vtt", "vtt-id"), "vtt-words": ("vtt", "vtt-id")}
OWN_SETTINGS |= dict.fromkeys(("ass", "ass-karaoke"), ("ass", "ass-tags"))
REFUSED = ("-->", "free")
PLACES = ("srt", "ass-tags", "vtt")


def test_every_format_says_what_it_is() -> None:
    for format_id in FORMATS.ids():
        format_ = by_id(format_id)
        assert format_.id == format_id
        assert format_.name
        assert format_.reads or format_.writes
        assert all(extension.startswith(".") and extension.islower() for extension in format_.extensions)
        assert format_.keeps <= set(Feature)


def test_every_claim_is_held_to() -> None:
    claimed = {feature for format_id in READABLE for feature in by_id(format_id).keeps}
    assert claimed <= set(CHECKS)


@pytest.mark.parametrize("format_id", BOTH_WAYS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_text_times_and_every_claimed_feature_survive(format_id: str, data: st.DataObject) -> None:
    format_ = by_id(format_id)
    # Word stamps keep words apart by themselves; without, words that touch become one, and so must share their marks.
    # Karaoke formats take stamped neighbours that touch for syllables of one word.
    shape = Shape(joined=format_id == "vtt-words", latin=Feature.WORD_TIMES in format_.keeps and format_id != "json")
    before = carried(data.draw(subtitles(shape)), format_id)
    after = format_.read(format_.write(before))
    check_cues(after.cues)
    _same_text_and_times(before, after)
    for feature in format_.keeps:
        CHECKS[feature](before, after, format_)


@pytest.mark.parametrize("format_id", BOTH_WAYS)
@settings(max_examples=20, deadline=None)
@given(before=subtitles(Shape(joined=True, marked=False)))
def test_words_that_touch_join_to_the_same_text(format_id: str, before: Subtitles) -> None:
    format_ = by_id(format_id)
    _same_text_and_times(carried(before, format_id), format_.read(format_.write(before)))


@pytest.mark.parametrize("format_id", BOTH_WAYS)
@settings(max_examples=15, deadline=None)
@given(before=subtitles(Shape(joined=False)))
def test_writing_what_was_read_gives_the_same_file(format_id: str, before: Subtitles) -> None:
    format_ = by_id(format_id)
    once = format_.write(format_.read(format_.write(before)))
    assert format_.write(format_.read(once)) == once


@pytest.mark.parametrize("format_id", BOTH_WAYS)
def test_a_long_document_comes_back_whole(format_id: str) -> None:
    _long_round_trip(by_id(format_id), 2_000)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("format_id", BOTH_WAYS)
def test_fifty_thousand_cues_come_back_whole(format_id: str) -> None:
    _long_round_trip(by_id(format_id), 50_000)


@pytest.mark.parametrize("format_id", READERS)
@pytest.mark.parametrize("seed", range(4))
def test_broken_files_are_read_or_refused_with_a_sentence(format_id: str, seed: int) -> None:
    _fuzz(by_id(format_id), count=500, seed=seed)


@pytest.mark.slow
@pytest.mark.parametrize("format_id", READERS)
@pytest.mark.timeout(1200)
def test_twenty_five_thousand_broken_files_are_read_or_refused(format_id: str) -> None:
    """None of them holds a reader up for 2 s, and all together leave no more memory in use than a long film's cues."""
    before = _resident_mb()
    _fuzz(by_id(format_id), count=25_000, seed=99, patience_s=2.0)
    assert _resident_mb() - before < 300


def _resident_mb() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


@pytest.mark.parametrize("format_id", READERS)
@pytest.mark.parametrize(
    "evil",
    [
        "<", "<a", "<i", "<i>", "</i>", "<v ", "<c.a", "{\\", "{\\k1}", "&", "&#", "&#9", "&#9;", "&a", "-->", "\u2060",
        "<\u2060", ":", "1:", "a:b", "X1:1", "1:1,1 ", "00:00:01,000 --> ", "-- >", " ", "\n", "\r", "\0", "1\n", "[",
        '{"a":', '"', "<b><i>", "床", "<00:01.000>", "(", "“",
        "a<00:01.000> ", "<i>a</i>", "a\u00a0", "<i>a\u00a0</i>b ",
    ],
)  # fmt: skip
def test_long_runs_of_one_thing_are_read_in_linear_time(format_id: str, evil: str) -> None:
    format_ = by_id(format_id)
    run = evil * (50_000 // len(evil))
    starts = {
        "srt": "1\n00:00:01,000 --> 00:00:02,000\n",
        "json": '{"version":1,"cues":[',
        "ass": _EVENT,
        "ass-karaoke": _EVENT,
        "lrc": "[00:01.00]",
        "csv": "start,end,text\n1,2,",
        "stl": small_stl((1000, 3000, b"x")),
        "scc": "Scenarist_SCC V1.0\n\n00:00:01:00\t9420 ",
        "ttml": '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2s">',
        "lrc-words": "[00:01.00]",
    }
    with at_most(30):  # each is read in well under a second; anything quadratic takes minutes
        for head in (starts.get(format_id, _VTT), "00:00:01,000 --> 00:00:02,000 ", ""):
            _read_or_refuse(format_, head + run)


# ── what a claim means ───────────────────────────────────────────────────────────────────────────


def _same_text_and_times(before: Subtitles, after: Subtitles) -> None:
    assert [(c.start_ms, c.end_ms) for c in after.cues] == [(c.start_ms, c.end_ms) for c in before.cues]
    assert [cue.text for cue in after.cues] == [cue.text for cue in before.cues]


def _marks(kept: Callable[[str], bool]) -> Callable[[Subtitles, Subtitles, SubtitleFormat], None]:
    def letters(words: tuple[Word, ...]) -> list[tuple[str, frozenset[str]]]:
        return [(letter, frozenset(filter(kept, word.marks))) for word in words for letter in word.text]

    def check(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
        visible = [[(c, m) for c, m in letters(cue.words) if not c.isspace()] for cue in before.cues]
        assert [[(c, m) for c, m in letters(cue.words) if not c.isspace()] for cue in after.cues] == visible

    return check


def _word_times(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
    times = [[(word.text, word.start_ms, word.end_ms) for word in cue.words] for cue in before.cues]
    assert [[(word.text, word.start_ms, word.end_ms) for word in cue.words] for cue in after.cues] == times


def _voices(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
    assert [cue.voice for cue in after.cues] == [cue.voice for cue in before.cues]


def _positions(before: Subtitles, after: Subtitles, format_: SubtitleFormat) -> None:
    keys = OWN_SETTINGS[format_.id]
    for cue, back in zip(before.cues, after.cues, strict=True):
        whole = {key: place_for(cue.settings, key.split("-")[0]) for key in keys if key in PLACES} | cue.settings
        proper = {k: v for k, v in whole.items() if v and k in keys and not any(bad in v for bad in REFUSED)}
        # A cue without words has no text for an override to stand in; coordinates and settings stay.
        assert back.settings == proper


def _language(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
    assert after.language == before.language


def _confidence(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
    of = lambda s: [(w.text_confidence, w.time_confidence, w.source) for c in s.cues for w in c.words]  # noqa: E731
    assert of(after) == of(before)


def _segments(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
    def plain(found: Subtitles) -> list[object]:
        return [
            (s.start_ms, s.end_ms, s.text, s.languages, s.notes, [(w.text, w.after, w.start_ms) for w in s.words])
            for s in found.segments
        ]

    assert plain(after) == plain(before)
    assert after.unmatched == before.unmatched
    assert (after.media, after.engine) == (before.media, before.engine)


def _nothing_more(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
    """Line breaks and overlaps are in the text and the times, which every format is held to."""


def _milliseconds(_: Subtitles, __: Subtitles, format_: SubtitleFormat) -> None:
    """Times are compared for every format, on the grain it is known to have; who claims this must have none."""
    assert format_.id not in GRAIN_MS


def _styles(before: Subtitles, after: Subtitles, _: SubtitleFormat) -> None:
    assert [cue.style for cue in after.cues] == [cue.style.replace(",", " ") for cue in before.cues]
    assert {cue.style for cue in after.cues} - {""} <= set(after.styles)


def _look(before: Subtitles, after: Subtitles, format_: SubtitleFormat) -> None:
    """TTML's look is written, and a reader of its own styles is not ours: players are told."""
    look = look_of(before.styles)
    assert look is not None
    assert look_of(after.styles) == look if after.styles else look.font in format_.write(before)


def _header(before: Subtitles, after: Subtitles, format_: SubtitleFormat) -> None:
    kind = format_.id.split("-")[0]
    if kind != "vtt":
        ours = before.header if before.header.startswith({"ass": "[Script Info]", "lrc": "[ti:"}[kind]) else ""
        assert all(line in after.header.split("\n") for line in ours.split("\n") if line)
        assert "WEBVTT" not in after.header
    elif before.header.startswith("WEBVTT"):
        assert after.header.startswith(before.header.split("\n\n")[0].split("\n")[0])
        assert all(block in after.header for block in before.header.split("\n\n")[1:])
    else:
        assert "Script Info" not in after.header


CHECKS: dict[Feature, Callable[[Subtitles, Subtitles, SubtitleFormat], None]] = {
    Feature.STYLED_TEXT: _marks(lambda mark: mark in ("i", "b", "u")),
    Feature.COLOURS: _marks(lambda mark: MARK.fullmatch(mark) is not None),
    Feature.WORD_TIMES: _word_times,
    Feature.VOICES: _voices,
    Feature.POSITIONS: _positions,
    Feature.STYLES: _styles,
    Feature.LOOK: _look,
    Feature.LANGUAGE: _language,
    Feature.CONFIDENCE: _confidence,
    Feature.SEGMENTS: _segments,
    Feature.LINE_BREAKS: _nothing_more,
    Feature.OVERLAPS: _nothing_more,
    Feature.HEADER: _header,
    Feature.MILLISECONDS: _milliseconds,
}


# ── long and broken files ────────────────────────────────────────────────────────────────────────


def _long_round_trip(format_: SubtitleFormat, count: int) -> None:
    before = carried(seeded(count), format_.id)
    after = format_.read(format_.write(before))
    assert len(after.cues) == count
    assert after.notices == ()
    _same_text_and_times(before, after)
    check_cues(after.cues)


_VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
_EVENT = "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,"
_SEEDS = {
    "ass": """[Script Info]
ScriptType: v4.00
WrapStyle: 2

[V4 Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20,16777215,65535,65535,0,-1,0,1,2,3,2,30,30,30,0,0

[Fonts]
fontname: a.ttf
[!"#$%&'()*+,-./0123456789:;<=>?@ABC

[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: Marked=0,0:00:00.00,0:00:01.00,Default,,0000,0000,0000,,a note
Dialogue: Marked=0,0:00:01.00,0:00:03.50,*Default,Mary,0000,0000,0000,,{\\k50}One {\\k20}{\\kf80\\i1}t{\\k10}wo{a note}
Dialogue: Marked=0,0:00:04.00,0:00:05.00,Default,,0000,0000,0000,Banner,{\\an8\\pos(1,2)}x\\N\\{y\\}{\\c&H0000FF&}z{\\r}
Dialogue: Marked=0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}{\\t(0,9,\\fs9)\\blur2}q
""",
    "lrc": """[ti:A song]
[la:en]
[offset:+500]

[00:01.00]<00:01.00>Come <00:01.50>on<00:01.70> <00:02.00>every<00:02.500>body
[00:03.10][01:03.10][00:04:10]床前明月光 [00:05.00]x
[00:06]
[1:00:07.00]don't <x> [y]
""",
    "ttml": """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="en"
xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="60">
<head><styling><style xml:id="a" tts:color="red" tts:fontStyle="italic"/></styling>
<layout><region xml:id="r" begin="1s" end="50s"/></layout></head>
<body timeContainer="seq"><div region="r" begin="00:00:01:10" dur="120t" style="a"><p>One<br/>two</p></div>
<div><p begin="1.5s" end="9s"><span begin="1s">床前</span> <span begin="2s" end="3s">three &amp; 4</span></p></div>
</body></tt>
""",
    "stl": small_stl((1000, 3000, b"Hello\x8aworld"), (4000, 5000, b"\x80\xc8uber\x81\xff"), (4500, 9000, b"\x01x")),
    "scc": """Scenarist_SCC V1.0

00:00:01:00\t9420 9420 94ae 94ae 9470 9470 4865 ecec ef80 942f 942f

00:00:03;00\t9425 9425 94ad 94ad 9470 9470 c1e9 7280 1337 91ae 91ae

00:00:06;15\t9429 9429 9454 9454 6162 942c 942c
""",
    "csv": """start;end;text;speaker;notes
00:00:01.000;00:00:03,250;"Hello; ""world""
two";Mary;x

83.5;1:24;\u2060=1+1;;
oops;2;x
""",
    "srt": """1
00:00:01,000 --> 00:00:03,250 X1:63 X2:223
{\\an8}<i>Hello</i> <font color="red">world</font>

2
0:0:4,5 --> 00:00:06
床前明月光，
three & 4 < 5

3
00:00:07.000-->00:00:06,000

""",
    "vtt": """WEBVTT - t
Language: en

STYLE
::cue { color: red }

REGION
id:fred

NOTE n

id
00:01.000 --> 00:03.000 align:start line:10%,end region:fred
<v.loud Mary>One <00:01.500><c.red>two</c> &amp; &#x41;

01:00:04.000 --> 01:00:06.000
<ruby>漢<rt>kan</rt></ruby> <lang en>x</lang>
""",
}
_PIECES = (
    "\\k", "{\\k20}", "\\N", "\\p1", "[Events]", "Style:", "Comment:", "[00:01.00]", "<00:01.00>",
    "<p>", "</p>", "<br/>",
    "-->", "\n\n", "\r", "\0", "<", ">", "{\\", "}", "&", "&#", ";", ":", ",", "WEBVTT", "00:00:01,000", "\ufeff",
    "9" * 30, "-", "null", "[", '"', "\u2028", "\ud800", "1e999", "²", "٣", "<i>", "</v>",
)  # fmt: skip


def _fuzz(format_: SubtitleFormat, count: int, seed: int, patience_s: float = 0.0) -> None:
    chance = random.Random(seed)
    base = _SEEDS.get(format_.id.split("-")[0]) or format_.write(replace(seeded(3), unmatched=()))
    for _ in range(count):
        text = base
        for _ in range(chance.randint(1, 6)):
            text = _mutated(text, chance)
        with at_most(patience_s):
            _read_or_refuse(format_, text)
        raw = bytearray(text.encode("utf-8", "surrogatepass"))
        raw[chance.randrange(len(raw) + 1) : 0] = chance.randbytes(2)
        if chance.random() < 0.05:
            _read_or_refuse(format_, decoded(bytes(raw)).text)


def _mutated(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    upto = min(len(text), at + chance.randint(1, 12))
    match chance.randrange(5):
        case 0:
            return text[:at] + text[upto:]
        case 1:
            return text[:at] + chance.choice(_PIECES) + text[at:]
        case 2:
            return text[:at] + chance.choice(_PIECES) + text[upto:]
        case 3:
            return text[:upto] + text[at:]
        case _:
            return text[:at] if chance.random() < 0.2 else text[:at] + chr(chance.randrange(0x300)) + text[at:]


def _read_or_refuse(format_: SubtitleFormat, text: str) -> None:
    try:
        found = format_.read(text)
    except ValueError as error:
        refusal = error
    else:
        check_cues(found.cues)
        if format_.writes:
            format_.write(found)
        return
    assert str(refusal)
    assert not isinstance(refusal, UnicodeError)
