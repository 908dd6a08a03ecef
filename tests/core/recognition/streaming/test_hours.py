"""Dictations that go on: work for a second of sound, counted, and memory stay what they were; nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
import pytest

from core.engine import EngineInfo
from core.media.decode import Decoder
from core.media.recording import Recording
from core.media.waveform import Samples
from core.pipeline_dictation import Dictation
from core.qwen3.live_sound import Work
from core.qwen3.transcriber import Transcriber
from core.recognition.protocol import Options
from core.recognition.streaming.hearing import Ended, Heard
from core.recognition.streaming.live import LiveStream
from core.recognition.streaming.qwen3 import Qwen3Engine, Qwen3Hearing
from core.recognition.streaming.settings import StreamSettings
from core.speech.silero import Probabilities, Silero, Windows
from core.timecode import SAMPLE_RATE
from tests.core.recognition.streaming.runs import ENGLISH, UP_TO_8_S, AlwaysSpeech, in_steps, watched

pytestmark = pytest.mark.usefixtures("exact")


def cost_by_minute(
    model: Transcriber, talk: Samples, minutes: int, settings: StreamSettings
) -> list[tuple[int, int, int]]:
    """(encoded frames, prefilled tokens, decoded tokens) of each minute."""
    work = Work()
    run = watched(model, settings, languages=ENGLISH, work=work)
    made: list[tuple[int, int, int]] = []
    for _ in range(minutes):
        before = (work.encoded_frames, work.prefilled_tokens, work.decoded_tokens)
        for first in range(0, len(talk), SAMPLE_RATE):
            run.feed(talk[first : first + SAMPLE_RATE])
        now = (work.encoded_frames, work.prefilled_tokens, work.decoded_tokens)
        made.append((now[0] - before[0], now[1] - before[1], now[2] - before[2]))
    return made


def same_within_2_percent(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(abs(a - b) <= 0.02 * a for a, b in zip(one, other, strict=True))


def test_the_third_minute_costs_what_the_first_did(model: Transcriber, talk: Samples) -> None:
    costs = cost_by_minute(model, talk, 3, UP_TO_8_S)
    assert min(costs[0]) > 0
    assert same_within_2_percent(costs[0], costs[2])


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_minute_20_costs_what_minute_1_did(model: Transcriber, talk: Samples) -> None:
    costs = cost_by_minute(model, talk, 20, StreamSettings())
    print(f"frames, prefilled, decoded: minute 1 {costs[0]}, minute 20 {costs[19]}")
    assert min(costs[0]) > 0
    assert same_within_2_percent(costs[0], costs[19])


class CountingEngine:
    """Counts the sound of the segments that were heard to their end, and hands everything on."""

    def __init__(self, engine: Qwen3Engine) -> None:
        self.samples = 0
        self._engine = engine

    def hearing(self, languages: tuple[str, ...]) -> CountedHearing:
        return CountedHearing(self, self._engine.hearing(languages))


class CountedHearing:
    """One segment of `CountingEngine`."""

    def __init__(self, counting: CountingEngine, hearing: Qwen3Hearing) -> None:
        self._counting, self._hearing = counting, hearing

    def step(self, samples: Samples) -> Heard:
        return self._hearing.step(samples)

    def end(self, samples: Samples) -> Ended:
        self._counting.samples += len(samples)
        return self._hearing.end(samples)


class NothingLeftOut:
    """Listens as a dictation does, but takes all of it for speech, so that every sample must come to the engine."""

    def __init__(self) -> None:
        self._silero = Silero()

    def probabilities(self, windows: Windows) -> Probabilities:
        return np.ones_like(self._silero.probabilities(windows))


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("minutes", [120])
def test_two_hours_lose_no_sample_and_keep_memory_flat(
    minutes: int, model: Transcriber, talk: Samples, tmp_path: Path
) -> None:
    """Fast replay: to the disk, through the detector, the engine and the pipeline's dictation."""
    settings = StreamSettings(chunk_ms=2_000)
    engine = CountingEngine(Qwen3Engine(model, settings))
    stream = LiveStream(engine, Options(ENGLISH, live=settings), engine_id="toy", network=NothingLeftOut())
    dictation = Dictation(EngineInfo("toy", "Toy", ENGLISH, gives_words=False), stream, 0)
    recording = Recording(tmp_path / "two-hours.flac")
    process = psutil.Process()
    resident: list[int] = []
    told = 0
    for _minute in range(minutes):
        for block in in_steps(talk, 500):
            recording.write(block)
            told += len(dictation.feed(block).firm)
        resident.append(process.memory_info().rss)
    told += len(dictation.finish().firm)
    recording.close()
    settled = resident[len(resident) // 4 :]
    print(f"{told} words; memory {min(settled) / 2**20:.0f} to {max(settled) / 2**20:.0f} MB")
    assert told > 30 * minutes
    assert engine.samples == minutes * len(talk)
    with Decoder(recording.path) as decoder:
        assert sum(len(block.samples) for block in decoder) == minutes * len(talk)
    assert max(settled) - min(settled) < 50 * 2**20


def test_a_minute_into_speech_a_step_costs_a_quarter_of_hearing_the_minute_again(
    model: Transcriber, talk: Samples
) -> None:
    """Mean over the cycle of a segment that never pauses, against one answer over all 60 s."""
    work = Work()
    run = watched(model, StreamSettings(), languages=ENGLISH, work=work, network=AlwaysSpeech())
    speech = np.resize(talk[: 58 * SAMPLE_RATE], 91 * SAMPLE_RATE)
    steps = 0
    before = Work()
    for first in range(0, len(speech), SAMPLE_RATE):
        if first == 60 * SAMPLE_RATE:
            before = Work(work.encoded_frames, work.prefilled_tokens, work.decoded_tokens)
            steps = 0
        run.feed(speech[first : first + SAMPLE_RATE])
        steps += 1
    again = Work()
    whole = model.live(ENGLISH, work=again)
    whole.hear(speech[: 60 * SAMPLE_RATE])
    whole.answer(range(5, 155), 12)  # an answer of a minute, given as its beginning
    assert work.encoded_frames - before.encoded_frames >= 100 * steps  # all of it was heard, once at least
    assert (work.encoded_frames - before.encoded_frames) / steps * 4 <= again.encoded_frames
    assert (work.prefilled_tokens - before.prefilled_tokens) / steps * 4 <= again.prefilled_tokens
