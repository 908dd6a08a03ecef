"""The stream around an engine that says a word a step: what it promises whatever is heard, how far it is behind."""

from __future__ import annotations

import numpy as np

from core.media.waveform import Samples
from core.recognition.protocol import Options
from core.recognition.streaming.agreement import Said
from core.recognition.streaming.hearing import Ended, Heard
from core.recognition.streaming.live import LiveStream
from core.recognition.streaming.settings import StreamSettings
from core.speech.silero import Probabilities, Windows
from core.timecode import SAMPLE_RATE
from tests.core.recognition.streaming.runs import Watched


class WordAStep:
    """Engine and hearing in one: at each step one word more, all but the last of them firm."""

    def __init__(self) -> None:
        self._steps = 0

    def hearing(self, languages: tuple[str, ...]) -> WordAStep:
        return WordAStep()

    def step(self, samples: Samples) -> Heard:
        self._steps += 1
        return Heard(self._words(), self._steps - 1)

    def end(self, samples: Samples) -> Ended:
        return Ended(self._words())

    def _words(self) -> list[Said]:
        return [Said(f"word{place}", " ") for place in range(self._steps)]


class SpeechIn:
    """Hears speech in these windows."""

    def __init__(self, *windows: int) -> None:
        self._windows, self._heard = windows, 0

    def probabilities(self, windows: Windows) -> Probabilities:
        places = np.arange(self._heard, self._heard + len(windows))
        self._heard += len(windows)
        return np.isin(places, self._windows).astype(np.float32)


def run_with(network: SpeechIn, chunk_ms: int) -> Watched:
    options = Options(live=StreamSettings(chunk_ms=chunk_ms))
    return Watched(LiveStream(WordAStep(), options, engine_id="fake", network=network))


def test_a_segment_with_firm_words_is_kept_however_little_of_it_sounded_like_speech() -> None:
    run = run_with(SpeechIn(10, 26, 42), chunk_ms=500)
    (segment,) = run.run(np.zeros(3 * SAMPLE_RATE, np.float32), 100)
    assert segment.text == "word0 word1 word2"


def test_little_speech_without_firm_words_is_no_segment() -> None:
    run = run_with(SpeechIn(10, 14), chunk_ms=500)
    assert run.run(np.zeros(3 * SAMPLE_RATE, np.float32), 100) == []
    assert any(update.tentative for _, update in run.steps)
    assert run.steps[-1][1].tentative == ()


def test_the_lag_is_the_speech_since_the_last_answer() -> None:
    run = run_with(SpeechIn(*range(200)), chunk_ms=1_000)
    lags = [run.feed(np.zeros(SAMPLE_RATE // 5, np.float32)).lag_ms for _ in range(10)]
    assert lags == [200, 400, 600, 800, 0] * 2
