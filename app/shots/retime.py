"""New times of an old subtitle under review: most can be taken, one is doubtful, one was not found."""

from __future__ import annotations

from dataclasses import replace

from app.jobs.align_run import AlignPlan
from app.shots.cues import sample_cues
from app.shots.stage import Stage
from core.alignment.known_text.report import Report, TimedLine
from core.cue import Cue
from core.document.edits.spans import shifted
from core.engine import EngineInfo
from core.events import AlignJob, EngineChosen, TextTimed
from core.progress import Notice
from core.worker.messages import JobFinished

_LATE_MS = 2_300
_DOUBTFUL, _MISSING, _TAKEN, _ROW = 3, 6, 2, 5
_UNTEXTED_MS = (40_200, 42_900)
_BUILTIN = EngineInfo("builtin", "Built-in (PocketSphinx)", ("en",), True, reason="It needs no download.")


def prepare(stage: Stage) -> None:
    """The sample film's cues, 2.3 s late, timed anew; the first few were taken over."""
    stage.open()
    review(stage, sample_cues())
    stage.select(_ROW)


def review(stage: Stage, right: tuple[Cue, ...]) -> None:
    """Cues that stand late, and what timing them anew would come to."""
    late = tuple(_late(cue) for cue in right)
    stage.show_cues(late)
    work, info = stage.program.opening.work, stage.program.session.info
    assert work is not None
    assert info is not None
    order = AlignPlan(AlignJob(info.path, tuple(cue.text for cue in late), engine="builtin"), late)
    stage.program.jobs.align(work, order)
    lines = tuple(_line(number, cue) for number, cue in enumerate(right, 1))
    stage.say(
        EngineChosen(_BUILTIN, _BUILTIN),
        Notice(
            "align.unmatched",
            "{file}: 1 of {of} lines not found in the sound.",
            {"file": info.name, "of": len(lines)},
            finding=True,
        ),
        TextTimed(Report(lines, (_UNTEXTED_MS,)), info, _BUILTIN, "en"),
    )
    stage.engine.deliver(JobFinished(stage.engine.job_id))
    stage.rest(200)
    found = stage.window.page.text_review
    for line in [line for line in found.lines if 0 < line.number <= _TAKEN]:
        found.take(line)
    stage.rest(300)


def _late(cue: Cue) -> Cue:
    words = shifted(cue.words, _LATE_MS)
    return replace(cue, words=words, start_ms=cue.start_ms + _LATE_MS, end_ms=cue.end_ms + _LATE_MS)


def _line(number: int, cue: Cue) -> TimedLine:
    if number - 1 == _MISSING:
        return TimedLine(number, cue.text)
    return TimedLine(number, cue.text, cue.words, 0.31 if number - 1 == _DOUBTFUL else 0.94 - number % 4 / 50)
