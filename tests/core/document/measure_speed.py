"""How long steps take in a long document: `python -m tests.core.document.measure_speed`. Prints a table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable

from core.document import edits
from core.document.document import Document
from core.document.edit import Edit
from core.document.history import History
from tests.core.document.builders import cue

CUES = 5_000


def long_document() -> Document:
    """5,000 cues of ten words, one every two seconds."""
    text = "one two three four five six seven eight nine ten"
    return Document(cues=tuple(cue(text, n * 2000, n * 2000 + 1500) for n in range(CUES)))


def main() -> None:
    """Measure and print."""
    document = long_document()
    _show("drag an edge, incremental (merge_key)", _incremental(History(document)))
    _show("drag an edge, from where it began (History.drag)", _dragged(History(document)))
    _show("drag a word's edge", _word(History(document)))
    _show("correct a word", _each(History(document), lambda d, n: edits.set_text(d, n, d.cues[n].text + " x")))
    _show("split at a word", _each(History(document), lambda d, n: edits.split_at_word(d, n, 5)))
    _show("shift all", _each(History(document), lambda d, n: edits.shift(d, range(len(d.cues)), 5), 10))
    _show("replace all (every cue)", _each(History(document), lambda d, n: _replaced(d, n), 5))


def _replaced(document: Document, n: int) -> Edit | None:
    wanted, new = ("seven", "7") if n % 2 == 0 else ("7", "seven")
    return edits.replace_all(document, edits.search_pattern(wanted), new)


def _incremental(history: History) -> Iterable[float]:
    for n in range(500):
        yield _timed(
            lambda n=n: history.apply(edits.retime(history.document, 2500, end_ms=5_001_000 + n, merge_key="drag"))
        )


def _dragged(history: History) -> Iterable[float]:
    for n in range(500):
        yield _timed(
            lambda n=n: history.drag("d", lambda d: edits.retime(d, 2500, end_ms=5_001_000 + n, neighbours=True))
        )
    history.close_step()


def _word(history: History) -> Iterable[float]:
    for n in range(500):
        yield _timed(lambda n=n: history.drag("d", lambda d: edits.retime_word(d, 2500, 4, end_ms=5_000_400 + n % 90)))


def _each(history: History, make: Callable[[Document, int], Edit | None], count: int = 300) -> Iterable[float]:
    for n in range(count):
        yield _timed(lambda n=n: history.apply(make(history.document, n)))


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _show(name: str, times_ms: Iterable[float]) -> None:
    times = sorted(times_ms)
    print(f"{name}: median {statistics.median(times):.3f} ms, p95 {times[int(len(times) * 0.95)]:.3f} ms")


if __name__ == "__main__":
    main()
