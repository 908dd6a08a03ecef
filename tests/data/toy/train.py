"""Script: trains the toy recogniser.

    python -m tests.data.toy.train MATERIAL WORK [--minutes 40] [--go-on] [--seed 1]

MATERIAL is the folder of `make_speech`. WORK gets `latest` and, every few minutes, `minute-NN`: whole checkpoints, to
be measured with `evaluate`. Short texts first, then all; shifted, cut and joined utterances from half-way on. The
schedule goes by the clock, so that it ends in time on a busy machine. `--go-on` trains what WORK holds for another
round, with everything hard from its start and half the rate.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.qwen3.runtime import torch, use_threads
from tests.data.toy.batches import Batches, Material
from tests.data.toy.network import Batch, Heads, Losses, fresh_model, losses, save
from tests.data.toy.tokenizer import write_processor

_RATE = 1.5e-3
_WARM_UP_STEPS = 60
_SAVE_EVERY_S = 240
_TELL_EVERY_STEPS = 50
_SHORT_UNTIL, _MIDDLE_UNTIL, _HARD_FROM = 0.08, 0.2, 0.5
"""Shares of the time: texts of up to 3 words, of up to 6, and when shifting, cutting and joining begin."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, and how it begins."""

    seconds: float
    go_on: bool

    def stage(self, done: float) -> tuple[int, bool]:
        """(longest text in words, hard) at this share of the time."""
        if self.go_on:
            return 99, True
        most = 3 if done < _SHORT_UNTIL else 6 if done < _MIDDLE_UNTIL else 99
        return most, done >= _HARD_FROM

    def rate(self, done: float, steps: int) -> float:
        """The learning rate: a short rise, then a cosine to nothing."""
        top = _RATE / 2 if self.go_on else _RATE
        return top * min(1.0, steps / _WARM_UP_STEPS) * (0.01 + 0.99 * (1 + math.cos(math.pi * done)) / 2)


class Trainer:
    """Model, heads and optimizer, with what is left of the time."""

    def __init__(self, material: Path, work: Path, plan: Plan, seed: int) -> None:
        self._work, self._plan = work, plan
        processor = write_processor(work / "latest")
        self._processor = processor
        self._model = fresh_model(processor.tokenizer, seed=seed)
        self._heads = Heads()
        if plan.go_on:
            state = torch.load(work / "state.pt", weights_only=True)
            self._model.load_state_dict(state["model"])
            self._heads.load_state_dict(state["heads"])
        self._batches = Batches(Material(material), processor, random.Random(seed + plan.go_on))
        self._optimizer = torch.optim.AdamW(_groups(self._model, self._heads), betas=(0.9, 0.98))

    def run(self) -> None:
        """Trains until the time is over."""
        began = saved = time.monotonic()
        sums = [0.0, 0.0, 0.0]
        for steps, batch in enumerate(self._stream(began), start=1):
            done = min(1.0, (time.monotonic() - began) / self._plan.seconds)
            for group in self._optimizer.param_groups:
                group["lr"] = self._plan.rate(done, steps)
            cost = self._step(batch)
            sums = [total + float(part) for total, part in zip(sums, (cost.answer, cost.frame, cost.ctc), strict=True)]
            if steps % _TELL_EVERY_STEPS == 0:
                means = "  ".join(f"{total / _TELL_EVERY_STEPS:.3f}" for total in sums)
                print(f"{time.monotonic() - began:6.0f} s  step {steps:5d}  answer, frame, ctc: {means}", flush=True)
                sums = [0.0, 0.0, 0.0]
            if time.monotonic() - saved > _SAVE_EVERY_S:
                saved = time.monotonic()
                self._save(f"minute-{(saved - began) / 60:02.0f}")
        self._save("final")

    def _stream(self, began: float) -> Iterator[Batch]:
        """Batches of the stage that is due, until the time is over."""
        stage, source = None, iter(())
        while (done := (time.monotonic() - began) / self._plan.seconds) < 1:
            if (now := self._plan.stage(done)) != stage:
                stage, source = now, self._batches.forever(most_words=now[0], hard=now[1])
            yield next(source)

    def _step(self, batch: Batch) -> Losses:
        self._optimizer.zero_grad(set_to_none=True)
        cost = losses(self._model, self._heads, batch)
        (cost.answer + 0.5 * cost.frame + 0.3 * cost.ctc).backward()
        torch.nn.utils.clip_grad_norm_([*self._model.parameters(), *self._heads.parameters()], 1.0)
        self._optimizer.step()
        return cost

    def _save(self, name: str) -> None:
        for folder in (self._work / "latest", self._work / name):
            write_processor(folder)
            save(self._model, folder)
        state = {"model": self._model.state_dict(), "heads": self._heads.state_dict()}
        torch.save(state, self._work / "state.pt")


def _groups(model: Any, heads: Heads) -> list[dict[str, Any]]:
    """Matrices with weight decay, the rest without."""
    all_of_them = [*model.parameters(), *heads.parameters()]
    return [
        {"params": [one for one in all_of_them if one.dim() > 1], "weight_decay": 0.02},
        {"params": [one for one in all_of_them if one.dim() <= 1], "weight_decay": 0.0},
    ]


def main() -> None:
    """Trains."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("material", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--go-on", action="store_true")
    wanted = parser.parse_args()
    use_threads(wanted.threads)
    Trainer(wanted.material, wanted.work, Plan(wanted.minutes * 60, wanted.go_on), wanted.seed).run()


if __name__ == "__main__":
    main()
