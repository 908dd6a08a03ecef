"""Corrected words get their times back from the sound: asks the engine child when the keys rest, applies what comes.

One request at a time, the newest correction first, so that a batch job gets on in between. Where there is no film with
sound, no aligner for the language, or no way through the sound, the words stay estimates and are shown as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.editor.session import Session
from app.engine_bridge import EngineBridge
from core.document import edits
from core.document.document import Document
from core.document.heal import Window, healed, spoiled, window
from core.document.history import Changed
from core.document.journal import Step
from core.errors import WriteError
from core.events import WordsJob, WordsTimed
from core.transcript import Source, Word, words_text
from core.worker.messages import EventHappened, JobRestarted, LastWord, Reply

REST_MS = 400
"""After so long without a key what was typed is asked for."""

_HAND_MS = 100
"""How often is looked whether a mouse button is still down."""

_NO_ALIGNER = "none"
"""As the registry of aligners calls it, which brings NumPy; the window starts without."""

_LATIN = 0x250
_BY_PERSON = (Step.DO, Step.JOIN, Step.REDO)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Words of one cue that wait for times, and the step that made them wait."""

    words: frozenset[str]
    cause: int


@dataclass(slots=True)
class _Asked:
    """What is asked just now."""

    asked: Window
    cause: int
    timed: Sequence[Word] | None = None


class Healing(QObject):
    """Watches the session's document.

    Signals:
        failed(CuesmithError): times came and could not be kept.
    """

    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        engines: EngineBridge,
        aligner: Callable[[], str] = lambda: "auto",
        parent: QObject | None = None,
    ) -> None:
        """`aligner`: the id that a person chose, asked for each time; "none" = nothing is healed."""
        super().__init__(parent)
        self._session, self._engines, self._aligner = session, engines, aligner
        self._waiting: dict[str, _Waiting] = {}
        self._asked: _Asked | None = None
        self._job_id = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        session.bridge.changed.connect(self._on_step)
        session.bridge.replaced.connect(self._forget)
        session.mediaChanged.connect(self._forget)

    @property
    def busy(self) -> bool:
        """Whether words wait or are being timed."""
        return bool(self._waiting) or self._asked is not None

    def close(self) -> None:
        """The window closes: nobody waits for times any more, and the keys' rest ends with it."""
        self._forget()

    # ── what waits ───────────────────────────────────────────────────────────────────────────────

    def _on_step(self, changed: Changed) -> None:
        edit = changed.edit
        if changed.step not in _BY_PERSON or edit.automatic or edit.merge_key.startswith("job:"):
            return
        found = spoiled(edit)
        if not found or not self._can_ask():
            return
        cause = self._session.bridge.history.step_id
        for cue_id, words in found.items():
            before = self._waiting.pop(cue_id, None)  # put in again at the end: the newest is asked for first
            self._waiting[cue_id] = _Waiting(words | (before.words if before is not None else frozenset()), cause)
        self._show()
        self._engines.warm_up_engine()
        self._rest.start()

    def _can_ask(self) -> bool:
        info = self._session.info
        return info is not None and bool(info.audio_tracks) and self._aligner() != _NO_ALIGNER

    def _forget(self) -> None:
        """Another document or film: what was asked is of no use."""
        if self._job_id:
            self._engines.forget(self._job_id)
        self._rest.stop()
        self._waiting, self._asked, self._job_id = {}, None, ""
        self._show()

    def _show(self) -> None:
        names = frozenset().union(*(one.words for one in self._waiting.values()))
        if self._asked is not None:
            names |= {word.id for word in self._asked.asked.run}
        self._session.set_healing(names)

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    def _ask(self) -> None:
        """The newest of what waits; the rest when its answer has come."""
        while self._waiting and self._asked is None:
            cue_id, waiting = next(reversed(self._waiting.items()))
            document = self._session.bridge.document
            asked = window(document, cue_id, _still_estimated(document, cue_id, waiting.words))
            left = waiting.words - {word.id for word in asked.run} if asked is not None else frozenset[str]()
            del self._waiting[cue_id]
            if left:
                self._waiting[cue_id] = replace(waiting, words=left)
            job = self._job(document, asked) if asked is not None else None
            if asked is not None and job is not None:
                self._asked = _Asked(asked, waiting.cause)
                self._job_id = self._engines.time_words(job, self._hear)
        self._show()

    def _job(self, document: Document, asked: Window) -> WordsJob | None:
        """What to ask the engine child; None where nobody could answer."""
        info, language = self._session.info, _language(document, asked)
        if info is None or not language or not self._can_ask():
            return None
        words = tuple((word.text, word.after) for word in asked.words)
        track = document.media.track if document.media is not None else 1
        return WordsJob(info.path, asked.start_ms, asked.end_ms, words, language, track, self._aligner())

    # ── hearing ──────────────────────────────────────────────────────────────────────────────────

    def _hear(self, reply: Reply) -> None:
        now = self._asked
        if now is None or isinstance(reply, JobRestarted):
            return
        if isinstance(reply, EventHappened) and isinstance(reply.event, WordsTimed):
            now.timed = reply.event.words
        if isinstance(reply, LastWord):
            self._job_id = ""
            self._finish(now)

    def _finish(self, now: _Asked) -> None:
        """Put in what came; not under a hand that drags, whose one step it would cut in two."""
        if self._asked is not now:
            return
        if now.timed is not None and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(_HAND_MS, self, lambda: self._finish(now))
            return
        self._asked = None
        if now.timed is not None:
            self._take(now, now.timed)
        self._ask()

    def _take(self, now: _Asked, timed: Sequence[Word]) -> None:
        """Put the times in; words that changed meanwhile are asked for again when the keys rest."""
        words = healed(now.asked, timed)
        if words is None:
            return
        history = self._session.bridge.history
        edit = edits.late(history.document, now.asked.seen, words)
        try:
            done = history.apply_late(edit, now.cause)
        except WriteError as error:
            self.failed.emit(error)
            return
        if not done:
            self._wait_again(now)

    def _wait_again(self, now: _Asked) -> None:
        cue_id = now.asked.seen.id
        there = self._waiting.get(cue_id)
        words = frozenset(word.id for word in now.asked.run) | (there.words if there is not None else frozenset())
        if _still_estimated(self._session.bridge.document, cue_id, words):
            self._waiting[cue_id] = _Waiting(words, now.cause if there is None else there.cause)


def _still_estimated(document: Document, cue_id: str, names: frozenset[str]) -> frozenset[str]:
    row = document.row_of(cue_id)
    words = document.cues[row].words if row is not None else ()
    return frozenset(word.id for word in words if word.id in names and word.source is Source.ESTIMATED)


def _language(document: Document, asked: Window) -> str:
    """The cue's; else that of most cues; else English, as for a given text, where the letters can be English."""
    if asked.seen.language:
        return asked.seen.language
    counted = Counter(cue.language for cue in document.cues if cue.language)
    if counted:
        return counted.most_common(1)[0][0]
    return "en" if all(ord(letter) < _LATIN for letter in words_text(asked.words) if letter.isalpha()) else ""
