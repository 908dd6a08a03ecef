"""Three cues recognised again: old and new beside each other, what differs marked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from app.redo.dialog import RedoDialog
from app.shots.cues import sample_cues, script_cues
from app.shots.stage import Stage
from core.cue import Cue
from core.document.edits.cue_structure import fresh
from core.document.edits.spans import shifted
from core.events import CuesFound
from core.worker.messages import JobFinished

_ROWS = range(4, 8)
_MISHEARD = {"letter": "ladder", "sister": "system", "lamp.": "lamb."}
_LATE_MS = 140


def prepare(stage: Stage) -> None:
    """A few words were misheard before; two cues stood late."""
    right = sample_cues()
    redo(stage, tuple(_misheard(cue) for cue in right), [right[row] for row in _ROWS])


def prepare_scripts(stage: Stage) -> None:
    """The same with Chinese and Arabic cues."""
    cues = script_cues()
    again = [cues[2], cues[3], replace(cues[4], words=shifted(cues[4].words, 90), end_ms=cues[4].end_ms + 90), cues[5]]
    changed = replace(again[0], words=(replace(again[0].words[0], text="清晨"), *again[0].words[1:]))
    redo(stage, cues, [changed, *again[1:]], range(2, 6))


def redo(stage: Stage, cues: tuple[Cue, ...], again: list[Cue], rows: range = _ROWS) -> None:
    """Select these rows, have them done again, and hear this."""
    stage.open()
    stage.show_cues(cues)
    bridge = stage.program.session.bridge
    bridge.select([bridge.document.cues[row].id for row in rows])
    stage.window.commands.refresh_now()
    stage.window.commands["cue.redo"].trigger()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, RedoDialog))
    dialog.begin()
    stage.say(CuesFound(tuple(fresh(cue) for cue in again)))
    stage.engine.deliver(JobFinished(stage.engine.job_id))
    stage.rest(200)


def _misheard(cue: Cue) -> Cue:
    words = tuple(replace(word, text=_MISHEARD.get(word.text, word.text)) for word in cue.words)
    if words == cue.words:
        return cue
    return replace(cue, words=shifted(words, _LATE_MS), start_ms=cue.start_ms + _LATE_MS, end_ms=cue.end_ms + _LATE_MS)
