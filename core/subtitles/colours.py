"""Names of colours in subtitle files and their #rrggbb. Knows no format."""

from __future__ import annotations

import re

NAMED: dict[str, str] = {
    "white": "#ffffff", "lime": "#00ff00", "cyan": "#00ffff", "red": "#ff0000", "yellow": "#ffff00",
    "magenta": "#ff00ff", "blue": "#0000ff", "black": "#000000", "green": "#008000", "gray": "#808080",
    "grey": "#808080", "silver": "#c0c0c0", "maroon": "#800000", "olive": "#808000", "navy": "#000080",
    "purple": "#800080", "teal": "#008080", "aqua": "#00ffff", "fuchsia": "#ff00ff", "orange": "#ffa500",
}  # fmt: skip
"""The CSS names that subtitle files use."""

WEBVTT_CLASSES: tuple[str, ...] = ("white", "lime", "cyan", "red", "yellow", "magenta", "blue", "black")
"""Classes every WebVTT player colours without a style sheet (WebVTT §5, "Default text colors")."""

_HEX = re.compile(r"#?([0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?")
_SHORT_HEX = re.compile(r"#([0-9a-fA-F]{3})")
MARK = re.compile(r"c:#[0-9a-f]{6}")
"""A colour among `Word.marks`."""


def colour_mark(value: str) -> str | None:
    """ "c:#rrggbb" for a colour as files write it (name, #rgb, #rrggbb, rrggbb), or None."""
    value = value.strip().lower()
    if value in NAMED:
        return "c:" + NAMED[value]
    if match := _HEX.fullmatch(value):
        return "c:#" + match[1]
    if match := _SHORT_HEX.fullmatch(value):
        return "c:#" + "".join(digit * 2 for digit in match[1])
    return None
