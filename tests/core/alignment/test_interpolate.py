"""Estimated times: shared out by length, over what can be heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alignment.interpolate import Interpolator, audible_spans, estimate, spread
from core.alignment.protocol import Piece
from core.cues.builder import build_cues
from core.cues.measure import line_lengths
from core.cues.styles import default_for
from core.media.waveform import Samples
from core.progress import Cancelled, CancelToken
from core.timecode import SAMPLE_RATE
from core.transcript import Source, words_text
from tests.core.alignment.test_attach import TEXTS
from tests.fakes.sound import silence


def tone(seconds: float) -> Samples:
    return (0.3 * np.sin(np.arange(round(seconds * SAMPLE_RATE)) * 0.2)).astype(np.float32)


def test_words_share_the_sound_by_their_length_and_say_they_are_estimated() -> None:
    (words,) = Interpolator().align([Piece(tone(1), "ab abcd ab", "xx", 5_000)], CancelToken())
    assert [(word.text, word.start_ms, word.end_ms) for word in words] == [
        ("ab", 5_000, 5_250),
        ("abcd", 5_250, 5_750),
        ("ab", 5_750, 6_000),
    ]
    assert {word.source for word in words} == {Source.ESTIMATED}
    assert words_text(words) == "ab abcd ab"


def test_words_stay_out_of_the_silences() -> None:
    sound = np.concatenate([silence(1), tone(1), silence(2), tone(1), silence(1)])
    assert audible_spans(sound) == ((1_000, 2_000), (4_000, 5_000))
    (words,) = Interpolator().align([Piece(sound, "aa bb cc dd", "xx")], CancelToken())
    assert [(w.start_ms, w.end_ms) for w in words] == [
        (1_000, 1_500), (1_500, 2_000), (4_000, 4_500), (4_500, 5_000),
    ]  # fmt: skip


@pytest.mark.parametrize("samples", [silence(0), silence(0.01), silence(2)])
def test_sound_without_anything_in_it_is_used_whole(samples: Samples) -> None:
    (words,) = Interpolator().align([Piece(samples, "one two", "xx")], CancelToken())
    assert len(words) == 2
    assert words[-1].end_ms == round(len(samples) / 16)


def test_no_text_gives_no_words_and_a_cancelled_token_stops() -> None:
    cancel = CancelToken()
    run = Interpolator().align([Piece(tone(1), "", "xx"), Piece(tone(1), "a", "xx")], cancel)
    assert next(run) == ()
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(run)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我昨天告诉安德森先生美国总统九点钟就会到那里，可是他一个字都不相信，于是我们就离开了办公室。", "zh"),
        (
            "昨日アンダーソンさんにアメリカの大統領は九時には着いているはずだと言ったのですが信じてくれませんでした。",
            "ja",
        ),
        ("เมื่อวานนี้ผมบอกคุณแอนเดอร์สันว่าเขาจะไปถึงที่นั่นตอนเก้าโมงเช้าแต่เขาไม่เชื่อเลยแม้แต่คำเดียว", "th"),
    ],
)
def test_estimated_words_of_a_script_without_spaces_make_cues_that_fit(text: str, language: str) -> None:
    style = default_for(language)
    words = estimate(Piece(tone(14), text, language))
    cues = build_cues(words, style, language=language)
    assert words_text(words) == text
    assert max(length for cue in cues for length in line_lengths(cue.text, style)) <= style.max_line_chars
    assert max(cue.duration_ms for cue in cues) <= style.max_duration_ms


@given(
    st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=30),
    st.lists(st.integers(0, 3_000), min_size=2, max_size=8, unique=True).filter(lambda edges: len(edges) % 2 == 0),
)
def test_estimated_words_are_in_order_and_inside_the_spans(texts: list[str], edges: list[int]) -> None:
    edges = sorted(edges)
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    words = spread([(text, " ") for text in texts], spans, 100)
    times = [edge - 100 for word in words for edge in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert all(any(a <= w.start_ms - 100 <= w.end_ms - 100 <= b for a, b in spans) for w in words)


@pytest.mark.parametrize(
    "kind", ["English", "Chinese", "mixed", "Thai", "Hindi", "Arabic", "German", "music", "marks only"]
)
def test_estimated_words_join_to_the_text_again(kind: str) -> None:
    piece = Piece(np.full(32_000, 0.1, np.float32), TEXTS[kind], "th")
    assert words_text(estimate(piece)) == TEXTS[kind]
