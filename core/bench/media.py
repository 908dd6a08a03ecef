"""How fast this machine opens, decodes and draws sound. Measures `core.media` on a recording made on the spot."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from core.bench.synthetic import make_recording
from core.media.decode import open_track
from core.media.identity import media_id
from core.media.peak_build import build_peaks
from core.media.peak_cache import PeaksFile, peaks_path
from core.media.peaks import Peaks
from core.media.probe import probe

LONG_S = 3 * 3600

_COLUMNS = 1600
_PROBES = 20


def measure(seconds: int = LONG_S) -> dict[str, float]:
    """Figures for a recording of `seconds` (3 h), stereo AAC at 48 kHz.

    Returns:
        seconds: length of the recording.
        probe_ms: median of 20.
        decode_s, decode_cpu_s, decode_x_realtime: all of it to 16 kHz mono, one thread.
        peaks_s, first_peaks_s: building the peaks into the cache; until a first part could be drawn.
        columns_ms, columns_max_ms: 1,600 columns for drawing, over zooms from 0.1 ms to a minute a column.
        peak_memory_mib: the most memory this process has held.
    """
    with tempfile.TemporaryDirectory(prefix="cuesmith-bench-") as folder:
        path = make_recording(Path(folder) / "long.m4a", seconds)
        return {"seconds": seconds, **_probe(path), **_decode(path, seconds), **_peaks(path), **_memory()}


def _probe(path: Path) -> dict[str, float]:
    times = []
    for _ in range(_PROBES):
        start = time.perf_counter()
        probe(path)
        times.append(time.perf_counter() - start)
    return {"probe_ms": round(1000 * statistics.median(times), 2)}


def _decode(path: Path, seconds: int) -> dict[str, float]:
    start, cpu = time.perf_counter(), time.process_time()
    with open_track(path) as decoder:
        for _ in decoder:
            pass
    taken, used = time.perf_counter() - start, time.process_time() - cpu
    return {
        "decode_s": round(taken, 2),
        "decode_cpu_s": round(used, 2),
        "decode_x_realtime": round(seconds / taken, 1),
    }


def _peaks(path: Path) -> dict[str, float]:
    target = peaks_path(media_id(path), 1)
    start = time.perf_counter()
    first = 0.0
    try:
        for step in build_peaks(path):
            if step.done_ms and not first:
                first = time.perf_counter() - start
        taken = time.perf_counter() - start
        found = PeaksFile.open(target)
        drawn = _columns(found.peaks) if found else {}
    finally:
        target.unlink(missing_ok=True)
    return {"peaks_s": round(taken, 2), "first_peaks_s": round(first, 3), **drawn}


def _columns(peaks: Peaks) -> dict[str, float]:
    times = []
    for step in range(300):
        ms_per_column = 0.1 * (600_000 ** (step / 299))
        start = time.perf_counter()
        peaks.columns(peaks.duration_ms * step / 400, ms_per_column, _COLUMNS)
        times.append(1000 * (time.perf_counter() - start))
    return {"columns_ms": round(statistics.median(times), 3), "columns_max_ms": round(max(times), 3)}


def _memory() -> dict[str, float]:
    if sys.platform == "win32":
        return {"peak_memory_mib": round(psutil.Process().memory_info().peak_wset / 2**20, 1)}
    import resource

    # Linux counts in KiB, macOS in bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {"peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)}
