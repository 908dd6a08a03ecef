"""The language model of Qwen3 (ASR) with a KV cache made once a batch. Knows no sound and no stopping rules.

The arithmetic is that of transformers' `modeling_qwen3.py`; what differs is how it is laid out:

* prompts of a batch are read side by side without padding (`core.qwen3.reading`);
* the cache has its full length from the start, and rows end at the same place in it (padded on the left), so a step
  writes one column and reads one slice;
* only the last position meets the vocabulary; query, key and value, and gate and up, are one matrix each;
* the groups of query heads that share a key are read as positions of one head, so keys are never copied;
* on a processor rows of about one length look at the cache together: all at once they would read twice as much of it
  as they need (twenty ragged clips), and one by one every row wakes every thread. A graphics card takes all at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.qwen3.linear import Linear
from core.qwen3.reading import Keep, groups, read_side_by_side
from core.qwen3.runtime import functional, torch


class Session(Protocol):
    """A batch being decoded. `logits` are those of the next token: (rows, vocabulary)."""

    logits: torch.Tensor

    def step(self, tokens: torch.Tensor) -> None:
        """Append a token to each row, (rows,) int64, and compute the next `logits`."""
        ...

    def leave(self, row: int) -> None:
        """The row is done; the last row takes its place."""
        ...


_SPARE = 0.2
"""Share of the columns that rows looking together may look at for nothing: less means more calls, each of which wakes
every thread."""


class LanguageModel(Protocol):
    """What the decode loop needs."""

    def embed(self, ids: Sequence[int]) -> torch.Tensor:
        """(n, hidden) of token ids."""
        ...

    def begin(self, prompts: Sequence[torch.Tensor], room: int) -> Session:
        """Read the prompts, (length, hidden) each, with room for this many tokens behind each."""
        ...


@dataclass(frozen=True, slots=True)
class _Shape:
    """Sizes of the model."""

    heads: int
    kv_heads: int
    head: int
    epsilon: float
    theta: float
    activation: Any

    @property
    def group(self) -> int:
        """Query heads that share a key head."""
        return self.heads // self.kv_heads


class Decoder:
    """Takes the weights of transformers' model over, layer by layer; that model is of no other use then.

    Args:
        language_model: transformers' `Qwen3Model`.
        head: what stands on its last layer: the vocabulary's matrix, or the aligner's classes.
    """

    def __init__(self, language_model: Any, head: Any) -> None:
        from transformers.activations import ACT2FN

        config = language_model.config
        self.shape = _Shape(
            config.num_attention_heads,
            config.num_key_value_heads,
            config.head_dim,
            config.rms_norm_eps,
            float(config.rope_parameters["rope_theta"]),
            ACT2FN[config.hidden_act],
        )
        self._table = language_model.embed_tokens.weight.detach()
        self.device, self.dtype = self._table.device, self._table.dtype
        self.layers = [_Layer(layer, self.shape) for layer in _taken(language_model.layers)]
        self._norm = language_model.norm.weight.detach()
        self._head = Linear([head.weight.detach()], None if head.bias is None else head.bias.detach())
        # As transformers does: the frequencies in float32, whatever the model's format.
        steps = torch.arange(0, self.shape.head, 2, dtype=torch.float32, device=self.device)
        self._frequencies = 1.0 / (self.shape.theta ** (steps / self.shape.head))

    @torch.inference_mode()
    def embed(self, ids: Sequence[int]) -> torch.Tensor:
        """(n, hidden) of token ids."""
        return functional.embedding(torch.tensor(ids, dtype=torch.int64, device=self.device), self._table)

    @torch.inference_mode()
    def begin(self, prompts: Sequence[torch.Tensor], room: int) -> CachedSession:
        """Read the prompts, (length, hidden) each, with room for this many tokens behind each."""
        return CachedSession(self, prompts, room)

    @torch.inference_mode()
    def read(self, prompts: Sequence[torch.Tensor], keep: Keep | None = None) -> torch.Tensor:
        """(length, hidden) of each prompt → (sum of lengths, hidden) of the last layer."""
        together = groups([len(p) for p in prompts]) if self.device.type == "cpu" else [range(len(prompts))]
        return torch.cat([self._read_group(prompts, group, keep) for group in together])

    def _read_group(self, prompts: Sequence[torch.Tensor], group: range, keep: Keep | None) -> torch.Tensor:
        lengths = [len(prompts[place]) for place in group]
        positions = torch.cat([torch.arange(length, device=self.device) for length in lengths])
        hidden = torch.cat([prompts[place] for place in group]).to(self.dtype)
        return read_side_by_side(self.layers, hidden, self.turns(positions), lengths, _behind(keep, group.start))

    def embed_each(self, tokens: torch.Tensor) -> torch.Tensor:
        """(rows, hidden) of (rows,) tokens."""
        return functional.embedding(tokens, self._table)

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """(rows, hidden) of the last layer → (rows, vocabulary), or (rows, classes)."""
        normed = functional.rms_norm(hidden, self._norm.shape, self._norm, self.shape.epsilon)
        made: torch.Tensor = self._head(normed)
        return made

    def turns(self, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosine and sine of rotary positions: (n,) → (n, 1, head) each."""
        angles = positions[:, None].float() * self._frequencies
        angles = torch.cat((angles, angles), dim=-1)[:, None]
        return angles.cos().to(self.dtype), angles.sin().to(self.dtype)


