"""Dictation with the built-in engine on real speech: words appear while somebody speaks, and firm ones stay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.media.waveform import Samples
from core.recognition.builtin import BuiltinRecognizer
from core.recognition.protocol import Options
from core.recognition.streaming.settings import StreamSettings
from core.transcript import Source
from tests.core.recognition.streaming.runs import Watched
from tests.fakes.sound import load, silence


@pytest.fixture(scope="module")
def speech(material: Path) -> Samples:
    return load(material / "A_english/jfk/jfk.flac")


def test_words_become_firm_while_somebody_speaks(speech: Samples) -> None:
    watched = Watched(BuiltinRecognizer().stream(Options(languages=("en",))))
    segments = watched.run(speech, 500)
    before_the_end = [update for _, update in watched.steps if update.firm and not update.ended]
    assert before_the_end
    assert any(update.tentative for _, update in watched.steps)
    words = [word for segment in segments for word in segment.words]
    assert len(words) >= 15
    assert "country" in [word.text for word in words]
    assert {word.source for word in words} == {Source.RECOGNISED}
    assert all(segment.languages == ("en",) and segment.engine == "builtin" for segment in segments)
    assert watched.steps[-1][1].tentative == ()


def test_a_silent_dictation_ends_without_words() -> None:
    watched = Watched(BuiltinRecognizer().stream(Options()))
    watched.feed(silence(1))
    watched.feed(silence(0))
    assert watched.finish().firm == ()


def test_sound_that_comes_late_all_at_once_is_all_heard(speech: Samples) -> None:
    late = Watched(BuiltinRecognizer().stream(Options(live=StreamSettings(chunk_ms=500))))
    late.feed(speech)
    late.finish()
    steady = Watched(BuiltinRecognizer().stream(Options(live=StreamSettings(chunk_ms=500))))
    steady.run(speech, 500)
    bounds = [[(s.start_ms, s.end_ms) for s in run.segments] for run in (late, steady)]
    assert bounds[0] == bounds[1]
    assert np.isclose(len(late.text.split()), len(steady.text.split()), atol=6)
