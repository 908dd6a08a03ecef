"""Which model for this machine: what fits its memory, how quick each would be, which to take first. Knows no window.

An offer is a recogniser with the aligner: nobody who wants subtitles wants one without the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from core.weights.catalogue import ALIGNER, LARGE, SMALL, Model

_ROOM = 1.6
"""Memory a model takes while it works, times its weights: the aligner beside it is let go of in between, but not the
sound, the cache of keys and values, and torch itself."""
_PROGRAM_BYTES = 2_500_000_000
"""For the window, the film's pictures and the system."""
_QUICK_ENOUGH = 3.0
"""The large model is suggested where it is at least so many times as quick as the sound is long."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How quick a recogniser with word timing would be here, found out by a probe.

    Attributes:
        x_realtime: seconds of sound in one second.
        device: "cpu", "cuda:0", …
        dtype: "bfloat16", …
    """

    model_id: str
    x_realtime: float
    device: str
    dtype: str

    @property
    def minutes_an_hour(self) -> int:
        """For an hour of film, rounded as one would say it; at least 1."""
        minutes = 60 / max(self.x_realtime, 0.01)
        step = 1 if minutes < 30 else 5
        return max(1, round(minutes / step) * step)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person can choose: a recogniser with the aligner.

    Attributes:
        models: in the order they are got.
        fits: it has enough memory here.
        suggested: the one to take.
        speed: None = not found out.
    """

    models: tuple[Model, ...]
    fits: bool
    suggested: bool
    speed: Speed | None = None

    @property
    def recognizer(self) -> Model:
        """The model that recognises."""
        return self.models[0]

    @property
    def size_bytes(self) -> int:
        """All of it."""
        return sum(model.size_bytes for model in self.models)


def offers(speeds: Sequence[Speed] = (), memory_bytes: int = 0) -> tuple[Offer, ...]:
    """The offers, the smaller first, one of them suggested.

    Args:
        speeds: of a probe; () = not yet.
        memory_bytes: of the machine; 0 = this one's.
    """
    memory = memory_bytes or psutil.virtual_memory().total
    by_id = {speed.model_id: speed for speed in speeds}
    large_speed = by_id.get(LARGE.id)
    best = LARGE if large_speed is not None and large_speed.x_realtime >= _QUICK_ENOUGH else SMALL
    if not fits(best, memory, _dtype(by_id.get(best.id))):
        best = SMALL
    return tuple(
        Offer((model, ALIGNER), fits(model, memory, _dtype(by_id.get(model.id))), model is best, by_id.get(model.id))
        for model in (SMALL, LARGE)
    )


def fits(model: Model, memory_bytes: int, dtype: str = "bfloat16") -> bool:
    """Whether the model works in so much memory; float32 takes twice as much as the files."""
    weights = model.memory_bytes * (2 if dtype == "float32" else 1)
    return weights * _ROOM + _PROGRAM_BYTES <= memory_bytes


def _dtype(speed: Speed | None) -> str:
    return speed.dtype if speed is not None else "bfloat16"
