"""A driver that never lets go of a device: a fresh child finds what is plugged in, once nothing is being recorded."""

from __future__ import annotations

import contextlib
from pathlib import Path

from core.worker.client import MicrophoneClient
from core.worker.ledger import Ledger
from core.worker.messages import JobCancelled, JobFailed, JobRestarted, new_job_id
from core.worker.sound_messages import (
    ChooseMicrophone,
    CloseRecording,
    MicrophoneOpened,
    OpenMicrophone,
    RecordingEnded,
    RecordSound,
    SoundHeard,
)
from tests.core.worker.conftest import QUICK, Owner
from tests.fakes.microphones import STUCK


def test_a_fresh_child_goes_on_as_soon_as_the_recording_is_whole(owner: Owner, tmp_path: Path) -> None:
    def opened() -> list[str]:
        return [reply.device for reply in owner.heard if isinstance(reply, MicrophoneOpened)]

    client = MicrophoneClient(owner, patience=QUICK, microphone="tests.fakes.microphones:Sticky")
    with contextlib.closing(client) as ear:
        job_id = ear.ask(OpenMicrophone(new_job_id(), str(tmp_path)))
        ear.tell(RecordSound(job_id, str(tmp_path / "sound.flac")))
        owner.wait_for(lambda reply: isinstance(reply, SoundHeard))
        (tmp_path / STUCK).touch()
        before = sum(isinstance(reply, SoundHeard) for reply in owner.heard)
        owner.wait_for(lambda reply: isinstance(reply, SoundHeard), count=before + 5)
        assert opened() == ["Old"], "the recording goes on"
        ear.tell(CloseRecording(job_id))
        ended = owner.wait_for(lambda reply: isinstance(reply, RecordingEnded))
        owner.wait_for(lambda reply: isinstance(reply, MicrophoneOpened) and reply.device == "New")
        assert isinstance(ended, RecordingEnded)
        assert ended.samples == sum(len(reply.pcm) // 2 for reply in owner.heard if isinstance(reply, SoundHeard))
        assert opened() == ["Old", "New"]
        assert owner.heard.count(JobRestarted(job_id)) == 1
        assert not [reply for reply in owner.heard if isinstance(reply, JobFailed)]
        ear.cancel(job_id)
        assert owner.last_word(job_id) == JobCancelled(job_id)


def test_a_fresh_child_opens_the_microphone_that_was_chosen_last() -> None:
    book = Ledger()
    book.add(OpenMicrophone("one", "Desk"))
    book.amend(ChooseMicrophone("one", "Built-in"))
    book.amend(ChooseMicrophone("two", "nobody asked for"))
    book.amend(CloseRecording("one"))
    assert book.requests() == (OpenMicrophone("one", "Built-in"),)
