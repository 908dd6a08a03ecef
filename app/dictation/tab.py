"""Puts dictation into the program: its tab, what it saves, and its words on the timeline. Made by the composition root.

Nothing of it is made, and no microphone opened, before the tab is first looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.background import Background
from app.editor.opening import Opening
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.messages import Message, Messages
from core.errors import CuesmithError
from core.files import write_atomically
from core.media.identity import media_id
from core.settings import Settings

if TYPE_CHECKING:  # NumPy and the rest come with the first look at the tab, not with the window
    from app.dictation.dictation import Dictation
    from core.document.document import MediaRef

SAVED = "dictation.saved"


class DictationTab(QObject):
    """See above.

    Attributes:
        dictation: None before the tab was first looked at. page: its widget, likewise.
    """

    def __init__(
        self,
        engines: EngineBridge,
        opening: Opening,
        messages: Messages,
        background: Background,
        settings: Callable[[], Settings],
        keep: Callable[[Settings], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._engines, self._opening, self._messages = engines, opening, messages
        self._background, self._settings, self._keep, self._window = background, settings, keep, window
        self.dictation: Dictation | None = None
        self.page: QWidget | None = None

    def make(self) -> QWidget:
        """The page; the dictation begins to be with it."""
        from app.dictation.dictation import Dictation
        from app.dictation.page import DictationPage, Parts

        self.dictation = Dictation(self._engines, self._opening.works, self._settings(), self)
        parts = Parts(
            self.dictation, self._settings, self._keep, self._messages, self._background, self.open_work, self.ask_save
        )
        page = DictationPage(parts)
        page.smallChanged.connect(self._small_changed)
        self.page = page
        return page

    def close(self) -> None:
        """End the recording; what was said is kept."""
        from app.dictation.page import DictationPage

        if self.dictation is not None:
            self.dictation.close()
        if isinstance(self.page, DictationPage) and self.page.small is not None:
            self.page.small.hide()
            self.page.small.deleteLater()

    def open_work(self) -> None:
        """Show what was dictated in the editor: passages become cues, the recording the film."""
        dictation = self.dictation
        if dictation is None or dictation.work is None:
            return
        work = dictation.work
        self._background.run(
            lambda: _media(work.history.document.media, dictation.elapsed_ms),
            lambda media: self._open(dictation, media),
            self._messages.error,
        )

    def ask_save(self) -> None:
        """Ask for a name and write the text, or subtitles, by its ending."""
        dialog = QFileDialog(self._window, tr("Save the dictation"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("Text (*.txt)"), tr("SubRip subtitles (*.srt)"), tr("WebVTT subtitles (*.vtt)")])
        dialog.selectFile(self.dictation.file.stem if self.dictation and self.dictation.file else tr("Dictation"))
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write what is firm; the ending says in which form."""
        if self.dictation is None:
            return
        document = self.dictation.bridge.document
        try:
            if path.suffix.lower() == ".txt":
                text = "\n".join(cue.text for cue in document.cues) + "\n"
                write_atomically(path, text.encode(), overwrite=True)
            else:
                self._write_subtitles(path)
        except CuesmithError as error:
            self._messages.error(error)
            return
        self._messages.tell(Message(SAVED, tr("Saved as {0}.").format(path.name), kind="info"))

    def _write_subtitles(self, path: Path) -> None:
        from core.cues import styles
        from core.cues.builder import build_cues
        from core.subtitles.protocol import Subtitles
        from core.subtitles.registry import by_id, for_path  # formats come with the first file written

        assert self.dictation is not None
        document = self.dictation.bridge.document
        words = [word for cue in document.cues for word in cue.words]
        language = next((cue.language for cue in document.cues if cue.language), "")
        cues = build_cues(words, styles.default_for(language or "en"), language=language)
        text = (for_path(path) or by_id("srt")).write(Subtitles(cues, language=language))
        write_atomically(path, text.encode(), overwrite=True)

    def _open(self, dictation: Dictation, media: MediaRef | None) -> None:
        from core.document.edits import dictation as said

        work = dictation.work
        if work is None or work.project is None:
            return
        try:
            work.history.apply(said.as_subtitles(work.history.document, media))
        except CuesmithError as error:
            self._messages.error(error)
            return
        dictation.begin_anew()
        self._opening.open_project(work.project.path)

    def _small_changed(self, small: bool) -> None:
        (self._window.showMinimized if small else self._window.showNormal)()


def _media(media: MediaRef | None, duration_ms: int) -> MediaRef | None:
    """The recording as a film is remembered, now that it is whole; None where it is gone."""
    path = Path(media.path) if media is not None else None
    if path is None or not path.is_file():
        return None
    from core.document.document import MediaRef

    return MediaRef(str(path), path.stat().st_size, media_id(path), duration_ms=duration_ms)