class _Layer:
    """One layer of the language model."""

    def __init__(self, layer: Any, shape: _Shape) -> None:
        attention, mlp = layer.self_attn, layer.mlp
        self._shape = shape
        projections = (attention.q_proj, attention.k_proj, attention.v_proj)
        biases = [projection.bias for projection in projections]
        bias = torch.cat([b.detach() for b in biases]) if biases[0] is not None else None
        self._qkv = Linear([projection.weight.detach() for projection in projections], bias)
        self._out = Linear([attention.o_proj.weight.detach()], attention.o_proj.bias)
        self._gate_up = Linear([mlp.gate_proj.weight.detach(), mlp.up_proj.weight.detach()])
        self._down = Linear([mlp.down_proj.weight.detach()])
        self._before = layer.input_layernorm.weight.detach()
        self._between = layer.post_attention_layernorm.weight.detach()
        self._q_norm, self._k_norm = attention.q_norm.weight.detach(), attention.k_norm.weight.detach()

    def projected(
        self, hidden: torch.Tensor, turns: tuple[torch.Tensor, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(n, hidden) → queries (n, heads, head), keys and values (n, kv_heads, head), turned by position."""
        shape = self._shape
        mixed = self._qkv(self._normed(hidden, self._before)).view(len(hidden), -1, shape.head)
        query, key, value = torch.split(mixed, [shape.heads, shape.kv_heads, shape.kv_heads], dim=1)
        return _turned(self._normed(query, self._q_norm), turns), _turned(self._normed(key, self._k_norm), turns), value

    def finished(self, hidden: torch.Tensor, attended: torch.Tensor) -> torch.Tensor:
        """The rest of the layer, from (n, heads · head) of attention: (n, hidden)."""
        hidden = hidden + self._out(attended)
        gate, up = self._gate_up(self._normed(hidden, self._between)).chunk(2, dim=-1)
        made: torch.Tensor = hidden + self._down(self._shape.activation(gate) * up)
        return made

    def _normed(self, x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return functional.rms_norm(x, weight.shape, weight, self._shape.epsilon)


class CachedSession:
    """Rows that end at the same place of one cache. Follows `Session`."""

    def __init__(self, model: Decoder, prompts: Sequence[torch.Tensor], room: int) -> None:
        self._model = model
        lengths = [len(prompt) for prompt in prompts]
        self._end = max(lengths)
        """Columns of the cache in use."""
        shape = model.shape
        size = (len(prompts), shape.kv_heads, self._end + room, shape.head)
        # One pair a layer, so that a row is one block of memory and the rows that are left are the first ones.
        self._cache = [
            (
                torch.empty(size, dtype=model.dtype, device=model.device),
                torch.empty(size, dtype=model.dtype, device=model.device),
            )
            for _ in model.layers
        ]
        self._empty = [self._end - length for length in lengths]
        """Columns left of each row; also kept here, because asking a graphics card for a number waits for it."""
        self._starts = torch.tensor(self._empty, device=model.device)
        columns = torch.arange(self._end + room, device=model.device)
        unseen = (columns < self._starts[:, None])[:, None, None]
        self._mask = torch.zeros(unseen.shape, dtype=model.dtype, device=model.device).masked_fill_(unseen, -math.inf)
        self._groups = self._grouped()
        hidden = model.read(prompts, self._keep)
        self.logits = model.logits(hidden[torch.tensor(lengths, device=model.device).cumsum(0) - 1])

    @torch.inference_mode()
    def step(self, tokens: torch.Tensor) -> None:
        """Append a token to each row, (rows,) int64, and compute the next `logits`."""
        model, shape, rows = self._model, self._model.shape, len(tokens)
        turns = model.turns(self._end - self._starts)
        self._end += 1
        hidden = model.embed_each(tokens)
        for layer, (keys, values) in zip(model.layers, self._cache, strict=True):
            query, key, value = layer.projected(hidden, turns)
            keys[:rows, :, self._end - 1] = key
            values[:rows, :, self._end - 1] = value
            attended = self._look(query.view(rows, shape.kv_heads, shape.group, shape.head), keys, values)
            hidden = layer.finished(hidden, attended.reshape(rows, -1))
        self.logits = model.logits(hidden)

    @torch.inference_mode()
    def leave(self, row: int) -> None:
        """The row is done; the last row takes its place. Copies one row of the cache at most."""
        last = len(self._starts) - 1
        if row != last:
            for keys, values in self._cache:
                keys[row, :, : self._end] = keys[last, :, : self._end]
                values[row, :, : self._end] = values[last, :, : self._end]
            self._starts[row] = self._starts[last]
            self._mask[row] = self._mask[last]
            self.logits[row] = self.logits[last]
            self._empty[row] = self._empty[last]
        self._empty.pop()
        self._starts = self._starts[:last]
        self.logits = self.logits[:last]
        self._groups = self._grouped()

    def _look(self, query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        """Attention of a step: (rows, kv_heads, group, head) queries over a layer's cache."""
        found = [
            functional.scaled_dot_product_attention(
                query[rows],
                keys[rows, :, start : self._end],
                values[rows, :, start : self._end],
                attn_mask=self._mask[rows, ..., start : self._end] if ragged else None,
            )
            for rows, start, ragged in self._groups
        ]
        return torch.cat(found) if len(found) > 1 else found[0]

    def _grouped(self) -> list[tuple[slice, int, bool]]:
        """Neighbouring rows that look together: which, the first column any of them has, and whether they differ."""
        spare = _SPARE if self._model.device.type == "cpu" else math.inf
        groups: list[tuple[slice, int, bool]] = []
        first = 0
        for row in range(1, len(self._empty) + 1):
            if row == len(self._empty) or self._padding(first, row + 1) > spare:
                start = min(self._empty[first:row])
                groups.append((slice(first, row), start, max(self._empty[first:row]) > start))
                first = row
        return groups

    def _padding(self, first: int, last: int) -> float:
        """The share of columns that these rows would look at for nothing."""
        empty = self._empty[first:last]
        return 1 - sum(self._end - start for start in empty) / (len(empty) * (self._end - min(empty)))

    def _keep(self, layer: int, row: int, key: torch.Tensor, value: torch.Tensor) -> None:
        """Put a prompt's keys and values, (length, kv_heads, head), to the end of its row."""
        keys, values = self._cache[layer]
        start = self._end - len(key)
        # What is padded is never looked at, but it must be numbers: 0 · NaN is NaN.
        keys[row, :, :start] = values[row, :, :start] = 0
        keys[row, :, start : self._end] = key.transpose(0, 1)
        values[row, :, start : self._end] = value.transpose(0, 1)


def _behind(keep: Keep | None, first: int) -> Keep | None:
    """`keep` for prompts that are counted from `first`."""
    if keep is None:
        return None
    return lambda layer, prompt, key, value: keep(layer, first + prompt, key, value)


def _turned(x: torch.Tensor, turns: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Rotary positions: (n, heads, head) turned by (n, 1, head)."""
    cosine, sine = turns
    first, second = x.chunk(2, dim=-1)
    return x * cosine + torch.cat((-second, first), dim=-1) * sine


def _taken(layers: Any) -> Any:
    """The layers one by one, each let go of when the next is asked for, so that memory holds one twice at most."""
    for index in range(len(layers)):
        yield layers[index]
        layers[index] = torch.nn.Identity()
