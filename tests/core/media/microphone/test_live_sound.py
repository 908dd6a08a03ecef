"""What surrounds a device: levels and their warnings, sound from before the key, refusals, rates and channels."""

from __future__ import annotations

import numpy as np
import pytest
from sounddevice import PortAudioError

from core import errors
from core.media.microphone.capture import mono
from core.media.microphone.devices import refusal
from core.media.microphone.level import SILENT_AFTER_S, Meter
from core.media.microphone.preroll import KEPT_S, Preroll
from core.media.resample import Resampler

TENTH = 1_600


def tone(level: float, samples: int = TENTH) -> np.ndarray:
    return (level * np.sin(np.arange(samples) * 0.3)).astype(np.float32)


def test_clipping_is_warned_of_for_two_seconds() -> None:
    meter = Meter()
    assert not meter.take(tone(0.5)).clipping
    assert meter.take(np.clip(tone(4.0), -1, 1)).clipping
    warned = [meter.take(tone(0.2)).clipping for _ in range(25)]
    assert warned == [True] * 19 + [False] * 6


def test_silence_is_warned_of_after_four_seconds_and_speech_ends_it() -> None:
    meter = Meter()
    quiet = [meter.take(tone(0.0001)).silent for _ in range(50)]
    assert quiet.index(True) == round(SILENT_AFTER_S * 10) - 1
    assert not meter.take(tone(0.1)).silent


def test_the_last_two_seconds_are_kept_and_given_once() -> None:
    before = Preroll()
    for number in range(40):
        before.take(np.full(TENTH, number, np.float32))
    last = before.last(0.5)
    assert (len(last), last[0], last[-1]) == (5 * TENTH, 35, 39)
    assert len(before.last(KEPT_S)) == 0


def test_no_more_than_two_seconds_are_kept() -> None:
    before = Preroll()
    for number in range(400):
        before.take(np.full(TENTH, number, np.float32))
    assert len(before.last(10)) == KEPT_S * 16_000


def test_a_stereo_plug_with_one_dead_side_keeps_its_level() -> None:
    sound = np.stack([tone(0.5), np.zeros(TENTH, np.float32)], axis=1)
    assert np.abs(mono(sound)).max() == pytest.approx(0.5, abs=0.01)
    both = np.stack([tone(0.5), tone(0.3)], axis=1)
    assert np.abs(mono(both)).max() == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_sound_in_small_pieces_is_resampled_as_if_whole(rate: int) -> None:
    seconds = np.arange(rate) / rate
    sound = np.sin(2 * np.pi * 1_000 * seconds).astype(np.float32)
    resampler = Resampler(rate)
    size = rate // 20
    pieces = [resampler.push(sound[first : first + size]) for first in range(0, rate, size)]
    made = np.concatenate([*pieces, resampler.flush()])
    wanted = np.sin(2 * np.pi * 1_000 * np.arange(16_000) / 16_000)
    assert abs(len(made) - 16_000) <= 2
    assert np.abs(made[200:15_000] - wanted[200:15_000]).max() < 0.01


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (
            PortAudioError("Error opening InputStream: Device unavailable", -9985),
            errors.MicrophoneBusy,
        ),
        (PortAudioError("Unanticipated host error", -9999, (8, -16, "Device or resource busy")), errors.MicrophoneBusy),
        (PortAudioError("Unanticipated host error", -9999, (8, -13, "Permission denied")), errors.MicrophoneRefused),
        (PortAudioError("Invalid device", -9996), errors.MicrophoneAway),
        (PortAudioError("Something else", -9998), errors.MicrophoneFailed),
    ],
)
def test_a_refusal_is_said_in_words_with_a_next_step(error: Exception, kind: type[errors.MicrophoneError]) -> None:
    said = refusal(error, "Desk microphone")
    assert type(said) is kind
    assert "Desk microphone" in str(said)
    assert said.next_step
