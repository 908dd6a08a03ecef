"""Words of a dictation get measured times behind the recogniser's back, and keep everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from core.alignment.protocol import Aligner, Piece
from core.engine import EngineInfo
from core.errors import AlignmentFailed, CheckpointUnusable
from core.media.waveform import Samples
from core.progress import CancelToken
from core.recognition.protocol import Update
from core.timed_stream import TimedStream, timed
from core.transcript import Segment, Source, Word
from tests.fakes.engines import EvenAligner

SECOND = np.zeros(16_000, np.float32)


def segment(start_s: int, *texts: str) -> Segment:
    words = tuple(Word(text, start_s * 1000, start_s * 1000, source=Source.ESTIMATED) for text in texts)
    return Segment(start_s * 1000, start_s * 1000 + 1000, " ".join(texts), ("en",), words)


class Said:
    """A stream that says what it is told, one update a feed."""

    def __init__(self, *updates: Update) -> None:
        self._updates = iter(updates)

    def feed(self, samples: Samples) -> Update:
        return next(self._updates, Update((), (), 0))

    def finish(self) -> Update:
        return next(self._updates, Update((), (), 0))


class Failing(EvenAligner):
    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        raise AlignmentFailed(engine="even", cause="told to")


SPOKEN = segment(0, "one", "two")
ENDED = Update(SPOKEN.words, (), 0, 0, (SPOKEN,))


def test_a_segment_that_ended_is_timed_when_nobody_speaks() -> None:
    aligner = EvenAligner()
    stream = TimedStream(Said(ENDED), lambda language: aligner)
    assert stream.feed(SECOND).retimed == ()
    words = stream.feed(SECOND).retimed
    assert [(word.id, word.text) for word in words] == [(word.id, word.text) for word in SPOKEN.words]
    assert [(word.start_ms, word.end_ms) for word in words] == [(0, 500), (500, 1000)]
    assert {word.source for word in words} == {Source.ALIGNED}
    assert len(aligner.pieces[0].samples) == len(SECOND)
    assert stream.feed(SECOND).retimed == ()


def test_a_mixed_segment_is_timed_by_the_language_with_a_splitter_of_its_own() -> None:
    """As in a run: else a Japanese sentence in an English talk is one word to the aligner."""
    mixed = replace(SPOKEN, languages=("en", "ja"))
    aligner, asked = EvenAligner(), list[str]()

    def aligner_for(language: str) -> Aligner:
        asked.append(language)
        return aligner

    stream = TimedStream(Said(Update(mixed.words, (), 0, 0, (mixed,))), aligner_for)
    stream.feed(SECOND)
    stream.feed(SECOND)
    assert (asked, [piece.language for piece in aligner.pieces]) == (["ja"], ["ja"])


def test_while_somebody_speaks_words_wait_but_not_for_ever() -> None:
    aligner = EvenAligner()
    talking = [Update((), (Word("and", 0, 0),), 0, number + 1, (segment(number, "on"),)) for number in range(3)]
    going_on = Update((), talking[-1].tentative, 0, 3)
    stream = TimedStream(Said(*talking, going_on, going_on), lambda language: aligner)
    assert [stream.feed(SECOND).retimed for _ in range(3)] == [(), (), ()]
    assert len(stream.feed(SECOND).retimed) == 1
    assert stream.feed(SECOND).retimed == ()


def test_at_the_end_every_word_has_its_time() -> None:
    aligner = EvenAligner()
    stream = TimedStream(Said(ENDED, Update((), (), 0, 1, (segment(1, "three"),))), lambda language: aligner)
    stream.feed(SECOND)
    stream._sound.append(SECOND)
    assert [word.text for word in stream.finish().retimed] == ["one", "two", "three"]


@pytest.mark.parametrize("aligner", [None, Failing()], ids=["none", "one that fails"])
def test_without_an_aligner_words_keep_their_estimate(aligner: Aligner | None) -> None:
    stream = TimedStream(Said(ENDED), lambda language: aligner)
    stream.feed(SECOND)
    assert stream.feed(SECOND).retimed == ()
    assert stream.finish().retimed == ()


def test_sound_is_kept_for_two_minutes_and_no_longer() -> None:
    stream = TimedStream(Said(), lambda language: EvenAligner())
    for _ in range(600):
        stream.feed(SECOND)
    assert 120 <= sum(map(len, stream._sound._blocks)) / 16_000 <= 121
    assert stream._sound.between(0, 1000) is None


def test_an_engine_that_gives_times_is_left_alone() -> None:
    stream = Said()
    assert timed(stream, EngineInfo("x", "X", ("en",), True)) is stream
    assert timed(stream, EngineInfo("x", "X", ("en",), False), aligner="none") is stream
    assert isinstance(timed(stream, EngineInfo("x", "X", ("en",), False)), TimedStream)


def test_a_folder_that_holds_no_aligner_is_refused_at_once() -> None:
    with pytest.raises(CheckpointUnusable):
        timed(Said(), EngineInfo("x", "X", ("en",), False), aligner_dir="nowhere")
