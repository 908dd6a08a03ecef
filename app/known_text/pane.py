"""The list “Text” of the review: lines that were not found, doubtful ones, new times of an old subtitle to be taken.

Knows no engine and changes no document: `TextReview` does.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QLabel, QPushButton, QWidget

from app.check_box import CheckBox
from app.editor.list_rows import RowList, Rows
from app.editor.session import Session
from app.i18n import tr
from app.known_text.review import TO_LOOK_AT, WITH_NEW_TIME, Line, State, TextReview
from app.known_text.rows import row_of, summary_of
from app.widgets import button, column, framed, holding, label, number_field, row

_MOST_SHIFT_S = 36_000.0


class TextPane(QWidget):
    """Lines and what can be done about them.

    Attributes:
        list: the view.

    Signals:
        lookWanted(int, int): this stretch should be in sight, ms.
    """

    lookWanted = Signal(int, int)

    def __init__(self, session: Session, review: TextReview) -> None:
        super().__init__()
        self.setAccessibleName(tr("Text"))
        self._session, self._bridge, self._review = session, session.bridge, review
        self._rows = Rows(lambda at: self._said(at))
        self._rows.setParent(self)
        self.list = RowList(self._rows, lambda at: row_of(self.lines[at]), tr("Lines of the text"))
        self._make_parts()
        self.setLayout(column(self._make_head(), self.list, self._make_foot(), gap=0))
        self.setFocusProxy(self.list)
        self.list.rowChosen.connect(self._go_to)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._offer())
        review.changed.connect(self.refresh)
        self._bridge.selectionChanged.connect(self._follow)
        self.refresh()

    @property
    def lines(self) -> list[Line]:
        """As listed."""
        return cast("list[Line]", self._rows.items)

    @property
    def chosen(self) -> Line | None:
        """The line that the buttons are about."""
        at = self.list.currentIndex().row()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def refresh(self) -> None:
        """List what there is now."""
        review = self._review
        self._rows.show(list(review.lines))
        self._summary.setText(summary_of(review.lines))
        count = len(review.takeable())
        text = tr("Take 1 new time") if count == 1 else tr("Take %n new times", None, count)
        self._take_all.setText(text if count else tr("Nothing to take"))
        self._take_all.setAccessibleName(self._take_all.text())
        self._take_all.setEnabled(count > 0)
        self._limits.setVisible(review.retimes)
        self._next.setEnabled(any(line.state in TO_LOOK_AT for line in review.lines))
        self._follow()
        self._offer()
        self.list.viewport().update()

    def go_on(self) -> bool:
        """Go to the next line that wants a look; round the end. False where there is none."""
        here = self.list.currentIndex().row()
        order = [*range(here + 1, len(self.lines)), *range(here + 1)]
        target = next((at for at in order if self.lines[at].state in TO_LOOK_AT), None)
        if target is None:
            return False
        self.list.show_row(target)
        self._go_to(target)
        return True

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _make_parts(self) -> None:
        self._summary: QLabel = label("", "secondary", wraps=True)
        self.largest = number_field(QDoubleSpinBox())
        self.largest.setAccessibleName(tr("Largest shift"))
        self.largest.setToolTip(tr("New times further off are left for you to look at, one by one"))
        self.largest.setRange(0.0, _MOST_SHIFT_S)
        self.largest.setDecimals(1)
        self.largest.setSingleStep(0.5)
        self.largest.setSuffix(tr(" s"))
        self.largest.setSpecialValueText(tr("any"))
        self.largest.setKeyboardTracking(False)
        self.doubtful = CheckBox(tr("Doubtful ones too"))
        self.largest.valueChanged.connect(self._limit)
        self.doubtful.toggled.connect(self._limit)
        self._take_all: QPushButton = button("", self._review.take_all, "primary")
        self.act: QPushButton = button(tr("Take it"), self._act)
        self._next = button(tr("Next to look at"), self.go_on, "quiet")
        for made in (self.act, self._next):
            made.setProperty("dense", True)

    def _make_head(self) -> QFrame:
        shift = row(label(tr("Largest shift"), "secondary"), self.largest, None)
        self._limits = holding(column(holding(shift), self.doubtful, self._take_all, gap=8))
        head = framed("strip")
        head.setLayout(column(self._summary, self._limits, margins=(12, 8, 12, 8), gap=8))
        return head

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        done = button(tr("Done"), self._review.put_away, "quiet")
        done.setToolTip(tr("Put this list away; what was not taken stays as it is"))
        done.setProperty("dense", True)
        foot.setLayout(row(self.act, self._next, None, done, margins=(12, 4, 12, 4), gap=4))
        return foot

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    def _limit(self) -> None:
        ms = round(self.largest.value() * 1000)
        self._review.set_limits(largest_shift_ms=ms, takes_doubtful=self.doubtful.isChecked())

    def _act(self) -> None:
        """What the button offers for the chosen line."""
        line = self.chosen
        if line is None:
            return
        if line.state in WITH_NEW_TIME:
            self._review.take(line)
        elif line.state is State.TAKEN:
            self._review.put_back(line)
        elif line.state is State.MISSING and not line.cue_id:
            self._review.insert(line, self._session.playhead_ms)

    def _offer(self) -> None:
        line = self.chosen
        state = line.state if line is not None else None
        insertable = line is not None and state is State.MISSING and not line.cue_id
        text = tr("Back to old time") if state is State.TAKEN else tr("Take new time")
        self.act.setText(tr("Insert at playhead") if insertable else text)
        self.act.setAccessibleName(self.act.text())
        self.act.setEnabled(insertable or state is State.TAKEN or state in WITH_NEW_TIME)
        self.act.setVisible(self._review.retimes or insertable)

    def _go_to(self, at: int) -> None:
        line = self.lines[at] if 0 <= at < len(self.lines) else None
        if line is None:
            return
        if line.cue_id:
            self._bridge.select((line.cue_id,))
        new = line.change.new if line.change is not None and line.state in WITH_NEW_TIME else None
        spans = [span for span in (line.span_ms, (new.start_ms, new.end_ms) if new is not None else None) if span]
        if spans:
            self.lookWanted.emit(min(start for start, _ in spans), max(end for _, end in spans))
            self._session.seek(spans[-1][0])

    def _follow(self) -> None:
        """The current cue's line is shown as selected."""
        current, chosen = self._bridge.current, self.chosen
        if current is None or (chosen is not None and chosen.cue_id == current):
            return
        where = next((at for at, line in enumerate(self.lines) if line.cue_id == current), None)
        if where is not None:
            self.list.show_row(where)

    def _said(self, at: int) -> str:
        shown = row_of(self.lines[at])
        return " ".join(part for part in (shown.title, shown.beside, shown.text) if part)

    def sizeHint(self) -> QSize:
        """Narrow, and as high as there is room."""
        return QSize(320, 400)
