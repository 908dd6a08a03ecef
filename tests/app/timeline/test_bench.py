"""The bench draws what the window draws, and says so in the shape scripts rely on."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from PySide6.QtWidgets import QApplication

from app.timeline.bench import HEIGHT_PX, WIDTH_PX, _Session, measure
from app.timeline.bench_film import film


@pytest.mark.parametrize("spectrogram", [False, True])
def test_the_bench_has_the_promised_shape_and_leaves_nothing_blank(qapp: QApplication, spectrogram: bool) -> None:
    result = measure(cues=60, words=400, steps=60, spectrogram=spectrogram)
    assert set(result) == {"scroll_ms", "zoom_ms", "drag_ms", "blank_share", "memory_mib"}
    assert result["memory_mib"]["early"] > 0
    for kind in ("scroll_ms", "zoom_ms", "drag_ms"):
        assert set(result[kind]) == {"median", "p95", "max"}
        assert 0 < result[kind]["median"] <= result[kind]["p95"] <= result[kind]["max"]
    assert result["blank_share"] <= 0.01


def test_the_bench_draws_the_whole_width(qapp: QApplication) -> None:
    session = _Session(film(20, 100, random.Random(1)), time.perf_counter)
    layout = session.view.state.layout
    assert (layout.width_px, layout.height_px, layout.overview.bottom) == (WIDTH_PX, HEIGHT_PX, HEIGHT_PX)
    session.close()


def test_the_same_seed_takes_the_same_steps(qapp: QApplication) -> None:
    def ticks() -> float:
        return next(counter) / 1000

    results = []
    for _ in range(2):
        counter = itertools.count()
        results.append(measure(cues=20, words=100, steps=30, seed=7, clock=ticks))
    for kind in ("scroll_ms", "zoom_ms", "drag_ms"):
        assert results[0][kind] == results[1][kind]
