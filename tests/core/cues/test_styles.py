"""Delivery styles as data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from core.codec import decode, encode
from core.cues.passages import long_pause_ms
from core.cues.styles import STYLES, Counting, Style, default_for, style
from core.errors import UnknownStyle
from core.language import NAMES

NTSC_FILM = Fraction(24000, 1001)


@pytest.mark.parametrize(
    ("style_id", "line_chars", "cps", "counting"),
    [
        ("netflix-en", 42, 20, Counting.NARROW),
        ("netflix-de", 42, 17, Counting.NARROW),
        ("netflix-ru", 42, 17, Counting.NARROW),
        ("netflix-ar", 42, 20, Counting.NARROW),
        ("netflix-hi", 42, 22, Counting.NARROW),
        ("netflix-zh", 16, 9, Counting.WIDE),
        ("netflix-ko", 16, 12, Counting.WIDE),
        ("netflix-ja", 13, 4, Counting.WIDE),
        ("netflix-th", 35, 17, Counting.NARROW),
    ],
)
def test_netflix_has_its_own_numbers_for_a_language(
    style_id: str, line_chars: int, cps: int, counting: Counting
) -> None:
    found = style(style_id)
    assert (found.max_line_chars, found.max_cps, found.counting) == (line_chars, cps, counting)
    assert (found.max_lines, found.min_duration_ms, found.max_duration_ms) == (2, 833, 7000)


@pytest.mark.parametrize("language", NAMES)
def test_every_language_has_a_default_style_of_its_own(language: str) -> None:
    assert default_for(language).languages == (language,)


def test_a_language_nobody_knows_gets_the_english_style() -> None:
    assert default_for("") is default_for("xx") is STYLES["netflix-en"]


def test_netflix_alone_means_its_rules_for_the_language() -> None:
    assert style("netflix", "de").id == "netflix-de"
    assert style("netflix").id == "netflix-en"


def test_an_unknown_style_names_the_known_ones() -> None:
    with pytest.raises(UnknownStyle) as caught:
        style("netfix-en")
    assert "netfix-en" in str(caught.value)
    assert "bbc" in str(caught.value)


def test_ids_name_their_own_entry() -> None:
    assert all(entry.id == key for key, entry in STYLES.items())


@pytest.mark.parametrize("style_id", ["netflix-en", "bbc", "short"])
def test_a_style_survives_json_for_settings_and_projects(style_id: str) -> None:
    own = replace(style(style_id), id="mine", max_line_chars=30)
    assert decode(encode(own), Style) == own


@pytest.mark.parametrize(("rate", "gap_ms"), [(None, 83), (Fraction(25), 80), (NTSC_FILM, 83), (Fraction(50), 40)])
def test_two_frames_are_two_frames_at_any_rate(rate: Fraction | None, gap_ms: int) -> None:
    assert style("netflix-en").min_gap_ms(rate) == gap_ms


def test_the_last_moment_before_a_cue_lies_two_frames_before_its_frame() -> None:
    # At 25 frames frame 25 is shown from 1000 ms and frame 23 from 920 ms.
    assert style("netflix-en").before_gap_ms(1000, Fraction(25)) == 920
    assert style("netflix-en").before_gap_ms(1039, Fraction(25)) == 920
    assert style("bbc").before_gap_ms(1000, Fraction(25)) == 1000


def test_edges_move_by_a_frame_at_most_and_not_at_all_where_frames_do_not_matter() -> None:
    assert style("netflix-en").frame_ms(NTSC_FILM) == 42
    assert style("netflix-en").frame_ms(Fraction(25)) == 40
    assert style("netflix-en").frame_ms(None) == style("plain").frame_ms(NTSC_FILM) == 0


@pytest.mark.parametrize("entry", STYLES.values(), ids=STYLES.keys())
def test_a_long_pause_leaves_a_gap_nobody_closes_however_long_a_cue_is_held(entry: Style) -> None:
    assert long_pause_ms(entry) - max(entry.lead_out_ms, entry.min_duration_ms) > entry.chain_ms
