"""Timing a known text is measured as a user would run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.bench import known_text
from core.errors import BadArgument, EngineError


def test_a_run_is_measured_with_what_it_found() -> None:
    measured = known_text.measure()
    assert measured["cues"] > 5
    assert measured["words"] > 50
    assert measured["unmatched"] <= 2
    assert measured["x_realtime"] > 0
    assert 0 < measured["peak_mb"] < 600


def test_a_film_needs_its_text(tmp_path: Path) -> None:
    with pytest.raises(BadArgument):
        known_text.measure(media="film.mp4")
    with pytest.raises(EngineError):
        known_text.measure(media=str(tmp_path / "gone.mp4"), text=str(tmp_path / "gone.txt"))
