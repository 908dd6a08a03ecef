"""A graphics card's way, as far as it can be shown without one.

The model lies on torch's `meta` device, where tensors have shapes and no numbers, and every operation is looked at: one
that mixes it with the processor's memory would fail on a card, and asking it for a number would wait for the card. What
comes out is shown on the processor, made to look at all rows at once as a card does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from torch.utils import _pytree as pytree
from torch.utils._python_dispatch import TorchDispatchMode

from core.bench import random_qwen3
from core.qwen3 import speed
from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.live_cache import GrowingCache
from core.qwen3.loading import load_recognizer
from core.qwen3.placement import Placement
from core.qwen3.runtime import quiet_transformers, torch

CARD = Placement("cuda:1", "bfloat16", "")
HIDDEN, VOCABULARY = 32, 400


class OnePlace(TorchDispatchMode):
    """Fails where an operation takes tensors of two devices, and counts those it has seen on `meta`."""

    seen = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        tensors = [one for one in pytree.tree_leaves((args, kwargs)) if isinstance(one, torch.Tensor)]
        places = {one.device.type for one in tensors if one.dim()}
        assert len(places) < 2, f"{func} mixes {places}"
        self.seen += "meta" in places
        return func(*args, **(kwargs or {}))


@pytest.fixture
def card_decoder() -> Decoder:
    """A language model that lies elsewhere than in the processor's memory."""
    transformers = quiet_transformers()
    config = transformers.Qwen3Config(
        vocab_size=VOCABULARY,
        hidden_size=HIDDEN,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6},
    )
    with torch.device("meta"):
        return Decoder(transformers.Qwen3Model(config).eval(), torch.nn.Linear(HIDDEN, VOCABULARY, bias=False))


@pytest.fixture
def one_place() -> Iterator[OnePlace]:
    with OnePlace() as watching:
        yield watching
        assert watching.seen > 50


def test_the_watch_notices_what_a_card_would_refuse(card_decoder: Decoder) -> None:
    prompt = card_decoder.embed([1, 2, 3])
    card_decoder._frequencies = torch.ones(4)
    with OnePlace(), pytest.raises((AssertionError, RuntimeError)):
        card_decoder.begin([prompt], 2)


def test_a_batch_stays_on_the_card_and_is_asked_for_nothing_on_the_way(
    card_decoder: Decoder, one_place: OnePlace
) -> None:
    prompts = [card_decoder.embed(range(length)) for length in (3, 9, 1, 5)]
    session = card_decoder.begin(prompts, room=6)
    for rows in (4, 3, 2, 1):
        assert session.logits.shape == (rows, VOCABULARY)
        session.step(torch.zeros(rows, dtype=torch.int64, device="meta"))
        session.leave(0)


def test_pieces_of_an_aligner_stay_on_the_card(card_decoder: Decoder, one_place: OnePlace) -> None:
    pieces = [card_decoder.embed(range(length)) for length in (3, 9, 1, 5, 200, 2)]
    hidden = card_decoder.read(pieces)
    assert card_decoder.logits(hidden).shape == (220, VOCABULARY)


def test_a_dictation_stays_on_the_card(card_decoder: Decoder, one_place: OnePlace) -> None:
    cache = GrowingCache(card_decoder)
    for length in (20, 1, 300, 4):
        assert cache.read(card_decoder.embed(range(length))).shape == (length, HIDDEN)
        cache.keep(cache.length - 1)
    assert one_place.seen


def test_a_cards_attention_gives_the_same_as_the_processors(
    toy: Path, placement: Placement, sentence: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded, prompts = load_recognizer(toy, placement)
    encoder = SoundEncoder(loaded.model.model, loaded.processor.feature_extractor)
    decoder = Decoder(loaded.model.model.language_model, loaded.model.lm_head)
    before, behind = prompts.around_sound()
    clips = [encoder.encode(sentence(text)) for text in ("zero", "hello world five six seven", "this is a test")]
    embedded = [torch.cat((decoder.embed(before), clip, decoder.embed(behind))) for clip in clips]

    groups: list[int] = []

    def logits() -> list[torch.Tensor]:
        session = decoder.begin(embedded, 12)
        groups.append(len(session._groups))
        made = [session.logits]
        for step in range(10):
            if step in (4, 7):
                session.leave(0)
            session.step(session.logits.argmax(dim=-1))
            made.append(session.logits)
        return made

    processors = logits()
    monkeypatch.setattr("core.qwen3.decoder._SPARE", math.inf)  # as on a card: all rows at once, behind a mask
    cards = logits()
    assert groups[1] == 1 < groups[0]
    assert [len(step) for step in cards] == [len(step) for step in processors]
    assert all(torch.allclose(one, other, atol=1e-4) for one, other in zip(cards, processors, strict=True))


def test_a_measure_waits_for_the_card_before_and_after_and_counts_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, object]] = []

    def record(name: str, result: object = None) -> None:
        def called(device: object = None) -> object:
            calls.append((name, device))
            return result

        monkeypatch.setattr(f"core.bench.random_qwen3.torch.cuda.{name}", called)

    for name in ("synchronize", "reset_peak_memory_stats", "empty_cache"):
        record(name)
    record("max_memory_allocated", 3 * 2**20)
    random_qwen3.forget_peak(CARD)
    random_qwen3.timed(lambda: calls.append(("work", None)), CARD)
    assert random_qwen3.peak_mb(CARD) == 3.0
    names = ["empty_cache", "reset_peak_memory_stats", "synchronize", "work", "synchronize", "max_memory_allocated"]
    assert [name for name, _ in calls] == names
    second = torch.device("cuda:1")
    assert {device for name, device in calls if name not in ("empty_cache", "work")} == {second}


def test_the_first_estimate_of_speed_waits_for_the_card_it_ran_on(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[object] = []
    monkeypatch.setattr("core.qwen3.speed.torch.cuda.synchronize", lambda device=None: waited.append(device))
    speed._once([], torch.ones(1), CARD)
    assert waited == [torch.device("cuda:1")]
