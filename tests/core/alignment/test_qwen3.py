"""The forced aligner's times are those of transformers, before our repair; the words are those of the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.alignment import qwen3, registry
from core.alignment.monotone import rising
from core.alignment.protocol import Piece
from core.errors import AlignmentFailed, BadArgument, BadSamples, LanguageUnsupported
from core.media.decode import Decoder
from core.progress import Cancelled, CancelToken
from core.qwen3.loading import load_aligner
from core.qwen3.placement import Placement
from core.qwen3.runtime import torch
from core.qwen3.timer import Timer
from core.transcript import Source

TEXT = "Nine, five — three; (six) two: zero!"


@pytest.fixture(autouse=True)
def _exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.qwen3.runtime.worker_threads", lambda: 1)
    monkeypatch.setenv("CUESMITH_DTYPE", "float32")


@pytest.fixture(scope="module")
def folder(material: Path) -> Path:
    return material / "toy" / "qwen3-aligner-toy"


@pytest.fixture(scope="module")
def digits(material: Path) -> np.ndarray:
    with Decoder(material / "B_timed" / "digits_constructed" / "dev_0.flac") as decoder:
        return np.concatenate([block.samples for block in decoder])


@pytest.fixture
def align(folder: Path) -> Callable[..., Any]:
    aligner = registry.create("qwen3-aligner", model_dir=str(folder))

    def run(*pieces: Piece) -> list[Any]:
        return list(aligner.align(pieces, CancelToken()))

    return run


def theirs(folder: Path, samples: np.ndarray, text: str) -> tuple[list[int], list[dict[str, Any]]]:
    """(prompt ids, items with times in s) of transformers' own way."""
    loaded = load_aligner(folder, Placement("cpu", "float32", ""))
    inputs, units = loaded.processor.prepare_forced_aligner_inputs(samples, text, "English")
    with torch.inference_mode():
        logits = loaded.model(**inputs).logits
    items = loaded.processor.decode_forced_alignment(
        logits, inputs["input_ids"], units, loaded.model.config.timestamp_token_id
    )
    return inputs["input_ids"][0].tolist(), items[0]


@pytest.mark.parametrize("seconds", [0.4, 2.0, 5.6])
def test_prompt_and_times_before_our_repair_equal_those_of_transformers(
    seconds: float, folder: Path, digits: np.ndarray
) -> None:
    samples = digits[: round(seconds * 16_000)]
    ids, items = theirs(folder, samples, TEXT)
    timer = Timer(load_aligner(folder, Placement("cpu", "float32", "")))
    units = timer.units(TEXT, "en")
    sound_tokens = ids.count(timer._sound_id)
    assert timer.prompt(units, sound_tokens) == ids
    (edges,) = timer.edges([(samples, units)])
    times = rising(edges.raw_ms)
    assert units == [item["text"] for item in items]
    assert times == [round(1000 * item[key]) for item in items for key in ("start_time", "end_time")]


def test_words_join_to_the_text_and_lie_in_order_inside_the_piece(
    align: Callable[..., Any], digits: np.ndarray
) -> None:
    (words,) = align(Piece(digits, TEXT, "en", start_ms=60_000))
    assert "".join(word.text + word.after for word in words) == TEXT
    edges = [edge for word in words for edge in (word.start_ms, word.end_ms)]
    assert edges == sorted(edges)
    assert edges[0] >= 60_000
    assert edges[-1] <= 65_700
    assert all(word.end_ms > word.start_ms for word in words if word.source is Source.ALIGNED)
    assert all(0 <= word.time_confidence <= 1 for word in words if word.time_confidence is not None)
    assert words[2].text == "—"
    assert words[2].source is Source.ESTIMATED


def test_the_times_lie_near_the_true_ones(align: Callable[..., Any], digits: np.ndarray) -> None:
    (words,) = align(Piece(digits, "nine five three six two zero", "en"))
    true = [443, 868, 1702, 3628, 4515, 4831]
    shifts = [abs(word.start_ms - start_ms) for word, start_ms in zip(words, true, strict=True)]
    assert sorted(shifts)[3] < 500


