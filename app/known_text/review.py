"""What a run that timed a text came to, line by line, against the document as it is now. Knows no widget.

Owns no times: whether a new time was taken is seen from the document, so undo and redo are seen too. Lines that were
not found are the document's own (`Document.unmatched`) and stay listed when the work is opened again.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.editor.document_bridge import DocumentBridge
from app.jobs.align_run import AlignRun
from core.alignment.known_text.report import DOUBTFUL, TimedLine
from core.cue import Cue
from core.document import edits
from core.document.document import order_key
from core.document.edit import Edit
from core.errors import WriteError
from core.retiming import Retimed

_INSERTED_MS = 2_000
_FOLLOW_AFTER_MS = 60
"""The review follows a drag with so much delay: thousands of lines are not looked at for every pixel."""


class State(enum.Enum):
    """How it stands with a line. READY, FAR and DOUBTFUL have a new time that can be taken; WEAK is timed, doubtful;
    EDITED says something else by now; UNTEXTED is speech without a line."""

    READY = "ready"
    FAR = "far"
    DOUBTFUL = "doubtful"
    TAKEN = "taken"
    MISSING = "missing"
    EDITED = "edited"
    WEAK = "weak"
    UNTEXTED = "untexted"


WITH_NEW_TIME = frozenset((State.READY, State.FAR, State.DOUBTFUL))
TO_LOOK_AT = frozenset((State.FAR, State.DOUBTFUL, State.MISSING, State.EDITED, State.WEAK, State.UNTEXTED))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the review.

    Attributes:
        text: of the line; "" for speech that no line has.
        number: of the cue's row, or of the text's line where it has no cue; 1 = first.
        cue_id: "" where there is no cue.
        change: old and new time, where one is proposed.
        span_ms: where it is in the film now; None where nobody knows.
        score: 0..1, how sure the times are.
        language: of the text.
    """

    state: State
    text: str
    number: int = 0
    cue_id: str = ""
    change: Retimed | None = None
    span_ms: tuple[int, int] | None = None
    score: float = 0.0
    language: str = ""


