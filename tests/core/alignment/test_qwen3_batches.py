"""Pieces that are timed together get the times they get alone, however ragged; full memory halves the batch."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.alignment import registry
from core.alignment.monotone import rising
from core.alignment.protocol import Piece
from core.alignment.qwen3 import Qwen3Aligner
from core.errors import CheckpointUnusable, EngineMemory
from core.language import name_of
from core.progress import CancelToken
from core.qwen3.loading import load_aligner
from core.qwen3.placement import Placement
from core.qwen3.runtime import torch
from core.transcript import Source, Word, words_text
from tests.core.alignment.test_attach import TEXTS

SECONDS = (0.4, 9.0, 2.5, 26.0, 1.0, 5.5, 0.7, 12.0, 3.0, 8.0, 1.5, 4.0)
ALL_AT_ONCE_MS = 10_000_000


@pytest.fixture(autouse=True)
def _exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.qwen3.runtime.worker_threads", lambda: 1)
    monkeypatch.setenv("CUESMITH_DTYPE", "float32")


@pytest.fixture
def aligner(tiny_aligner: Path) -> Qwen3Aligner:
    made = registry.create("qwen3-aligner", model_dir=str(tiny_aligner))
    assert isinstance(made, Qwen3Aligner)
    return made


@pytest.fixture
def batches(aligner: Qwen3Aligner, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pieces went through the model each time."""
    seen: list[int] = []
    edges = aligner._loaded().edges

    def watched(pieces: Sequence[Any]) -> Any:
        seen.append(len(pieces))
        return edges(pieces)

    monkeypatch.setattr(aligner._loaded(), "edges", watched)
    return seen


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Says how much sound is timed at once."""

    def at_once(ms: int) -> None:
        monkeypatch.setattr("core.qwen3.placement.sound_at_once_ms", lambda _placement: ms)

    return at_once


def sound(seconds: float, seed: int) -> np.ndarray:
    """(n,) float32: noise that swells as syllables do."""
    count = round(seconds * 16_000)
    swell = 0.2 * np.abs(np.sin(np.arange(count) * 2 * np.pi * 2 / 16_000 + seed))
    made = np.random.default_rng(seed).standard_normal(count) * swell
    return made.astype(np.float32)


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    """Twelve, from 0.4 to 26 s, one for each kind of text; one of them has no letters at all."""
    zipped = enumerate(zip(SECONDS, TEXTS.items(), strict=True))
    languages = {"Chinese": "zh", "mixed": "zh", "German": "de", "Spanish": "es"}
    return [
        Piece(sound(seconds, index), text.strip(), languages.get(kind, "en"), start_ms=index * 30_000)
        for index, (seconds, (kind, text)) in zipped
    ]


def aligned(aligner: Qwen3Aligner, pieces: Sequence[Piece]) -> list[tuple[Word, ...]]:
    return list(aligner.align(pieces, CancelToken()))


def plain(words: Sequence[Word]) -> list[tuple[object, ...]]:
    """Everything but the id, which is new with each word."""
    return [(w.text, w.after, w.start_ms, w.end_ms, w.source, w.time_confidence) for w in words]


@pytest.mark.parametrize("at_once_ms", [ALL_AT_ONCE_MS, 30_000, 10_000], ids=["one batch", "half a minute", "some"])
def test_pieces_get_together_what_they_get_alone(
    at_once_ms: int,
    aligner: Qwen3Aligner,
    batches: list[int],
    pieces: list[Piece],
    together: Callable[[int], None],
) -> None:
    together(at_once_ms)
    found = aligned(aligner, pieces)
    assert (max(batches) == 11) is (at_once_ms == ALL_AT_ONCE_MS)
    assert max(batches) > 1
    assert sum(batches) == 11  # the one without letters needs no model
    alone = [aligned(aligner, [piece])[0] for piece in pieces]
    assert list(map(plain, found)) == list(map(plain, alone))
    assert len({word.start_ms for words in found for word in words}) > 40


def test_the_edges_and_their_chances_are_those_of_each_piece_alone_in_any_order(
    aligner: Qwen3Aligner, pieces: list[Piece]
) -> None:
    timer = aligner._loaded()
    asked = [(piece.samples, timer.units(piece.text, piece.language)) for piece in pieces]
    asked = [(samples, units) for samples, units in asked if units]
    alone = [timer.edges([one])[0] for one in asked]
    for order in (asked, asked[::-1]):
        found = timer.edges(order)
        wanted = alone if order is asked else alone[::-1]
        assert [edges.raw_ms for edges in found] == [edges.raw_ms for edges in wanted]
        for edges, its in zip(found, wanted, strict=True):
            assert torch.allclose(edges.chances, its.chances, atol=1e-5)
    assert len({time for edges in alone for time in edges.raw_ms}) > 15


def test_words_of_every_piece_join_to_its_text_inside_its_sound(
    aligner: Qwen3Aligner, pieces: list[Piece], together: Callable[[int], None]
) -> None:
    together(ALL_AT_ONCE_MS)
    for piece, words in zip(pieces, aligned(aligner, pieces), strict=True):
        assert words_text(words) == piece.text
        edges = [edge - piece.start_ms for word in words for edge in (word.start_ms, word.end_ms)]
        assert edges == sorted(edges)
        assert 0 <= edges[0] <= edges[-1] <= len(piece.samples) // 16


def test_a_batch_holds_no_more_sound_than_is_wanted_and_a_longer_piece_goes_alone(
    aligner: Qwen3Aligner, batches: list[int], pieces: list[Piece], together: Callable[[int], None]
) -> None:
    together(10_000)
    lengths = (2, 9, 26, 4, 1)
    aligned(aligner, [Piece(sound(seconds, 1), "one two", "en") for seconds in lengths])
    assert batches == [1, 1, 1, 2]  # 2 and 9 are 11 s; 26 alone; 4 and 1 together


@pytest.mark.parametrize("full", [MemoryError, torch.OutOfMemoryError], ids=["machine", "card"])
def test_where_memory_is_full_the_batch_is_halved_and_the_times_are_the_same(
    full: type[Exception],
    aligner: Qwen3Aligner,
    pieces: list[Piece],
    together: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    together(ALL_AT_ONCE_MS)
    wanted = aligned(aligner, pieces)
    timer, tried = aligner._loaded(), []
    edges = timer.edges

    def small(asked: Sequence[Any]) -> Any:
        tried.append(len(asked))
        if sum(len(samples) for samples, _ in asked) > 27 * 16_000:
            raise full("told to be full")
        return edges(asked)

    monkeypatch.setattr(timer, "edges", small)
    found = aligned(aligner, pieces)
    assert list(map(plain, found)) == list(map(plain, wanted))
    assert tried[0] == 11 > tried[1]
    assert tried.count(11) == 1


def test_a_piece_that_does_not_fit_by_itself_is_a_failure_with_a_name(
    aligner: Qwen3Aligner, pieces: list[Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_asked: object) -> None:
        raise MemoryError

    monkeypatch.setattr(aligner._loaded(), "edges", full)
    with pytest.raises(EngineMemory, match="not enough memory on cpu"):
        aligned(aligner, pieces)


def test_another_mistake_of_the_model_is_not_taken_for_full_memory(
    aligner: Qwen3Aligner, pieces: list[Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_asked: object) -> None:
        raise RuntimeError("shapes do not match")

    monkeypatch.setattr(aligner._loaded(), "edges", broken)
    with pytest.raises(RuntimeError, match="shapes"):
        aligned(aligner, pieces)


def test_an_aligner_whose_numbers_are_none_is_refused_when_it_is_loaded(tiny_aligner: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    broken = tmp_path / "broken"
    shutil.copytree(tiny_aligner, broken)
    tensors = load_file(broken / "model.safetensors")
    tensors["model.language_model.norm.weight"].fill_(float("nan"))
    save_file(tensors, broken / "model.safetensors", metadata={"format": "pt"})
    made = registry.create("qwen3-aligner", model_dir=str(broken))
    with pytest.raises(CheckpointUnusable, match=r"broken cannot be used.*holds no numbers"):
        next(iter(made.align([Piece(sound(1, 1), "one two", "en")], CancelToken())))


def test_a_piece_whose_numbers_are_none_is_estimated_and_the_others_are_timed(
    aligner: Qwen3Aligner, pieces: list[Piece], together: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where float16 overflows in one passage: no word of it may say that its time is certain."""
    together(ALL_AT_ONCE_MS)
    wanted = aligned(aligner, pieces[:3])
    edges = aligner._loaded().edges

    def overflowing(asked: Sequence[Any]) -> Any:
        found = edges(asked)
        chances = found[1].chances.clone()
        chances[0] = float("nan")
        return [found[0], replace(found[1], chances=chances), found[2]]

    monkeypatch.setattr(aligner._loaded(), "edges", overflowing)
    found = aligned(aligner, pieces[:3])
    assert [plain(found[place]) for place in (0, 2)] == [plain(wanted[place]) for place in (0, 2)]
    assert words_text(found[1]) == pieces[1].text
    assert {(word.source, word.time_confidence) for word in found[1]} == {(Source.ESTIMATED, None)}


def test_times_of_a_batch_are_those_of_transformers_piece_by_piece(
    aligner: Qwen3Aligner, tiny_aligner: Path, pieces: list[Piece]
) -> None:
    loaded = load_aligner(tiny_aligner, Placement("cpu", "float32", ""))
    timer = aligner._loaded()
    asked = [(piece, units) for piece in pieces if (units := timer.units(piece.text, piece.language))]
    found = timer.edges([(piece.samples, units) for piece, units in asked])
    for (piece, units), edges in zip(asked, found, strict=True):
        inputs, lists = loaded.processor.prepare_forced_aligner_inputs(
            piece.samples, piece.text, name_of(piece.language)
        )
        with torch.inference_mode():
            logits = loaded.model(**inputs).logits
        mark = loaded.model.config.timestamp_token_id
        (items,) = loaded.processor.decode_forced_alignment(logits, inputs["input_ids"], lists, mark)
        assert [item["text"] for item in items] == units
        wanted = [round(1000 * item[key]) for item in items for key in ("start_time", "end_time")]
        assert rising(edges.raw_ms) == wanted
