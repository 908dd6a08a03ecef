"""A language model that says what a test wants, token by token, through the interface of the real one.

It knows which row it answers by the row's prompt: `embed([n])` stands for script n. Behind a script it goes on with
the end mark, and for ever where the script is a loop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.qwen3.runtime import torch

Script = Sequence[int]


class Scripted:
    """Follows `core.qwen3.decoder.LanguageModel`.

    Args:
        scripts: by number, or a function from the prompt, (length, hidden), to its script.
        end: the end mark.
        strength: the logit of the scripted token; that of all others is 0.
    """

    END = 0
    VOCABULARY = 400

    def __init__(
        self, scripts: Sequence[Script] | Callable[[torch.Tensor], Script], end: int = END, strength: float = 20.0
    ) -> None:
        self._scripts, self._end, self._strength = scripts, end, strength
        self.batches: list[int] = []

    def embed(self, ids: Sequence[int]) -> torch.Tensor:
        return torch.tensor(ids, dtype=torch.float32)[:, None]

    def begin(self, prompts: Sequence[torch.Tensor], room: int) -> ScriptedSession:
        self.batches.append(len(prompts))
        scripts = [self._script(prompt) for prompt in prompts]
        endless = [[*script, self._end] for script in scripts]
        return ScriptedSession(endless, room, self.VOCABULARY, self._strength)

    def _script(self, prompt: torch.Tensor) -> Script:
        if callable(self._scripts):
            return self._scripts(prompt)
        return self._scripts[int(prompt[0, 0])]


class ScriptedSession:
    """Follows `core.qwen3.decoder.Session`; the scripted token is the likeliest."""

    def __init__(self, scripts: list[list[int]], room: int, vocabulary: int, strength: float) -> None:
        self._scripts, self._room, self._vocabulary, self._strength = scripts, room, vocabulary, strength
        self._said = 0
        self.logits = self._now()

    def step(self, tokens: torch.Tensor) -> None:
        assert len(tokens) == len(self._scripts)
        self._said += 1
        assert self._said <= self._room
        self.logits = self._now()

    def leave(self, row: int) -> None:
        self._scripts[row] = self._scripts[-1]
        self._scripts.pop()
        self.logits = self._now() if self._scripts else self.logits[:0]

    def _now(self) -> torch.Tensor:
        logits = torch.zeros(len(self._scripts), self._vocabulary)
        for row, script in enumerate(self._scripts):
            logits[row, script[min(self._said, len(script) - 1)]] = self._strength
        return logits
