"""A hub on this machine, and patience for tests: no real waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from core.progress import CancelToken, Notice
from core.weights.catalogue import Model
from core.weights.fetch import fetch
from core.weights.hub import Hub
from core.weights.modelscope import ModelScope
from core.weights.patience import Patience
from core.weights.progress import FetchProgress
from core.weights.sources import Source
from tests.fakes.hub import FakeHub, running_hub

Told = list[FetchProgress | Notice]
Get = Callable[..., Told]


UNHURRIED = partial(Patience, asks_s=(60.0, 60.0))
"""A machine that runs many tests may take its time to answer."""


class Clock:
    """A clock that only waiting moves.

    Attributes:
        waited_s: in all.
    """

    def __init__(self) -> None:
        self.waited_s = 0.0

    def now_s(self) -> float:
        return self.waited_s

    def sleep(self, seconds: float) -> None:
        self.waited_s += seconds


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with running_hub() as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def patience(clock: Clock) -> Patience:
    return UNHURRIED(now_s=clock.now_s, sleep=clock.sleep)


@pytest.fixture
def sources(hub: FakeHub, patience: Patience) -> Iterator[Callable[..., tuple[Source, ...]]]:
    """Makes sources: a hub and a ModelScope at these addresses, "" = none; this hub's by default."""
    made: list[Source] = []

    def make(first: str = hub.address, second: str = "") -> tuple[Source, ...]:
        if first:
            made.append(Hub(first, patience))
        if second:
            made.append(ModelScope(second, patience))
        return tuple(made)

    yield make
    for source in made:
        source.close()


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def get(sources: Callable[..., tuple[Source, ...]], patience: Patience, models: Path) -> Get:
    """Gets a model; all that was told."""

    def run(model: Model, given: Sequence[Source] | None = None, place: Path | None = None) -> Told:
        chosen = given if given is not None else sources()
        return list(fetch(model, chosen, CancelToken(), patience=patience, models=place or models))

    return run
