"""Edges of words move to the sound's, at pauses and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from core.alignment.edges import refined
from core.media.waveform import Samples
from core.transcript import Source, Word


def film(*tones: tuple[int, int], length_ms: int = 3_000, noise: float = 1e-4) -> Samples:
    """Tones at these ms, in a little noise."""
    samples = np.random.default_rng(3).normal(0, noise, length_ms * 16)
    for start_ms, end_ms in tones:
        count = (end_ms - start_ms) * 16
        samples[start_ms * 16 : end_ms * 16] += 0.3 * np.sin(np.arange(count) * 0.2)
    return samples.astype(np.float32)


def word(start_ms: int, end_ms: int, source: Source = Source.ALIGNED) -> Word:
    return Word("la", start_ms, end_ms, source=source)


def edges(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    return [(w.start_ms, w.end_ms) for w in words]


@pytest.mark.parametrize("start_ms", [430, 480, 500, 540, 570])
@pytest.mark.parametrize("end_ms", [950, 990, 1_000, 1_060, 1_150])
def test_an_edge_beside_a_pause_comes_to_the_sound(start_ms: int, end_ms: int) -> None:
    ((start, end),) = edges(refined([word(start_ms, end_ms)], film((500, 1_000)), 0))
    assert abs(start - 500) <= 10
    assert abs(end - 1_000) <= 10


def test_edges_are_on_the_medias_clock() -> None:
    ((start, end),) = edges(refined([word(60_450, 61_050)], film((500, 1_000)), 60_000))
    assert abs(start - 60_500) <= 10
    assert abs(end - 61_000) <= 10


def test_inside_running_speech_nothing_moves() -> None:
    words = [word(500, 900), word(900, 1_300), word(1_300, 1_700)]
    found = edges(refined(words, film((500, 1_700)), 0))
    assert found[0][1] == 900
    assert found[1] == (900, 1_300)
    assert found[2][0] == 1_300


def test_the_short_closure_of_a_stop_is_no_pause() -> None:
    samples = film((500, 900), (940, 1_400))
    assert edges(refined([word(500, 900), word(905, 1_400)], samples, 0))[1][0] == 905


def test_words_never_overlap_and_keep_their_ids() -> None:
    words = [word(480, 1_020), word(1_020, 1_500)]
    found = refined(words, film((500, 900), (1_100, 1_500)), 0)
    assert [w.id for w in found] == [w.id for w in words]
    assert found[0].end_ms <= found[1].start_ms


@pytest.mark.parametrize("noise", [0.0, 1e-4, 0.05])
def test_times_stay_in_order_whatever_the_sound(noise: float) -> None:
    words = [word(at, at + 180) for at in range(0, 2_800, 200)]
    flat = [edge for pair in edges(refined(words, film((700, 1_900), noise=noise), 0)) for edge in pair]
    assert flat == sorted(flat)


def test_estimated_words_are_left_alone() -> None:
    words = [word(430, 1_100, Source.ESTIMATED)]
    assert refined(words, film((500, 1_000)), 0) == tuple(words)


def test_no_words_and_no_sound_are_nothing() -> None:
    assert refined([], np.zeros(0, np.float32), 0) == ()
    assert edges(refined([word(0, 0)], np.zeros(0, np.float32), 0)) == [(0, 0)]
