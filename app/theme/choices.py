"""The part of the style sheet that needs drawings: check boxes, radios, lists to choose from, sliders. Knows no widget.

A widget asks for its look by `setProperty("role", …)`: QCheckBox and QRadioButton "choice" (16 in a 24 target),
QComboBox and QAbstractSpinBox "field", QSlider "thin".
"""

from __future__ import annotations

from string import Template

from app.theme.icon_files import icon_file
from app.theme.palette import DISABLED_SHARE
from app.theme.tokens import Tokens, mixed

_SHEET = """
QCheckBox[role="choice"], QRadioButton[role="choice"] { color: $text; spacing: 8px; min-height: 24px; }
QCheckBox[role="choice"]::indicator, QRadioButton[role="choice"]::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; background: $field;
}
QCheckBox[role="choice"]::indicator { border-radius: 3px; }
QRadioButton[role="choice"]::indicator { border-radius: 8px; }
QCheckBox[role="choice"]::indicator:hover, QRadioButton[role="choice"]::indicator:hover { background: $hover; }
QCheckBox[role="choice"]::indicator:checked {
    background: $accentfill; border-color: $accentfill; image: url("$check");
}
QRadioButton[role="choice"]::indicator:checked { width: 6px; height: 6px; border: 5px solid $accentfill;
    background: $onaccent; }
QCheckBox[role="choice"]:focus, QRadioButton[role="choice"]:focus { outline: 2px solid $accent; border-radius: 4px; }
QCheckBox[role="choice"]:disabled, QRadioButton[role="choice"]:disabled { color: $text_off; }
QComboBox[role="field"]::drop-down { border: none; width: 24px; }
QComboBox[role="field"]::down-arrow { image: url("$chevron"); width: 14px; height: 14px; }
QComboBox[role="field"] QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $edge; selection-background-color: $selbg;
    selection-color: $text; outline: none;
}
QAbstractSpinBox[role="field"]::up-button, QAbstractSpinBox[role="field"]::down-button {
    border: none; background: transparent; width: 18px;
}
QAbstractSpinBox[role="field"]::up-arrow { image: url("$chevron_up"); width: 10px; height: 10px; }
QAbstractSpinBox[role="field"]::down-arrow { image: url("$chevron"); width: 10px; height: 10px; }
QSlider[role="thin"]::groove:horizontal { height: 4px; border-radius: 2px; background: $hover; }
QSlider[role="thin"]::sub-page:horizontal { height: 4px; border-radius: 2px; background: $text2; }
QSlider[role="thin"]::handle:horizontal {
    width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; background: $text2;
}
QSlider[role="thin"]::handle:horizontal:hover, QSlider[role="thin"]::handle:horizontal:focus { background: $accent; }
"""


def choices_sheet(tokens: Tokens) -> str:
    """This part of the style sheet in these colours."""
    named = {name: tokens.colour(name) for name in tokens.__dataclass_fields__}
    return Template(_SHEET).substitute(
        named,
        text_off=mixed(tokens.text, tokens.panel, DISABLED_SHARE),
        check=icon_file("check", tokens.onaccent),
        chevron=icon_file("chevron-down", tokens.text2),
        chevron_up=icon_file("chevron-up", tokens.text2),
    )
