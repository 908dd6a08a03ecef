"""The export dialog: several formats at once, what each loses, under names that never hide a file.

Knows no format and no rule of names: `export_plan` says what is written, and writes it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QLineEdit, QWidget

from app.background import Background
from app.editor import export_memory
from app.editor import export_plan as plan
from app.editor.export_details import LossCard, Preview
from app.editor.export_formats import FormatList
from app.editor.export_memory import LastChoice
from app.editor.export_names import NameNotes
from app.editor.export_rules import BrokenRules
from app.editor.export_text import TextChoices, field_name
from app.editor.export_words import done_title, files_title
from app.editor.session import Session
from app.films.choices import FilmChoices
from app.films.order import orders
from app.i18n import tr
from app.messages import Message, Offer
from app.remembered import Remembered
from app.widgets import Sign, button, column, framed, holding, label, repolish, row
from core.errors import CuesmithError, OutputExists
from core.subtitles import registry


class ExportDialog(QDialog):
    """Signals:
    exported(Message): everything was written; say so without stopping anybody.
    filmsWanted(object): these films shall be made, a tuple of `FilmOrder`.
    """

    exported = Signal(object)
    filmsWanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None, *, source: Path | None = None) -> None:
        """`source`: the subtitle file the document came from."""
        super().__init__(parent)
        self._session = session
        info = session.info
        self._material = plan.material_of(session.bridge.document, info.path if info is not None else "", source)
        self._background = Background(self)
        self._remembered = Remembered()
        self._replaced: frozenset[str] = frozenset()
        self._folder = self._material.folder
        self._looked = ""
        self._done: tuple[plan.PlannedFile, ...] = ()
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._make_parts()
        self._lay_out()
        self._recall()
        self._connect()
        self.formats.look_at((self.formats.chosen or ("srt",))[0])
        self._refresh()

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _make_parts(self) -> None:
        self.films = FilmChoices(self._session.info)
        self.formats = FormatList(plan.formats(), self._lost_count, self.films)
        self.name = QLineEdit(self._material.name)
        self.name.setProperty("role", "field")
        self.name.setAccessibleName(tr("Name of the files"))
        self._extensions = label("", "third")
        self._notes = NameNotes()
        self._text = TextChoices()
        self.encoding, self.newline = self._text.encoding, self._text.newline
        self._broken = BrokenRules(self._session)
        self._loss_card, self._preview = LossCard(), Preview()
        self._banner_text, self._banner_title = label("", "secondary", wraps=True), label("", "heading", wraps=True)
        self._summary = label("", "secondary")
        self._export = button(files_title(1), self.export, "primary", icon="export")
        self._export.setDefault(True)

    def _lay_out(self) -> None:
        self._body = holding(row(self.formats, self._make_right(), gap=0))
        foot = framed("panel")
        cancel = button(tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        foot.setLayout(row(self._summary, None, cancel, self._export, margins=(24, 12, 16, 12)))
        whole = column(self._make_banner(), self._body, framed("rule"), foot, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(1060, 720)
        self.setMinimumSize(QSize(820, 560))

    def _make_right(self) -> QWidget:
        folder = button(tr("Folder…"), self._ask_folder)
        folder.setAutoDefault(False)
        name = row(field_name(tr("Name")), self.name, self._extensions, folder)
        name.setStretch(1, 1)
        right = column(
            holding(name), self._notes, self._text, self._loss_card, self._broken, self._preview,
            margins=(24, 16, 24, 16), gap=12,
        )  # fmt: skip
        right.setStretch(5, 1)
        return holding(right)

    def _make_banner(self) -> QFrame:
        self._banner = framed("banner-error")
        words = column(self._banner_title, self._banner_text, gap=2)
        self._banner.setLayout(row(Sign("error", "error"), holding(words), margins=(16, 8, 16, 8), gap=12))
        self._banner.hide()
        return self._banner

    def _connect(self) -> None:
        self.formats.changed.connect(self._refresh)
        self.films.changed.connect(self._refresh)
        self.formats.looked.connect(self._look_at_format)
        self.name.textChanged.connect(self._rename)
        self._notes.replaceWanted.connect(self._set_replaced)
        self._broken.shown.connect(self.reject)
        self._loss_card.wordsToggled.connect(lambda on: self.formats.set_chosen(plan.WORDS_FORMAT, on))

    # ── what is chosen ───────────────────────────────────────────────────────────────────────────

    @property
    def choice(self) -> plan.Choice:
        """As it stands."""
        left = tuple(one for one in self.formats.chosen if one not in {file.format_id for file in self._done})
        return plan.Choice(left, self.name.text(), self._folder, *self._text.chosen, self._replaced)

    def set_folder(self, folder: Path) -> None:
        """Write into this folder."""
        self._folder, self._replaced = folder, frozenset()
        self._refresh()

    def _rename(self) -> None:
        self._replaced = frozenset()
        self._refresh()

    def _set_replaced(self, name: str, replaced: bool) -> None:
        self._replaced = self._replaced | {name} if replaced else self._replaced - {name}
        self._refresh()

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the files"), str(self._folder))
        if chosen:
            self.set_folder(Path(chosen))

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def _look_at_format(self, format_id: str) -> None:
        self._looked = format_id
        self._refresh()

    def _refresh(self) -> None:
        choice = self.choice
        wrong = plan.wrong_name(choice.name)
        files = () if wrong else plan.plan(choice)
        if bool(self.name.property("wrong")) != wrong:
            self.name.setProperty("wrong", wrong)
            repolish(self.name)
        extensions = dict.fromkeys(registry.by_id(one).extensions[0] for one in choice.formats)
        self._extensions.setText(" ".join(extensions))
        self._notes.show_notes(files, wrong_name=wrong)
        count = len(choice.formats) + len(self.films.chosen)
        self._export.setText(files_title(count))
        self._export.setAccessibleName(self._export.text())
        self._export.setEnabled(bool(count) and not wrong)
        self._export.setToolTip("" if count and not wrong else self._why_not(wrong))
        self._summary.setText(self._where(count))
        self._summary.setToolTip(str(self._folder))
        self._show_looked(files)

    def _show_looked(self, files: tuple[plan.PlannedFile, ...]) -> None:
        if not self._looked:
            return
        saves_words = plan.WORDS_FORMAT in self.formats.chosen
        target = registry.by_id(self._looked)
        losses = plan.losses_of(self._material, self._looked)
        self._loss_card.show_losses(target, losses, saves_words=saves_words)
        planned = next((file.path.name for file in files if file.format_id == self._looked), "")
        self._preview.show_lines(planned or target.name, plan.preview(self._material, self._looked))

    def _lost_count(self, format_id: str) -> int:
        return len(plan.lost_features(self._material, format_id))

    def _where(self, count: int) -> str:
        if not count:
            return tr("No format is chosen.")
        files = tr("1 file") if count == 1 else tr("{0} files").format(count)
        beside = self._material.beside_film and self._folder == self._material.folder
        place = tr("next to the film") if beside else tr("in “\u2068{0}\u2069”").format(self._folder)
        return f"{files}, {place}"

    def _why_not(self, wrong: bool) -> str:
        return tr("The name cannot be used for a file.") if wrong else tr("Choose a format.")

    # ── writing ──────────────────────────────────────────────────────────────────────────────────

    def export(self) -> None:
        """Write the files, off the window's thread."""
        choice = self.choice
        if plan.wrong_name(choice.name):
            return
        files = plan.plan(choice)
        if not files:
            self._make_films()
            return
        self._banner.hide()
        self._body.setEnabled(False)
        self._export.setEnabled(False)
        self._export.setText(tr("Exporting…"))
        self._background.run(lambda: plan.export(self._material, choice, files), self._ended, self._broke)

    def _ended(self, result: plan.Exported) -> None:
        self._body.setEnabled(True)
        self._done += result.written
        if result.error is not None:
            self._show_error(result.error)
            return
        self._keep()
        self.exported.emit(_message(result, self._done))
        self._make_films()

    def _make_films(self) -> None:
        """Ask for the films, which are made while one goes on working."""
        info = self._session.info
        if self.films.chosen and info is not None:
            subtitles = plan.with_header(self._material, "ass")
            self.filmsWanted.emit(orders(self.films.chosen, info, subtitles, self._folder, self.name.text()))
        self.accept()

    def _broke(self, error: CuesmithError) -> None:
        self._body.setEnabled(True)
        self._show_error(error)

    def _show_error(self, error: CuesmithError) -> None:
        """What stopped, what is safe, what to do; the rest can be tried again."""
        self._banner_title.setText(error.what_happened(tr))
        step = error.what_to_do(tr)
        if isinstance(error, OutputExists):
            step = tr("The name below was changed to a free one. Export again.")
        there = (
            tr("Written already: {0}.").format(", ".join(file.path.name for file in self._done)) if self._done else ""
        )
        self._banner_text.setText(" ".join(part for part in (there, step) if part))
        self._banner.show()
        self._refresh()

    def done(self, result: int) -> None:
        """Close, once what is being written is whole."""
        self._background.close()
        super().done(result)

    # ── what was chosen last ─────────────────────────────────────────────────────────────────────

    def _keep(self) -> None:
        export_memory.keep(self._remembered, LastChoice(self.formats.chosen, *self._text.chosen))

    def _recall(self) -> None:
        last = export_memory.recalled(self._remembered)
        self.formats.choose(last.formats)
        self._text.choose(last.encoding, last.newline)


def _message(result: plan.Exported, written: tuple[plan.PlannedFile, ...]) -> Message:
    folder = written[0].path.parent
    show = Offer(tr("Show folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
    said = " ".join(notice.said(tr) for notice in result.notices)
    kind = "warning" if result.notices else "info"
    return Message("export.done", done_title(written), said, (show,), kind=kind)
