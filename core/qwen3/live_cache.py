"""The language model's memory of one row that grows, is cut back and grows on. Knows no sound and no text.

The arithmetic is that of `core.qwen3.decoder`; what differs is that reading goes on behind what was read before.
"""

from __future__ import annotations

from core.qwen3.decoder import Decoder
from core.qwen3.runtime import functional, torch

_STEP_COLUMNS = 256


class GrowingCache:
    """Keys and values of what was read, layer by layer; its room grows as it is needed."""

    def __init__(self, model: Decoder) -> None:
        self._model = model
        self.length = 0
        """Tokens in it."""
        self._room = 0
        self._cache: list[tuple[torch.Tensor, torch.Tensor]] = []

    def keep(self, length: int) -> None:
        """Forget what stands behind the first `length` tokens."""
        self.length = min(self.length, length)

    @torch.inference_mode()
    def read(self, embedded: torch.Tensor) -> torch.Tensor:
        """Read what follows, (n, hidden); the last layer's (n, hidden) for it."""
        model, first = self._model, self.length
        last = first + len(embedded)
        self._make_room(last)
        turns = model.turns(torch.arange(first, last, device=model.device))
        mask = self._mask(first, last)
        hidden = embedded.to(model.dtype)
        for layer, (keys, values) in zip(model.layers, self._cache, strict=True):
            query, key, value = layer.projected(hidden, turns)
            keys[:, first:last] = key.transpose(0, 1)
            values[:, first:last] = value.transpose(0, 1)
            attended = self._attended(query, keys[None, :, :last], values[None, :, :last], mask)
            hidden = layer.finished(hidden, attended)
        self.length = last
        return hidden

    def _attended(
        self, query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        """(n, heads, head) over the cache → (n, heads · head)."""
        shape = self._model.shape
        if len(query) == 1:  # heads that share a key are read as positions, so keys are not copied
            query = query.view(1, shape.kv_heads, shape.group, shape.head)
            return functional.scaled_dot_product_attention(query, keys, values).reshape(1, -1)
        made = functional.scaled_dot_product_attention(
            query.transpose(0, 1)[None], keys, values, attn_mask=mask, enable_gqa=True
        )
        return made[0].transpose(0, 1).reshape(len(query), -1)

    def _mask(self, first: int, last: int) -> torch.Tensor | None:
        """(last − first, last) bool: each token sees itself and what stands before it."""
        if last - first == 1:
            return None
        places = torch.arange(last, device=self._model.device)
        return places[None, :] <= places[first:last, None]

    def _make_room(self, wanted: int) -> None:
        if wanted <= self._room:
            return
        model, shape = self._model, self._model.shape
        self._room = -(-wanted * 3 // 2 // _STEP_COLUMNS) * _STEP_COLUMNS
        size = (shape.kv_heads, self._room, shape.head)
        old, self._cache = self._cache, []
        for index in range(len(model.layers)):
            pair = tuple(torch.empty(size, dtype=model.dtype, device=model.device) for _ in range(2))
            if old:
                for new, before in zip(pair, old[index], strict=True):
                    new[:, : self.length] = before[:, : self.length]
            self._cache.append((pair[0], pair[1]))
