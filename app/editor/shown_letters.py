"""Letters no font of this machine has, found by laying them out as the window does. Knows no document.

Qt asks every installed font before it gives up, as the renderer of films does; a letter none has gets glyph 0. Only
letters that were not met before are laid out, and Latin ones never: every system has them.
"""

from __future__ import annotations

import functools
import unicodedata

from PySide6.QtGui import QGuiApplication, QTextLayout

_LATIN_ENDS = "\u024f"
_SHAPELESS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me", "Mc"})
"""White space, controls and joiners; signs that are drawn with the letter they belong to."""


def missing_letters(text: str, _language: str = "") -> str:
    """Letters of `text` that would stand as boxes, in order; "" = all can be shown. In the window's thread."""
    return "".join(sorted(letter for letter in {*text} if letter > _LATIN_ENDS and not _is_shown(letter)))


@functools.lru_cache(maxsize=65_536)
def _is_shown(letter: str) -> bool:
    if unicodedata.category(letter) in _SHAPELESS:
        return True
    layout = QTextLayout(letter, QGuiApplication.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes())
