"""`tr`: every visible text goes through it. Knows no texts and no language.

Texts are in English in the code; `pyside6-lupdate` finds them as translations of the context "Cuesmith".
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.paths import resource

CONTEXT = "Cuesmith"


def tr(text: str, disambiguation: str | None = None, n: int = -1) -> str:
    """`text` in the language of the interface; `n` chooses the plural form of a text with %n."""
    return QCoreApplication.translate(CONTEXT, text, disambiguation, n)


def speak(language: str) -> bool:
    """Load the interface's texts in `language` (a code, "" = the system's); False where there are none: English stays.

    Qt's own texts (buttons of dialogs) come along where Qt brings them.
    """
    application = QCoreApplication.instance()
    locale = QLocale(language) if language else QLocale.system()
    ours = QTranslator(application)
    if application is None or not ours.load(locale, "cuesmith", "_", str(resource("translations"))):
        return False
    application.installTranslator(ours)
    of_qt = QTranslator(application)
    if of_qt.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(of_qt)
    return True
