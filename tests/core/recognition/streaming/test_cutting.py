"""Segments begin with speech, end in pauses, never pass the limit, and hold all that was spoken, however it is fed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from core.media.waveform import Samples
from core.recognition.streaming.cutting import Cutter, Spoken
from core.recognition.streaming.settings import StreamSettings
from core.speech.silero import WINDOW_SAMPLES, Probabilities, Windows
from core.timecode import SAMPLE_RATE
from tests.core.recognition.streaming.runs import in_steps


class Loudness:
    """Takes for speech what is loud."""

    def probabilities(self, windows: Windows) -> Probabilities:
        return (np.abs(windows).max(axis=1) > 0.05).astype(np.float32)


def sound(*parts: tuple[float, float]) -> Samples:
    """Noise of (seconds, level), one behind the other; each sample different."""
    rng = np.random.default_rng(3)
    made = [rng.uniform(0.5, 1.0, round(s * SAMPLE_RATE)) * level for s, level in parts]
    return np.concatenate(made).astype(np.float32)


def cut(samples: Samples, step_ms: int, settings: StreamSettings = StreamSettings()) -> list[Spoken]:  # noqa: B008
    cutter = Cutter(settings, Loudness())
    ended = [spoken for block in in_steps(samples, step_ms) for spoken in cutter.feed(block)]
    return [*ended, *cutter.finish()]


def spans(found: Sequence[Spoken]) -> list[tuple[int, int]]:
    return [(spoken.first_sample, spoken.first_sample + len(spoken.samples)) for spoken in found]


TALK = sound((1, 0), (2, 0.2), (1, 0), (5, 0.2), (0.3, 0), (2, 0.2), (2, 0), (0.1, 0.2), (1, 0), (3, 0.2))


@pytest.mark.parametrize("step_ms", [20, 100, 700, 2_000, 60_000])
def test_segments_do_not_depend_on_how_the_sound_comes(step_ms: int) -> None:
    found = spans(cut(TALK, step_ms))
    seconds = [(first / SAMPLE_RATE, last / SAMPLE_RATE) for first, last in found]
    wanted = [(0.7, 3.3), (3.7, 11.6), (14.1, 17.4)]
    assert len(seconds) == len(wanted)
    assert np.abs(np.array(seconds) - np.array(wanted)).max() < 0.04


def test_the_samples_of_a_segment_are_those_of_the_stream() -> None:
    for spoken in cut(TALK, 70):
        first = spoken.first_sample
        assert np.array_equal(spoken.samples, TALK[first : first + len(spoken.samples)])


@pytest.mark.parametrize("limit_s", [4, 8, 30])
def test_speech_that_never_pauses_is_cut_and_nothing_of_it_is_lost(limit_s: int) -> None:
    talk = sound((95, 0.2))
    found = spans(cut(talk, 500, StreamSettings(segment_s=limit_s)))
    assert max(last - first for first, last in found) <= limit_s * SAMPLE_RATE + WINDOW_SAMPLES
    assert found[0][0] == 0
    assert found[-1][1] == len(talk)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(found))


def test_a_forced_cut_lies_at_the_faintest_moment_of_the_last_chunk() -> None:
    talk = sound((7.4, 0.2), (0.1, 0.06), (10, 0.2))
    (_, cut_at), *_ = spans(cut(talk, 100, StreamSettings(segment_s=8)))
    assert 7.4 <= cut_at / SAMPLE_RATE <= 7.5


def test_late_in_a_segment_a_short_pause_will_do() -> None:
    early = spans(cut(sound((10, 0.2), (0.3, 0), (5, 0.2)), 100))
    late = spans(cut(sound((22, 0.2), (0.3, 0), (5, 0.2)), 100))
    assert (len(early), len(late)) == (1, 2)


def test_segments_share_no_sound() -> None:
    """What follows a short pause begins where the segment before it ended, not a third of a second earlier."""
    talk = sound((22, 0.2), (0.3, 0), (23, 0.2), (0.3, 0), (3, 0.2), (0.8, 0), (2, 0.2))
    found = spans(cut(talk, 100))
    assert len(found) == 4
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


def test_a_click_is_no_segment() -> None:
    assert cut(sound((1, 0), (0.1, 0.3), (2, 0)), 100) == []


def test_sound_that_is_no_numbers_is_silence() -> None:
    broken = TALK.copy()
    broken[:8_000] = np.nan
    assert spans(cut(broken, 100)) == spans(cut(TALK, 100))


def test_hours_of_silence_keep_no_sound() -> None:
    cutter = Cutter(StreamSettings(), Loudness())
    for _ in range(600):
        cutter.feed(np.zeros(SAMPLE_RATE, np.float32))
    assert cutter.received == 600 * SAMPLE_RATE
    assert len(cutter._sound) < SAMPLE_RATE
