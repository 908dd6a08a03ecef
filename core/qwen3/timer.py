"""The forced aligner ready to use: sound and units in, a class of time and its certainty for each edge out.

Several pieces are read together, side by side as the recogniser's prompts are, so each gets what it would get alone.

The prompt is raw, without any chat template: with one around it the times come 92 ms late
(github.com/vllm-project/vllm-omni/issues/7240). Knows no words with punctuation and no repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.language import name_of
from core.media.waveform import Samples
from core.qwen3.checkpoint import Checkpoint
from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.loading import Loaded, load_aligner, named
from core.qwen3.placement import Placement
from core.qwen3.runtime import torch


@dataclass(frozen=True, slots=True)
class Edges:
    """What the model says of the edges of units: start and end of the first, start and end of the second, …

    Attributes:
        raw_ms: the likeliest time of each edge, in ms from the beginning of the sound; not yet rising.
        chances: (edges, classes): probability of each class.
        class_ms: how long a class is.
    """

    raw_ms: tuple[float, ...]
    chances: torch.Tensor
    class_ms: float

    @property
    def are_numbers(self) -> bool:
        """Whether all of it is: where float16 overflows, there is nothing to be sure of."""
        return bool(self.chances.isfinite().all())

    def certainty(self, edge: int, at_ms: float) -> float:
        """Probability, 0..1, that this edge is at `at_ms`, give or take one class."""
        place = round(at_ms / self.class_ms)
        return min(1.0, float(self.chances[edge, max(0, place - 1) : place + 2].sum()))


class Timer:
    """Times units. One thread at a time. Takes the weights of the model it is given over."""

    def __init__(self, loaded: Loaded) -> None:
        model = loaded.model
        self._processor = loaded.processor
        self._tokenizer = loaded.processor.tokenizer
        self._sound_id, self._mark_id = model.config.audio_token_id, model.config.timestamp_token_id
        self._encoder = SoundEncoder(model.model, loaded.processor.feature_extractor)
        self._reader = Decoder(model.model.language_model, model.score)
        self.class_ms = float(loaded.processor.timestamp_segment_time)

    def units(self, text: str, language: str) -> list[str]:
        """What the model is given for `text`: words or characters, letters and digits only.

        Japanese is parted by nagisa and Korean by soynlp, as transformers does; any other language, and a mix, at
        white space and between Chinese characters.
        """
        found: list[str] = self._processor.split_words_for_alignment(text, name_of(language))
        return found

    @torch.inference_mode()
    def edges(self, pieces: Sequence[tuple[Samples, Sequence[str]]]) -> list[Edges]:
        """When each unit of each piece, (sound, units), begins and ends; all pieces at once.

        Raises:
            BadSamples: no sound the model can take.
        """
        prompts: list[torch.Tensor] = []
        marks: list[int] = []
        first = 0
        for samples, units in pieces:
            sound = self._encoder.encode(samples)
            ids = self.prompt(units, len(sound))
            prompts.append(self._embedded(ids, sound))
            marks += [first + place for place, token in enumerate(ids) if token == self._mark_id]
            first += len(ids)
        hidden = self._reader.read(prompts)[torch.tensor(marks, device=self._reader.device)]
        logits = torch.split(self._reader.logits(hidden), [2 * len(units) for _, units in pieces])
        return [self._edges_of(its.float()) for its in logits]

    def prompt(self, units: Sequence[str], sound_tokens: int) -> list[int]:
        """Token ids: the sound, then two marks behind each unit."""
        ids = [*self._ids("<|audio_start|>"), *[self._sound_id] * sound_tokens, *self._ids("<|audio_end|>")]
        for unit in units:
            ids += [*self._ids(unit), self._mark_id, self._mark_id]
        return ids

    def _ids(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return found

    def _embedded(self, ids: Sequence[int], sound: torch.Tensor) -> torch.Tensor:
        """(length, hidden) of a prompt, the sound's tokens in their place."""
        first = ids.index(self._sound_id)
        embedded = self._reader.embed(ids)
        embedded[first : first + len(sound)] = sound.to(embedded.dtype)
        return embedded

    def _edges_of(self, logits: torch.Tensor) -> Edges:
        """(edges, classes) float32 of one piece."""
        best = logits.argmax(dim=-1)
        return Edges(tuple((best.float() * self.class_ms).tolist()), logits.softmax(dim=-1).cpu(), self.class_ms)


def load_timer(folder: str | Path, placement: Placement) -> tuple[Timer, Checkpoint]:
    """A forced aligner from a folder.

    Raises:
        CheckpointUnusable, EngineMemory: as `load_aligner`.
    """
    loaded = load_aligner(folder, placement)
    with named(loaded.checkpoint, placement, "it cannot be used"):
        timer = Timer(loaded)
    return timer, loaded.checkpoint
