"""Texts that do not fit their film: lines missing, foreign ones between, stanzas swapped; and what is found."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.alignment.known_text.report import Report
from core.transcript import Word
from tests.core.alignment.known_text.runs import Film, run, starts_within, words_by_place

STANZA = 4


@dataclass(frozen=True)
class Disturbed:
    """A text made wrong: for each of its lines the line of the film it was, or None for a foreign one."""

    lines: tuple[str, ...]
    origins: tuple[int | None, ...]


@dataclass(frozen=True)
class Outcome:
    """How a wrong text was dealt with: shares 0..1; recall and precision of foreign lines."""

    within_200_ms: float
    recall: float
    precision: float


def foreign_lines(material: Path) -> list[str]:
    """Lines of English songs that are not in any film."""
    folder = material / "C_songs/jamendo_timings_only"
    names = ("Cortez_-_Feel__Stripped_.txt", "Rxbyn_-_Bad_Side.txt")
    lines = [line.strip() for name in names for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    return sorted({line for line in lines if 5 <= len(line.split()) <= 10})


def deleted(film: Film, seed: int) -> Disturbed:
    """One line in ten is not in the text."""
    count = len(film.lines)
    gone = set(random.Random(seed).sample(range(count), round(count / 10)))
    kept = [index for index in range(count) if index not in gone]
    return Disturbed(tuple(film.lines[index] for index in kept), tuple(kept))


def inserted(film: Film, seed: int, foreign: Sequence[str]) -> Disturbed:
    """Foreign lines, one for ten, anywhere between the film's."""
    chance = random.Random(seed)
    entries: list[tuple[str, int | None]] = [(line, index) for index, line in enumerate(film.lines)]
    for line in chance.sample(list(foreign), round(len(film.lines) / 10)):
        entries.insert(chance.randrange(len(entries) + 1), (line, None))
    return Disturbed(tuple(line for line, _ in entries), tuple(origin for _, origin in entries))


def swapped(film: Film, seed: int) -> Disturbed:
    """Two stanzas of four lines in each other's place."""
    chance = random.Random(seed)
    count = len(film.lines)
    while True:
        first, second = sorted(chance.sample(range(count - STANZA), 2))
        if second - first >= STANZA:
            break
    order = list(range(count))
    order[first : first + STANZA], order[second : second + STANZA] = (
        order[second : second + STANZA],
        order[first : first + STANZA],
    )
    return Disturbed(tuple(film.lines[index] for index in order), tuple(order))


def outcome(film: Film, text: Disturbed, undisturbed: Report) -> Outcome:
    """Time the wrong text and compare with the right text's times."""
    report = run(film.sound(), text.lines)
    truth: list[Word | None] = []
    for line, origin in zip(report.lines, text.origins, strict=True):
        words = undisturbed.lines[origin].words if origin is not None else ()
        truth += words or [None] * len(line.text.split())
    flagged = {index for index, line in enumerate(report.lines) if not line.found}
    foreign = {index for index, origin in enumerate(text.origins) if origin is None}
    right = len(flagged & foreign)
    return Outcome(
        starts_within(words_by_place(report), truth, 200),
        right / len(foreign) if foreign else 1.0,
        right / len(flagged) if flagged else 1.0,
    )
