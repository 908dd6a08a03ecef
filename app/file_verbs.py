"""What a person does with files and jobs: open, recognise, save, export, quit. Opens the system's dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.editor.beside import is_subtitles, subtitle_extensions
from app.editor.keeping import Keeping
from app.editor.opening import Opening
from app.editor.session import Session
from app.i18n import tr
from app.jobs.jobs import Jobs
from app.jobs.start_panel import StartPanel
from core import paths
from core.document.project import SUFFIX
from core.files import make_folder
from core.media.containers import EXTENSIONS

_PROJECT = SUFFIX.lstrip(".")
SAMPLE = ("sample", "last_boat.mp4")


class FileVerbs:
    """Open, recognise, save, export, quit.

    Attributes:
        export_dialog, models_dialog: make and show a dialog; set by the window.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        opening: Opening,
        jobs: Jobs,
        start: StartPanel,
        keeping: Keeping,
    ) -> None:
        self._window, self._session, self._keeping = window, session, keeping
        self._opening, self._jobs, self._start = opening, jobs, start
        self.export_dialog: Callable[[], object] = lambda: None
        self.models_dialog: Callable[[], object] = lambda: None

    def open(self) -> None:
        """Ask for a file and open it."""
        subtitles = tuple(extension.lstrip(".") for extension in subtitle_extensions())
        filters = (
            _filter(tr("Films, recordings, subtitles and projects"), (*EXTENSIONS, *subtitles, _PROJECT)),
            _filter(tr("Projects"), (_PROJECT,)),
            _filter(tr("Films and recordings"), EXTENSIONS),
            _filter(tr("Subtitles"), subtitles),
            _filter(tr("All files"), ()),
        )
        chosen = self._ask(tr("Open"), filters)
        if chosen is not None:
            self._opening.open(chosen)

    def open_subtitles(self) -> None:
        """Ask for subtitles of the film that is open."""
        subtitles = tuple(extension.lstrip(".") for extension in subtitle_extensions())
        chosen = self._ask(tr("Open subtitles"), (_filter(tr("Subtitles"), subtitles), _filter(tr("All files"), ())))
        if chosen is not None:
            self._opening.add_subtitles(chosen)

    def take(self, files: Sequence[Path]) -> None:
        """Open what was dropped on the window; subtitles on an open film belong to it."""
        films = [file for file in files if not is_subtitles(file)]
        if films:
            self._opening.open(films[0])
        elif files:
            self._opening.add_subtitles(files[0])

    def open_sample(self) -> None:
        """Open the film the program carries."""
        self._opening.open(paths.resource(*SAMPLE))

    def recognise(self) -> None:
        """Ask what is needed for a run."""
        if self._opening.work is not None and self._jobs.running is None:
            self._start.ask(self._opening.work)

    def models(self) -> None:
        """Which models there are, and what can be got."""
        self.models_dialog()

    def stop(self) -> None:
        """Stop the job; what came is kept."""
        self._jobs.stop()

    def go_on(self) -> None:
        """Do the rest of the job that stopped."""
        self._jobs.go_on()

    def save(self) -> None:
        """Give the work a name where it has none."""
        if not self._keeping.save():
            self.save_as()

    def save_as(self) -> None:
        """Ask for a name and go on under it."""
        if self._opening.work is None:
            return
        proposed = self._keeping.proposed()
        dialog = QFileDialog(self._window, tr("Save as"), str(proposed.parent), _filter(tr("Projects"), (_PROJECT,)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_PROJECT)  # the dialog then asks about the file that has the whole name
        dialog.selectFile(proposed.name)
        if dialog.exec() and dialog.selectedFiles():
            self._keeping.save_as(Path(dialog.selectedFiles()[0]))
        dialog.deleteLater()

    def export(self) -> None:
        """Ask how to write subtitle files."""
        self.export_dialog()

    def quit(self) -> None:
        """Close the window; everything is on disk."""
        self._window.close()

    def open_logs(self) -> None:
        """Show the folder of logs."""
        folder = paths.log_dir()
        make_folder(folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _ask(self, title: str, filters: Sequence[str]) -> Path | None:
        info = self._session.info
        folder = str(Path(info.path).parent) if info is not None else str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, folder, ";;".join(filters))
        return Path(chosen) if chosen else None


def _filter(name: str, extensions: Sequence[str]) -> str:
    patterns = " ".join(f"*.{extension}" for extension in dict.fromkeys(extensions)) if extensions else "*"
    return f"{name} ({patterns})"