class TextReview(QObject):
    """The outcome of the last run on the shown document.

    Attributes:
        largest_shift_ms: a new time further off is not taken with the others; 0 = any.
        takes_doubtful: doubtful ones are taken with the others.

    Signals:
        changed(): other lines, or they stand otherwise.
        failed(CuesmithError): a step could not be kept.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: DocumentBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.largest_shift_ms = 0
        self.takes_doubtful = False
        self._changes: tuple[Retimed, ...] = ()
        self._weak: tuple[TimedLine, ...] = ()
        self._untexted: Sequence[tuple[int, int]] = ()
        self._lines: list[Line] | None = None
        self._away = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_FOLLOW_AFTER_MS)
        self._soon.timeout.connect(self._look_again)
        bridge.changed.connect(self._stepped)
        bridge.replaced.connect(self.forget)

    # ── what there is ────────────────────────────────────────────────────────────────────────────

    @property
    def retimes(self) -> bool:
        """Whether new times of old cues are under review."""
        return bool(self._changes)

    @property
    def lines(self) -> list[Line]:
        """Every cue of an old subtitle; of a plain text only what wants a look. In order of the film."""
        if self._lines is None:
            self._lines = self._found()
        return self._lines

    def new_times(self) -> tuple[Cue, ...]:
        """Cues as they would be, of those that have not taken their new time; in order of time."""
        cues = [line.change.new for line in self.lines if line.state in WITH_NEW_TIME and line.change is not None]
        return tuple(sorted((cue for cue in cues if cue is not None), key=order_key))

    def doubted(self) -> frozenset[str]:
        """Ids of cues whose new time wants a look before it is taken."""
        return frozenset(line.cue_id for line in self.lines if line.state in (State.DOUBTFUL, State.FAR))

    def takeable(self) -> list[Line]:
        """Those that `take_all` takes."""
        wanted = {State.READY, State.DOUBTFUL} if self.takes_doubtful else {State.READY}
        return [line for line in self.lines if line.state in wanted]

    # ── what is done ─────────────────────────────────────────────────────────────────────────────

    def show_run(self, run: AlignRun) -> None:
        """The outcome of a run that is through."""
        if run.report is None:
            return
        self._changes, self._untexted, self._away = run.changes, run.report.untexted, False
        weak = (line for line in run.report.lines if line.found and line.score < DOUBTFUL)
        self._weak = () if run.changes else tuple(weak)
        self._look_again()

    def put_away(self) -> None:
        """List nothing more until another run, or until the work is opened again."""
        self.forget()
        self._away = True
        self._look_again()

    def forget(self) -> None:
        """Another document: what was found belonged to the one before."""
        self._changes, self._weak, self._untexted, self._away = (), (), (), False
        self._look_again()

    def set_limits(self, *, largest_shift_ms: int, takes_doubtful: bool) -> None:
        """What `take_all` takes."""
        self.largest_shift_ms, self.takes_doubtful = largest_shift_ms, takes_doubtful
        self._look_again()

    def take_all(self) -> bool:
        """Every new time inside the limits, as one step; whether there was any."""
        return self._take(self.takeable())

    def take(self, line: Line) -> bool:
        """This line's new time."""
        return self._take([line])

    def put_back(self, line: Line) -> bool:
        """The time that this line had before."""
        change = line.change
        if change is None or change.new is None:
            return False
        pair = (change.new, change.old)
        return self._apply(edits.take_times(self._bridge.document, [pair], label="Back to old time"))

    def insert(self, line: Line, at_ms: int) -> bool:
        """A line that was not found, as a cue at this time; its words share the time and say so. No longer missing."""
        document = self._bridge.document
        left = tuple(one for one in document.unmatched if (one.line, one.text) != (line.number, line.text))
        found = edits.set_field(document, "unmatched", left)
        edit = edits.insert(document, at_ms, at_ms + _INSERTED_MS, line.text)
        return self._apply(edit.then(found) if found is not None else edit)

    def _take(self, lines: Iterable[Line]) -> bool:
        changes = (line.change for line in lines)
        pairs = [(one.old, one.new) for one in changes if one is not None and one.new is not None]
        label = "Take new time" if len(pairs) == 1 else "Take new times"
        return self._apply(edits.take_times(self._bridge.document, pairs, label=label))

    def _apply(self, edit: Edit | None) -> bool:
        try:
            done = self._bridge.apply(edit)
        except WriteError as error:
            self.failed.emit(error)
            return False
        self._look_again()
        return done

    # ── how it stands ────────────────────────────────────────────────────────────────────────────

    def _stepped(self, _changed: object) -> None:
        if self._changes or self._weak or self._untexted or self._bridge.document.unmatched or self._lines:
            self._soon.start()

    def _look_again(self) -> None:
        self._soon.stop()
        self._lines = None
        self.changed.emit()

    def _found(self) -> list[Line]:
        cues = self._bridge.document.cues
        rows = {cue.id: row for row, cue in enumerate(cues)}
        lines = [self._changed_line(change, rows) for change in self._changes if change.old.id in rows]
        if not self._changes and not self._away:
            lines += self._doubtful_lines(cues) if self._weak else []
            missing = self._bridge.document.unmatched
            lines += [Line(State.MISSING, one.text, one.line) for one in missing]
        lines += [Line(State.UNTEXTED, "", span_ms=span) for span in self._untexted]
        return sorted(lines, key=_place)

    def _changed_line(self, change: Retimed, rows: dict[str, int]) -> Line:
        row = rows[change.old.id]
        cue = self._bridge.document.cues[row]
        span_ms = (cue.start_ms, cue.end_ms)
        return Line(self._state(cue, change), cue.text, row + 1, cue.id, change, span_ms, change.score, cue.language)

    def _state(self, cue: Cue, change: Retimed) -> State:
        if change.new is None:
            return State.MISSING
        if edits.stands_at(cue, change.new):
            return State.TAKEN
        if not edits.has_text_of(cue, change.old):
            return State.EDITED
        if self.largest_shift_ms and abs(change.new.start_ms - cue.start_ms) > self.largest_shift_ms:
            return State.FAR
        return State.DOUBTFUL if change.doubtful else State.READY

    def _doubtful_lines(self, cues: Sequence[Cue]) -> list[Line]:
        """Cues whose words came from lines that scored low; those with other words by now were looked at."""
        scores = {word.id: line.score for line in self._weak for word in line.words}
        return [
            Line(
                State.WEAK,
                cue.text,
                row,
                cue.id,
                None,
                (cue.start_ms, cue.end_ms),
                scores[cue.words[0].id],
                cue.language,
            )
            for row, cue in enumerate(cues, 1)
            if cue.words and cue.words[0].id in scores
        ]


def _place(line: Line) -> tuple[int, int]:
    """Lines without a place come first, in the text's order."""
    return (-1, line.number) if line.span_ms is None else line.span_ms
