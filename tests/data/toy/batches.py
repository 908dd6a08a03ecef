"""Training material as batches: picked by length, shifted, cut, joined in pairs, parts blotted out. Knows no model.

All on the features, so that the sound need not be touched again; a shift of whole frames is what a pause is.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from core.qwen3.runtime import torch
from tests.data.toy.network import FRAMES_A_CHUNK, SILENCE, TOKENS_A_CHUNK, UNKNOWN, Batch
from tests.data.toy.vocabulary import WORDS

FRAMES_A_BATCH = 7_200
"""72 s, padding included."""
_FRAMES_A_TOKEN = 8
_LONGEST_FRAMES = 1_150
_BIN_HZ = 200 / 3 * np.linspace(0, 45.245, 130)[1:-1]
"""Middles of the 128 bands on Slaney's scale: even up to 1 kHz, then by ratio."""
_BIN_HZ[_BIN_HZ > 1000] = 1000 * np.exp((_BIN_HZ[_BIN_HZ > 1000] * 3 / 200 - 15) * np.log(6.4) / 27)
_NUMBERS = {word: number for number, word in enumerate(WORDS)}


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One utterance: (frames, 128) features, its words, and when each unit is said (frames), where known."""

    mel: np.ndarray
    words: tuple[str, ...]
    units: tuple[tuple[str, int, int], ...]
    timed: bool


class Material:
    """What `make_speech` left in a folder."""

    def __init__(self, folder: Path) -> None:
        self._index = json.loads((folder / "train.json").read_text(encoding="utf-8"))
        frames = sum(entry["frames"] for entry in self._index)
        self._mels = np.memmap(folder / "train.mels", dtype=np.float16, mode="r", shape=(frames, 128))

    def items(self, rng: random.Random, *, most_words: int) -> Iterator[Item]:
        """Every utterance of up to `most_words` words, in random order."""
        chosen = [entry for entry in self._index if len(entry["text"].split()) <= most_words]
        rng.shuffle(chosen)
        for entry in chosen:
            mel = np.asarray(self._mels[entry["first_frame"] : entry["first_frame"] + entry["frames"]], np.float32)
            units = tuple((unit, round(start * 100), round(end * 100)) for unit, start, end in entry["words"])
            yield Item(mel, tuple(entry["text"].split()), units, entry["kind"] != "whole")


class Batches:
    """Batches without end, of items of about the same length."""

    def __init__(self, material: Material, processor: Any, rng: random.Random) -> None:
        self._material, self._rng = material, rng
        self._prompts = _Prompts(processor, rng)

    def forever(self, *, most_words: int, hard: bool) -> Iterator[Batch]:
        """Args:
        most_words: longer texts are left out.
        hard: shift, cut and join items besides.
        """
        while True:
            items = [self._treated(item, hard) for item in self._material.items(self._rng, most_words=most_words)]
            if hard:
                items = list(_paired(self._rng, items))
            groups = list(_by_length(self._rng, items))
            self._rng.shuffle(groups)
            for group in groups:
                yield self._batch([_blotted(self._rng, item) for item in group])

    def _treated(self, item: Item, hard: bool) -> Item:
        rng = self._rng
        if hard and item.timed and item.units and rng.random() < 0.15:
            item = _cut(rng, item)
        if hard and rng.random() < 0.6:
            item = _warped(item, rng.uniform(0.86, 1.16), rng.uniform(0.88, 1.14))
        if hard and rng.random() < 0.5:
            item = _shifted(rng, item)
        return replace(item, mel=item.mel + rng.uniform(-0.25, 0.15))

    def _batch(self, items: list[Item]) -> Batch:
        longest = max(len(item.mel) for item in items)
        width = -(-longest // FRAMES_A_CHUNK) * FRAMES_A_CHUNK
        features = np.zeros((len(items), 128, width), np.float32)
        mask = np.zeros((len(items), width), np.int64)
        for row, item in enumerate(items):
            features[row, :, : len(item.mel)] = item.mel.T
            mask[row, : len(item.mel)] = 1
        tokens = [tokens_of(len(item.mel)) for item in items]
        ids, attends, labels = self._prompts.rows([item.words for item in items], tokens)
        frame_words = np.concatenate([_frame_words(item, count) for item, count in zip(items, tokens, strict=True)])
        words = [[_NUMBERS[word] for word in item.words] for item in items]
        return Batch(
            torch.from_numpy(features),
            torch.from_numpy(mask),
            *(ids, attends, labels),
            torch.from_numpy(frame_words),
            tokens,
            words,
        )


class _Prompts:
    """Rows of ids: prompt, sound, answer."""

    def __init__(self, processor: Any, rng: random.Random) -> None:
        self._tokenizer, self._rng = processor.tokenizer, rng
        self._cached: dict[str, list[int]] = {}

    def rows(self, texts: list[tuple[str, ...]], tokens: list[int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(ids, attends, labels), each (batch, length), padded at the left."""
        rows = [self._row(words, count) for words, count in zip(texts, tokens, strict=True)]
        width = max(len(ids) for ids, _ in rows)
        ids, labels = np.full((len(rows), width), 0), np.full((len(rows), width), UNKNOWN)
        attends = np.zeros((len(rows), width), np.int64)
        for row, (whole, answer) in enumerate(rows):
            ids[row, width - len(whole) :] = whole
            attends[row, width - len(whole) :] = 1
            labels[row, width - answer :] = whole[-answer:]
        return torch.from_numpy(ids), torch.from_numpy(attends), torch.from_numpy(labels)

    def _row(self, words: tuple[str, ...], tokens: int) -> tuple[list[int], int]:
        """(ids, how many of them at the end are the answer)."""
        context = ""
        if self._rng.random() < 0.12:  # the model must not mind a context
            context = " ".join(self._rng.choices((*WORDS, "Cuesmith", "names:", "Oslo,"), k=self._rng.randint(1, 6)))
        before = self._ids(f"<|im_start|>system\n{context}<|im_end|>\n<|im_start|>user\n<|audio_start|>")
        behind = self._ids("<|audio_end|><|im_end|>\n<|im_start|>assistant\n")
        opening = self._ids(f"language {'English' if words else 'None'}<asr_text>")
        text = self._ids(" ".join(words)) + self._ids("<|im_end|>")
        forced = bool(words) and self._rng.random() < 0.15  # as when the user names the language
        answer = len(text) if forced else len(opening) + len(text)
        return [*before, *self._ids("<|audio_pad|>") * tokens, *behind, *opening, *text], answer

    def _ids(self, text: str) -> list[int]:
        if text not in self._cached:
            self._cached[text] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return self._cached[text]


