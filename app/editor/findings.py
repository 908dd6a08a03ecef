"""What the checks find in the open document, kept up while it is edited. Knows no widget.

Only cues that changed, and the one before each (gaps and overlaps are found there), are looked at again, a few hundred
at a time between events: checking thousands at once would hold up typing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QObject, QTimer, Signal

from app.editor.session import Session
from app.editor.shown_letters import missing_letters
from app.editor.spelling import spelling_of
from core.cue import Cue
from core.cues.checks import Finding, Severity, check
from core.cues.closer_checks import check_closer
from core.document.edit import Splice
from core.document.edits.rows import runs
from core.document.history import Changed

_AT_ONCE = 150
"""Cues looked at between two events: under 10 ms."""


class Findings(QObject):
    """Findings of the session's document against the session's style, by cue.

    Signals:
        changed(frozenset): findings of the cues with these ids are others now, or the cues are gone.
    """

    changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._stale: dict[str, None] = {}  # in the order they went stale
        self._rows: dict[str, int] = {}
        self._rows_of: tuple[Cue, ...] = ()
        self._spelling = spelling_of(session)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look_on)
        session.bridge.changed.connect(self._on_step)
        session.bridge.replaced.connect(self._begin_anew)
        session.styleChanged.connect(self._all_stale)
        session.shotsChanged.connect(self._all_stale)
        self._spelling.switched.connect(self._all_stale)
        self._spelling.changed.connect(self._mark)
        self._begin_anew()

    # ── what was found ───────────────────────────────────────────────────────────────────────────

    @property
    def settled(self) -> bool:
        """Whether every cue has been looked at as it is now."""
        return not self._stale

    def of(self, cue_id: str) -> tuple[Finding, ...]:
        """Findings of one cue; () where there are none or it was not looked at yet."""
        return self._found.get(cue_id, ())

    def severity_of(self, cue_id: str) -> Severity | None:
        """The heaviest finding of a cue."""
        found = self._found.get(cue_id)
        if not found:
            return None
        return Severity.MUST if any(one.severity is Severity.MUST for one in found) else Severity.SHOULD

    def in_order(self) -> list[Finding]:
        """All findings in the order of the cues."""
        if not self._found:
            return []
        return [one for cue in self._cues if cue.id in self._found for one in self._found[cue.id]]

    def must_cues(self) -> list[str]:
        """Ids of cues that break the style, in order."""
        return [cue.id for cue in self._cues if self.severity_of(cue.id) is Severity.MUST]

    def row_of(self, cue_id: str) -> int | None:
        """Row of a cue in the document as it is now; the table is made once a step, by whoever asks first.

        Others hear of a step before this does, and of another document, too: a row of the one before would be told.
        """
        if self._rows_of is not self._cues:
            self._rows_of = self._cues
            self._rows = {cue.id: row for row, cue in enumerate(self._rows_of)}
        return self._rows.get(cue_id)

    def settle(self) -> None:
        """Look at everything now: before an export says how many cues break the style."""
        while self._stale:
            self._look_on()

    # ── keeping up ───────────────────────────────────────────────────────────────────────────────

    @property
    def _cues(self) -> tuple[Cue, ...]:
        return self._session.bridge.document.cues

    def _begin_anew(self) -> None:
        gone = frozenset(self._found)
        self._found, self._stale = {}, {}
        self._all_stale()
        self.changed.emit(gone)

    def _all_stale(self, _said: object = None) -> None:
        self._mark(cue.id for cue in self._cues)

    def _on_step(self, changed: Changed) -> None:
        splices = [change for change in changed.edit.changes if isinstance(change, Splice)]
        removed = {cue.id for splice in splices for cue in splice.removed}
        inserted = {cue.id for splice in splices for cue in splice.inserted}
        gone = frozenset(cue_id for cue_id in removed - inserted if self._found.pop(cue_id, None) is not None)
        for cue_id in removed - inserted:
            self._stale.pop(cue_id, None)
        self._mark((*inserted, *self._ahead_of(splices)))
        if gone:
            self.changed.emit(gone)

    def _ahead_of(self, splices: Sequence[Splice]) -> list[str]:
        """Ids of the cues before each splice; later splices move rows, so a few more may be named."""
        cues = self._cues
        spread = sum(abs(splice.growth) for splice in splices[1:])
        rows = {row for s in splices for row in range(s.first - 1 - spread, s.first + spread) if 0 <= row < len(cues)}
        return [cues[row].id for row in rows] if len(splices) < _AT_ONCE else [cue.id for cue in cues]

    def _mark(self, cue_ids: Iterable[str]) -> None:
        self._stale.update(dict.fromkeys(cue_ids))
        if self._stale:
            self._timer.start()

    def _look_on(self) -> None:
        if not self._stale:
            self._timer.stop()
            return
        ids = [cue_id for cue_id, _ in zip(self._stale, range(_AT_ONCE), strict=False)]
        for cue_id in ids:
            del self._stale[cue_id]
        rows = sorted(row for cue_id in ids if (row := self.row_of(cue_id)) is not None)
        other = {cue_id for run in runs(rows) for cue_id in self._look_at(run)}
        if other:
            self.changed.emit(frozenset(other))

    def _look_at(self, rows: range) -> list[str]:
        """Check neighbouring rows; ids of those with other findings than before."""
        cues = self._cues
        rate = self._session.bridge.document.frame_rate
        found = check(cues[rows.start : rows.stop + 1], self._session.style, rate)
        self._spelling.ask(cues[rows.start : rows.stop])
        shots_ms, misspelt = self._session.shots_ms, self._spelling.misspelt
        looked_at = cues[rows.start : rows.stop]
        closer = check_closer(looked_at, shots_ms=shots_ms, missing=missing_letters, misspelt=misspelt)
        if closer:
            order = {cue.id: place for place, cue in enumerate(cues[rows.start : rows.stop + 1])}
            found = tuple(sorted((*found, *closer), key=lambda one: order[one.cue_id]))
        by_cue = {cue_id: tuple(ones) for cue_id, ones in groupby(found, lambda one: one.cue_id)}
        other: list[str] = []
        for cue in cues[rows.start : rows.stop]:
            now = by_cue.get(cue.id, ())
            if now != self._found.get(cue.id, ()):
                other.append(cue.id)
                self._found[cue.id] = now
                if not now:
                    del self._found[cue.id]
        return other


def findings_of(session: Session) -> Findings:
    """The findings of this session, kept once for all panes."""
    made = session.findChild(Findings)
    return made if isinstance(made, Findings) else Findings(session)
