"""The rule that makes spans of probabilities, against Silero's own published behaviour, by arithmetic alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.speech.hysteresis import Hysteresis, SpeechSpan, VadOptions
from core.speech.silero import WINDOW_SAMPLES

LOUD, BETWEEN, QUIET = 0.9, 0.4, 0.1


def spans_of(probabilities: list[float], options: VadOptions | None = None) -> list[SpeechSpan]:
    rule = Hysteresis(options or VadOptions())
    return rule.feed(probabilities, 0) + rule.finish(len(probabilities) * WINDOW_SAMPLES)


def test_a_span_is_padded_on_both_sides() -> None:
    spans = spans_of([QUIET] * 10 + [LOUD] * 20 + [QUIET] * 10)
    assert spans == [SpeechSpan(10 * WINDOW_SAMPLES - 480, 30 * WINDOW_SAMPLES + 480)]


def test_padding_never_leaves_the_sound() -> None:
    assert spans_of([LOUD] * 20) == [SpeechSpan(0, 20 * WINDOW_SAMPLES)]


def test_speech_shorter_than_the_least_is_dropped() -> None:
    assert spans_of([QUIET] * 5 + [LOUD] * 7 + [QUIET] * 10) == []


def test_a_dip_between_the_thresholds_does_not_end_speech() -> None:
    assert len(spans_of([LOUD] * 10 + [BETWEEN] * 30 + [LOUD] * 10 + [QUIET] * 10)) == 1


def test_a_pause_shorter_than_the_least_does_not_end_speech() -> None:
    assert len(spans_of([LOUD] * 10 + [QUIET] * 3 + [LOUD] * 10 + [QUIET] * 10)) == 1
    assert len(spans_of([LOUD] * 10 + [QUIET] * 5 + [LOUD] * 10 + [QUIET] * 10)) == 2


def test_wide_padding_shares_the_pause_between_neighbours() -> None:
    options = VadOptions(pad_ms=400)
    first, second = spans_of([LOUD] * 20 + [QUIET] * 10 + [LOUD] * 20 + [QUIET] * 50, options)
    assert first.last_sample == second.first_sample == 25 * WINDOW_SAMPLES


probabilities = st.lists(st.sampled_from([LOUD, BETWEEN, QUIET]), max_size=120)


@given(probabilities, st.integers(0, 120), st.sampled_from([0, 30, 200, 500]))
def test_spans_are_in_order_apart_and_independent_of_feeding(values: list[float], cut: int, pad_ms: int) -> None:
    options = VadOptions(pad_ms=pad_ms)
    whole = spans_of(values, options)
    rule = Hysteresis(options)
    parts = rule.feed(values[:cut], 0)
    parts += rule.feed(values[cut:], len(values[:cut]) * WINDOW_SAMPLES)
    parts += rule.finish(len(values) * WINDOW_SAMPLES)
    assert parts == whole
    edges = [edge for span in whole for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(values) * WINDOW_SAMPLES for edge in edges)
