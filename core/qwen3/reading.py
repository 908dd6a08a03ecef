"""Several prompts through the layers of the language model, side by side and without padding. Knows no tokens.

All rows of all prompts are multiplied together; attention is each prompt's own. So what comes out for a prompt does not
depend on what is read beside it, and ragged lengths cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from core.qwen3.runtime import functional, torch

Turns = tuple[torch.Tensor, torch.Tensor]
"""Cosine and sine of each row's position: (n, 1, head) each."""
Keep = Callable[[int, int, torch.Tensor, torch.Tensor], None]
"""Told of each (layer, prompt): its keys and values, (length, kv_heads, head) each."""


_TOGETHER = 1_024
"""Positions that go through the layers together on a processor: enough to multiply at full speed, and few enough that
what a layer makes of them stays near it and is not asked of the system anew for each layer."""


class Layer(Protocol):
    """One layer of the language model."""

    def projected(self, hidden: torch.Tensor, turns: Turns) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(n, hidden) → queries (n, heads, head), keys and values (n, kv_heads, head), turned by position."""
        ...

    def finished(self, hidden: torch.Tensor, attended: torch.Tensor) -> torch.Tensor:
        """The rest of the layer, from (n, heads · head) of attention: (n, hidden)."""
        ...


def read_side_by_side(
    layers: Sequence[Layer], hidden: torch.Tensor, turns: Turns, lengths: Sequence[int], keep: Keep | None = None
) -> torch.Tensor:
    """(n, hidden) of all prompts, one behind the other → the same of the last layer; `lengths` add up to n."""
    for number, layer in enumerate(layers):
        query, key, value = layer.projected(hidden, turns)
        attended = []
        parts = zip(*(torch.split(x, list(lengths)) for x in (query, key, value)), strict=True)
        for prompt, (its_query, its_key, its_value) in enumerate(parts):
            if keep is not None:
                keep(number, prompt, its_key, its_value)
            attended.append(_attended(its_query, its_key, its_value))
        hidden = layer.finished(hidden, torch.cat(attended))
    return hidden


def groups(lengths: Sequence[int]) -> list[range]:
    """Prompts that are read together: neighbours of up to `_TOGETHER` positions, one prompt at least."""
    made: list[range] = []
    together = 0
    for place, length in enumerate(lengths):
        if not made or together + length > _TOGETHER:
            made.append(range(place, place))
            together = 0
        made[-1] = range(made[-1].start, place + 1)
        together += length
    return made


def _attended(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    """Causal attention inside one prompt: (n, heads, head), (n, kv_heads, head) twice → (n, heads · head)."""
    made = functional.scaled_dot_product_attention(
        query.transpose(0, 1)[None],
        key.transpose(0, 1)[None],
        value.transpose(0, 1)[None],
        is_causal=True,
        enable_gqa=True,
    )
    return made[0].transpose(0, 1).reshape(len(query), -1)
