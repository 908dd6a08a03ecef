"""Timed lines as cues, and old subtitles re-timed for review."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from core.alignment.known_text.report import Report, TimedLine
from core.cue import Cue
from core.cues.styles import default_for
from core.document.document import check_cues
from core.known_cues import cues_of
from core.retiming import Retimed, applied, retimed
from core.transcript import Source, Word, shared_out, split_text
from tests.core.alignment.known_text.runs import Film, long_film, run

Spoil = Callable[[Cue], tuple[int, int]]
STYLE = default_for("en")


def line(number: int, text: str, start_ms: int, end_ms: int, score: float = 0.9, *, moved: bool = False) -> TimedLine:
    return TimedLine(number, text, shared_out(split_text(text), start_ms, end_ms, source=Source.ALIGNED), score, moved)


def cue(text: str, start_ms: int, end_ms: int, **fields: str) -> Cue:
    words = shared_out(split_text(text), start_ms, end_ms, source=Source.IMPORTED, marks=None)
    return Cue(words, start_ms, end_ms, **fields)


def test_each_found_line_is_a_cue_in_the_order_spoken() -> None:
    report = Report((line(1, "second one", 5000, 6000), TimedLine(2, "never said"), line(3, "first one", 1000, 2500)))
    cues = cues_of(report, STYLE, language="en")
    assert [c.text for c in cues] == ["first one", "second one"]
    assert [c.start_ms for c in cues] == [1000, 5000]
    assert all(c.language == "en" for c in cues)
    check_cues(cues)


def test_a_paragraph_is_divided_as_the_style_asks() -> None:
    text = " ".join(f"word{n}," if n % 9 == 0 else f"word{n}" for n in range(60))
    cues = cues_of(Report((line(1, text, 0, 30_000),)), STYLE, language="en")
    assert len(cues) > 4
    assert " ".join(" ".join(c.text.split()) for c in cues) == text
    check_cues(cues)


def test_a_retimed_cue_keeps_all_but_its_times() -> None:
    old = dataclasses.replace(cue("Hello there", 1000, 3000), style="top", voice="Ann", locked=True)
    old = dataclasses.replace(old, words=tuple(dataclasses.replace(word, marks=frozenset({"i"})) for word in old.words))
    (change,) = retimed([old], Report((line(1, "Hello there", 4000, 5200),)))
    assert change.new is not None
    assert (change.new.id, change.new.style, change.new.voice, change.new.locked) == (old.id, "top", "Ann", True)
    assert [word.id for word in change.new.words] == [word.id for word in old.words]
    assert {mark for word in change.new.words for mark in word.marks} == {"i"}
    assert (change.new.start_ms, change.new.end_ms, change.shift_ms) == (4000, 6000, 3000)


def test_a_line_that_was_not_found_is_for_review_and_stays() -> None:
    olds = [cue("one", 0, 900), cue("two", 1000, 1900), cue("three", 2000, 2900)]
    report = Report((line(1, "one", 500, 900), TimedLine(2, "two"), line(3, "three", 9000, 9900, score=0.2)))
    changes = retimed(olds, report)
    assert [change.doubtful for change in changes] == [False, True, True]
    assert [c.start_ms for c in applied(changes)] == [500, 1000, 9000]
    assert [c.start_ms for c in applied(changes, largest_shift_ms=1_000)] == [500, 1000, 2000]


def test_cues_of_a_film_at_another_speed_stand_as_long_as_they_did_by_its_clock() -> None:
    olds = [cue("la la", n * 4000, n * 4000 + 3000) for n in range(12)]
    report = Report(tuple(line(n + 1, "la la", n * 4200, n * 4200 + 1000) for n in range(12)))
    changes = retimed(olds, report)
    assert {change.new.duration_ms for change in changes if change.new is not None} == {3150}


# ── a real film ──


def _shifted(c: Cue) -> tuple[int, int]:
    return c.start_ms + 2300, c.end_ms + 2300


def _stretched(c: Cue) -> tuple[int, int]:
    return round(c.start_ms * 25 * 1001 / 24000), round(c.end_ms * 25 * 1001 / 24000)


def _scene_moved(c: Cue) -> tuple[int, int]:
    """The scene from 20 to 73 s stands at the film's end."""
    return (c.start_ms + 240_000, c.end_ms + 240_000) if 19_000 < c.start_ms < 73_000 else (c.start_ms, c.end_ms)


def _wrong(c: Cue, times: tuple[int, int]) -> Cue:
    words = shared_out(split_text(c.text), *times, source=Source.IMPORTED)
    return dataclasses.replace(c, words=words, start_ms=times[0], end_ms=times[1])


@pytest.fixture(scope="module")
def film(material: Path) -> Film:
    return long_film(material)


@pytest.fixture(scope="module")
def right(film: Film) -> list[Cue]:
    """The film's subtitle as it should be: each line from its first word to its last."""
    lines = run(film.sound(), film.lines).lines
    return [Cue(line.words, line.words[0].start_ms, line.words[-1].end_ms) for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [_shifted, _stretched, _scene_moved], ids=lambda f: f.__name__.strip("_"))
def test_a_spoiled_subtitle_comes_back_within_150_ms(film: Film, right: list[Cue], spoil: Spoil) -> None:
    wrong = sorted((_wrong(c, spoil(c)) for c in right), key=lambda c: c.start_ms)
    changes = retimed(wrong, run(film.sound(), [c.text for c in wrong]))
    new = {change.old.id: change.new for change in changes}
    back = [_is_back(new[c.id], c) for c in right]
    print(spoil.__name__, sum(back), len(right))
    assert sum(back) >= 0.95 * len(right)


def _is_back(new: Cue | None, truth: Cue) -> bool:
    return new is not None and max(abs(new.start_ms - truth.start_ms), abs(new.end_ms - truth.end_ms)) <= 150


def test_a_change_is_told_by_its_shift() -> None:
    old = cue("a", 0, 10)
    assert Retimed(old, None, 0.0).shift_ms == 0
    assert isinstance(old.words[0], Word)
