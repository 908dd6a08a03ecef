"""What is no transcription: text on near-silence, and the context said back; and where a chunk is cut."""

from __future__ import annotations

import numpy as np
import pytest

from core.recognition import guard
from core.timecode import SAMPLE_RATE
from core.transcript import Segment

CONTEXT = "PySide6, Qwen, Cuesmith, timeline, subtitle"


def noise(seconds: float, level: float, seed: int = 0) -> np.ndarray:
    made = np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE)) * level
    return made.astype(np.float32)


@pytest.mark.parametrize(
    ("samples", "silent"),
    [
        (np.zeros(0, np.float32), True),
        (np.zeros(16_000, np.float32), True),
        (noise(1, 0.0003), True),
        (noise(1, 0.01), False),
        (np.concatenate([noise(2, 0.0001), noise(0.2, 0.05)]), False),
    ],
    ids=["nothing", "digital silence", "hiss", "soft speech", "one short word"],
)
def test_silence_is_told_from_sound_by_its_loudest_moment(samples: np.ndarray, silent: bool) -> None:
    assert guard.is_silent(samples) is silent


@pytest.mark.parametrize(
    ("level", "sure", "dropped"),
    [(0.0001, 1.0, True), (0.002, 0.3, True), (0.002, 0.9, False), (0.05, 0.1, False)],
)
def test_text_on_near_silence_is_kept_only_where_the_model_was_sure(level: float, sure: float, dropped: bool) -> None:
    assert guard.is_text_on_silence(noise(1, level), [sure, sure]) is dropped


@pytest.mark.parametrize(
    ("text", "context", "echo"),
    [
        ("PySide6, Qwen, Cuesmith, timeline, subtitle.", CONTEXT, True),
        ("Cuesmith timeline subtitle", CONTEXT, True),
        ("I open the timeline and drag a subtitle.", CONTEXT, False),
        ("subtitle timeline PySide6", CONTEXT, False),
        ("热词 列表", "热词列表", True),
        ("今天天气很好", "热词列表", False),
        ("", CONTEXT, False),
        ("PySide6", "", False),
        ("Qwen", "Qwen", True),
    ],
)
def test_the_context_said_back_is_noticed(text: str, context: str, echo: bool) -> None:
    assert guard.echoes_context(text, context) is echo


def test_two_answers_for_one_sound_are_compared_by_their_words() -> None:
    assert guard.says_the_same("Open Cuesmith now", "open cue smith now") is True
    assert guard.says_the_same("Open Cuesmith now", "") is False
    assert guard.says_the_same("", "") is True
    assert guard.says_the_same("PySide6 Qwen", "by side six when") is False


@pytest.mark.parametrize(
    ("notes", "told"),
    [((), False), ((guard.RETRIED,), False), ((guard.RETRIED, guard.REPEATED), True), ((guard.CUT_SHORT,), True)],
)
def test_an_answer_without_an_end_is_told_with_its_place(notes: tuple[str, ...], told: bool) -> None:
    notice = guard.doubt(Segment(83_000, 90_000, "text", notes=notes), "talk.mp4")
    assert (notice is not None) is told
    if notice is not None:
        assert notice.finding
        assert "talk.mp4: at 00:01:23" in notice.text


def test_a_cut_falls_into_the_pause_nearest_no_word() -> None:
    sound = noise(10, 0.1)
    sound[75_000:80_000] *= 0.001
    assert 75_000 <= guard.quietest_cut(sound) < 80_000


def test_a_cut_prefers_a_pause_between_speech_to_a_soft_sound_in_a_word() -> None:
    sound = noise(10, 0.1)
    sound[70_000:74_000] *= 0.01
    cut = guard.quietest_cut(sound, speech=[(0, 90_000), (95_000, 160_000)])
    assert 90_000 <= cut < 95_000


@pytest.mark.parametrize("length", [0, 1, 900, 16_000])
def test_a_cut_lies_inside_however_short_the_sound(length: int) -> None:
    assert 0 <= guard.quietest_cut(noise(1, 0.1)[:length]) <= length
