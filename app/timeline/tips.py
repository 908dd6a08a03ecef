"""What the timeline says about its state: in tooltips, and to those who do not see it. Knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.timeline.layout import Lane
from app.timeline.speaking import cue_name, word_name
from app.timeline.state import State
from core.cue import Cue


def tip_at(state: State, x: float, y: float) -> str:
    """The whole cue or word under a point of the widget, or "" where there is none."""
    lane, pointing = state.layout.lane_at(y), state.pointing()
    px = pointing.lane_x(x)
    if px < 0 or lane not in (Lane.CUES, Lane.NEW_TIMES, Lane.WORDS):
        return ""
    if lane is Lane.NEW_TIMES:
        proposed = state.proposed_at(px)
        return _new_time_said(state, proposed) if proposed else ""
    if lane is Lane.CUES:
        cue = pointing.cue_at(px)
        return cue_name(cue[1], cue[0]) if cue else ""
    word = pointing.word_at(px)
    return _word_said(state, word[0], word[1].id) if word else ""


def _new_time_said(state: State, cue: Cue) -> str:
    rows = state.index.rows_of(frozenset((cue.id,)))
    said = cue_name(cue, rows[0]) if rows else cue.text
    return QCoreApplication.translate("Timeline", "New: {0}").format(said)


def selection_said(state: State) -> str:
    """The selected word or cue, with what else is selected left out."""
    row = state.selected_row()
    if row is None:
        return QCoreApplication.translate("Timeline", "Sound, cues and words over time. Nothing is selected.")
    if state.selected_word() is not None:
        return _word_said(state, row, state.word)
    return cue_name(state.index.cues[row], row)


def _word_said(state: State, row: int, word_id: str) -> str:
    words = state.index.cues[row].words
    position = next(n for n, word in enumerate(words) if word.id == word_id)
    return word_name(words[position], row, position, state.model.notes.healing)
