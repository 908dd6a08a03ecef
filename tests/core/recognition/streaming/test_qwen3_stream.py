"""Dictation with a small real model: nothing firm is taken back, words come soon, and they are as good as offline.

The model is the project's own and the speech is synthesised, so all of this runs wherever the project is.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from statistics import median

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from core.qwen3.live_sound import Work
from core.qwen3.transcriber import Transcriber
from core.recognition.streaming.hearing import DOUBTFUL_WORDS
from core.recognition.streaming.live import LiveStream
from core.recognition.streaming.settings import PAPER, StreamSettings
from core.timecode import SAMPLE_RATE
from core.transcript import Segment
from tests.core.recognition.streaming.runs import ENGLISH, UP_TO_8_S, Watched, delays, watched
from tests.core.recognition.streaming.speech import Speech, Spoken, utterances
from tests.data.toy import CHECKPOINT
from tests.data.toy.evaluate import recognised

pytestmark = pytest.mark.usefixtures("exact")


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
def test_firm_words_are_never_taken_back(settings: StreamSettings, model: Transcriber, speech: Speech) -> None:
    """The promise is checked by `Watched` at every step, with every setting, also where the text is wrong."""
    run = watched(model, settings)
    segments = run.run(speech.spoken(30, seed=5).samples, settings.chunk_ms)
    assert len(segments) >= 2
    assert sum(len(segment.words) for segment in segments) >= 15
    assert run.steps[-1][1].tentative == ()


def test_text_is_as_good_as_offline_and_few_utterances_carry_doubts(model: Transcriber) -> None:
    """40 utterances of up to 8 s: doubts in 15 % of them at most, word error within 3 points of offline."""
    spoken = utterances(40)
    runs = [watched(model, StreamSettings(chunk_ms=500, segment_s=8)) for _ in spoken]
    live = [run.run(one.samples, 500) for run, one in zip(runs, spoken, strict=True)]
    offline = recognised(CHECKPOINT, [one.samples for one in spoken])
    words = sum(len(one.words) for one in spoken)
    live_errors = sum(errors(one.words, text_of(found).split()) for one, found in zip(spoken, live, strict=True))
    offline_errors = sum(errors(one.words, text.split()) for one, text in zip(spoken, offline, strict=True))
    doubtful = sum(any(DOUBTFUL_WORDS in segment.notes for segment in found) for found in live)
    firm = sum(any(update.firm and not update.ended for _, update in run.steps) for run in runs)
    print(
        f"errors {live_errors}, offline {offline_errors}, of {words}; doubts in {doubtful} of {len(live)}, {firm} firm"
    )
    assert firm >= 30  # else nothing could be doubted
    assert live_errors / words <= offline_errors / words + 0.03
    assert doubtful <= 0.15 * len(spoken)


def test_words_come_soon_after_they_were_said(model: Transcriber, speech: Speech) -> None:
    """Uninterrupted: tentative within 2 chunk lengths of sound, firm within 4, in the median; 95 of 100 within 8."""
    spoken = speech.spoken(60, seed=11)
    run = watched(model)
    run.run(spoken.samples, 200)
    tentative, firm = delays(run, true_ends(run, spoken), UP_TO_8_S.chunk_ms)
    print(f"tentative {median(tentative):.2f}, firm {median(firm):.2f} {np.percentile(firm, 95):.2f} of {len(firm)}")
    assert len(firm) >= 50
    assert median(tentative) <= 2
    assert median(firm) <= 4
    assert np.percentile(firm, 95) <= 8


def test_a_language_that_was_sure_is_kept(model: Transcriber, speech: Speech) -> None:
    run = watched(model)
    run.run(speech.spoken(4, seed=2).samples, 1_000)
    assert isinstance(run.stream, LiveStream)
    assert run.stream._languages == ENGLISH


def test_silence_gives_no_words_and_costs_nothing(model: Transcriber) -> None:
    work = Work()
    run = watched(model, work=work)
    assert run.run(np.zeros(20 * SAMPLE_RATE, np.float32), 500) == []
    assert work == Work()
    assert {update.lag_ms for _, update in run.steps} == {0}


def test_sound_that_waited_for_a_slow_engine_is_all_heard(model: Transcriber, speech: Speech) -> None:
    """Its lag is said, and it falls behind no further than it must: what waited is answered in one step."""
    spoken = speech.spoken(12, seed=8)
    late = watched(model)
    assert late.feed(spoken.samples[: SAMPLE_RATE * 9 // 10]).lag_ms > 300
    assert late.feed(spoken.samples[SAMPLE_RATE * 9 // 10 :]).lag_ms == 0
    late.finish()
    steady = watched(model)
    steady.run(spoken.samples, 1_000)
    assert [(s.start_ms, s.end_ms) for s in late.segments] == [(s.start_ms, s.end_ms) for s in steady.segments]
    assert errors(spoken.words, late.text.split()) <= errors(spoken.words, steady.text.split()) + 1


def errors(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Words changed, left out or added."""
    return int(Levenshtein.distance(wanted, found))


def text_of(segments: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in segments)


def true_ends(run: Watched, spoken: Spoken) -> dict[str, int]:
    """When the rightly recognised words end, by id."""
    words = [word for segment in run.segments for word in segment.words]
    matcher = SequenceMatcher(None, [word.text for word in words], spoken.words, autojunk=False)
    return {words[b.a + k].id: spoken.ends_ms[b.b + k] for b in matcher.get_matching_blocks() for k in range(b.size)}