def test_repair_by_sound_brings_the_times_nearer_to_the_true_ones(
    align: Callable[..., Any], material: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shifts_ms() -> list[float]:
        return [shift for number in range(4) for shift in _shifts_ms(align, material, f"dev_{number}")]

    with_repair = shifts_ms()
    monkeypatch.setattr(qwen3, "repaired", lambda words, *_: tuple(words))
    without = shifts_ms()
    assert np.median(with_repair) < 200 < np.median(without)
    assert np.mean(with_repair) < np.mean(without)


def _shifts_ms(align: Callable[..., Any], material: Path, name: str) -> list[float]:
    """How far the edges of a recording's words are from the true ones."""
    folder = material / "B_timed" / "digits_constructed"
    true = json.loads((folder / f"{name}.truth.json").read_text("utf-8"))
    with Decoder(folder / f"{name}.flac") as decoder:
        samples = np.concatenate([block.samples for block in decoder])
    (words,) = align(Piece(samples, true["text"], "en"))
    return [
        abs(found_ms - 1000 * edge)
        for word, one in zip(words, true["words"], strict=True)
        for found_ms, edge in ((word.start_ms, one["start"]), (word.end_ms, one["end"]))
    ]


def test_pieces_are_timed_alone_and_in_order(align: Callable[..., Any], digits: np.ndarray) -> None:
    pieces = [Piece(digits[:40_000], "nine five three", "en"), Piece(digits, "nine five three six two zero", "en")]
    together = [[(word.text, word.start_ms, word.end_ms) for word in words] for words in align(*pieces)]
    alone = [[(word.text, word.start_ms, word.end_ms) for word in words] for p in pieces for words in align(p)]
    assert together == alone


@pytest.mark.parametrize("text", ["", "… —", "♪"])
def test_text_without_letters_needs_no_model(align: Callable[..., Any], digits: np.ndarray, text: str) -> None:
    (words,) = align(Piece(digits, text, "en"))
    assert "".join(word.text + word.after for word in words).strip() == text


@pytest.mark.parametrize(
    ("piece", "error"),
    [
        (Piece(np.zeros(16_000, np.float32), "hej", "sv"), LanguageUnsupported),
        (Piece(np.zeros(181 * 16_000, np.float32), "a", "en"), BadArgument),
        (Piece(np.zeros(0, np.float32), "a", "en"), AlignmentFailed),
        (Piece(np.full(16_000, np.nan, np.float32), "a", "en"), BadSamples),
    ],
    ids=["another language", "too long", "no sound", "no numbers"],
)
def test_what_cannot_be_timed_says_why(align: Callable[..., Any], piece: Piece, error: type[Exception]) -> None:
    with pytest.raises(error):
        align(piece)


def test_cancel_is_noticed_between_pieces(folder: Path, digits: np.ndarray) -> None:
    token = CancelToken()
    aligner = registry.create("qwen3-aligner", model_dir=str(folder))
    flow = aligner.align([Piece(digits, "nine", "en")] * 2, token)
    next(flow)
    token.cancel()
    with pytest.raises(Cancelled):
        next(flow)


def test_the_eleven_languages_are_those_of_transformers() -> None:
    from transformers.models.qwen3_asr.processing_qwen3_asr import FORCED_ALIGNER_LANGUAGES

    from core.language import name_of

    assert {name_of(code) for code in qwen3.LANGUAGES} == FORCED_ALIGNER_LANGUAGES


@pytest.mark.parametrize("text", ["我用 PySide6 写代码，OK？", "你好，世界。"])
def test_chinese_and_mixed_text_is_timed_character_by_character(
    align: Callable[..., Any], digits: np.ndarray, text: str
) -> None:
    (words,) = align(Piece(digits, text, "zh"))
    assert "".join(word.text + word.after for word in words) == text
    assert len(words) >= 4
