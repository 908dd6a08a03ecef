"""The measure of projects: it measures what it says, small."""

from __future__ import annotations

import pytest

from core.bench.registry import MEASURES
from core.errors import BadArgument


def test_opening_and_keeping_steps_are_measured() -> None:
    found = MEASURES.get("project")(cues=50, words=500, steps=20)
    assert set(found) == {"open_ms", "commit_ms", "save_as_ms", "close_ms", "size_mb"}
    assert 0 < found["commit_ms"]["median"] <= found["commit_ms"]["p95"] <= found["commit_ms"]["max"]
    assert found["open_ms"] > 0
    assert found["size_mb"] > 0


def test_a_cue_without_a_word_cannot_be_measured() -> None:
    with pytest.raises(BadArgument):
        MEASURES.get("project")(cues=50, words=5)
