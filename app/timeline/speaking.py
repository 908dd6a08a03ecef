"""What the timeline says to those who do not see it, and in tooltips. Knows no pixels and no widget."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.timeline.meaning import Look, is_doubtful, look_of
from core.cue import Cue
from core.timecode import format_ms
from core.transcript import Word

_LRI, _FSI, _PDI = "\u2066", "\u2068", "\u2069"
"""Unicode isolates: a name or a time keeps its direction inside a sentence of another."""


def cue_name(cue: Cue, row: int) -> str:
    """ "Cue 14, 01:03.500 to 01:07.060: That one is the Old Sister." """
    return _tr("Cue {number}, {start} to {end}: {text}").format(
        number=row + 1,
        start=_time(cue.start_ms),
        end=_time(cue.end_ms),
        text=_FSI + cue.text.replace("\n", " ") + _PDI,
    )


def word_name(word: Word, row: int, position: int, healing: frozenset[str]) -> str:
    """ "Sister, word 6 of cue 14, measured, doubtful, 01:04.780 to 01:05.320"; `position` counts from 0."""
    doubt = _tr(", doubtful") if is_doubtful(word) else ""
    return _tr("{word}, word {position} of cue {number}, {source}{doubt}, {start} to {end}").format(
        word=_FSI + word.text + _PDI,
        position=position + 1,
        number=row + 1,
        source=_look_name(look_of(word, healing)),
        doubt=doubt,
        start=_time(word.start_ms),
        end=_time(word.end_ms),
    )


def _time(ms: int) -> str:
    return _LRI + format_ms(ms, hours=False) + _PDI


def _look_name(look: Look) -> str:
    names = {
        Look.MEASURED: _tr("measured"),
        Look.BY_HAND: _tr("set by hand"),
        Look.ESTIMATED: _tr("estimated"),
        Look.HEALING: _tr("re-timing"),
    }
    return names[look]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
