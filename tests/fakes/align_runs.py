"""An align run that needs no media: line n is said from second n on, and it behaves as its lines tell.

A line "foreign …" is not found, one "doubtful …" scores low, "stay" never comes to an end until it is stopped, "fail"
fails. An empty line is no line, as in `core.alignment.known_text.script`. Runs inside a real engine child.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from core.alignment.known_text.report import Report, TimedLine
from core.cue import Cue
from core.engine import EngineInfo
from core.errors import EngineError
from core.events import AlignJob, CuesFound, EngineChosen, Event, TextTimed
from core.progress import CancelToken, Notice, Progress, Stage
from core.results import Results
from core.transcript import Source, shared_out, split_text
from tests.fakes.media_runs import info

INFO = EngineInfo("fake", "Fake", ("en",), gives_words=True)
LINE_MS = 1000
FOUND_MS = 800
UNTEXTED = (100_000, 103_000)


def run(
    job: AlignJob, *, results: Results | None, cancel: CancelToken, yield_point: Callable[[], None]
) -> Iterator[Event]:
    """Every line in its second; what nobody wrote is said at `UNTEXTED`."""
    yield EngineChosen(INFO, INFO)
    total_ms = LINE_MS * len(job.lines)
    lines: list[TimedLine] = []
    for number, text in enumerate(job.lines, 1):
        cancel.check()
        yield Progress(Stage.ALIGN, (number - 1) * LINE_MS, total_ms)
        _misbehave(text, cancel, yield_point)
        if text.strip():
            lines.append(timed(number, text))
    missing = [line for line in lines if not line.found]
    if missing:
        yield Notice("align.unmatched", f"{len(missing)} lines were not found.", {}, finding=True)
    if job.style:
        yield CuesFound(
            tuple(Cue(line.words, line.words[0].start_ms, line.words[-1].end_ms) for line in lines if line.found)
        )
    yield TextTimed(Report(tuple(lines), (UNTEXTED,)), info(job.media), INFO, job.language or "en")


def timed(number: int, text: str) -> TimedLine:
    """What becomes of a line."""
    if text.startswith("foreign"):
        return TimedLine(number, text)
    start_ms = number * LINE_MS
    words = shared_out(split_text(text), start_ms, start_ms + FOUND_MS, source=Source.ALIGNED)
    return TimedLine(number, text, words, 0.2 if text.startswith("doubtful") else 0.9)


def _misbehave(text: str, cancel: CancelToken, yield_point: Callable[[], None]) -> None:
    if text == "fail":
        raise EngineError(engine="fake", cause="asked to")
    while text == "stay":
        cancel.check()
        yield_point()
        time.sleep(0.001)
