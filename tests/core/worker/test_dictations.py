"""Dictations in the engine's child: fed piece by piece, nothing dropped by an engine that is slower than speech."""

from __future__ import annotations

import numpy as np

from core.events import DictationJob, SpeechHeard
from core.worker.dictations import MOST_A_STEP, Dictations
from core.worker.job_queue import JobQueue, Task
from core.worker.messages import EventHappened, JobFinished, Message, StartDictation
from core.worker.sound_messages import EndDictation, FeedSound
from tests.fakes.dictations import begin

JOB = "one"
SECOND = np.full(16_000, 8_000, "<i2").tobytes()


def steps(dictations: Dictations, queue: JobQueue) -> JobFinished:
    """Do all that stands in the queue."""
    while (task := queue.take_interactive()) is not None:
        if (word := dictations.step(task)) is not None:
            return word
    raise AssertionError("no last word")


def test_an_engine_behind_speech_says_its_lag_and_drops_nothing() -> None:
    queue, told = JobQueue(), list[Message]()
    dictations = Dictations(queue, told.append, begin)
    dictations.start(Task(StartDictation(JOB, DictationJob())))
    for _ in range(60):
        dictations.hear(FeedSound(JOB, SECOND))
    dictations.hear(EndDictation(JOB))
    assert steps(dictations, queue) == JobFinished(JOB)
    heard = [message.event for message in told if isinstance(message, EventHappened)]
    news = [event for event in heard if isinstance(event, SpeechHeard)]
    assert [word.text for event in news for word in event.firm] == [f"word{number}" for number in range(60)]
    lags = [event.lag_ms for event in news]
    assert lags[0] >= 60_000 - MOST_A_STEP / 16 - 2_000
    assert lags == sorted(lags, reverse=True)
    assert lags[-1] == 0


def test_sound_for_a_dictation_that_is_over_is_ignored() -> None:
    queue, told = JobQueue(), list[Message]()
    dictations = Dictations(queue, told.append, begin)
    dictations.hear(FeedSound("nobody", SECOND))
    assert queue.take_interactive() is None
    assert told == []
