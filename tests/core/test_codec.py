"""JSON and back, also where several threads do it."""

from __future__ import annotations

import subprocess
import sys

MET_AT_ONCE = """
import sys, threading
from dataclasses import make_dataclass
from core import codec

sys.setswitchinterval(1e-6)
for number in range(100):
    inner = make_dataclass(f"Inner{number}", [(f"field{n}", int) for n in range(6)], frozen=True, slots=True)
    outer = make_dataclass(f"Outer{number}", [("one", inner), ("more", tuple[inner, ...])], frozen=True, slots=True)
    value = outer(inner(*range(6)), (inner(*range(6)),))
    data, begin, read = codec.encode(value), threading.Barrier(3), []

    def meet():
        begin.wait()
        read.append(codec.decode(data, outer))

    threads = [threading.Thread(target=meet) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [value] * 3
"""


def test_threads_that_meet_a_shape_for_the_first_time_at_once_all_read_it() -> None:
    ran = subprocess.run([sys.executable, "-c", MET_AT_ONCE], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
