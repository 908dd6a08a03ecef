"""The forced aligner ready to use: sound and units in, a class of time and its certainty for each edge out.

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
from core.qwen3.features import SoundEncoder
from core.qwen3.linear import pack_linears
from core.qwen3.loading import Loaded, load_aligner
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

    def certainty(self, edge: int, at_ms: float) -> float:
        """Probability, 0..1, that this edge is at `at_ms`, give or take one class."""
        place = round(at_ms / self.class_ms)
        return min(1.0, float(self.chances[edge, max(0, place - 1) : place + 2].sum()))


class Timer:
    """Times units. One thread at a time. Packs the matrices of the model it is given."""

    def __init__(self, loaded: Loaded) -> None:
        self._processor, self._model = loaded.processor, loaded.model
        self._tokenizer = loaded.processor.tokenizer
        self._config = loaded.model.config
        self._encoder = SoundEncoder(loaded.model.model, loaded.processor.feature_extractor)
        pack_linears(loaded.model.model.language_model)
        self.class_ms = float(loaded.processor.timestamp_segment_time)

    def units(self, text: str, language: str) -> list[str]:
        """What the model is given for `text`: words or characters, letters and digits only.

        Japanese is parted by nagisa and Korean by soynlp, as transformers does; any other language, and a mix, at
        white space and between Chinese characters.
        """
        found: list[str] = self._processor.split_words_for_alignment(text, name_of(language))
        return found

    @torch.inference_mode()
    def edges(self, samples: Samples, units: Sequence[str]) -> Edges:
        """When each unit begins and ends.

        Raises:
            BadSamples: no sound the model can take.
        """
        sound = self._encoder.encode(samples)
        ids = self.prompt(units, len(sound))
        table = self._model.model.get_input_embeddings()
        embedded = table(ids)
        embedded[ids == self._config.audio_token_id] = sound.to(embedded.dtype)
        hidden = self._model.model.language_model(inputs_embeds=embedded[None], use_cache=False).last_hidden_state[0]
        logits = self._model.score(hidden[ids == self._config.timestamp_token_id]).float()
        best = logits.argmax(dim=-1)
        return Edges(tuple((best.float() * self.class_ms).tolist()), logits.softmax(dim=-1).cpu(), self.class_ms)

    def prompt(self, units: Sequence[str], sound_tokens: int) -> torch.Tensor:
        """(n,) token ids: the sound, then two marks behind each unit."""
        mark = self._config.timestamp_token_id
        begin, end = (
            self._tokenizer(token, add_special_tokens=False)["input_ids"]
            for token in ("<|audio_start|>", "<|audio_end|>")
        )
        ids = [*begin, *[self._config.audio_token_id] * sound_tokens, *end]
        for unit in units:
            ids += [*self._tokenizer(unit, add_special_tokens=False)["input_ids"], mark, mark]
        return torch.tensor(ids, dtype=torch.int64, device=self._model.device)


def load_timer(folder: str | Path, placement: Placement) -> tuple[Timer, Checkpoint]:
    """A forced aligner from a folder.

    Raises:
        CheckpointUnusable, EngineMemory: as `load_aligner`.
    """
    loaded = load_aligner(folder, placement)
    return Timer(loaded), loaded.checkpoint
