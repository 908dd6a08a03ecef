"""The list of findings: what, at which cue, when; a click goes there. Knows no check and no fix."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QStackedWidget, QWidget

from app.check_box import CheckBox
from app.editor.findings import findings_of
from app.editor.list_rows import ListRow, RowList, Rows
from app.editor.session import Session
from app.editor.spelling import spelling_of
from app.editor.style_list import fill_styles, style_or
from app.i18n import tr
from app.widgets import button, column, framed, holding, label, row
from app.wording import clock, in_words
from core import spelling
from core.cues.checks import Finding, Severity
from core.language import name_of

_SHOW_AFTER_MS = 120
"""The list follows typing with so much delay: a row that comes and goes at every key would only disturb."""


class ChecksPane(QWidget):
    """Findings of the whole document against the chosen style.

    Attributes:
        list: the view.
        spelling: whether spelling is checked as well.

    Signals:
        countChanged(int): so many findings are listed.
    """

    countChanged = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._bridge = session, session.bridge
        self._findings, self._spelling = findings_of(session), spelling_of(session)
        self._rows = Rows(lambda at: " ".join((self._row(at).title, self._row(at).beside, self._row(at).text)))
        self._rows.setParent(self)
        self.list = RowList(self._rows, self._row, tr("Findings"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOW_AFTER_MS)
        self._lay_out()
        self.setFocusProxy(self.list)
        self._soon.timeout.connect(self.refresh)
        self._findings.changed.connect(self._refresh_soon)
        self._bridge.changed.connect(self._refresh_soon)
        self._bridge.replaced.connect(self._refresh_soon)
        self._bridge.selectionChanged.connect(self._follow)
        session.styleChanged.connect(self._show_style)
        session.stylesChanged.connect(self._list_styles)
        self.list.rowChosen.connect(self._go_to)
        self.spelling.toggled.connect(self._spelling.set_wanted)
        self._spelling.switched.connect(self.spelling.setChecked)
        self._spelling.missingChanged.connect(self._say_missing)
        self._show_style()

    @property
    def findings(self) -> list[Finding]:
        """As listed."""
        return cast("list[Finding]", self._rows.items)

    def refresh(self) -> None:
        """List what is found now."""
        self._rows.show(list(self._findings.in_order()))
        count = len(self.findings)
        self._stack.setCurrentIndex(0 if count else 1)
        self._empty.setText(self._why_empty())
        self._next.setEnabled(bool(count))
        self._follow()
        self.list.viewport().update()  # numbers of cues below an insertion are others now
        self.countChanged.emit(count)

    def go_on(self, step: int) -> bool:
        """Go to the next (+1) or the previous (-1) finding, from the current one or the current cue; round the end."""
        found = self.findings
        if not found:
            return False
        at = self.list.currentIndex().row()
        here = 0 <= at < len(found) and found[at].cue_id == self._bridge.current
        target = at + step if here else self._beside_current(step)
        self._go_to(target % len(found))
        self.list.show_row(target % len(found))
        return True

    @Slot()
    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._style = QComboBox()
        self._style.setProperty("role", "field")
        self._style.setAccessibleName(tr("Style that is checked against"))
        self._style.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._list_styles()
        self._style.activated.connect(self._choose_style)
        self._empty = label("", "secondary", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(holding(column(None, self._empty, None, margins=(24, 24, 24, 24))))
        top = framed("strip")
        top.setLayout(row(self._style, margins=(12, 8, 12, 8)))
        self._no_dictionary = label("", "secondary", wraps=True)
        self._no_dictionary.setContentsMargins(12, 8, 12, 8)
        self._no_dictionary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._no_dictionary.hide()
        self.setLayout(column(top, self._stack, self._no_dictionary, self._make_foot(), gap=0))

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        self._next = button(tr("Next finding"), lambda: self.go_on(1), "quiet")
        self._next.setProperty("dense", True)
        key = label("F8", "count")
        key.setFixedHeight(18)
        self.spelling = CheckBox(tr("Spelling"))
        self.spelling.setToolTip(tr("By the Hunspell dictionaries of this machine"))
        self.spelling.setChecked(self._spelling.wanted)
        foot.setLayout(row(self._next, key, None, self.spelling, margins=(4, 4, 12, 4), gap=4))
        return foot

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────

    def _row(self, at: int) -> ListRow:
        finding = self.findings[at]
        must = finding.severity is Severity.MUST
        icon, token = ("error", "error") if must else ("warning", "doubt")
        cue_row = self._findings.row_of(finding.cue_id)
        said = in_words(finding.sentence, finding.params)
        if cue_row is None:  # the cue went a moment ago, the list follows soon
            return ListRow("", text=said, icon=icon, token=token)
        when = clock(self._bridge.document.cues[cue_row].start_ms)
        return ListRow(tr("Cue {0}").format(cue_row + 1), when, said, icon, token)

    def _go_to(self, at: int) -> None:
        found = self.findings
        cue_row = self._findings.row_of(found[at].cue_id) if at < len(found) else None
        if cue_row is None:
            return
        cue = self._bridge.document.cues[cue_row]
        self._bridge.select((cue.id,))
        self._session.seek(cue.start_ms)

    def _follow(self) -> None:
        """The current cue's finding is shown as selected."""
        found, current = self.findings, self._bridge.current
        at = self.list.currentIndex().row()
        if 0 <= at < len(found) and found[at].cue_id == current:
            return
        where = next((n for n, one in enumerate(found) if one.cue_id == current), None)
        self.list.show_row(where)

    def _beside_current(self, step: int) -> int:
        """The finding after (or before) the current cue."""
        here = self._bridge.current_row()
        rows = [self._findings.row_of(one.cue_id) or 0 for one in self.findings]
        if here is None:
            return 0 if step > 0 else -1
        if step > 0:
            return next((n for n, at in enumerate(rows) if at >= here), 0)
        return next((n for n in reversed(range(len(rows))) if rows[n] <= here), -1)

    # ── spelling ─────────────────────────────────────────────────────────────────────────────────

    def _say_missing(self) -> None:
        """A sentence for each language that has no dictionary here, with where to get one."""
        said = "\n".join(_without(language) for language in self._spelling.missing)
        self._no_dictionary.setText(said)
        self._no_dictionary.setVisible(bool(said))

    # ── style ────────────────────────────────────────────────────────────────────────────────────

    def _list_styles(self) -> None:
        fill_styles(self._style, self._session.style.id)

    def _choose_style(self, _at: int) -> None:
        self._session.set_style(style_or(str(self._style.currentData()), self._session.style))

    def _show_style(self) -> None:
        self._style.setCurrentIndex(self._style.findData(self._session.style.id))
        self._refresh_soon()

    def _why_empty(self) -> str:
        if not self._bridge.document.cues:
            return tr("Nothing to check yet.")
        return tr("No findings in {0}.").format(self._session.style.name)

    def sizeHint(self) -> QSize:
        """Narrow, and as high as there is room."""
        return QSize(320, 400)


def _without(language: str) -> str:
    if not language:
        return tr("Spelling is not checked in cues that name no language.")
    none = tr("There is no dictionary for {0}.").format(name_of(language))
    advice = spelling.where_to_get(language)
    return f"{none} {in_words(advice.sentence, advice.params)}"
