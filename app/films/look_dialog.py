"""The style of the picture: font, size, colours, outline, place of cues. Shows on the picture at once.

Changes the document through one edit that grows while the dialog is open: one undo takes it back. Knows no renderer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.check_box import CheckBox
from app.editor.session import Session
from app.i18n import tr
from app.widgets import button, column, framed, holding, label, number_field, row
from core.document.edits import set_field
from core.errors import CuesmithError
from core.subtitles.ass_header import scale
from core.subtitles.look import DEFAULT, Look, look_of

_MERGE = "look"
_SIZES = (20.0, 200.0)
_MOST_OUTLINE = 20.0
_MOST_MARGIN = 500


class LookDialog(QDialog):
    """See above.

    Attributes:
        look: as it is chosen now.
        font_box, size_box, outline, margin, place, colour, outline_colour, bold, italic, box: the fields.
    """

    def __init__(
        self, session: Session, failed: Callable[[CuesmithError], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._failed = session, failed
        document = session.bridge.document
        self._scale = scale(document.header.get("ass", ""))
        chosen = look_of(document.styles)
        self.look = chosen.scaled(1 / self._scale) if chosen is not None else Look()
        self.setWindowTitle(tr("Style of the picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields()
        self._lay_out()
        self._connect()

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _make_fields(self) -> None:
        look = self.look
        self.font_box = QFontComboBox()
        self.font_box.setProperty("role", "field")
        self.font_box.setCurrentFont(QFont(look.font))
        self.size_box = _number(QDoubleSpinBox(), look.size, *_SIZES)
        self.outline = _number(QDoubleSpinBox(), look.outline, 0.0, _MOST_OUTLINE)
        self.margin = number_field(QSpinBox())
        self.margin.setRange(0, _MOST_MARGIN)
        self.margin.setValue(look.margin)
        self.place = _places(look.place)
        self.colour, self.outline_colour = QPushButton(), QPushButton()
        self.bold, self.italic, self.box = CheckBox(tr("Bold")), CheckBox(tr("Italic")), CheckBox(tr("Box behind it"))
        for check, on in ((self.bold, look.bold), (self.italic, look.italic), (self.box, look.box)):
            check.setChecked(on)
        self._show_colours()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        marks = holding(row(self.bold, self.italic, self.box, None))
        for name, field in (
            (tr("Font"), self.font_box), (tr("Size"), self.size_box), (tr("Colour"), self.colour),
            (tr("Outline"), self.outline), (tr("Colour of the outline"), self.outline_colour),
            (tr("Place"), self.place), (tr("Distance from the edge"), self.margin),
        ):  # fmt: skip
            field.setAccessibleName(name)
            form.addRow(label(name, "secondary"), field)
        form.addRow(label(""), marks)
        note = tr("Sizes are lines of a picture of 1080. It goes into ASS, TTML and films, and shows on the picture.")
        body = QWidget()
        body.setLayout(form)
        close = button(tr("Close"), self.accept, "primary")
        close.setDefault(True)
        foot = framed("panel")
        plain = button(tr("As at first"), self._reset)
        plain.setAutoDefault(False)
        foot.setLayout(row(plain, None, close, margins=(24, 12, 16, 12)))
        text = label(note, "secondary", wraps=True)
        whole = column(holding(column(body, text, margins=(24, 16, 24, 16), gap=12)), framed("rule"), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(460, 0)

    def _connect(self) -> None:
        self.font_box.currentFontChanged.connect(lambda font: self._choose(font=_plain_name(font.family())))
        self.size_box.valueChanged.connect(lambda size: self._choose(size=size))
        self.outline.valueChanged.connect(lambda outline: self._choose(outline=outline))
        self.margin.valueChanged.connect(lambda margin: self._choose(margin=margin))
        self.place.currentIndexChanged.connect(lambda _at: self._choose(place=self.place.currentData()))
        self.bold.toggled.connect(lambda on: self._choose(bold=on))
        self.italic.toggled.connect(lambda on: self._choose(italic=on))
        self.box.toggled.connect(lambda on: self._choose(box=on))
        self.colour.clicked.connect(lambda: self._ask("colour", tr("Colour of the letters")))
        self.outline_colour.clicked.connect(lambda: self._ask("outline_colour", tr("Colour of the outline")))

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────

    def _choose(self, **values: object) -> None:
        self.look = replace(self.look, **values)  # type: ignore[arg-type]  # each field's own widget gives its type
        self._show_colours()
        document = self._session.bridge.document
        styles = {**document.styles, DEFAULT: self.look.scaled(self._scale).ass_fields()}
        edit = set_field(document, "styles", styles, label="Style of the picture")
        try:
            self._session.bridge.apply(replace(edit, merge_key=_MERGE) if edit is not None else None)
        except CuesmithError as error:
            self._failed(error)

    def _ask(self, name: str, title: str) -> None:
        chosen = QColorDialog.getColor(QColor(getattr(self.look, name)), self, title)
        if chosen.isValid():
            self._choose(**{name: chosen.name()})

    def _reset(self) -> None:
        plain = Look()
        self.font_box.setCurrentFont(QFont(plain.font))
        for box, value in ((self.size_box, plain.size), (self.outline, plain.outline)):
            box.setValue(value)
        self.margin.setValue(plain.margin)
        self.place.setCurrentIndex(self.place.findData(plain.place))
        for check in (self.bold, self.italic, self.box):
            check.setChecked(False)
        self._choose(font=plain.font, colour=plain.colour, outline_colour=plain.outline_colour)

    def _show_colours(self) -> None:
        for shown, colour in ((self.colour, self.look.colour), (self.outline_colour, self.look.outline_colour)):
            shown.setText(colour)
            ink = "#000000" if QColor(colour).lightness() > 127 else "#ffffff"
            shown.setStyleSheet(f"background: {colour}; color: {ink}; border: 1px solid #808080; padding: 4px;")

    def done(self, result: int) -> None:
        """What was chosen is one step."""
        try:
            self._session.bridge.history.close_step()
        except CuesmithError as error:
            self._failed(error)
        super().done(result)


def _plain_name(family: str) -> str:
    """Without the foundry Qt puts behind families that several have: “Nimbus Sans [urw]”."""
    return re.sub(r" \[[^\[\]]*\]$", "", family)


def _number(made: QDoubleSpinBox, value: float, least: float, most: float) -> QDoubleSpinBox:
    number_field(made)
    made.setDecimals(1)
    made.setRange(least, most)
    made.setValue(value)
    return made


def _places(place: int) -> QComboBox:
    made = QComboBox()
    made.setProperty("role", "field")
    names = {
        2: tr("Bottom, middle"), 1: tr("Bottom, left"), 3: tr("Bottom, right"), 8: tr("Top, middle"),
        7: tr("Top, left"), 9: tr("Top, right"), 5: tr("Middle"), 4: tr("Middle, left"), 6: tr("Middle, right"),
    }  # fmt: skip
    for number, name in names.items():
        made.addItem(name, number)
    made.setCurrentIndex(made.findData(place))
    return made
