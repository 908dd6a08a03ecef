"""Netflix's numbers by language: characters a line and characters a second; who sets no italics. Data only.

Lines: the language pages of Netflix's Timed Text Style Guide. Speeds (adult programmes, subtitles): as coded in
Subtitle Edit's NetflixQualityController, so second hand; older guides give 17 for English, which is
superseded. Japanese lines: 13 full-width characters by the public guide (Subtitle Edit codes 23, the SDH rule).
"""

from __future__ import annotations

from typing import NamedTuple

from core.language import NAMES


class Row(NamedTuple):
    """One language. `full_width`: characters are counted as full-width ones, Latin letters as half of one."""

    language: str
    name: str
    line_chars: int
    cps: int
    full_width: bool


_OWN_NUMBERS: dict[str, tuple[int, int, bool]] = {
    "en": (42, 20, False),
    "ar": (42, 20, False),
    "hi": (42, 22, False),
    "zh": (16, 9, True),
    "yue": (16, 9, True),
    "ko": (16, 12, True),
    "ja": (13, 4, True),
    "th": (35, 17, False),
}

_MOST = (42, 17, False)

NO_ITALICS = frozenset(("ar", "hi", "ko", "th", "yue", "zh"))
"""Languages that are never set in italics (general requirements; Hebrew too, which no engine here knows)."""

ROWS: tuple[Row, ...] = tuple(
    Row(language, name, *_OWN_NUMBERS.get(language, _MOST))
    for language, name in sorted(NAMES.items(), key=lambda item: (item[0] != "en", item[1]))
)
"""Every language the program knows, English first, then by name."""
