"""Anchors, windows and reports with stand-ins that know the truth, so that every mistake is the room's own."""

from __future__ import annotations

import random

import pytest

from core.alignment.known_text.aligning import align_text
from core.alignment.known_text.report import DOUBTFUL, Report
from core.alignment.known_text.script import script_of
from core.progress import Cancelled, CancelToken
from tests.core.alignment.known_text.runs import drained, run
from tests.core.alignment.known_text.truth import (
    KnowingAligner,
    KnowingHearing,
    RandomAligner,
    Said,
    film_of,
    spoken,
)

SYLLABLES = [
    a + b for a in ("ba", "do", "ki", "lu", "me", "no", "ri", "sa", "ta", "ve") for b in ("n", "rt", "sk", "mo", "la")
]


def words(count: int, seed: int = 3) -> list[str]:
    """Made-up words, few of them alike."""
    chance = random.Random(seed)
    return ["".join(chance.sample(SYLLABLES, 2)) for _ in range(count)]


def text_of(lines: int, seed: int = 3) -> list[str]:
    made = words(lines * 7, seed)
    return [" ".join(made[first : first + 7]) for first in range(0, lines * 7, 7)]


def timed(said: list[Said], lines: list[str], *, deaf: float = 0.0) -> Report:
    return run(film_of(said), lines, hearing=KnowingHearing(said, deaf), aligner=lambda: KnowingAligner(said))


def wrong(report: Report, said: list[Said]) -> list[str]:
    """Words that are not where they were said."""
    places = {(word.text, word.start_ms) for word in said}
    return [word.text for line in report.lines for word in line.words if (word.text, word.start_ms) not in places]


@pytest.mark.parametrize("deaf", [0.0, 0.2, 0.4])
def test_with_an_aligner_that_knows_the_truth_every_word_is_in_its_place(deaf: float) -> None:
    lines = text_of(60)
    said = spoken("\n".join(lines))
    report = timed(said, lines, deaf=deaf)
    assert report.unmatched == ()
    assert wrong(report, said) == []


def test_windows_are_never_longer_than_the_aligner_takes_even_without_a_pause() -> None:
    lines = text_of(60)
    said = spoken("\n".join(lines), pause_ms=0)
    aligner = KnowingAligner(said)
    report = run(film_of(said), lines, hearing=KnowingHearing(said), aligner=lambda: aligner)
    assert wrong(report, said) == []
    assert len(aligner.pieces) > 5
    assert max(len(piece.samples) for piece in aligner.pieces) <= aligner.max_piece_ms * 16


def test_text_that_begins_in_the_middle_of_the_film_is_found_there() -> None:
    lines, other = text_of(20, 3), text_of(80, 4)
    said = spoken("\n".join([*other[:50], *lines, *other[50:]]))
    report = timed(said, lines)
    assert report.unmatched == ()
    assert wrong(report, said) == []
    assert len(report.untexted) == 2


def test_lines_that_nobody_says_get_no_times_and_are_named() -> None:
    lines, foreign = text_of(30, 3), text_of(3, 9)
    said = spoken("\n".join(lines))
    given = [*lines[:10], foreign[0], *lines[10:20], *foreign[1:], *lines[20:]]
    report = timed(said, given, deaf=0.2)
    assert [line.number for line in report.unmatched] == [11, 22, 23]
    assert wrong(report, said) == []


@pytest.mark.parametrize("deaf", [0.0, 0.2])
def test_a_line_that_stands_where_another_is_said_is_not_squeezed_in(deaf: float) -> None:
    lines, foreign = text_of(30, 3), text_of(3, 9)
    said = spoken("\n".join(lines))
    given = [*lines[:10], foreign[0], *lines[11:20], foreign[1], *lines[21:]]
    report = timed(said, given, deaf=deaf)
    assert [line.number for line in report.unmatched] == [11, 21]
    assert wrong(report, said) == []
    assert len(report.untexted) == 2


def test_speech_that_the_text_lacks_is_told_and_moves_nobody() -> None:
    lines = text_of(30)
    said = spoken("\n".join(lines))
    report = timed(said, lines[:12] + lines[15:])
    first, last = said[12 * 7].start_ms, said[15 * 7 - 1].end_ms
    assert wrong(report, said) == []
    ((start_ms, end_ms),) = report.untexted
    assert abs(start_ms - first) <= 700
    assert abs(end_ms - last) <= 700


def test_swapped_stanzas_are_placed_where_they_are_spoken_and_named_as_moved() -> None:
    lines = text_of(30)
    said = spoken("\n".join(lines))
    given = [*lines[:5], *lines[15:20], *lines[10:15], *lines[5:10], *lines[20:]]
    report = timed(said, given)
    assert report.unmatched == ()
    assert wrong(report, said) == []
    assert [line.text for line in report.in_time()] == lines
    assert {line.number for line in report.lines if line.moved} < set(range(6, 21))
    assert any(line.moved for line in report.lines)


def test_a_refrain_that_is_sung_twice_but_written_once_is_timed_once_and_the_rest_is_told() -> None:
    lines = text_of(20)
    said = spoken("\n".join([*lines, *lines[5:9]]))
    report = timed(said, lines)
    assert report.unmatched == ()
    assert wrong(report, said) == []
    assert len(report.untexted) == 1


def test_a_refrain_that_is_written_twice_but_sung_once_is_timed_once() -> None:
    lines = text_of(20)
    said = spoken("\n".join(lines))
    report = timed(said, [*lines[:12], *lines[5:9], *lines[12:]])
    assert len(report.unmatched) == 4
    assert {line.text for line in report.unmatched} == set(lines[5:9])
    assert wrong(report, said) == []


@pytest.mark.parametrize("language", ["de", "zh"])
def test_other_languages_are_matched_by_their_letters(language: str) -> None:
    text = {"de": "Über die Straße gehen\ndann Äpfel kaufen", "zh": "床前 明月 光\n疑是 地上 霜"}[language]
    script = script_of(text.splitlines(), language)
    assert len(script.lines) == 2
    assert script.units[:2] == {"de": ("über", "die"), "zh": ("床", "前")}[language]


def test_a_random_aligner_gets_low_scores_on_every_line() -> None:
    lines = text_of(30)
    said = spoken("\n".join(lines))
    report = run(film_of(said), lines, hearing=KnowingHearing(said), aligner=RandomAligner)
    assert sum(line.score < DOUBTFUL for line in report.lines) >= 0.9 * len(lines)


def test_a_text_of_another_film_is_not_found_at_all() -> None:
    said = spoken("\n".join(text_of(30, 3)))
    report = timed(said, text_of(30, 11))
    assert len(report.unmatched) == 30
    assert all(line.score == 0 for line in report.lines)


def test_it_stops_when_it_is_told_to() -> None:
    lines = text_of(10)
    said = spoken("\n".join(lines))
    token = CancelToken()
    token.cancel()
    steps = align_text(
        script_of(lines),
        film_of(said),
        KnowingHearing(said),
        lambda: KnowingAligner(said),
        language="en",
        cancel=token,
    )
    with pytest.raises(Cancelled):
        drained(steps)