def tokens_of(frames: int) -> int:
    """Encoder tokens of a clip: 13 for each 100 frames, and an eighth, rounded up, of the rest."""
    chunks, rest = divmod(frames, FRAMES_A_CHUNK)
    return chunks * TOKENS_A_CHUNK + -(-rest // _FRAMES_A_TOKEN)


def _frame_words(item: Item, tokens: int) -> np.ndarray:
    """(tokens,) the word in the middle of each encoder token."""
    if not item.timed:
        return np.full(tokens, UNKNOWN)
    classes = np.full(len(item.mel) + _FRAMES_A_TOKEN, SILENCE)
    for unit, first, last in item.units:
        classes[first:last] = _NUMBERS.get(unit, UNKNOWN)
    chunks, inside = np.divmod(np.arange(tokens), TOKENS_A_CHUNK)
    return classes[chunks * FRAMES_A_CHUNK + inside * _FRAMES_A_TOKEN + _FRAMES_A_TOKEN // 2]


def _by_length(rng: random.Random, items: list[Item]) -> Iterator[list[Item]]:
    items = sorted(items, key=lambda item: len(item.mel) + rng.uniform(0, 60))
    group: list[Item] = []
    longest = 0
    for item in items:
        longest = max(longest, -(-len(item.mel) // FRAMES_A_CHUNK) * FRAMES_A_CHUNK)
        if group and longest * (len(group) + 1) > FRAMES_A_BATCH:
            yield group
            group, longest = [], -(-len(item.mel) // FRAMES_A_CHUNK) * FRAMES_A_CHUNK
        group.append(item)
    if group:
        yield group


def _paired(rng: random.Random, items: list[Item]) -> Iterator[Item]:
    """A fifth of the items two by two, where they fit."""
    waiting: Item | None = None
    for item in items:
        if rng.random() > 0.35:
            yield item
        elif waiting is None:
            waiting = item
        elif len(waiting.mel) + len(item.mel) > _LONGEST_FRAMES:
            yield item
        else:
            yield _joined(waiting, item)
            waiting = None


def _joined(first: Item, second: Item) -> Item:
    behind = len(first.mel)
    units = tuple((unit, start + behind, end + behind) for unit, start, end in second.units)
    if not (first.timed and second.timed):
        return Item(np.concatenate([first.mel, second.mel]), first.words + second.words, (), timed=False)
    return Item(np.concatenate([first.mel, second.mel]), first.words + second.words, first.units + units, timed=True)


def _shifted(rng: random.Random, item: Item) -> Item:
    """With a longer pause before it: its first frame again and again, a little uneven."""
    count = rng.randint(1, 99)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, 0.02, (count, 128)).astype(np.float32)
    units = tuple((unit, start + count, end + count) for unit, start, end in item.units)
    return replace(item, mel=np.concatenate([item.mel[:1] + noise, item.mel]), units=units)


def _warped(item: Item, pitch: float, tempo: float) -> Item:
    """As somebody with a shorter or longer throat says it, slower or faster: both axes stretched."""
    bins = np.interp(_BIN_HZ * pitch, _BIN_HZ, np.arange(len(_BIN_HZ)))
    frames = np.arange(0, len(item.mel) - 1, tempo)
    mel = _between(_between(item.mel, frames, axis=0), bins, axis=1)
    units = tuple((unit, round(first / tempo), round(last / tempo)) for unit, first, last in item.units)
    return replace(item, mel=mel, units=units)


def _between(values: np.ndarray, places: np.ndarray, *, axis: int) -> np.ndarray:
    """`values` at fractional places of an axis, by straight lines."""
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, values.shape[axis] - 1)
    share = (places - low).astype(np.float32)
    share = share[:, None] if axis == 0 else share[None, :]
    return values.take(low, axis) * (1 - share) + values.take(high, axis) * share


def _cut(rng: random.Random, item: Item) -> Item:
    """Its beginning, up to somewhere: as words grow in live speech. A word begun counts once two thirds are heard."""
    at = rng.randint(min(60, len(item.mel)), len(item.mel))
    # Where one word of a phrase ends is not known: such a unit stays whole.
    at = next((last for unit, first, last in item.units if " " in unit and first < at < last), at)
    kept = tuple((unit, first, min(last, at)) for unit, first, last in item.units if at - first > 0.65 * (last - first))
    words = tuple(word for unit, _, _ in kept for word in unit.split())
    return Item(item.mel[:at], words, kept, timed=True)


def _blotted(rng: random.Random, item: Item) -> Item:
    """With some bands and moments blotted out (SpecAugment)."""
    mel = item.mel.copy()
    floor = float(mel.mean())
    for _ in range(rng.randint(0, 2)):
        first = rng.randint(0, 118)
        mel[:, first : first + rng.randint(1, 16)] = floor
    for _ in range(rng.randint(0, 2)):
        first = rng.randint(0, max(0, len(mel) - 10))
        mel[first : first + rng.randint(1, 12)] = floor
    return replace(item, mel=mel)
