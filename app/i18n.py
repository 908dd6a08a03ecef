"""`tr`: every visible text goes through it. Knows no texts and no language.

Texts are in English in the code; `pyside6-lupdate` finds them as translations of the context "Cuesmith".
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "Cuesmith"


def tr(text: str, disambiguation: str | None = None, n: int = -1) -> str:
    """`text` in the language of the interface; `n` chooses the plural form of a text with %n."""
    return QCoreApplication.translate(CONTEXT, text, disambiguation, n)
