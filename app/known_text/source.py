"""The text to be timed: a box to paste or type into, a file to open or drop. Knows no engine and no document.

A subtitle's cues stay cues: their text is shown and cannot be changed here, until a person asks for the text alone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from app.background import Background
from app.editor.beside import subtitle_extensions
from app.i18n import tr
from app.theme import Role
from app.theme.fonts import font_for
from app.widgets import Sign, button, column, framed, holding, label, row
from app.wording import cue_count
from core.errors import CuesmithError
from core.given_text import GivenText, pasted, read_text

_TEXTS = ("txt", "docx")


class TextArea(QPlainTextEdit):
    """Plain text; a file dropped on it is named, not pasted.

    Signals:
        fileDropped(Path): of this machine.
    """

    fileDropped = Signal(object)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, and files."""
        return _file_in(source) is not None or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste a text, or say which file it is."""
        path = _file_in(source)
        if path is not None:
            self.fileDropped.emit(path)
        else:
            super().insertFromMimeData(source)


class TextSource(QWidget):
    """Where the text comes from.

    Attributes:
        area: the box.

    Signals:
        changed(): another text.
        languageFound(str): the file says what language it is in.
    """

    changed = Signal()
    languageFound = Signal(str)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        """`folder`: where a file is first looked for."""
        super().__init__(parent)
        self._folder = folder
        self._given: GivenText | None = None
        self._name = ""
        self._background = Background(self)
        self._make_parts()
        self.setLayout(self._laid_out())
        self.area.textChanged.connect(self._typed)
        self.area.fileDropped.connect(self.open)
        self._show_note()

    @property
    def given(self) -> GivenText:
        """The text as it stands."""
        return self._given if self._given is not None else pasted(self.area.toPlainText())

    def show_given(self, given: GivenText, name: str) -> None:
        """Show a text that was read; `name` says where it comes from."""
        self._given, self._name = (given if given.cues else None), name
        self.area.blockSignals(True)
        self.area.setPlainText("\n".join(given.lines))
        self.area.blockSignals(False)
        self.area.setReadOnly(bool(given.cues))
        self._error.hide()
        if given.language:
            self.languageFound.emit(given.language)
        self._show_note(" ".join(notice.said(tr) for notice in given.notices))
        self.changed.emit()

    def open(self, path: Path) -> None:
        """Read a file."""
        self._background.run(lambda: read_text(path), lambda given: self.show_given(given, path.name), self._refuse)

    def set_language(self, code: str) -> None:
        """The text's own letters."""
        self.area.setFont(font_for(code))

    def close_threads(self) -> None:
        """Wait for what is being read."""
        self._background.close()

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _make_parts(self) -> None:
        self.area = TextArea()
        self.area.setProperty("role", "field")
        self.area.setAccessibleName(tr("The text"))
        self.area.setTabChangesFocus(True)
        self.area.setPlaceholderText(
            tr("Paste or type the text here, or drop a file.\n\nEach line becomes a cue; empty lines part stanzas.")
        )
        self.area.verticalScrollBar().setProperty("role", "thin")
        self._open = button(tr("Open a text…"), self._ask, icon="open")
        self._loosen = button(tr("Use only its text"), self._use_text, "link")
        for made in (self._open, self._loosen):
            made.setAutoDefault(False)
        self._note = label("", "secondary", wraps=True)
        self._error_title, self._error_step = label("", "heading", wraps=True), label("", "secondary", wraps=True)

    def _laid_out(self) -> QVBoxLayout:
        kinds = label(tr("TXT, DOCX, SRT, VTT, LRC and other subtitles"), "third", size=Role.SMALL)
        self._error = framed("banner-error")
        words = holding(column(self._error_title, self._error_step, gap=2))
        error = row(holding(column(Sign("error", "error"), None)), words, margins=(12, 8, 12, 8), gap=12)
        error.setStretch(1, 1)
        self._error.setLayout(error)
        self._error.hide()
        below = row(self._note, self._loosen)
        below.setStretch(0, 1)
        made = column(holding(row(self._open, kinds, None)), self._error, self.area, holding(below), gap=8)
        made.setStretch(2, 1)
        return made

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    def _ask(self) -> None:
        known = " ".join(f"*{extension}" for extension in subtitle_extensions())
        texts = " ".join(f"*.{extension}" for extension in _TEXTS)
        filters = (f"{tr('Texts and subtitles')} ({texts} {known})", f"{tr('All files')} (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open a text"), str(self._folder), ";;".join(filters))
        if chosen:
            self.open(Path(chosen))

    def _use_text(self) -> None:
        """The cues of the subtitle are forgotten; its text can be changed."""
        self.show_given(replace(self.given, cues=(), language="", notices=()), "")
        self.area.setFocus()

    def _typed(self) -> None:
        self._error.hide()
        self._show_note()
        self.changed.emit()

    def _refuse(self, error: CuesmithError) -> None:
        self._error_title.setText(error.what_happened(tr))
        self._error_step.setText(error.what_to_do(tr))
        self._error.show()

    def _show_note(self, notices: str = "") -> None:
        """What becomes of the text."""
        cues = self._given.cues if self._given is not None else ()
        self._loosen.setVisible(bool(cues))
        if cues:
            what = tr("{0}: {1}. Text, styles, voices and marks stay; you look at the new times before they are taken.")
            text = what.format(self._name, cue_count(len(cues)))
        else:
            text = tr("Long lines are divided as the style asks.")
            text = f"{self._name}. {text}" if self._name else text
        self._note.setText(f"{text} {notices}".strip())


def _file_in(source: QMimeData) -> Path | None:
    return next((Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()), None)
