"""Puts dictation into the program: its tab, what it saves, and its words on the timeline. Made by the composition root.

Nothing of it is made, and no microphone opened, before the tab is first looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.background import Background
from app.editor.opening import Opening
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.messages import Message, Messages
from app.widgets import come_back
from core.errors import CuesmithError
from core.files import write_atomically
from core.media.identity import media_id
from core.settings import Settings

if TYPE_CHECKING:  # NumPy and the rest come with the first look at the tab, not with the window
    from app.dictation.closing import Closing
    from app.dictation.desk import Desk
    from app.dictation.dictation import Dictation
    from app.dictation.page import DictationPage
    from app.editor.works import Work
    from core.document.document import MediaRef

SAVED = "dictation.saved"


class DictationTab(QObject):
    """See above.

    Attributes:
        dictation: None before the tab was first looked at. page: its widget, likewise.
        desk: what the system around us allows; None = this one's.

    Signals:
        changed(): what it is doing, or whether it has text, may be another now.
    """

    changed = Signal()

    def __init__(
        self,
        engines: EngineBridge,
        opening: Opening,
        messages: Messages,
        background: Background,
        settings: Callable[[], Settings],
        keep: Callable[[Settings], object],
        window: QWidget,
        talk_keys: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """`talk_keys`: those of the action “Hold to talk”."""
        super().__init__(window)
        self._engines, self._opening, self._messages = engines, opening, messages
        self._background, self._settings, self._keep, self._window = background, settings, keep, window
        self.dictation: Dictation | None = None
        self.page: DictationPage | None = None
        self.desk: Desk | None = None
        self._talk_keys = talk_keys
        self._closing: Closing | None = None

    @property
    def is_small(self) -> bool:
        """Whether the small window stands in for the large one."""
        return self.page is not None and self.page.is_small

    @property
    def token(self) -> str:
        """Colour of the tab's icon: red while sound is recorded, the accent while the microphone is open."""
        if self.dictation is None or not self.dictation.hearing.is_open:
            return "text2"
        return "error" if self.dictation.phase == "recording" else "accent"

    def make(self) -> QWidget:
        """The page; the dictation begins to be with it."""
        from app.dictation.closing import Closing
        from app.dictation.dictation import Dictation
        from app.dictation.page import DictationPage, Parts

        self.dictation = Dictation(self._engines, self._opening.works, self._settings(), self)
        parts = Parts(
            self.dictation, self._settings, self._keep, self._messages, self._background, self.open_work,
            self.ask_save, self._talk_keys, self.desk,
        )  # fmt: skip
        page = DictationPage(parts)
        page.smallChanged.connect(self._small_changed)
        self.page = page
        self._closing = Closing(self.dictation, self._messages, self._window)
        self.dictation.changed.connect(self.changed)
        self.dictation.bridge.historyChanged.connect(self.changed)
        return page

    def close(self) -> None:
        """End the recording; what was said is kept."""
        self._closing = None
        if self.dictation is not None and self.page is not None:
            self.page.close_all()
            self.dictation.close()

    def may_close(self) -> bool:
        """Whether the window may close now; where somebody dictates, they are asked."""
        may = self._closing is None or self._closing.may_close()
        if may and self.page is not None:
            self.page.close_all()  # a small window that stays would keep the program running unseen
        return may

    def follow(self) -> None:
        """The settings are others: the next stretch of speech is heard by them."""
        if self.dictation is not None:
            self.dictation.follow(self._settings())
        if self.page is not None:
            self.page.panel.commands.setChecked(self._settings().dictation_commands)

    def arm(self) -> None:
        """The key of any program is another: take it, or let it go."""
        if self.page is not None:
            self.page.arm()

    def talk(self) -> None:
        """The key to talk went down, or somebody chose it in a menu."""
        if self.page is not None:
            self.page.window_key.trigger()

    def copy(self) -> None:
        """All firm text to the clipboard."""
        if self.page is not None:
            self.page.copy_all()

    def toggle_small(self) -> None:
        """The small window, or the whole one again."""
        if self.page is not None:
            (self.page.hide_small if self.page.is_small else self.page.show_small)()

    def open_work(self) -> None:
        """Show what was dictated in the editor: passages become cues, the recording the film."""
        dictation = self.dictation
        if dictation is None or dictation.work is None:
            return
        work = dictation.work
        self._background.run(
            lambda: _media(work.history.document.media, dictation.elapsed_ms),
            lambda media: self._open(dictation, work, media),
            self._messages.error,
        )

    def ask_save(self) -> None:
        """Ask for a name and write the text, or subtitles, by its ending."""
        dialog = QFileDialog(self._window, tr("Save the dictation"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("Text (*.txt)"), tr("SubRip subtitles (*.srt)"), tr("WebVTT subtitles (*.vtt)")])
        dialog.selectFile(self.dictation.file.stem if self.dictation and self.dictation.file else tr("Dictation"))
        dialog.setDefaultSuffix("txt")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")")))
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

    def _open(self, dictation: Dictation, work: Work, media: MediaRef | None) -> None:
        from core.document.edits import dictation as said

        if dictation.work is not work or dictation.phase != "idle" or work.project is None:
            return  # opened already, or somebody has begun another dictation meanwhile
        try:
            work.history.apply(said.as_subtitles(work.history.document, media))
        except CuesmithError as error:
            self._messages.error(error)
            return
        dictation.begin_anew()
        self._opening.open_project(work.project.path)

    def _small_changed(self, small: bool) -> None:
        self.changed.emit()
        if small:
            self._window.showMinimized()
        else:
            come_back(self._window)


def _media(media: MediaRef | None, duration_ms: int) -> MediaRef | None:
    """The recording as a film is remembered, now that it is whole; None where it is gone."""
    path = Path(media.path) if media is not None else None
    if path is None or not path.is_file():
        return None
    from core.document.document import MediaRef

    return MediaRef(str(path), path.stat().st_size, media_id(path), duration_ms=duration_ms)
