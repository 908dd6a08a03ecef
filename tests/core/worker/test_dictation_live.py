"""The two children of a dictation on a real sound path: microphone to disk, to the engine, words back."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from core.events import DictationJob, EngineChosen, SpeechHeard
from core.media.decode import Decoder
from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE
from core.worker.client import EngineClient, MicrophoneClient
from core.worker.messages import EventHappened, JobCancelled, JobFinished, StartDictation, new_job_id
from core.worker.microphone_work import BEFORE_KEY_S
from core.worker.sound_messages import (
    CloseRecording,
    EndDictation,
    FeedSound,
    HoldSound,
    MicrophoneLevel,
    MicrophoneLost,
    MicrophoneOpened,
    OpenMicrophone,
    RecordingEnded,
    RecordSound,
    SoundHeard,
)
from tests.core.worker.conftest import QUICK, Owner, wait_until
from tests.data.toy import CHECKPOINT
from tests.data.toy.evaluate import recognised
from tests.fakes.sound_card import SoundCard

QUIET_S = 0.6
"""For what was played to come out of the microphone."""
PRESSES = 20
ONSET = 160
"""The first 10 ms: were they missing, all the rest would still be much alike."""
SILENCE_S = 0.2
"""Played before the sound, so that the pretended card misses nothing of it (`SoundCard.start_playing`)."""


@pytest.fixture
def microphone(owner: Owner) -> Iterator[MicrophoneClient]:
    with contextlib.closing(MicrophoneClient(owner, patience=QUICK)) as client:
        yield client


@pytest.fixture
def opened(microphone: MicrophoneClient, owner: Owner, sound_card: SoundCard) -> str:
    """Job id of the open microphone."""
    job_id = microphone.ask(OpenMicrophone(new_job_id()))
    owner.wait_for(lambda reply: isinstance(reply, MicrophoneOpened))
    return job_id


def told(owner: Owner) -> int:
    """Samples that were recorded, in all."""
    return sum(len(reply.pcm) // 2 for reply in list(owner.heard) if isinstance(reply, SoundHeard))


def let_it_arrive(owner: Owner, since_s: float, before: int = 0) -> None:
    """Wait until what was played by now is recorded: on a busy machine that may be long after it was played.

    Args:
        since_s: when recording was asked for, on the monotonic clock.
        before: samples that had been told by then.
    """
    wanted = before + round((time.monotonic() - since_s + BEFORE_KEY_S + QUIET_S) * SAMPLE_RATE)
    wait_until(lambda: told(owner) >= wanted)


def let_it_rest(owner: Owner) -> None:
    """Wait until nothing more is recorded."""
    before = -1
    while before != (before := told(owner)):
        time.sleep(QUIET_S)


def recorded(path: Path) -> Samples:
    with Decoder(path) as decoder:
        return np.concatenate([block.samples for block in decoder])


def ended(microphone: MicrophoneClient, owner: Owner, job_id: str, count: int = 1) -> RecordingEnded:
    microphone.tell(CloseRecording(job_id))
    reply = owner.wait_for(lambda reply: isinstance(reply, RecordingEnded), count=count)
    assert isinstance(reply, RecordingEnded)
    return reply


def place_of(sound: Samples, inside: Samples) -> tuple[int, float]:
    """(first sample, correlation) of where `sound` fits best into `inside`."""
    size = 1 << (len(sound) + len(inside)).bit_length()
    fits = np.fft.irfft(np.fft.rfft(inside, size) * np.conj(np.fft.rfft(sound, size)), size)
    first = int(fits[: max(1, len(inside) - len(sound))].argmax())
    there = inside[first : first + len(sound)]
    return first, float(np.dot(there, sound) / np.sqrt(np.dot(there, there) * np.dot(sound, sound)))


def is_whole(sound: Samples, inside: Samples) -> bool:
    """Whether all of `sound` is there, from its first ten milliseconds on."""
    first, alike = place_of(sound, inside)
    onset = np.square(inside[first : first + ONSET]).sum() / np.square(sound[:ONSET]).sum()
    return bool(alike > 0.9 and onset > 0.5)


def test_what_is_played_after_the_key_is_in_the_recording_from_its_first_sample_and_in_the_text(
    microphone: MicrophoneClient, opened: str, owner: Owner, sound_card: SoundCard, spoken: Callable[..., Samples],
    tmp_path: Path,
) -> None:  # fmt: skip
    texts = ("seven green", "hello world", "test of red", "red blue", "nine two one")
    whole_there, recordings, holes = 0, list[Samples](), 0
    with sound_card.witness() as witness:
        wait_until(lambda: witness.count > 0)
        while len(recordings) < PRESSES:
            sound = spoken(texts[len(recordings) % len(texts)])
            path = tmp_path / f"{len(recordings)}-{holes}.flac"
            witnessed, began_s = witness.count, time.monotonic()
            playing = sound_card.start_playing(sound, silence_s=SILENCE_S)
            time.sleep(SILENCE_S - 0.1)
            before, pressed_s = told(owner), time.monotonic()
            microphone.tell(RecordSound(opened, str(path), time.time()))
            playing.wait()
            wanted = witnessed + round((time.monotonic() - began_s + QUIET_S) * SAMPLE_RATE)
            let_it_arrive(owner, pressed_s, before)
            wait_until(lambda wanted=wanted: witness.count >= wanted)
            end = ended(microphone, owner, opened, count=len(recordings) + holes + 1)
            assert end.failure is None
            inside = recorded(path)
            assert len(inside) == end.samples
            if not is_whole(sound, witness.since(witnessed)):
                holes += 1
                assert holes < PRESSES, "the pretended card plays nothing as it should"
                continue
            recordings.append(inside)
            whole_there += is_whole(sound, inside)
    firsts = [text.partition(" ")[0] for text in recognised(CHECKPOINT, recordings)]
    right = sum(first == texts[turn % len(texts)].partition(" ")[0] for turn, first in enumerate(firsts))
    print(f"from the first sample {whole_there}, first word right {right}, of {PRESSES}; {holes} not played whole")
    assert whole_there == PRESSES
    assert right >= PRESSES * 9 // 10


def test_a_pause_leaves_no_hole_and_no_extra_sound(
    microphone: MicrophoneClient, opened: str, owner: Owner, sound_card: SoundCard, spoken: Callable[..., Samples],
    tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / "sound.flac"
    began_s = time.monotonic()
    microphone.tell(RecordSound(opened, str(path)))
    sound_card.play(spoken("hello"))
    let_it_arrive(owner, began_s)
    microphone.tell(HoldSound(opened))
    let_it_rest(owner)
    sound_card.play(spoken("green"))
    time.sleep(2.5)  # longer than what is kept from before a key
    before, began_s = told(owner), time.monotonic()
    microphone.tell(RecordSound(opened, str(path)))
    sound_card.play(spoken("seven"))
    let_it_arrive(owner, began_s, before)
    end = ended(microphone, owner, opened)
    pieces = [reply for reply in owner.heard if isinstance(reply, SoundHeard)]
    firsts = np.cumsum([0, *(len(reply.pcm) // 2 for reply in pieces)])
    assert [reply.first_sample for reply in pieces] == list(firsts[:-1])
    assert end.samples == firsts[-1]
    whole = recorded(path)
    assert place_of(spoken("hello"), whole)[1] > 0.9
    assert place_of(spoken("seven"), whole)[1] > 0.9
    assert place_of(spoken("green"), whole)[1] < 0.7


def test_sound_is_on_disk_before_it_is_told_and_outlives_a_kill(
    microphone: MicrophoneClient, opened: str, owner: Owner, sound_card: SoundCard, spoken: Callable[..., Samples],
    tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / "sound.flac"
    began_s = time.monotonic()
    microphone.tell(RecordSound(opened, str(path)))
    sound_card.play(spoken("this is a test of one two three four"))
    let_it_arrive(owner, began_s)
    samples, pid = told(owner), microphone.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    owner.last_word(opened)
    assert len(recorded(path)) >= samples - SAMPLE_RATE  # flushed each second
    assert place_of(spoken("this is a test of one two three four")[:16_000], recorded(path))[1] > 0.9


def test_a_device_that_vanishes_is_told_and_comes_back_by_itself(
    microphone: MicrophoneClient, opened: str, owner: Owner, sound_card: SoundCard, spoken: Callable[..., Samples],
    tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / "sound.flac"
    began_s = time.monotonic()
    microphone.tell(RecordSound(opened, str(path)))
    sound_card.play(spoken("hello"))
    let_it_arrive(owner, began_s)
    sound_card.unplug()
    lost = owner.wait_for(lambda reply: isinstance(reply, MicrophoneLost))
    assert isinstance(lost, MicrophoneLost)
    assert "unplugged" in str(lost.failure.error())
    sound_card.plug()
    again = owner.wait_for(lambda reply: isinstance(reply, MicrophoneOpened), count=2)
    assert isinstance(again, MicrophoneOpened)
    assert again.gap_ms > 0
    before, began_s = told(owner), time.monotonic()
    sound_card.play(spoken("seven"))
    let_it_arrive(owner, began_s, before)
    ended(microphone, owner, opened)
    whole = recorded(path)
    assert place_of(spoken("hello"), whole)[1] > 0.9
    assert place_of(spoken("seven"), whole)[1] > 0.9


def test_a_level_is_told_while_nothing_is_recorded(
    microphone: MicrophoneClient, opened: str, owner: Owner, sound_card: SoundCard, spoken: Callable[..., Samples]
) -> None:
    sound_card.play(np.clip(spoken("hello hello") * 20, -1, 1))
    loud = owner.wait_for(lambda reply: isinstance(reply, MicrophoneLevel) and reply.clipping)
    assert isinstance(loud, MicrophoneLevel)
    assert loud.peak_db > -1
    assert not [reply for reply in owner.heard if isinstance(reply, SoundHeard)]
    microphone.cancel(opened)
    assert owner.last_word(opened) == JobCancelled(opened)


def test_without_a_microphone_a_sentence_says_what_to_do(
    microphone: MicrophoneClient, owner: Owner, sound_card: SoundCard
) -> None:
    sound_card.unplug()
    job_id = microphone.ask(OpenMicrophone(new_job_id(), "Desk microphone of somebody else"))
    lost = owner.wait_for(lambda reply: isinstance(reply, MicrophoneLost))
    assert isinstance(lost, MicrophoneLost)
    error = lost.failure.error()
    assert "microphone" in str(error).casefold()
    assert error.next_step
    microphone.cancel(job_id)
    owner.last_word(job_id)


def test_speech_played_into_the_microphone_comes_back_as_text(
    microphone: MicrophoneClient, opened: str, owner: Owner, sound_card: SoundCard, material: Path, tmp_path: Path
) -> None:
    raw = material / "A_english" / "pocketsphinx_goforward" / "goforward_s16le_16k_mono.raw"
    speech = np.fromfile(raw, "<i2").astype(np.float32) / np.float32(32768)
    with contextlib.closing(EngineClient(owner, patience=QUICK)) as engine:
        dictation = engine.ask(StartDictation(new_job_id(), DictationJob("builtin")))
        began_s = time.monotonic()
        microphone.tell(RecordSound(opened, str(tmp_path / "sound.flac")))
        sound_card.play(speech)
        let_it_arrive(owner, began_s)
        ended(microphone, owner, opened)
        for reply in [reply for reply in owner.heard if isinstance(reply, SoundHeard)]:
            engine.tell(FeedSound(dictation, reply.pcm))
        engine.tell(EndDictation(dictation))
        assert owner.last_word(dictation) == JobFinished(dictation)
    events = [reply.event for reply in owner.heard if isinstance(reply, EventHappened)]
    assert isinstance(events[0], EngineChosen)
    heard = [event for event in events if isinstance(event, SpeechHeard)]
    text = " ".join(word.text for event in heard for word in event.firm)
    assert "go forward ten" in text
    assert heard[-1].tentative == ()
