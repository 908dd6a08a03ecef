"""Whole runs in a process of their own: what they load, and that memory stays bounded for hours of film."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.bench import pipeline
from core.errors import EngineError


def test_a_run_is_measured_and_loads_neither_torch_nor_qt() -> None:
    measured = pipeline.measure()
    assert measured["heavy_modules"] == []
    assert measured["cues"] > 5
    assert 0 < measured["peak_mb"] < 600


def test_a_run_that_fails_is_an_error_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"gone\.mp4|no output|code"):
        pipeline.measure(media=str(tmp_path / "gone.mp4"))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_three_hours_of_film_take_less_than_600_mb(three_hours: Path) -> None:
    measured = pipeline.measure(media=str(three_hours))
    assert measured["peak_mb"] < 600
    assert measured["heavy_modules"] == []
    assert measured["cues"] > 100
