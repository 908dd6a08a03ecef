"""Stretches of speech behind each other, an engine or a microphone's child late or gone: no word is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.phase import Phase
from core.errors import Failure, WorkerDied
from core.events import SpeechHeard
from core.transcript import Word
from core.worker.messages import EventHappened, JobFailed, JobFinished, JobRestarted, StartDictation
from core.worker.sound_messages import EndDictation, FeedSound, SoundHeld
from tests.app.dictation.spoken import Spoken

DIED = WorkerDied(child="engine", cause="signal 9").failure()


@pytest.fixture
def spoken(start: Callable[..., Application], qtbot: QtBot) -> Spoken:
    """Somebody speaks."""
    made = Spoken(start, qtbot)
    made.dictation.start()
    made.sound(10)
    return made


def fed(spoken: Spoken, job_id: str) -> list[type]:
    """What the engine was told of a job, in order."""
    said = [one for one in spoken.engine.told if isinstance(one, FeedSound | EndDictation)]
    return [type(one) for one in said if one.job_id == job_id]


def passages(spoken: Spoken) -> list[str]:
    """The text as it stands."""
    return [cue.text for cue in spoken.dictation.bridge.document.cues]


def test_a_pause_that_was_over_before_it_was_answered_ends_nothing(spoken: Spoken) -> None:
    job_id = spoken.engine.job_id
    spoken.dictation.pause()
    spoken.dictation.start()
    spoken.dictation.pause()
    spoken.engine.deliver(JobFinished(job_id))
    spoken.microphone.deliver(SoundHeld(spoken.microphone.job_id))  # the first one
    spoken.sound(3)
    second = spoken.engine.job_id
    assert second != job_id
    assert fed(spoken, second) == [FeedSound] * 3
    spoken.microphone.deliver(SoundHeld(spoken.microphone.job_id))
    spoken.settle()
    assert fed(spoken, second) == [FeedSound] * 3 + [EndDictation]


def test_a_fresh_child_of_the_microphone_answers_a_pause_that_the_old_one_did_not(spoken: Spoken) -> None:
    job_id = spoken.engine.job_id
    spoken.dictation.pause()
    spoken.microphone.deliver(JobRestarted(spoken.microphone.job_id))
    spoken.settle()
    spoken.sound(2)
    assert fed(spoken, job_id) == [FeedSound] * 12
    spoken.hold()
    assert fed(spoken, job_id) == [FeedSound] * 12 + [EndDictation]


def test_words_of_after_a_pause_wait_for_those_of_before_it(spoken: Spoken) -> None:
    first = spoken.engine.job_id
    spoken.dictation.pause()
    spoken.hold()
    spoken.dictation.start()
    spoken.sound(20)
    assert spoken.engine.job_id == first
    spoken.hear("one two", lag_ms=500, ended=True)
    assert spoken.dictation.lag_ms == 2_500, "what waits counts, too"
    spoken.engine.deliver(JobFinished(first))
    spoken.settle()
    assert fed(spoken, spoken.engine.job_id) == [FeedSound] * 20
    spoken.hear("three")
    assert passages(spoken) == ["one two", "three"]


def test_a_dictation_is_not_over_before_the_words_of_every_stretch_are_there(spoken: Spoken, qtbot: QtBot) -> None:
    spoken.dictation.pause()
    spoken.hold()
    spoken.dictation.start()
    spoken.sound(1)
    spoken.dictation.finish()
    spoken.end_recording()
    assert spoken.dictation.phase is Phase.ENDING
    assert spoken.dictation.is_unfinished
    spoken.end_words("one")
    assert spoken.dictation.phase is Phase.ENDING
    spoken.end_words("two")
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.IDLE)
    assert passages(spoken) == ["one", "two"]


@pytest.mark.parametrize("failure", [None, DIED], ids=["ended for another job", "died"])
def test_an_engine_that_goes_after_a_pause_hears_again_what_was_said_before_it(
    spoken: Spoken, failure: Failure | None
) -> None:
    first = spoken.engine.job_id
    spoken.dictation.pause()
    spoken.hold()
    spoken.dictation.start()
    spoken.sound(5)
    spoken.engine.deliver(JobFailed(first, failure) if failure else JobRestarted(first))
    spoken.settle()
    again = spoken.engine.job_id
    assert again != first
    assert fed(spoken, again) == [FeedSound] * 10 + [EndDictation]
    spoken.end_words("one")
    spoken.hear("two")
    assert passages(spoken) == ["one", "two"]


def test_where_the_words_of_before_a_pause_cannot_be_had_those_of_after_it_come(spoken: Spoken) -> None:
    said: list[object] = []
    spoken.dictation.failed.connect(said.append)
    spoken.dictation.pause()
    spoken.hold()
    spoken.dictation.start()
    spoken.sound(5)
    spoken.hear("one")
    for _ in range(3):
        spoken.engine.deliver(JobFailed(spoken.engine.job_id, DIED))
        spoken.settle()
    assert len(said) == 1
    assert fed(spoken, spoken.engine.job_id) == [FeedSound] * 5
    spoken.hear("two")
    assert passages(spoken) == ["one", "two"]


def test_a_language_chosen_while_words_still_come_is_that_of_the_next_stretch(spoken: Spoken) -> None:
    spoken.dictation.choose(languages=("de",))
    spoken.hear("one")
    spoken.dictation.pause()
    spoken.dictation.start()
    spoken.hear("two")
    spoken.end_words()
    spoken.hear("drei")
    cues = spoken.dictation.bridge.document.cues
    assert [(cue.text, cue.language) for cue in cues] == [("one two", ""), ("drei", "de")]


def test_a_fresh_engine_hears_nothing_of_a_firm_word_again_however_long_the_pieces_of_sound(spoken: Spoken) -> None:
    job_id = spoken.engine.job_id
    spoken.sound(20, at_once=True)
    firm = (Word("hello", 400, 900), Word("world", 1_100, 1_700))
    spoken.engine.deliver(EventHappened(job_id, SpeechHeard(firm, (), 0, 3_000)))
    spoken.engine.deliver(JobFailed(job_id, DIED))
    spoken.settle()
    asked = [one for one in spoken.engine.told if isinstance(one, StartDictation)][-1]
    again = [one for one in spoken.engine.told if isinstance(one, FeedSound) and one.job_id == asked.job_id]
    assert asked.job.first_ms == 1_700
    assert sum(len(one.pcm) for one in again) == 2 * (3_000 - 1_700) * 16
