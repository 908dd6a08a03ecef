"""The microphone's child is replaced by a fresh one: what it was told and had not done is told again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.phase import Phase
from core.worker.messages import JobRestarted
from core.worker.sound_messages import CloseRecording, HoldSound, RecordSound
from tests.app.dictation.spoken import Spoken


@pytest.fixture
def spoken(start: Callable[..., Application], qtbot: QtBot) -> Spoken:
    """The tab in sight, the microphone open."""
    return Spoken(start, qtbot)


def orders(spoken: Spoken) -> list[object]:
    """What was said of recordings since it was asked last; then it is as if nothing had been said."""
    said = [one for one in spoken.microphone.told if isinstance(one, RecordSound | HoldSound | CloseRecording)]
    spoken.microphone.told.clear()
    return said


def test_a_start_that_the_old_child_never_did_is_done_by_the_fresh_one(spoken: Spoken) -> None:
    spoken.dictation.start()
    spoken.dictation.pause()
    first = orders(spoken)
    spoken.microphone.deliver(JobRestarted(spoken.microphone.job_id))
    spoken.settle()
    assert [type(one) for one in first] == [RecordSound, HoldSound]
    assert orders(spoken) == first


def test_a_recording_that_is_whole_is_not_begun_again(spoken: Spoken) -> None:
    spoken.dictation.start()
    spoken.sound(3)
    spoken.dictation.finish()
    spoken.end_recording()
    orders(spoken)
    spoken.microphone.deliver(JobRestarted(spoken.microphone.job_id))
    spoken.plug_in()
    assert orders(spoken) == []
    spoken.end_words()
    assert spoken.dictation.phase is Phase.IDLE
    assert spoken.dictation.hearing.devices == ("Desk", "Built-in")
