"""How the program looks: colour tokens, palette, style sheet, fonts and icons. Knows no window and no document.

`Theme` follows the system or a choice and tells widgets by `changed`; everything else here is a function of `Tokens`.
A colour is written nowhere but in `tokens.py`.
"""

from app.theme.fonts import Role, font, font_for, tabular
from app.theme.icons import icon, icon_names, pixmap
from app.theme.scheme import Choice, Theme, current, motion_ms
from app.theme.tokens import DARK, LIGHT, Tokens, contrast, mixed

__all__ = [
    "Choice",
    "DARK",
    "LIGHT",
    "Role",
    "Theme",
    "Tokens",
    "contrast",
    "current",
    "font",
    "font_for",
    "icon",
    "icon_names",
    "mixed",
    "motion_ms",
    "pixmap",
    "tabular",
]
