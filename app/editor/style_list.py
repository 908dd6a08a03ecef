"""The delivery styles in a list to choose from, a person's own ones last. Knows no pane and no dialog."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from core.cues.own_styles import every_style
from core.cues.styles import Style


def fill_styles(box: QComboBox, style_id: str) -> None:
    """List every style there is now and stand at `style_id`, without a signal; at none where there is no such style."""
    with QSignalBlocker(box):
        box.clear()
        for style in every_style():
            box.addItem(style.name, style.id)
        box.setCurrentIndex(box.findData(style_id))


def style_or(style_id: str, otherwise: Style) -> Style:
    """The style of this id; `otherwise` where there is none any more."""
    return next((style for style in every_style() if style.id == style_id), otherwise)
