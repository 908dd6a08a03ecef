"""Healing on real speech: wrong words timed by the real aligner, the true ones put back one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import pytest

from core.bench.corrections import Case, Outcome, case, corrected, timed, with_wrong_words
from core.document.heal import Window
from core.errors import AlignmentFailed, BadArgument
from core.events import WordsJob
from core.given_text import pasted, read_text
from core.paths import resource
from core.pipeline_words import run
from core.progress import CancelToken
from core.transcript import Word

MOST_MS = 60


def _ask(media: str, asked: Window) -> Sequence[Word] | None:
    words = tuple((word.text, word.after) for word in asked.words)
    job = WordsJob(media, asked.start_ms, asked.end_ms, words, "en", aligner="builtin")
    try:
        return next(iter(run(job, cancel=CancelToken()))).words
    except AlignmentFailed:
        return None


def _healed(work: Case, seed: int) -> Outcome:
    outcome = corrected(work, _ask, seed=seed)
    assert outcome.kept == outcome.untouched > 0
    assert outcome.corrected == len(work.wrong) > 0
    return outcome


def test_a_tenth_of_the_words_is_wrong_and_always_the_same_ones() -> None:
    lines = pasted("one two three four five\n\nsix seven eight [cough] nine ten").lines
    spoilt, places = with_wrong_words(lines, 0.2, 1)
    assert (spoilt, places) == with_wrong_words(lines, 0.2, 1)
    changed = {
        (number, n)
        for number, (line, old) in enumerate(zip(spoilt, lines, strict=True), 1)
        for n, (a, b) in enumerate(zip(line.split(), old.split(), strict=True))
        if a != b
    }
    assert changed == places
    assert len(places) == 2
    with pytest.raises(BadArgument):
        with_wrong_words(["too short"], 0.1, 0)


def test_the_sample_film_is_healed() -> None:
    lines = read_text(resource("sample", "last_boat.txt")).lines
    outcome = _healed(case(str(resource("sample", "last_boat.mp4")), lines), 0)
    assert outcome.mean_shift_ms <= MOST_MS
    assert outcome.measured >= 0.8 * outcome.corrected


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_read_and_spontaneous_speech_is_healed(material: Path) -> None:
    """Two sonnets and two recordings with fillers; three seeds."""
    shifts: list[int] = []
    for name in ("sonnet001", "sonnet002", "acoustic_corpus", "cold_corpus3"):
        film, lines = _recording(material, name)
        true = timed(film, lines)
        for seed in range(3):
            shifts += _healed(case(film, lines, seed=seed, true=true), seed).shifts_ms
    assert mean(shifts) <= MOST_MS


def _recording(material: Path, name: str) -> tuple[str, Sequence[str]]:
    text = next(file for file in sorted(material.rglob(f"{name}.*")) if file.suffix in (".txt", ".lab"))
    film = next(text.with_suffix(kind) for kind in (".mp3", ".wav") if text.with_suffix(kind).exists())
    return str(film), pasted(text.read_text(encoding="utf-8")).lines
