"""Dictation with the built-in engine on real speech: words appear while somebody speaks, and firm ones stay."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import numpy as np
import pytest

from core.media.waveform import Samples
from core.recognition.builtin import BuiltinRecognizer
from core.recognition.protocol import Options
from core.recognition.streaming.settings import StreamSettings
from core.transcript import Source
from tests.core.recognition.streaming.runs import Watched, delays
from tests.fakes.sound import load, silence


@pytest.fixture(scope="module")
def speech(material: Path) -> Samples:
    return load(material / "A_english/jfk/jfk.flac")


@pytest.fixture(scope="module")
def watched(speech: Samples) -> Watched:
    """All of it, as it would come."""
    run = Watched(BuiltinRecognizer().stream(Options(languages=("en",), live=StreamSettings(pause_ms=2_000))))
    run.run(speech, 200)
    return run


def test_words_become_firm_while_somebody_speaks(watched: Watched) -> None:
    segments = watched.segments
    before_the_end = [update for _, update in watched.steps if update.firm and not update.ended]
    assert before_the_end
    assert any(update.tentative for _, update in watched.steps)
    words = [word for segment in segments for word in segment.words]
    assert len(words) >= 15
    assert "country" in [word.text for word in words]
    assert {word.source for word in words} == {Source.RECOGNISED}
    assert all(segment.languages == ("en",) and segment.engine == "builtin" for segment in segments)
    assert watched.steps[-1][1].tentative == ()


def test_words_come_soon_after_they_were_said(watched: Watched) -> None:
    """Tentative within 2 chunk lengths of sound, firm within 4, in the median; 95 of 100 within 8.

    Where a word ends is what the engine itself says when all was heard.
    """
    ends = {word.id: word.end_ms for segment in watched.segments for word in segment.words}
    tentative, firm = delays(watched, ends, 1_000)
    print(f"tentative {median(tentative):.2f}, firm {median(firm):.2f} {np.percentile(firm, 95):.2f} of {len(firm)}")
    assert len(firm) >= 15
    assert median(tentative) <= 2
    assert median(firm) <= 4
    assert np.percentile(firm, 95) <= 8


def test_a_silent_dictation_ends_without_words() -> None:
    watched = Watched(BuiltinRecognizer().stream(Options()))
    watched.feed(silence(1))
    watched.feed(silence(0))
    assert watched.finish().firm == ()


def test_sound_that_comes_late_all_at_once_is_all_heard(material: Path) -> None:
    raw = np.fromfile(material / "A_english/pocketsphinx_goforward/goforward_s16le_16k_mono.raw", "<i2")
    command = np.concatenate([raw.astype(np.float32) / np.float32(32768), silence(1.5)])
    speech = np.concatenate([command, command])
    late, steady = (Watched(BuiltinRecognizer().stream(Options(live=StreamSettings(chunk_ms=500)))) for _ in range(2))
    late.feed(speech)
    late.finish()
    steady.run(speech, 500)
    bounds = [[(s.start_ms, s.end_ms) for s in run.segments] for run in (late, steady)]
    assert len(bounds[0]) == 2
    assert bounds[0] == bounds[1]
    assert late.text == "go forward ten meters go forward ten meters"
    assert len(steady.text.split()) == 8
