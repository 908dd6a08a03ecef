"""FCPXML and EDL markers: every edge on the very frame it was set on."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cue import Cue
from core.subtitles.edl import EdlMarkers, EdlMarkersNonDrop
from core.subtitles.fcpxml import Fcpxml
from core.subtitles.protocol import Subtitles
from core.timecode import ms_of_frame
from core.transcript import Word

RATES = [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(60000, 1001)]
SPANS = st.lists(st.tuples(st.integers(0, 400_000), st.integers(1, 400)), min_size=1, max_size=8)


def on_frames(spans: list[tuple[int, int]], rate: Fraction, start_ms: int = 0) -> Subtitles:
    """A cue for each (first frame, length), its edges where those frames are first seen."""
    cues = []
    for first, length in sorted(spans):
        start, end = ms_of_frame(first, rate), ms_of_frame(first + length, rate)
        cues.append(Cue((Word("x", start, end),), start, end))
    return Subtitles(tuple(cues), frame_rate=rate, start_timecode_ms=start_ms, media="film.mov")


def titles(subtitles: Subtitles) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(Fcpxml().write(subtitles)).iter("title"))


def seconds(text: str) -> Fraction:
    return Fraction(text.removesuffix("s"))


def frames_to(name: str, base: int) -> int:
    """How many frames come before a drop-frame name, counted minute by minute."""
    hours, minutes, rest, frames = map(int, re.split("[:;]", name))
    dropped = base // 15
    whole = sum(60 * base - (dropped if minute % 10 else 0) for minute in range(hours * 60 + minutes))
    return whole + rest * base + frames - (dropped if minutes % 10 else 0)


# ── FCPXML ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rate", RATES, ids=str)
@given(spans=SPANS)
def test_titles_lie_on_the_frames_they_were_set_on(rate: Fraction, spans: list[tuple[int, int]]) -> None:
    found = titles(on_frames(spans, rate))
    frames = [(seconds(t.attrib["offset"]) * rate, seconds(t.attrib["duration"]) * rate) for t in found]
    assert frames == sorted(spans)


@pytest.mark.parametrize(
    ("rate", "frame", "counting", "start"),
    [
        (Fraction(24000, 1001), "1001/24000s", "NDF", Fraction(86_400 * 1001, 24000)),
        (Fraction(25), "1/25s", "NDF", Fraction(3600)),
        (Fraction(30000, 1001), "1001/30000s", "DF", Fraction(107_892 * 1001, 30000)),
    ],
    ids=str,
)
def test_the_sequence_counts_as_the_film_does(rate: Fraction, frame: str, counting: str, start: Fraction) -> None:
    root = ElementTree.fromstring(Fcpxml().write(on_frames([(0, 10)], rate, start_ms=3_600_000)))
    sequence, form = root.find(".//sequence"), root.find(".//format")
    assert sequence is not None
    assert form is not None
    assert form.attrib["frameDuration"] == frame
    assert (sequence.attrib["tcFormat"], seconds(sequence.attrib["tcStart"])) == (counting, start)
    assert seconds(sequence.attrib["duration"]) * rate == 10


@given(spans=SPANS)
def test_titles_on_one_lane_never_overlap(spans: list[tuple[int, int]]) -> None:
    ends: dict[str, Fraction] = {}
    for title in titles(on_frames(spans, Fraction(25))):
        start, lane = seconds(title.attrib["offset"]), title.attrib["lane"]
        assert ends.get(lane, Fraction(0)) <= start
        ends[lane] = start + seconds(title.attrib["duration"])


def test_an_edge_between_frames_goes_to_the_nearest() -> None:
    cue = Cue((Word("x", 1015, 1030),), 1015, 1030)
    found = titles(Subtitles((cue,), frame_rate=Fraction(25)))[0]
    assert (found.attrib["offset"], found.attrib["duration"]) == ("1s", "1/25s")


def test_looks_and_lines_are_kept() -> None:
    words = (
        Word("a", 0, 40, marks=frozenset({"i"})),
        Word("<b>", 40, 80, "\n", marks=frozenset({"b", "c:#ff0000"})),
        Word("c", 80, 120),
    )
    found = titles(Subtitles((Cue(words, 0, 120),)))[0]
    assert "".join(found.find("text").itertext()) == "a <b>\nc"  # type: ignore[union-attr]
    looks = [style.attrib for style in found.iterfind("text-style-def/text-style")]
    assert [(look.get("italic"), look.get("bold"), look["fontColor"]) for look in looks] == [
        ("1", None, "1 1 1 1"),
        (None, "1", "1 0 0 1"),
        (None, None, "1 1 1 1"),
    ]
    refs = [span.attrib["ref"] for span in found.iterfind("text/text-style")]
    assert refs == [style.attrib["id"] for style in found.iterfind("text-style-def")]


# ── EDL ──────────────────────────────────────────────────────────────────────────────────────────


def markers(text: str) -> list[tuple[str, str, int]]:
    found = re.findall(r"^\d{3,}  001      V     C        (\S+) (\S+) \1 \2  \n \|C:\w+ \|M:.* \|D:(\d+)$", text, re.M)
    return [(begin, end, int(length)) for begin, end, length in found]


@pytest.mark.parametrize("rate", [Fraction(30000, 1001), Fraction(60000, 1001)], ids=str)
@given(spans=SPANS)
def test_drop_frame_markers_name_the_frames_they_were_set_on(rate: Fraction, spans: list[tuple[int, int]]) -> None:
    text = EdlMarkers().write(on_frames(spans, rate))
    assert "FCM: DROP FRAME\n" in text
    base = 30 if rate < 31 else 60
    found = [(frames_to(begin, base), frames_to(end, base), length) for begin, end, length in markers(text)]
    assert found == [(first, first + 1, length) for first, length in sorted(spans)]


@pytest.mark.parametrize("rate", RATES, ids=str)
@given(spans=SPANS)
def test_markers_without_drop_frame_count_every_frame(rate: Fraction, spans: list[tuple[int, int]]) -> None:
    text = EdlMarkersNonDrop().write(on_frames(spans, rate))
    assert "FCM: NON-DROP FRAME\n" in text
    base = round(rate)
    found = []
    for begin, _, length in markers(text):
        hours, minutes, rest, frames = map(int, begin.split(":"))
        found.append((((hours * 60 + minutes) * 60 + rest) * base + frames, length))
    assert found == sorted(spans)


def test_a_film_that_starts_at_one_hour_has_its_markers_there() -> None:
    text = EdlMarkers().write(on_frames([(1800, 30)], Fraction(30000, 1001), start_ms=3_600_000))
    assert text.splitlines() == [
        "TITLE: film",
        "FCM: DROP FRAME",
        "",
        "001  001      V     C        01:01:00;02 01:01:00;03 01:01:00;02 01:01:00;03  ",
        " |C:ResolveColorBlue |M:x |D:30",
        "",
    ]


def test_text_cannot_begin_another_field_or_line() -> None:
    words = (Word("a|D:9", 0, 40, "\n"), Word("b\u2028c", 40, 80))
    assert " |M:a/D:9 b c |D:2\n" in EdlMarkers().write(Subtitles((Cue(words, 0, 80),)))


def test_drop_frame_is_only_where_it_exists() -> None:
    for rate in (Fraction(24000, 1001), Fraction(25), Fraction(30)):
        assert "FCM: NON-DROP FRAME" in EdlMarkers().write(on_frames([(0, 1)], rate))
