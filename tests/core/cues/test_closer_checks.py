"""Shot changes, tags that stand alone, letters no font has, estimated words: each is found where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import fonts
from core.cue import Cue
from core.cues.checks import Severity
from core.cues.closer_checks import check_closer
from core.subtitles.srt import Srt
from core.transcript import Source, shared_out, split_text


def cue(text: str, start_ms: int = 1_000, end_ms: int = 3_000, source: Source = Source.ALIGNED) -> Cue:
    return Cue(shared_out(split_text(text), start_ms, end_ms, source=source), start_ms, end_ms)


def codes(*cues: Cue, **given: object) -> list[str]:
    return [one.code for one in check_closer(cues, **given)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "sentence"),
    [
        (4_800, 7_000, "It begins 200 ms before the shot change at 00:00:05.000; begin on it."),
        (3_000, 5_300, "It stands on for 300 ms past the shot change at 00:00:05.000; end before it."),
        (5_000, 7_000, ""),
        (4_960, 7_000, ""),
        (3_000, 5_000, ""),
        (3_000, 5_042, ""),
        (3_000, 7_000, ""),
        (4_000, 5_501, ""),
        (9_600, 9_900, ""),
    ],
)
def test_an_edge_near_a_cut_belongs_on_it(start_ms: int, end_ms: int, sentence: str) -> None:
    """On a cut, well away from it, or across it with room on both sides is all right."""
    found = check_closer([cue("a b", start_ms, end_ms)], shots_ms=(1_000, 5_000, 10_000))
    assert [one.text for one in found] == ([sentence] if sentence else [])


def test_without_known_cuts_nothing_is_said_of_them() -> None:
    assert codes(cue("a b", 4_800, 5_300)) == []


@pytest.mark.parametrize(
    "text", ["<i>never closed", "closed only</b>", '<font color="red">red', "{\\an8 up", "<i>a</b>"]
)
def test_a_tag_that_a_reader_left_as_text_stands_alone(text: str) -> None:
    assert codes(cue(text)) == ["tags"]


@pytest.mark.parametrize("text", ["3 < 4 > 2", "a <-- b", "{braces} [x]", "<3", "I <love> it", "f(x)<g"])
def test_what_is_no_tag_is_text(text: str) -> None:
    assert codes(cue(text)) == []


def test_tags_of_a_file_that_were_opened_and_closed_are_looks_and_no_finding() -> None:
    read = Srt().read("1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i> <b>you</b>\n").cues
    assert codes(*read) == []


def test_letters_no_font_has_are_named() -> None:
    (found,) = check_closer([cue("a\U000e0fffb")], missing=fonts.missing_letters)
    assert (found.code, found.severity, found.params["letters"]) == ("glyphs", Severity.MUST, "\U000e0fff")
    assert codes(cue("plain"), missing=fonts.missing_letters) == []


def test_estimated_words_are_counted_where_it_is_asked() -> None:
    mixed = cue("one two three", source=Source.ESTIMATED)
    mixed = replace(mixed, words=(replace(mixed.words[0], source=Source.ALIGNED), *mixed.words[1:]))
    assert codes(mixed) == []
    (found,) = check_closer([mixed], estimated=True)
    assert found.text == "The times of 2 of 3 words are estimated, not measured."
    assert codes(cue("one"), estimated=True) == []
