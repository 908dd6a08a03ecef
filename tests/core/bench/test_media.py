"""The media measure runs on a short recording and gives figures that can be."""

from __future__ import annotations

from pathlib import Path

from core.bench.registry import MEASURES
from core.bench.synthetic import make_recording
from core.media.probe import probe


def test_the_media_measure_gives_every_figure_and_leaves_no_file(home: Path) -> None:
    figures = MEASURES.get("media")(60)
    assert set(figures) == {
        "seconds", "probe_ms", "decode_s", "decode_cpu_s", "decode_x_realtime", "peaks_s", "first_peaks_s",
        "columns_ms", "columns_max_ms", "peak_memory_mib",
    }  # fmt: skip
    assert all(figure > 0 for figure in figures.values())
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_a_synthetic_recording_is_as_long_as_asked(tmp_path: Path) -> None:
    info = probe(make_recording(tmp_path / "a.m4a", 30))
    assert abs(info.duration_ms - 30_000) < 50
    assert [(track.codec, track.channels) for track in info.audio_tracks] == [("aac", 2)]
