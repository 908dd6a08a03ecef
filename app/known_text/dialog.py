"""“I have the text, time it”: the text at the left, the questions at the right, one button that says what comes.

Knows no engine and starts nothing: it gives a plan. `core.pipeline_align` decides what becomes of each line.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.editor.works import Work
from app.i18n import tr
from app.jobs.align_run import AlignPlan
from app.known_text.choices import Choices
from app.known_text.outlook import Choice
from app.known_text.source import TextSource
from app.widgets import button, column, framed, holding, label, row
from core.cues import styles
from core.events import AlignJob
from core.given_text import GivenText
from core.settings import Settings


class TextDialog(QDialog):
    """Asks for a text and how to time it.

    Attributes:
        source: the text. choices: the questions.

    Signals:
        planned(AlignPlan): begin.
    """

    planned = Signal(object)

    def __init__(
        self, work: Work, settings: Settings, retimes: GivenText | None = None, parent: QWidget | None = None
    ) -> None:
        """`retimes`: the document's own cues, whose times are looked for anew."""
        super().__init__(parent)
        self._work, self._retimes = work, retimes
        self.setWindowTitle(tr("Re-time these cues") if retimes is not None else tr("I have the text, time it"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        info = work.info
        self.source = TextSource(Path(info.path).parent if info is not None else Path.home())
        self.choices = Choices(work, settings)
        self._summary = label("", "secondary")
        self._begin = button("", self._accept, "primary", icon="retime")
        self._begin.setDefault(True)
        self._lay_out()
        self.source.changed.connect(self._refresh)
        self.source.languageFound.connect(self.choices.set_language)
        self.choices.changed.connect(self._refresh)
        if retimes is not None:
            self.source.show_given(retimes, tr("This document"))
        self._refresh()
        self.source.area.setFocus()

    @property
    def plan(self) -> AlignPlan | None:
        """What would be done; None while there is no text, or where it cannot be."""
        given, info = self.source.given, self._work.info
        if info is None or not self.choices.possible or not _count(given):
            return None
        choice, document = self.choices.choice, self._work.history.document
        own = given.cues != () and self._retimes is not None and given.cues == self._retimes.cues
        style = document.style if document.cues else styles.default_for(choice.language).id
        job = AlignJob(
            media=info.path,
            lines=given.lines,
            track=int(self.choices.track.currentData() or 1),
            engine=choice.engine,
            aligner=choice.aligner,
            language=choice.language,
            preset=choice.preset,
            style="" if given.cues else style,
        )
        replaces = bool(self.choices.cues.currentData()) and not own
        return AlignPlan(job, given.cues, adds=bool(given.cues) and not own, replaces=replaces)

    def begin_with(self, plan: AlignPlan | None) -> None:
        """What was asked for before, so that a run that was stopped goes on with the same text."""
        if plan is not None and (plan.adds or not plan.cues):
            self.source.show_given(GivenText(plan.job.lines, plan.cues), tr("The text that was stopped"))
            self.choices.show_choice(Choice(plan.job.preset, plan.job.language, plan.job.engine, plan.job.aligner))

    def done(self, result: int) -> None:
        """Close, once nothing is being read any more."""
        self.source.close_threads()
        super().done(result)

    def _lay_out(self) -> None:
        left = holding(column(self.source, margins=(24, 16, 16, 16)))
        right = framed("panel")
        right.setLayout(column(self.choices, margins=(16, 16, 24, 16)))
        right.setFixedWidth(340)
        body = row(left, right, gap=0)
        body.setStretch(0, 1)
        foot = framed("panel")
        cancel = button(tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        foot.setLayout(row(self._summary, None, cancel, self._begin, margins=(24, 12, 16, 12)))
        whole = column(holding(body), framed("rule"), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(1000, 660)
        self.setMinimumSize(QSize(800, 520))

    def _refresh(self) -> None:
        given = self.source.given
        count = _count(given)
        self.source.set_language(self.choices.choice.language)
        own = self._retimes is not None and bool(given.cues) and given.cues == self._retimes.cues
        self.choices.ask_about_cues(not own)
        text = tr("Time 1 line") if count == 1 else tr("Time %n lines", None, count)
        self._begin.setText(text if count else tr("Time the text"))
        self._begin.setAccessibleName(self._begin.text())
        self._begin.setEnabled(self.plan is not None)
        self._begin.setToolTip("" if count else tr("Paste or open a text first."))
        self._summary.setText(tr("{0} words").format(sum(len(line.split()) for line in given.lines)) if count else "")

    def _accept(self) -> None:
        plan = self.plan
        if plan is not None:
            self.accept()
            self.planned.emit(plan)


def _count(given: GivenText) -> int:
    """Lines that have words."""
    return sum(bool(line.strip()) for line in given.lines)
