"""Models rigged to go wrong, under the real prompts, decode loop and batches: stopped early, tried again, marked."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.alignment import registry as aligners
from core.alignment.protocol import Piece
from core.errors import CheckpointUnusable
from core.progress import CancelToken
from core.qwen3 import self_test
from core.qwen3.answers import Outcome, Request
from core.qwen3.prompt import Prompts
from core.qwen3.runtime import quiet_transformers, torch
from core.qwen3.transcriber import Transcriber
from core.recognition import guard
from core.recognition.batches import Batches
from core.recognition.protocol import Options
from core.speech.chunk import Chunk
from core.timecode import SAMPLE_RATE
from core.transcript import Segment, Source
from tests.fakes.qwen3 import Scripted

SOUND_ID, VOCABULARY, END = 367, 370, 364
"""Of the toy's tokenizer."""
MOST_TOKENS = 64
Rule = Callable[[float, bool], str]
"""(seconds of sound, whether a context was given) → what the model writes."""


class Ear:
    """Stands for the encoder: one token that says how many samples there were."""

    def encode(self, samples: np.ndarray) -> torch.Tensor:
        return torch.full((1, 1), float(len(samples)))


class Watched(Transcriber):
    """Counts the tokens of each batch's longest answer, and keeps what was asked."""

    asked: list[list[Request]]
    tokens: list[int]

    def answer(self, requests: Sequence[Request]) -> Generator[int, None, list[Outcome]]:
        self.asked.append(list(requests))
        steps, count = super().answer(requests), 0
        while True:
            try:
                count = next(steps)
            except StopIteration as end:
                self.tokens.append(count)
                outcomes: list[Outcome] = end.value
                return outcomes
            yield count


@pytest.fixture(scope="module")
def prompts(toy: Path) -> Prompts:
    processor = quiet_transformers().AutoProcessor.from_pretrained(toy, local_files_only=True)
    return Prompts(processor, audio_id=SOUND_ID, vocabulary=VOCABULARY)


def rigged(prompts: Prompts, rule: Rule, *, strength: float = 20.0) -> Watched:
    """A model that writes what `rule` says, each token `strength` likelier than any other (as a logit)."""
    plain = sum(map(len, prompts.around_sound()))

    def script(prompt: torch.Tensor) -> Sequence[int]:
        return prompts._ids(rule(float(prompt.max()) / SAMPLE_RATE, len(prompt) - 1 > plain))

    model = Scripted(script, end=END, strength=strength)
    made = Watched(Ear(), model, prompts, [END])  # type: ignore[arg-type] - both behave as the real ones
    made.asked, made.tokens = [], []
    return made


def chunk(seconds: float, level: float = 0.1) -> Chunk:
    noise = np.random.default_rng(1).standard_normal(round(seconds * SAMPLE_RATE)) * level
    return Chunk(noise.astype(np.float32), 0, 0, ((0, len(noise)),))


def recognised(model: Watched, one: Chunk, options: Options = Options()) -> Segment:  # noqa: B008 - frozen
    full: Any = lambda _error: False  # noqa: E731
    run = Batches(model, options, CancelToken(), engine="rigged", device="cpu", rows=4, out_of_memory=full).run([one])
    (segment,) = [item for item in run if isinstance(item, Segment)]
    return segment


@pytest.mark.parametrize("round_", [" no", " yes no", " this is a test of red green blue"])
def test_a_model_that_repeats_itself_is_stopped_and_its_clip_tried_in_parts(prompts: Prompts, round_: str) -> None:
    def rule(seconds: float, _context: bool) -> str:
        return f"language English<asr_text>hello{round_ * 100 if seconds > 6 else ' world'}"

    model = rigged(prompts, rule)
    segment = recognised(model, chunk(8))
    assert segment.text == "hello world hello world"
    assert segment.notes == (guard.RETRIED,)
    assert [len(batch) for batch in model.asked] == [1, 2]
    assert max(model.tokens) <= MOST_TOKENS


