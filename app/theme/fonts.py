"""Fonts by their role and by language. Knows no colours and no widget.

Sizes are relative to the system's body size and never below 8 pt. Text names its font by language, because the
fallback draws Chinese with Japanese shapes.
"""

from __future__ import annotations

import enum
import functools

from PySide6.QtGui import QFont, QFontDatabase

from core.fonts import families_of, usual_language

LEAST_PT = 8.0

_DICTATION_PT = 18.0


class Role(enum.StrEnum):
    """What a text is; the type scale of the interface."""

    LANE_LABEL = "lane label"
    SMALL = "small"
    BODY = "body"
    MEDIUM = "medium"
    HEADING = "heading"
    CUE = "cue"
    DICTATION = "dictation"


_STEPS_PT = {
    Role.LANE_LABEL: -1.5,
    Role.SMALL: -1.0,
    Role.BODY: 0.0,
    Role.MEDIUM: 0.0,
    Role.HEADING: 1.5,
    Role.CUE: 4.0,
}

_WEIGHTS = {Role.MEDIUM: QFont.Weight.Medium, Role.HEADING: QFont.Weight.DemiBold}


def families_for(language: str, text: str = "") -> tuple[str, ...]:
    """Installed families for a language code or tag ("zh", "zh-Hant"), best first; () where the system font will do.

    Args:
        text: where the language is not known (""), its letters tell.
    """
    wanted = families_of(language or usual_language(text))
    return tuple(family for family in wanted if _is_installed(family))


def font(role: Role = Role.BODY, *, size_pt: float | None = None) -> QFont:
    """The system's font in a role; `size_pt` replaces the role's size (settings for cue text and dictation)."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    body_pt = made.pointSizeF() if made.pointSizeF() > 0 else 10.0
    role_pt = _DICTATION_PT if role is Role.DICTATION else body_pt + _STEPS_PT[role]
    made.setPointSizeF(max(LEAST_PT, role_pt if size_pt is None else size_pt))
    made.setWeight(_WEIGHTS.get(role, QFont.Weight.Normal))
    return made


def font_for(language: str, role: Role = Role.BODY, *, size_pt: float | None = None, text: str = "") -> QFont:
    """The font in a role with the language's own families in front of the system's; `text`: as of `families_for`."""
    made = font(role, size_pt=size_pt)
    families = families_for(language, text)
    if families:
        made.setFamilies([*families, *made.families()])
    return made


def tabular(source: QFont) -> QFont:
    """The same font with figures of one width, for timecodes and counts."""
    made = QFont(source)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@functools.cache
def _is_installed(family: str) -> bool:
    return bool(QFontDatabase.hasFamily(family))
