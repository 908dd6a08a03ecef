"""A segment of speech that is answered again and again while it grows, paid for only where it is new. Knows no words.

What stands in the model's memory is the prompt, the sound and the answer so far. With each step the finished windows of
the sound are where they were; the unfinished one, what stands behind it and the part of the answer that is kept are
read again, and the answer goes on from there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from core.media.waveform import Samples
from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.greedy import Answer, Prompt, decode
from core.qwen3.live_cache import GrowingCache
from core.qwen3.live_sound import GrowingSound, Work
from core.qwen3.runtime import torch

_POSITIONS_A_TIME = 32
"""Positions put to the vocabulary together: 150,000 numbers each."""


class PromptIds(Protocol):
    """What stands around the sound: `core.qwen3.prompt.Prompts`."""

    def around_sound(self, context: str = "", language: str = "") -> tuple[list[int], list[int]]:
        """The ids before and behind the sound's."""
        ...

    def language_openings(self, codes: Iterable[str]) -> list[list[int]]:
        """How an answer may begin when only these languages are allowed."""
        ...


class LiveSegment:
    """One segment. One thread at a time.

    Args:
        languages: codes: () = any, one = the answer is in it, several = in one or two of them.
        window_s: as of `GrowingSound`.
        work: counts what is done.
    """

    def __init__(
        self,
        encoder: SoundEncoder,
        model: Decoder,
        prompts: PromptIds,
        ends: Collection[int],
        *,
        languages: Sequence[str] = (),
        window_s: int = 8,
        work: Work | None = None,
    ) -> None:
        self._model, self._prompts, self._ends = model, prompts, ends
        self.work = work or Work()
        self.sound = GrowingSound(encoder, window_s, self.work)
        self._forced = languages[0] if len(languages) == 1 else ""
        self._openings = prompts.language_openings(languages) if len(languages) > 1 else []
        self._cache = GrowingCache(model)
        self._names: list[Any] = []
        """What stands in the cache: ids of text, names of sound."""
        self._last = torch.empty(0)
        self.use_context("")

    def use_context(self, context: str) -> None:
        """Names and terms that help from now on; costs reading everything again."""
        self._before, self._behind = self._prompts.around_sound(context, self._forced)

    def hear(self, samples: Samples, *, exactly: bool = False) -> None:
        """Take the segment's sound so far; see `GrowingSound.hear`."""
        self.sound.hear(samples, exactly=exactly)

    def answer(self, prefix: Sequence[int], budget: int) -> Answer:
        """Go on behind `prefix`, ids the answer begins with; the new tokens, at most `budget`."""
        hidden = self._read(prefix, keep=len(self._names))
        self._last = hidden[-1:]
        openings = [
            opening[len(prefix) :]
            for opening in self._openings
            if len(opening) > len(prefix) and list(opening[: len(prefix)]) == list(prefix)
        ]
        steps = decode(_Behind(self), [Prompt(self._last, budget, openings)], self._ends)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                answers: list[Answer] = end.value
                return answers[0]

    @torch.inference_mode()
    def unforced(self, prefix: Sequence[int], first: int) -> int:
        """How many ids of `prefix`, from place `first` on, it would say by itself; `first` at least."""
        start = len(self._before) + len(self.sound.names) + len(self._behind)
        hidden = self._read(prefix, keep=start - 1)[-len(prefix) - 1 :]
        for begin in range(first, len(prefix), _POSITIONS_A_TIME):
            wanted = list(prefix[begin : begin + _POSITIONS_A_TIME])
            said = self._model.logits(hidden[begin : begin + len(wanted)]).argmax(dim=-1).tolist()
            for place, (is_, should) in enumerate(zip(said, wanted, strict=True)):
                if is_ != should:
                    return begin + place
        return len(prefix)

    def said(self, token: int) -> torch.Tensor:
        """Append a token of the answer; the next logits, (1, vocabulary)."""
        self._names.append(token)
        self.work.decoded_tokens += 1
        return self._model.logits(self._cache.read(self._model.embed([token])))

    @property
    def next_logits(self) -> torch.Tensor:
        """(1, vocabulary) behind what was read last."""
        return self._model.logits(self._last)

    def _read(self, prefix: Sequence[int], *, keep: int) -> torch.Tensor:
        """Read prompt, sound and `prefix` where they are not in the cache; the last layer's (n, hidden) for those.

        Args:
            keep: most of the cache that is kept.
        """
        wanted = [*self._before, *self.sound.names, *self._behind, *prefix]
        kept = min(_common(self._names, wanted), keep, len(wanted) - 1)
        self._cache.keep(kept)
        self._names = wanted
        self.work.prefilled_tokens += len(wanted) - kept
        return self._cache.read(self._embedded(prefix)[kept:])

    def _embedded(self, prefix: Sequence[int]) -> torch.Tensor:
        model = self._model
        sound = self.sound.tokens.to(model.dtype)
        return torch.cat([model.embed(self._before), sound, model.embed([*self._behind, *prefix])])


class _Behind:
    """What the decode loop sees of a segment that was read: a model whose only session is that one."""

    def __init__(self, segment: LiveSegment) -> None:
        self._segment = segment
        self.logits = segment.next_logits

    def embed(self, ids: Sequence[int]) -> torch.Tensor:
        raise NotImplementedError("the prompt was read already")

    def begin(self, prompts: Sequence[torch.Tensor], room: int) -> _Behind:
        return self

    def step(self, tokens: torch.Tensor) -> None:
        self.logits = self._segment.said(int(tokens[0]))

    def leave(self, row: int) -> None:
        self.logits = self.logits[:0]


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many are the same from the beginning."""
    for place, (first, second) in enumerate(zip(one, other, strict=False)):
        if first != second:
            return place
    return min(len(one), len(other))
