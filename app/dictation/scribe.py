"""What is said as a document: firm words behind all before, spoken commands done, pauses marked. Knows no sound.

Each step is on disk when it shows; where the disk fails, that is said and the words stay in memory.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.editor.document_bridge import DocumentBridge
from app.i18n import tr
from core.dictation_commands import carried_out, unfinished
from core.document import edits
from core.document.edit import Edit
from core.document.edits import dictation as said
from core.document.history import History
from core.errors import CuesmithError
from core.transcript import Word, new_id, words_text


class Scribe(QObject):
    """See above.

    Attributes:
        bridge: the document; its cues are passages.
        held_back: firm words that may be the beginning of a spoken command.
        under_way: more words may come.

    Signals:
        passageEnded(str): this text is finished, for other programs.
        failed(CuesmithError): a step could not be kept on disk.
    """

    passageEnded = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = DocumentBridge(parent=self)
        self.held_back: tuple[Word, ...] = ()
        self.under_way = False
        self._job = self._language = ""
        self._unsent: list[Word] = []
        self._fresh = False

    @property
    def undo_label(self) -> str:
        """Of the step that `undo` takes back, "" for none: words that came stay while more of them may come."""
        label = self.bridge.history.undo_label() or ""
        return "" if label == said.LABEL and self.under_way else label

    @property
    def redo_label(self) -> str:
        """Of the step that `redo` does, "" for none."""
        return self.bridge.history.redo_label() or ""

    def undo(self) -> None:
        """Take back what a person did to the text; when the dictation is over, all that was said, too."""
        if self.undo_label:
            self._do(self.bridge.undo)

    def redo(self) -> None:
        """Do it again."""
        self._do(self.bridge.redo)

    def begin(self, history: History) -> None:
        """Another dictation, with a document of its own."""
        self._job, self.held_back, self._fresh = new_id(), (), False
        self._unsent.clear()
        self.bridge.set_history(history)

    def begin_stretch(self, languages: tuple[str, ...]) -> None:
        """What comes next was spoken in one of these languages (() = any), and is a passage of its own."""
        self._language = languages[0] if len(languages) == 1 else ""
        self.begin_passage()

    def begin_passage(self) -> None:
        """What comes next is a passage of its own."""
        self._fresh = True

    def say(self, firm: tuple[Word, ...], *, ended: bool, commands: bool) -> None:
        """Firm words, behind all that was said.

        Args:
            ended: a segment ended behind them. commands: whether spoken commands are done.
        """
        words = (*self.held_back, *firm)
        self.held_back = ()
        if commands and words:
            words = self._with_commands(words, ended=ended)
        if words:
            fresh, self._fresh = self._fresh, False
            document, language = self.bridge.document, self._language
            self._do(lambda: self._arrive(said.say(document, words, job=self._job, language=language, fresh=fresh)))
            self._unsent += words
        if ended and self._unsent:
            text = words_text(self._unsent) + self._unsent[-1].after
            self._unsent.clear()
            self.passageEnded.emit(text)

    def know_better(self, words: tuple[Word, ...]) -> None:
        """Words of before whose times are better known now."""
        if words:
            self._do(lambda: self._arrive(said.known_better(self.bridge.document, words, job=self._job)))

    def mark_span(self, ms: int, text: str, seconds: float) -> None:
        """For so long nothing was heard there; `text` has a place for the length."""
        text = text.format(span_text(seconds))
        self._do(lambda: self._arrive(said.mark(self.bridge.document, ms, text, job=self._job)))

    def correct(self, row: int, text: str, merge_key: str = "") -> None:
        """A passage by hand; "" takes it away."""
        document = self.bridge.document
        if text.strip():
            edit = edits.set_text(document, row, text, merge_key=merge_key)
        else:
            edit = edits.delete(document, [row])
        self._do(lambda: self.bridge.apply(edit))
        self._do(self.bridge.history.flush)

    def _with_commands(self, words: tuple[Word, ...], *, ended: bool) -> tuple[Word, ...]:
        """Spoken commands done; what may be the beginning of one waits for the next words."""
        count = 0 if ended else unfinished(words)
        words, self.held_back = words[: len(words) - count], words[len(words) - count :]
        cues = self.bridge.document.cues
        last = cues[-1].words[-1] if cues and cues[-1].words else None
        marked, words = carried_out(words, last)
        if marked is not None and marked != last:
            self._do(lambda: self._arrive(said.last_word(self.bridge.document, marked, job=self._job)))
        return words

    def _arrive(self, edit: Edit | None) -> None:
        self.bridge.history.arrive(edit)

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except CuesmithError as error:
            self.failed.emit(error)


def span_text(seconds: float) -> str:
    """A length for a sentence: "12 s", "2 min 14 s"."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    return tr("{0} min {1} s").format(minutes, rest) if minutes else tr("{0} s").format(rest)
