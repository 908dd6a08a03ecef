"""The player's measure: it measures the real thing, and its figures are of the shape that it promises."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.bench.player import measure


def test_the_measure_opens_jumps_and_turns_frames_into_images(qtbot: QtBot) -> None:
    figures = measure(jumps=3, sizes=())
    assert 0 < figures["first_picture_ms"]["median"] <= figures["first_picture_ms"]["max"]
    assert 0 < figures["jump_ms"]["median"] <= figures["jump_ms"]["max"]
    assert list(figures["frame_ms"]) == ["360p"]
    for cost in figures["frame_ms"].values():
        assert cost["whole"] > 0
        assert cost["thinned"] > 0
