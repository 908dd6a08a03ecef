"""Times and sizes of reading and writing a long document, for tests/bench/RESULTS.md.

python -m tests.core.subtitles.measure_speed [CUES]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

from core.subtitles.encoding import decoded
from core.subtitles.registry import all_formats
from tests.core.subtitles.making import seeded

T = TypeVar("T")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    document = seeded(count)
    print(f"{count} cues, {sum(len(cue.words) for cue in document.cues)} words")
    for format_ in all_formats():
        text, write_s = _timed(lambda: format_.write(document))  # noqa: B023 - called at once
        data = text.encode()
        line = f"{format_.id:10} {len(data) / 1e6:6.1f} MB  written in {write_s:.2f} s"
        if format_.reads:
            found, decode_s = _timed(lambda: decoded(data))  # noqa: B023
            _, read_s = _timed(lambda: format_.read(found.text))  # noqa: B023
            line += f"  decoded in {decode_s:.2f} s  read in {read_s:.2f} s"
        print(line)
    legacy = " ".join(word.text for cue in document.cues for word in cue.words).encode("cp1251", "ignore") * 4
    _, guess_s = _timed(lambda: decoded(legacy))
    print(f"encoding of {len(legacy) / 1e6:.1f} MB of cp1251 found in {guess_s:.2f} s")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


if __name__ == "__main__":
    main()
