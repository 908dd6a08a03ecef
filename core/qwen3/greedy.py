"""The decode loop: the likeliest token each time, for a batch of clips whose rows leave when they are done.

Knows tokens and probabilities, no text and no sound. A row ends with an end mark, when it has used up its budget, when
it repeats itself: the model is known to go on forever on some clips (github.com/QwenLM/Qwen3-ASR/issues/129), or where
its numbers are none, as float16's are where they overflow. The three last endings are no results.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, field

from core.qwen3.answers import Ending, repeated
from core.qwen3.decoder import LanguageModel
from core.qwen3.runtime import torch


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    """One clip to be answered.

    Attributes:
        embedded: (length, hidden), the whole prompt.
        budget: most tokens of the answer.
        openings: how the answer may begin; () = in any way.
    """

    embedded: torch.Tensor
    budget: int
    openings: Sequence[Sequence[int]] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Tokens without the end mark, and the probability the model gave each.

    Attributes:
        kept: how many of the tokens stand before a loop, its first round included; all of them where there is none.
    """

    ids: tuple[int, ...]
    probabilities: tuple[float, ...]
    ending: Ending
    kept: int


@dataclass(slots=True)
class _Row:
    """One answer on its way."""

    place: int
    prompt: Prompt
    ids: list[int] = field(default_factory=list)
    probabilities: list[float] = field(default_factory=list)

    def allowed(self) -> Collection[int]:
        """Tokens the answer may go on with; () = any."""
        count = len(self.ids)
        return {opening[count] for opening in self.prompt.openings if self._begins(opening) and len(opening) > count}

    def _begins(self, opening: Sequence[int]) -> bool:
        return list(opening[: len(self.ids)]) == self.ids

    def answer(self, ending: Ending) -> Answer:
        """What it has come to."""
        kept = len(self.ids)
        if ending is Ending.LOOP:
            kept -= repeated(self.ids) or 0
        return Answer(tuple(self.ids), tuple(self.probabilities), ending, kept)


def decode(
    model: LanguageModel, prompts: Sequence[Prompt], ends: Collection[int], *, stop_loops: bool = True
) -> Generator[int, None, list[Answer]]:
    """Answer all prompts in one batch; yields after each step how many rows are left, returns the answers in order.

    Args:
        ends: ids of the end marks; none = every answer has exactly its budget of tokens.
        stop_loops: whether a row that repeats itself is ended.
    """
    # The longest first: rows of about one length lie together, and the ones that end first are the last.
    order = sorted(range(len(prompts)), key=lambda place: -len(prompts[place].embedded))
    rows = [_Row(place, prompts[place]) for place in order]
    answers: dict[int, Answer] = {}
    session = model.begin([row.prompt.embedded for row in rows], max(row.prompt.budget for row in rows))
    while True:
        tokens, probabilities = _likeliest(session.logits, rows)
        ids = tokens.tolist()
        leaving: list[int] = []
        for index, (row, token, probability) in enumerate(zip(rows, ids, probabilities, strict=True)):
            ending = _take(row, token, probability, ends, stop_loops=stop_loops)
            if ending is not None:
                answers[row.place] = row.answer(ending)
                leaving.append(index)
        for index in reversed(leaving):
            session.leave(index)
            rows[index] = rows[-1]
            rows.pop()
            ids[index] = ids[-1]
            ids.pop()
        if not rows:
            return [answers[place] for place in range(len(prompts))]
        session.step(torch.tensor(ids, dtype=torch.int64, device=tokens.device) if leaving else tokens)
        yield len(rows)


def _take(row: _Row, token: int, probability: float, ends: Collection[int], *, stop_loops: bool) -> Ending | None:
    """Put the token to its row; how the answer ends with it, or None where it goes on."""
    if math.isnan(probability):
        return Ending.LOST
    if token in ends:
        return Ending.SAID
    row.ids.append(token)
    row.probabilities.append(probability)
    if stop_loops and repeated(row.ids):
        return Ending.LOOP
    return Ending.BUDGET if len(row.ids) >= row.prompt.budget else None


@torch.inference_mode()
def _likeliest(logits: torch.Tensor, rows: Sequence[_Row]) -> tuple[torch.Tensor, list[float]]:
    """The likeliest allowed token of each row, (rows,) int64, and its probability among all tokens."""
    logits = logits.float()
    choosing = logits
    for index, row in enumerate(rows):
        allowed = sorted(row.allowed()) if row.prompt.openings else []
        if allowed:
            if choosing is logits:
                choosing = logits.clone()
            only = choosing[index, allowed]
            choosing[index] = float("-inf")
            choosing[index, allowed] = only
    tokens = choosing.argmax(dim=-1)
    sure = logits.gather(1, tokens[:, None])[:, 0] - logits.logsumexp(dim=-1)
    return tokens, sure.exp().tolist()
