"""The line above the text and the one below it: number, times, length, speed; hints. Knows no document.

Beside the text box, which fills them; the two time fields are the box's to listen to.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.editor.cue_model import DRAFT
from app.editor.cue_numbers import seconds_text, speed_of
from app.editor.speed_bar import SpeedBar
from app.editor.time_field import TimeField
from app.i18n import tr
from app.theme import Role, font, tabular
from app.widgets import Sign, label, repolish, row
from core.cue import Cue
from core.cues.styles import Style
from core.language import name_of

_CHIP_PX = 20
_WHOLE_FROM_PX, _CHIPS_FROM_PX, _LEAST_PX = 540, 430, 340


class TextHead(QWidget):
    """What is said about the current cue.

    Attributes:
        start, end: the fields of its times.
    """

    def __init__(self) -> None:
        super().__init__()
        self.start, self.end = TimeField(tr("Start of the cue")), TimeField(tr("End of the cue"))
        self.number = label("", size=Role.MEDIUM)
        self.length = label("", "third")
        self.length.setFont(tabular(font(Role.BODY)))
        self.language, self.draft = _chip(), _chip()
        self.draft.setText(tr("Rough draft"))
        self._speed = SpeedBar()
        times = (self.start, label("–", "third"), self.end, self.length)
        self._says_language = self._says_draft = False
        self.setMinimumWidth(_LEAST_PX)  # not what the layout asks for: what does not fit is hidden
        self.setLayout(row(self.number, *times, self.language, self.draft, None, self._speed))

    def show_cue(self, cue: Cue | None, at: int | None, selected: int, style: Style) -> None:
        """Another cue, or it is another now; `at` is its row, `selected` how many are selected."""
        self.number.setText(_number(at, selected))
        self.start.show_ms(cue.start_ms if cue is not None else None)
        self.end.show_ms(cue.end_ms if cue is not None else None)
        self.length.setText(tr("{0} s").format(seconds_text(cue.duration_ms, 3)) if cue is not None else "")
        self._speed.show_speed(speed_of(cue, style) if cue is not None else None)
        foreign = cue is not None and bool(cue.language) and cue.language not in style.languages
        self.language.setText(name_of(cue.language) if cue is not None else "")
        self._says_language, self._says_draft = foreign, cue is not None and cue.mark == DRAFT
        self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, what can be read elsewhere goes first."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width_px: int) -> None:
        whole = width_px >= _WHOLE_FROM_PX + (90 if self._says_language and self._says_draft else 0)
        self.length.setVisible(whole)
        self._speed.set_short(not whole)
        self.language.setVisible(self._says_language and width_px >= _CHIPS_FROM_PX)
        self.draft.setVisible(self._says_draft and width_px >= _CHIPS_FROM_PX)


class HintLine(QWidget):
    """One sentence with a sign. Keeps its room when there is nothing to say: the text must not move from cue to cue."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign("info", "text2", 14)
        self._words = label("", "secondary", size=Role.SMALL)
        self.setLayout(row(self._sign, self._words, None, gap=6))
        keeps = self.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keeps)

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def say(self, text: str, icon: str, *, wrong: bool = False) -> None:
        """Say something; `wrong`: in the colour of errors. "" = nothing."""
        self._words.setText(text)
        role = "error" if wrong else "secondary"
        if self._words.property("role") != role:
            self._words.setProperty("role", role)
            repolish(self._words)
        self._sign.show_icon(icon, "error" if wrong else "text2")
        self.setVisible(bool(text))


def _number(at: int | None, selected: int) -> str:
    if at is None:
        return tr("No cue")
    return tr("Cue {0}, {1} selected").format(at + 1, selected) if selected > 1 else tr("Cue {0}").format(at + 1)


def _chip() -> QLabel:
    made = label("", "count", size=Role.SMALL)
    made.setFixedHeight(_CHIP_PX)
    return made
