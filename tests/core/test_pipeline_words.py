"""A few words timed in a short stretch of the sample film, by the real aligner."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from core.alignment.few_words import time_few
from core.alignment.interpolate import Interpolator
from core.alignment.protocol import Piece
from core.errors import BadArgument, FileMissing
from core.events import WordsJob
from core.media.waveform import Samples
from core.paths import resource
from core.pipeline_words import run
from core.progress import Cancelled, CancelToken
from core.transcript import Source, Word, split_text

FILM = resource("sample", "last_boat.mp4")
FIRST = json.loads(FILM.with_suffix(".truth.json").read_text(encoding="utf-8"))["sentences"][0]
JOB = WordsJob(str(FILM), 800, 3200, tuple((word["text"], " ") for word in FIRST["words"]), "en", aligner="builtin")


def test_words_get_the_times_at_which_they_are_said() -> None:
    (timed,) = run(JOB, cancel=CancelToken())
    assert timed.aligner == "builtin"
    assert [word.text for word in timed.words] == FIRST["text"].split()
    assert {word.source for word in timed.words} == {Source.ALIGNED}
    shifts = [
        abs(word.start_ms - true["start_ms"]) + abs(word.end_ms - true["end_ms"])
        for word, true in zip(timed.words, FIRST["words"], strict=True)
    ]
    assert sum(shifts) / len(shifts) / 2 < 60


def test_a_language_without_an_aligner_is_estimated_and_says_so() -> None:
    (timed,) = run(replace(JOB, language="xx", aligner="auto"), cancel=CancelToken())
    assert timed.aligner == "none"
    assert {word.source for word in timed.words} == {Source.ESTIMATED}


def test_a_stretch_that_cannot_be_is_refused() -> None:
    for start_ms, end_ms in ((3000, 3000), (0, 120_000)):
        with pytest.raises(BadArgument):
            list(run(replace(JOB, start_ms=start_ms, end_ms=end_ms), cancel=CancelToken()))
    with pytest.raises(FileMissing):
        list(run(replace(JOB, media="nowhere.mp4"), cancel=CancelToken()))


def test_it_stops_when_told() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(run(JOB, cancel=cancel))


class _ByPart(Interpolator):
    """Parts text in its own way, as aligners do, and measures all of it."""

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        for piece in pieces:
            parts = [part for text, _ in split_text(piece.text) for part in (text[:2], text[2:]) if part]
            yield tuple(
                Word(part, piece.start_ms + 100 * n, piece.start_ms + 100 * n + 100, source=Source.ALIGNED)
                for n, part in enumerate(parts)
            )


def test_an_aligners_own_parts_go_back_to_the_words_by_their_letters() -> None:
    made = time_few(_ByPart(), [("I", " "), ("am", " "), ("here", "")], _noise(600), 5000, "en", CancelToken())
    assert [(word.text, word.start_ms, word.end_ms) for word in made] == [
        ("I", 5000, 5100), ("am", 5100, 5200), ("here", 5200, 5400),
    ]  # fmt: skip


def test_words_that_were_given_apart_and_aligned_as_one_share_its_time() -> None:
    class Joined(_ByPart):
        def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
            for piece in pieces:
                yield (Word("今天很", piece.start_ms, piece.start_ms + 300, source=Source.ALIGNED),)

    made = time_few(Joined(), [("今", ""), ("天", ""), ("很", ""), ("好", "")], _noise(600), 0, "zh", CancelToken())
    assert [(word.start_ms, word.end_ms) for word in made] == [(0, 100), (100, 200), (200, 300), (300, 300)]
    assert made[-1].source is Source.ESTIMATED


def _noise(length_ms: int) -> Samples:
    samples: Samples = np.random.default_rng(0).normal(0, 0.1, length_ms * 16).astype(np.float32)
    return samples
