"""Build cues anew: a style, its limits on sliders, and what would become of the cues while one moves them.

Nothing changes until it is accepted, and then in one step. The work is done off the window's thread.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QSlider, QWidget

from app.background import Background
from app.check_box import CheckBox
from app.editor.export_plan import main_language
from app.editor.session import Session
from app.editor.style_list import fill_styles, style_or
from app.i18n import tr
from app.messages import Messages
from app.rebuild.own_styles import OwnStyleButtons
from app.widgets import button, column, framed, holding, label, row
from app.wording import clock, cue_count
from core.cue import Cue
from core.cues.own_styles import own_styles
from core.cues.rebuild import Rebuilt, rebuild
from core.cues.styles import Style
from core.document.edits import replace_cues
from core.errors import CuesmithError

_REST_MS = 150
_SIZE = QSize(860, 560)
_FORM_PX = 300
_HALF_MS = 500
_CHARS = (8, 80)
_HALVES = (4, 20)
_SHOWN = 60
"""So many changed cues are shown; more than one reads."""


class RebuildDialog(QDialog):
    """See above.

    Attributes:
        style_box, line_chars, duration, only: what is built to.
        own: keeps what the sliders say as an own style, or removes one.
        result_now: what would become of the cues; None while it is being worked out.
    """

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages, self._failed = session, messages, messages.error
        self._background = Background(self)
        self._number = 0
        self._chosen = session.style
        self.result_now: Rebuilt | None = None
        self._before = session.bridge.document.cues
        self.setWindowTitle(tr("Build cues anew"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._make_fields()
        self._lay_out()
        self._connect()
        self._take_style()
        for problem in own_styles().problems:
            messages.error(problem)

    @property
    def style_now(self) -> Style:
        """The chosen style with the limits on the sliders."""
        chosen = self._chosen
        moved = self.duration.value() != chosen.max_duration_ms // _HALF_MS
        longest_ms = self.duration.value() * _HALF_MS if moved else chosen.max_duration_ms
        return replace(chosen, max_line_chars=self.line_chars.value(), max_duration_ms=longest_ms)

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _make_fields(self) -> None:
        self.style_box = QComboBox()
        self.style_box.setProperty("role", "field")
        self.style_box.setAccessibleName(tr("Style"))
        fill_styles(self.style_box, self._session.style.id)
        self.style_box.setCurrentIndex(max(0, self.style_box.currentIndex()))
        self.line_chars = _slider(tr("Characters a line"))
        self.duration = _slider(tr("Longest cue, in half seconds"))
        self.own = OwnStyleButtons(self._session, self._messages, self.style_box, lambda: self.style_now, self)
        self._chars_text, self._duration_text = label("", "secondary"), label("", "secondary")
        self.only = CheckBox(tr("Only cues with findings"))
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setProperty("role", "field")
        self.preview.setAccessibleName(tr("Cues that would change"))
        self._summary = label("", "secondary", wraps=True)
        self.build = button(tr("Build"), self.accept, "primary")
        self.build.setDefault(True)

    def _lay_out(self) -> None:
        form = column(
            label(tr("Style"), "secondary"), holding(_filling(self.style_box, self.own.remove)), 8,
            holding(_named(tr("Characters a line"), self._chars_text)), self.line_chars, 8,
            holding(_named(tr("Longest cue"), self._duration_text)), self.duration, 8,
            holding(row(self.own.save, None)), 8,
            self.only, label(tr("Locked cues stay as they are."), "secondary", wraps=True), None,
        )  # fmt: skip
        left = holding(form)
        left.setFixedWidth(_FORM_PX)
        right = column(label(tr("Cues that would change"), "heading"), self.preview)
        body = row(left, holding(right), margins=(24, 16, 24, 16), gap=24)
        body.setStretch(1, 1)
        foot = framed("panel")
        cancel = button(tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        feet = row(self._summary, cancel, self.build, margins=(24, 12, 16, 12))
        feet.setStretch(0, 1)
        foot.setLayout(feet)
        whole = column(holding(body), framed("rule"), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(_SIZE)

    def _connect(self) -> None:
        self.style_box.currentIndexChanged.connect(lambda _at: self._take_style())
        self.own.chosen.connect(self._take_style)
        self.line_chars.valueChanged.connect(self._wait)
        self.duration.valueChanged.connect(self._wait)
        self.only.toggled.connect(self._wait)
        self._rest.timeout.connect(self._work)

    # ── working it out ───────────────────────────────────────────────────────────────────────────

    def _take_style(self) -> None:
        """The sliders stand where the style has its limits."""
        self._chosen = style_or(str(self.style_box.currentData()), self._session.style)
        _set(self.line_chars, self._chosen.max_line_chars, *_CHARS)
        _set(self.duration, self._chosen.max_duration_ms // _HALF_MS, *_HALVES)
        self._wait()

    def _wait(self, _of: object = None) -> None:
        self._chars_text.setText(str(self.line_chars.value()))
        self._duration_text.setText(tr("{0} s").format(f"{self.style_now.max_duration_ms / 1000:g}"))
        self.build.setEnabled(False)
        self.result_now = None
        self._rest.start()

    def _work(self) -> None:
        self._number += 1
        number, style, only, cues = self._number, self.style_now, self.only.isChecked(), self._before
        document = self._session.bridge.document
        language, rate = main_language(document), document.frame_rate
        self._background.run(
            lambda: rebuild(cues, style, language=language, frame_rate=rate, only_findings=only),
            lambda found: self._show(found) if number == self._number else None,
            self._failed,
        )

    def _show(self, found: Rebuilt) -> None:
        self.result_now = found
        changed = found.changed(self._before)
        self.preview.setPlainText("\n\n".join(map(_shown, changed[:_SHOWN])))
        text = tr("{0} become {1}; findings: {2} before, {3} after.")
        before, after = cue_count(len(self._before)), cue_count(len(found.cues))
        self._summary.setText(text.format(before, after, found.findings_before, found.findings_after))
        self.build.setText(tr("Build {0}").format(cue_count(len(changed))))
        self.build.setEnabled(bool(changed))

    # ── taking it ────────────────────────────────────────────────────────────────────────────────

    def accept(self) -> None:
        """Take what is shown, in one step; not where somebody changed the cues meanwhile."""
        bridge, found = self._session.bridge, self.result_now
        if found is not None and bridge.document.cues == self._before:
            try:
                bridge.apply(replace_cues(bridge.document, found.cues))
            except CuesmithError as error:
                self._failed(error)
                return
            self._session.set_style(self._chosen)
        super().accept()

    def done(self, result: int) -> None:
        """Leave no work behind."""
        self._rest.stop()
        self._background.close()
        super().done(result)


def _slider(name: str) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setAccessibleName(name)
    made.setProperty("role", "thin")
    return made


def _set(slider: QSlider, value: int, least: int, most: int) -> None:
    """Stand at `value`; the range grows where a style goes beyond it."""
    slider.setRange(min(least, value), max(most, value))
    slider.setValue(value)


def _filling(wide: QWidget, beside: QWidget) -> QHBoxLayout:
    made = row(wide, beside)
    made.setStretch(0, 1)
    return made


def _named(name: str, value: QWidget) -> QHBoxLayout:
    return row(label(name, "secondary"), None, value)


def _shown(cue: Cue) -> str:
    return f"{clock(cue.start_ms)}\n{cue.text}"
