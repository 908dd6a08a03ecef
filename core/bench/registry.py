"""The measures by name, for `cuesmith bench NAME`. To add one: a file with `measure() -> dict` and a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.registry import Registry

MEASURES: Registry[Callable[..., dict[str, Any]]] = Registry(
    {
        "aligner": "core.bench.aligner:measure",
        "engine": "core.bench.engine:measure",
        "heal": "core.bench.heal:measure",
        "known-text": "core.bench.known_text:measure",
        "media": "core.bench.media:measure",
        "pipeline": "core.bench.pipeline:measure",
        "project": "core.bench.project:measure",
        "streaming": "core.bench.streaming:measure",
        "vad": "core.bench.vad:measure",
    }
)