def test_a_model_that_repeats_itself_whatever_it_hears_is_marked_and_keeps_one_round(prompts: Prompts) -> None:
    model = rigged(prompts, lambda _seconds, _context: "language English<asr_text>yes" + " no" * 500)
    segment = recognised(model, chunk(8))
    assert segment.notes == (guard.RETRIED, guard.REPEATED)
    assert set(segment.text.split()) == {"yes", "no"}
    assert segment.text.count("yes") == segment.text.count("no") >= 2
    assert max(model.tokens) <= MOST_TOKENS


def test_a_silent_half_of_a_clip_that_is_tried_in_parts_is_not_asked_about(prompts: Prompts) -> None:
    def rule(seconds: float, _context: bool) -> str:
        return "language English<asr_text>" + ("hello" if 3 < seconds < 6 else "hello" + " no" * 100)

    model = rigged(prompts, rule)
    spoken = chunk(4).samples
    samples = np.concatenate([spoken, np.zeros(4 * SAMPLE_RATE, np.float32)])
    segment = recognised(model, Chunk(samples, 0, 0, ((0, len(spoken)),)))
    assert (segment.text, segment.notes) == ("hello", (guard.RETRIED,))
    assert [len(batch) for batch in model.asked] == [1, 1]


def test_a_model_that_says_the_context_back_is_asked_again_without_it(prompts: Prompts) -> None:
    def rule(_seconds: float, context: bool) -> str:
        return "language English<asr_text>" + ("red green blue hello" if context else "yes this is a test")

    model = rigged(prompts, rule)
    segment = recognised(model, chunk(5), Options(context="red green blue hello"))
    assert segment.text == "yes this is a test"
    assert segment.notes == (guard.WITHOUT_CONTEXT,)
    assert [request.context for batch in model.asked for request in batch] == ["red green blue hello", ""]
    assert max(model.tokens) <= MOST_TOKENS


@pytest.mark.parametrize(
    ("level", "strength", "asked", "notes"),
    [(0.0, 20.0, 0, ()), (0.0002, 20.0, 0, ()), (0.0015, 2.0, 1, (guard.NEAR_SILENCE,))],
    ids=["digital silence", "a quiet room", "soft noise, and unsure"],
)
def test_a_model_that_answers_on_silence_gives_nothing(
    level: float, strength: float, asked: int, notes: tuple[str, ...], prompts: Prompts
) -> None:
    model = rigged(prompts, lambda *_: "language English<asr_text>hello world", strength=strength)
    segment = recognised(model, chunk(5, level))
    assert (segment.text, segment.languages, segment.confidences) == ("", (), ())
    assert segment.notes == notes
    assert len(model.asked) == asked


def test_a_model_that_answers_in_two_languages_keeps_both_and_every_word_is_timed(
    prompts: Prompts, tiny_aligner: Path
) -> None:
    text = "我用 PySide6，这是 a test。"
    model = rigged(prompts, lambda *_: f"language Chinese,English<asr_text>{text}")
    one = chunk(5)
    segment = recognised(model, one)
    assert (segment.text, segment.languages, segment.notes) == (text, ("zh", "en"), ())
    aligner = aligners.create("qwen3-aligner", model_dir=str(tiny_aligner))
    (words,) = aligner.align([Piece(one.samples, segment.text, segment.languages[0])], CancelToken())
    assert "".join(word.text + word.after for word in words) == text
    assert [word.text for word in words] == ["我", "用", "PySide6，", "这", "是", "a", "test。"]
    assert {word.source for word in words} <= {Source.ALIGNED, Source.ESTIMATED}
    assert all(word.end_ms > word.start_ms for word in words)


def test_a_model_whose_numbers_are_none_gives_nothing_and_is_marked(prompts: Prompts) -> None:
    model = rigged(prompts, lambda *_: "language English<asr_text>hello world", strength=float("nan"))
    segment = recognised(model, chunk(8))
    assert (segment.text, segment.confidences) == ("", ())
    assert segment.notes == (guard.RETRIED, guard.CUT_SHORT)
    with pytest.raises(CheckpointUnusable, match="holds no numbers"):
        self_test.check(model, "folder")
