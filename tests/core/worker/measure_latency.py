"""Measures the worker border for tests/bench/RESULTS.md: `python -m tests.core.worker.measure_latency [LONG.opus…]`.

LONG: files that take seconds to read, each different; they keep the media child busy while another film is asked for.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from core.paths import resource
from core.worker.client import Client, EngineClient, MediaClient
from core.worker.media_messages import PeaksProgress
from core.worker.messages import Heartbeat, JobCancelled, Pong
from tests.core.worker.conftest import Owner, job

FILM = resource("sample", "last_boat.mp4")


def main(long_files: list[str]) -> None:
    """Print one line for each figure."""
    show("engine child: start to answer", [start_ms(engine) for _ in range(10)])
    show("media child: start to answer", [start_ms(MediaClient) for _ in range(10)])
    show("engine child idle: request to last word", round_trips_ms())
    show("cancel at a cancel point (1 ms steps): request to last word", cancels_ms())
    show("engine child fresh: resident MB", [resident_mb(engine) for _ in range(3)])
    if long_files:
        show(f"probe while peaks of {len(long_files)} long files are built", busy_ms(long_files, "probe"))
        show(f"first peaks of another film while {len(long_files)} are built", busy_ms(long_files, "peaks"))


def engine(owner: Owner) -> EngineClient:
    """A client on the fake pipeline."""
    return EngineClient(owner, runner="tests.fakes.pipeline_runs:run")


def start_ms(make: Callable[[Owner], Client]) -> float:
    """From `warm_up` to the child's answer."""
    owner = Owner()
    with contextlib.closing(make(owner)) as client:
        began_s = time.perf_counter()
        client.warm_up()
        owner.wait_for(lambda reply: isinstance(reply, Pong))
        return since_ms(began_s)


def round_trips_ms() -> list[float]:
    """Jobs without work in a child that runs."""
    owner, found = Owner(), []
    with contextlib.closing(engine(owner)) as client:
        owner.last_word(client.start(job("chunks=0")))
        for _ in range(50):
            began_s = time.perf_counter()
            owner.last_word(client.start(job("chunks=0")))
            found.append(since_ms(began_s))
    return found


def cancels_ms() -> list[float]:
    """Cancels of a batch job that sleeps in steps of a millisecond."""
    owner, found = Owner(), []
    with contextlib.closing(engine(owner)) as client:
        for _ in range(20):
            job_id = client.start(job("chunks=2 pause_ms=300"))
            owner.wait_for_chunk(job_id)
            began_s = time.perf_counter()
            client.cancel(job_id)
            assert owner.last_word(job_id) == JobCancelled(job_id)
            found.append(since_ms(began_s))
    return found


def resident_mb(make: Callable[[Owner], Client]) -> float:
    """Memory of a child that has done nothing."""
    owner = Owner()
    with contextlib.closing(make(owner)) as client:
        client.warm_up()
        owner.wait_for(lambda reply: isinstance(reply, Heartbeat))
        assert client.child_pid is not None
        return psutil.Process(client.child_pid).memory_info().rss / 1e6


def busy_ms(long_files: list[str], what: str) -> list[float]:
    """From asking for the sample film to its answer, with every long file under way."""
    owner = Owner()
    with contextlib.closing(MediaClient(owner)) as client:
        for file in long_files:
            job_id = client.build_peaks(Path(file))
            owner.wait_for(
                lambda r, job_id=job_id: isinstance(r, PeaksProgress) and r.job_id == job_id and r.done_ms > 0
            )
        began_s = time.perf_counter()
        if what == "probe":
            owner.last_word(client.probe(FILM))
        else:
            asked = client.build_peaks(FILM)
            owner.wait_for(lambda r: isinstance(r, PeaksProgress) and r.job_id == asked and r.done_ms > 0)
        return [since_ms(began_s)]


def since_ms(began_s: float) -> float:
    """Milliseconds from then to now."""
    return (time.perf_counter() - began_s) * 1000


def show(what: str, found: list[float]) -> None:
    """One line: median and worst."""
    print(f"{what}: median {statistics.median(found):.1f}, worst {max(found):.1f} (n = {len(found)})")


if __name__ == "__main__":
    main(sys.argv[1:])
