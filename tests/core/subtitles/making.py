"""Subtitles for tests: hypothesis strategies, and a seeded document of any size."""

from __future__ import annotations

import random
from dataclasses import dataclass

from hypothesis import strategies as st

from core.cue import Cue
from core.subtitles.look import DEFAULT, Look
from core.subtitles.protocol import Subtitles, UnmatchedLine
from core.transcript import Segment, Source, Word

TRICKY = (
    "-->", "--", ">", "<i>", "</b>", "<font", "{\\an8}", "{\\i1}x", "&amp;", "&", "<", "<00:00:01.000>",
    "00:00:01,000", "1", "42", "NOTE", "WEBVTT", "STYLE", "<v", "</v>", "<c.red>x</c>", "\u2060", "<\u2060i>",
    "--\u2060>", "don't", "“quoted”", "(sighs)", "10\u00a0km", "e\u0301", "👩\u200d👩\u200d👧", "שלום", "سلام",
    "床前", "どこ", "한국어", "\ufeffx",
)  # fmt: skip
"""Words that formats could take for markup, and words of many scripts."""

_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))
_COLOURS = st.sampled_from(["c:#ff0000", "c:#00ff00", "c:#ff8800", "c:#012345"])


@dataclass(frozen=True)
class Shape:
    """What the words may be.

    Attributes:
        joined: whether words may stand without white space between them.
        marked: whether words carry marks.
        latin: letters, digits and markup only, no scripts that a reader parts anew.
    """

    joined: bool = True
    marked: bool = True
    latin: bool = False


def texts(shape: Shape) -> st.SearchStrategy[str]:
    if shape.latin:
        return st.text("abcXYZ019.,'<>&-{\\}", min_size=1, max_size=8)
    return st.sampled_from(TRICKY) | st.text(_CHARACTERS, min_size=1, max_size=8)


def marks(shape: Shape) -> st.SearchStrategy[frozenset[str]]:
    if not shape.marked:
        return st.just(frozenset())
    plain = st.sets(st.sampled_from(["i", "b", "u"]), max_size=3)
    return st.builds(lambda some, colour: frozenset({*some, *colour}), plain, st.sets(_COLOURS, max_size=1))


@st.composite
def words(draw: st.DrawFn, start_ms: int, shape: Shape) -> tuple[Word, ...]:
    after = st.sampled_from(["", " ", "\n"] if shape.joined else [" ", "\n"])
    made: list[Word] = []
    at_ms = start_ms
    for _ in range(draw(st.integers(0, 6))):
        at_ms += draw(st.sampled_from([0, 0, 1, 250]))
        end_ms = at_ms + draw(st.integers(1, 900))
        made.append(
            Word(
                draw(texts(shape)),
                at_ms,
                end_ms,
                after=draw(after),
                source=draw(st.sampled_from(Source)),
                text_confidence=draw(st.none() | st.floats(0, 1)),
                time_confidence=draw(st.none() | st.floats(0, 1)),
                marks=draw(marks(shape)),
            )
        )
        at_ms = end_ms
    return tuple(made)


@st.composite
def cues(draw: st.DrawFn, shape: Shape) -> tuple[Cue, ...]:
    made: list[Cue] = []
    start_ms = draw(st.sampled_from([0, 999, 3_599_999, 400_000_000]))
    for _ in range(draw(st.integers(0, 30) if draw(st.booleans()) else st.integers(0, 8))):
        start_ms += draw(st.integers(0, 5_000))
        own = draw(words(start_ms, shape))
        end_ms = (own[-1].end_ms if own else start_ms) + draw(st.sampled_from([0, 1, 700]))
        made.append(
            Cue(
                own,
                start_ms,
                end_ms,
                voice=draw(st.sampled_from(["", "Mary", "Ann & <Bob>", "李"])) if own else "",
                style=draw(st.sampled_from(["", "Sign", "Top, red"])),
                settings=draw(st.sampled_from(SETTINGS)),
            )
        )
    return tuple(sorted(made, key=lambda cue: (cue.start_ms, cue.end_ms)))


SETTINGS: tuple[dict[str, str], ...] = (
    {},
    {"srt": "X1:63 X2:223 Y1:43 Y2:58", "vtt": "align:start line:0"},
    {"srt": "{\\an8}", "vtt": "position:10%,line-left size:35%", "vtt-id": "intro 1"},
    {"srt": "{\\an1} X1:1 X2:2 Y1:3 Y2:4", "vtt-id": "7"},
    {"ass": "1,10,20,30,Scroll up", "ass-tags": "{\\an8\\pos(1,2)}"},
    {"vtt": "nonsense --> 1", "vtt-id": "a --> b", "srt": "free text"},
)
HEADERS = (
    "",
    "[Script Info]\nTitle: of another format",
    "[ti:A song]\n[ar:Somebody]",
    "WEBVTT - a title\nKind: captions",
    "WEBVTT\n\nNOTE\ntwo lines\nof a note\n\nSTYLE\n::cue(b) { color: red; }\n\nREGION\nid:fred\nwidth:40%",
)


@st.composite
def subtitles(draw: st.DrawFn, shape: Shape) -> Subtitles:
    segment_words = draw(words(0, shape))
    return Subtitles(
        draw(cues(shape)),
        header=draw(st.sampled_from(HEADERS)),
        language=draw(st.sampled_from(["", "en", "zh", "de"])),
        media=draw(st.sampled_from(["", "film ä.mkv"])),
        engine=draw(st.sampled_from(["", "builtin"])),
        segments=(Segment(0, 9_000, "what was said", ("en",), segment_words, notes=("retried",)),),
        unmatched=draw(st.sampled_from([(), (UnmatchedLine(3, "never said"),)])),
        styles={DEFAULT: Look(font="Noto Sans", size=42.0, place=8).ass_fields()},
    )


def seeded(count: int, seed: int = 1) -> Subtitles:
    """A long document: `count` cues of several scripts, marks, line breaks and overlaps, always the same."""
    chance = random.Random(seed)
    pool = [*TRICKY, "the", "quick", "brown", "fox", "jumps", "Übermaß", "naïve", "Привет", "мир"]
    made: list[Cue] = []
    at_ms = 0
    for number in range(count):
        at_ms += chance.choice([0, 40, 1_000, 2_500])
        own: list[Word] = []
        word_ms = at_ms
        for _ in range(chance.randint(1, 9)):
            end_ms = word_ms + chance.randint(1, 400)
            under = frozenset(chance.sample(["i", "b", "u"], chance.choice([0, 0, 0, 1, 2])))
            after = chance.choice([" ", " ", " ", "\n"])
            own.append(Word(chance.choice(pool), word_ms, end_ms, after, Source.ALIGNED, marks=under))
            word_ms = end_ms
        made.append(Cue(tuple(own), at_ms, word_ms + 200, voice="Mary" if number % 50 == 0 else ""))
    return Subtitles(tuple(sorted(made, key=lambda cue: (cue.start_ms, cue.end_ms))), language="en")
