"""Do a part again: how, with what; then old and new beside each other, and one button that takes the new over.

Knows no engine but by the registries. The document changes when a person says so, as one step.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QLineEdit, QProgressBar, QWidget

from app.editor.works import Work
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.known_text.choices import question_box
from app.known_text.outlook import BUILTIN, installed, name_of_engine
from app.redo.run import RedoRun
from app.redo.sides import Sides
from app.theme import Role
from app.widgets import Sign, button, column, framed, holding, label, row, set_role
from app.wording import cue_count
from core.cue import Cue
from core.document.redo import Compared, Kind, Part, compared, redone
from core.errors import CuesmithError, WriteError
from core.events import Job, WordsJob
from core.language import NAMES, name_of
from core.settings import Settings
from core.transcript import Source

RECOGNISE, TIME = "recognise", "time"


class RedoDialog(QDialog):
    """Asks, shows, does.

    Attributes:
        way, engine, language, context: the questions. sides: old and new.

    Signals:
        taken(tuple of cue ids): the new cues stand in the document.
        failed(CuesmithError): the step could not be kept.
    """

    taken = Signal(object)
    failed = Signal(object)

    def __init__(
        self, work: Work, part: Part, engines: EngineBridge, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._part, self._settings = work, part, settings
        self._run = RedoRun(engines, part, self)
        self._new: tuple[Cue, ...] | None = None
        self.setWindowTitle(tr("Do {0} again").format(cue_count(len(part.seen))))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._make_parts()
        self._lay_out()
        self._run.came.connect(self._came)
        self._run.failed.connect(self._refuse)
        self._run.progressed.connect(lambda share: self._bar.setValue(round(100 * share)))
        self.way.currentIndexChanged.connect(self._choose_way)
        for box in (self.engine, self.language):
            box.currentIndexChanged.connect(self._show)
        self._choose_way()
        self._show()

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _make_parts(self) -> None:
        language = self._part.seen[0].language
        codes = sorted(NAMES, key=lambda code: (code != language, name_of(code)))
        self.way = question_box(tr("What to do"), [(tr("Recognise again"), RECOGNISE), (tr("Time again"), TIME)])
        self.engine = question_box(tr("With"), [])
        self.language: QComboBox = question_box(
            tr("Language"), [(tr("Find out the language"), ""), *((name_of(code), code) for code in codes)], language
        )
        self.context = QLineEdit()
        self.context.setProperty("role", "field")
        self.context.setAccessibleName(tr("Names and terms"))
        self.context.setPlaceholderText(tr("Names and terms that are said"))
        self.sides = Sides()
        self._bar = QProgressBar()
        self._bar.setProperty("role", "stage")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName(tr("Progress"))
        self._error_title, self._error_text = label("", "heading", wraps=True), label("", "secondary", wraps=True)
        self._summary = label("", "secondary")
        self._again = button(tr("Do it again"), self.begin, "primary", icon="loop")
        self._take = button(tr("Take it over"), self.take, "primary", icon="check")

    def _lay_out(self) -> None:
        asked = (self.way, self.engine, self.language, self.context)
        self._lines = {box: _under(box) for box in asked}
        questions = row(*self._lines.values(), gap=12)
        questions.setStretch(3, 1)
        self._error = self._make_error()
        body = column(holding(questions), self._bar, self._error, self.sides, margins=(24, 16, 24, 16), gap=12)
        body.setStretch(3, 1)
        foot = framed("panel")
        cancel = button(tr("Leave it as it is"), self.reject)
        cancel.setAutoDefault(False)
        foot.setLayout(row(self._summary, None, cancel, self._again, self._take, margins=(24, 12, 16, 12)))
        whole = column(holding(body), framed("rule"), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(1000, 600)
        self.setMinimumSize(QSize(780, 460))

    def _make_error(self) -> QFrame:
        made = framed("banner-error")
        words = holding(column(self._error_title, self._error_text, gap=2))
        inside = row(holding(column(Sign("error", "error"), None)), words, margins=(12, 8, 12, 8), gap=12)
        inside.setStretch(1, 1)
        made.setLayout(inside)
        made.hide()
        return made

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Do the part again as the answers say."""
        info = self._work.info
        if info is None:
            return
        media = self._work.history.document.media
        track = media.track if media is not None else 1
        self._error.hide()
        self._new = None
        self._bar.setValue(0)
        self._show()
        engine, language = str(self.engine.currentData()), str(self.language.currentData())
        if self.way.currentData() == TIME:
            self._run.time(WordsJob(info.path, 0, 0, (), language, track, engine))
            return
        self._run.recognise(
            Job(
                info.path,
                track,
                self._part.from_ms,
                self._part.to_ms,
                engine=engine,
                aligner=self._settings.aligner,
                languages=(language,) if language else (),
                context=self.context.text().strip(),
                style=self._work.history.document.style,
                max_chunk_ms=self._settings.max_chunk_ms,
            )
        )

    def take(self) -> None:
        """The new cues in place of the old."""
        if self._new is None:
            return
        history = self._work.history
        label_ = "Time part again" if self.way.currentData() == TIME else "Redo part"
        edit = redone(history.document, self._part, self._new, label=label_)
        if edit is None:
            self._say(tr("These cues were changed meanwhile."), tr("Close this and select them again."))
            return
        try:
            history.apply(edit)
        except WriteError as error:
            self.failed.emit(error)
            return
        self.taken.emit(tuple(cue.id for cue in self._new))
        self.accept()

    def done(self, result: int) -> None:
        """Close; nobody waits any more."""
        self._run.stop()
        super().done(result)

    def _choose_way(self) -> None:
        recognizers, aligners = installed()
        times = self.way.currentData() == TIME
        self.engine.blockSignals(True)
        self.engine.clear()
        for one in ("auto", *(aligners if times else recognizers)):
            self.engine.addItem(tr("The best that is installed") if one == "auto" else name_of_engine(one), one)
        self.engine.blockSignals(False)
        self._lines[self.context].setVisible(not times)
        if times and not self.language.currentData():  # an aligner must know
            self.language.setCurrentIndex(max(1, self.language.findData(self._settings.language)))
        self._new = None
        self._show()

    def _came(self, cues: tuple[Cue, ...]) -> None:
        self._bar.setValue(100)
        if not cues:
            self._say(tr("Nothing was recognised there."), tr("Try another engine or language."))
            return
        if all(word.source is Source.ESTIMATED for cue in cues for word in cue.words):
            self._say(tr("The words were not found in the sound."), tr("Try another engine or language."))
            return
        self._new = cues
        self._show()

    def _refuse(self, error: CuesmithError) -> None:
        self._bar.setValue(0)
        self._say(error.what_happened(tr), error.what_to_do(tr))

    def _say(self, title: str, text: str) -> None:
        self._error_title.setText(title)
        self._error_text.setText(text)
        self._error.show()

    def _show(self) -> None:
        """The two sides, and what can be done now."""
        old, new = compared(self._part.seen, self._new if self._new is not None else self._part.seen)
        self.sides.show_both(old, new if self._new is not None else ())
        same = self._new is not None and _differing(old, new) == (0, 0)
        self._take.setVisible(self._new is not None)
        self._take.setEnabled(self._new is not None and not same)
        set_role(self._again, "normal" if self._new is not None else "primary")
        self._summary.setText(_summary(old, new) if self._new is not None else self._expected())

    def _expected(self) -> str:
        """What to know before: what the built-in engine is, or why it cannot be."""
        from core.recognition import registry

        if self.way.currentData() == TIME:
            return ""
        language = str(self.language.currentData())
        try:
            engine, _ = registry.choose(str(self.engine.currentData()), (language,) if language else ())
        except CuesmithError as error:
            return error.what_happened(tr)
        return (
            tr("The built-in engine is rough: English only, about one word in four wrong.") if engine == BUILTIN else ""
        )


def _differing(old: tuple[Compared, ...], new: tuple[Compared, ...]) -> tuple[int, int]:
    """(words that differ, cues with other times)."""
    words = max(sum(kind is not Kind.SAME for one in side for kind in one.kinds) for side in (old, new))
    return words, sum(one.moved for one in new)


def _summary(old: tuple[Compared, ...], new: tuple[Compared, ...]) -> str:
    words, times = _differing(old, new)
    if not words and not times:
        return tr("It came out the same.")
    told = tr("1 word differs") if words == 1 else tr("%n words differ", None, words)
    return tr("{0} · {1} with other times").format(told, cue_count(times))


def _under(box: QWidget) -> QWidget:
    return holding(column(label(box.accessibleName(), "secondary", size=Role.SMALL), box, gap=4))
