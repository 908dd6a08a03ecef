"""The list of doubts: which word, why, when; choosing one goes there and plays it. Knows no model and no aligner."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.editor.list_rows import ListRow, RowList, Rows
from app.editor.session import Session
from app.i18n import tr
from app.widgets import button, column, holding, label, row
from app.wording import clock
from core.document.doubts import Doubt, Doubts, Reason, Spans

_SHOW_AFTER_MS = 250
_AROUND_MS = 250
"""Heard before and after a doubtful word: it cannot be told by itself."""

_FIRST_STRONG, _END = "\u2068", "\u2069"
"""Isolates: a word goes by its own direction, and its full stop stays on its side."""

_TOKENS = {Reason.UNMATCHED: ("error", "error"), Reason.ESTIMATED: ("estimated", "estimated")}


class DoubtsPane(QWidget):
    """Words that want a look, the most doubtful first.

    Attributes:
        list: the view.

    Signals:
        countChanged(int): so many are listed.
        playRequested(int, int): play this stretch, ms.
    """

    countChanged = Signal(int)
    playRequested = Signal(int, int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._bridge = session, session.bridge
        self._doubts = Doubts()
        self._rows = Rows(lambda at: " ".join((self._row(at).title, self._row(at).beside, self._row(at).text)))
        self._rows.setParent(self)
        self.list = RowList(self._rows, self._row, tr("Doubts"))
        self._empty = label("", "secondary", wraps=True)
        self._stack = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOW_AFTER_MS)
        self._lay_out()
        self.setFocusProxy(self.list)
        self._soon.timeout.connect(self.refresh)
        self._bridge.changed.connect(lambda _step: self._refresh_soon())
        self._bridge.replaced.connect(self._refresh_soon)
        self._bridge.selectionChanged.connect(self._follow)
        self.list.rowChosen.connect(self.go_to)
        self.refresh()

    @property
    def doubts(self) -> list[Doubt]:
        """As listed."""
        return cast("list[Doubt]", self._rows.items)

    def set_retried(self, passages_ms: Spans) -> None:
        """These passages had to be heard again by the engine."""
        if tuple(passages_ms) != tuple(self._doubts.retried_ms):
            self._doubts.begin_anew(passages_ms)
            self._refresh_soon()

    def refresh(self) -> None:
        """List what is in doubt now."""
        self._rows.show(list(self._doubts.of(self._bridge.document)))
        count = len(self.doubts)
        self._stack.setCurrentIndex(0 if count else 1)
        self._empty.setText(tr("No doubts.") if self._bridge.document.cues else tr("Nothing to doubt yet."))
        self._follow()
        self.countChanged.emit(count)

    def go_on(self, step: int) -> bool:
        """Go to the next (+1) or previous (-1) doubtful word in order of time; round the end. False for none."""
        self.refresh()
        words = sorted((doubt for doubt in self.doubts if doubt.word_id), key=lambda doubt: doubt.start_ms)
        if not words:
            return False
        at_ms, here = self._here()
        if step > 0:
            behind = (doubt for doubt in words if doubt.start_ms > at_ms or (not here and doubt.start_ms == at_ms))
            target = next(behind, words[0])
        else:
            target = next((doubt for doubt in reversed(words) if doubt.start_ms < at_ms), words[-1])
        self.go_to(self.doubts.index(target))
        return True

    def go_to(self, at: int) -> None:
        """Select the word of a row, go there and play it; a line that was not found has no place."""
        doubt = self.doubts[at] if at < len(self.doubts) else None
        if doubt is None or not doubt.word_id:
            return
        self._bridge.select((doubt.cue_id,), word=doubt.word_id)
        self._session.seek(doubt.start_ms)
        self.list.show_row(at)
        self.playRequested.emit(max(0, doubt.start_ms - _AROUND_MS), doubt.end_ms + _AROUND_MS)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _lay_out(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.list)
        self._stack.addWidget(holding(column(None, self._empty, None, margins=(24, 24, 24, 24))))
        self.setLayout(column(self._stack, self._make_foot(), gap=0))

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        on = button(tr("Next doubt"), lambda: self.go_on(1), "quiet")
        on.setProperty("dense", True)
        key = label("F7", "count")
        key.setFixedHeight(18)
        foot.setLayout(row(on, key, None, margins=(4, 4, 12, 4), gap=4))
        return foot

    def _row(self, at: int) -> ListRow:
        doubt = self.doubts[at]
        icon, token = _TOKENS.get(doubt.reason, ("doubt", "doubt"))
        when = tr("line {0}").format(doubt.line) if doubt.line else clock(doubt.start_ms)
        return ListRow(f"“{_FIRST_STRONG}{doubt.text}{_END}”", when, why(doubt), icon, token)

    def _here(self) -> tuple[int, bool]:
        """Where one stands, in ms, and whether on a selected word."""
        cue, wanted = self._bridge.current_cue(), self._bridge.word
        word = next((word for word in cue.words if word.id == wanted), None) if cue is not None and wanted else None
        if word is not None:
            return word.start_ms, True
        return (cue.start_ms if cue is not None else self._session.playhead_ms), False

    def _follow(self) -> None:
        """The selected word's doubt is shown as selected."""
        wanted, at = self._bridge.word, self.list.currentIndex().row()
        if 0 <= at < len(self.doubts) and self.doubts[at].word_id == wanted:
            return
        found = next((n for n, doubt in enumerate(self.doubts) if wanted and doubt.word_id == wanted), None)
        self.list.show_row(found)

    def sizeHint(self) -> QSize:
        """Narrow, and as high as there is room."""
        return QSize(320, 400)


def why(doubt: Doubt) -> str:
    """The reason in words."""
    percent = round((doubt.confidence or 0.0) * 100)
    reasons = {
        Reason.UNMATCHED: tr("This line was not found in the sound."),
        Reason.LOW_TEXT: tr("The engine was only {0} % sure of the word.").format(percent),
        Reason.LOW_TIME: tr("Its time is only {0} % sure.").format(percent),
        Reason.RETRIED: tr("The engine had to hear this passage again."),
        Reason.ESTIMATED: tr("Its time is estimated, not measured."),
    }
    return reasons[doubt.reason]
