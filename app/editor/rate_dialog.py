"""Converts cues made for a film at one frame rate to another; times are shown as frames too. Knows no arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtWidgets import QComboBox, QWidget

from app.editor.session import Session
from app.editor.times_dialog import TimesDialog, choice, question
from app.i18n import tr
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit
from core.timecode import drops_frames, format_ms, format_timecode, nearest_frame, parse_frame_rate

RATES = tuple((name, parse_frame_rate(name)) for name in ("23.976", "24", "25", "29.97", "30", "50", "59.94", "60"))

_USUAL_OLD = Fraction(25)


class RateDialog(TimesDialog):
    """Attributes:
    old: the rate the cues were made for. new: the film's.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Convert frame rate"), parent)
        film = session.bridge.document.frame_rate
        entries = [(tr("{0} frames a second").format(name), rate) for name, rate in RATES]
        self.old, self.new = choice(tr("The cues were made for"), entries), choice(tr("The film has"), entries)
        new = film if film is not None and film in dict(RATES).values() else Fraction(24000, 1001)
        _choose(self.new, new)
        _choose(self.old, _USUAL_OLD if new != _USUAL_OLD else Fraction(24000, 1001))
        for box in (self.old, self.new):
            box.currentIndexChanged.connect(lambda _index: self.refresh())
        self.lay_out(question(self.old), question(self.new))

    def edit(self, document: Document, rows: Sequence[int]) -> Edit | None:
        """The edit that is meant."""
        return edits.convert_frame_rate(document, rows, _rate(self.old), _rate(self.new))

    def shown_ms(self, ms: int, *, after: bool) -> str:
        """The time, and the name of its frame: with “;” where the rate drops names."""
        rate = _rate(self.new if after else self.old)
        return f"{format_ms(ms)} ({format_timecode(nearest_frame(ms, rate), rate, drop=drops_frames(rate))})"


def _choose(box: QComboBox, rate: Fraction) -> None:
    box.setCurrentIndex(next(n for n, (_, one) in enumerate(RATES) if one == rate))


def _rate(box: QComboBox) -> Fraction:
    return RATES[box.currentIndex()][1]
