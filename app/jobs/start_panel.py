"""What is asked before a run, in one strip: which engine, which language, what becomes of cues that are there.

Says plainly what the built-in engine is. Knows engines by the registry alone; importing an entry loads no model.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QWidget

from app.editor.works import Work
from app.i18n import tr
from app.jobs.run import Plan
from app.theme.fonts import Role
from app.widgets import Sign, button, column, holding, label, row
from app.wording import cue_count
from core.errors import CuesmithError
from core.events import Job
from core.language import NAMES, name_of
from core.media.info import AudioTrack
from core.settings import Settings

BUILTIN = "builtin"


class StartPanel(QFrame):
    """Asks, and says what to expect.

    Signals:
        accepted(Plan): begin.
        dismissed(): not now.
        textWanted(): the text is known, it only wants its times.
        modelsWanted(): a better engine is to be got first.
        asking(bool): it is on the screen, or no more.
    """

    accepted = Signal(object)
    dismissed = Signal()
    textWanted = Signal()
    modelsWanted = Signal()
    asking = Signal(bool)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setAccessibleName(tr("Before recognition"))
        self._settings = settings
        self._work: Work | None = None
        self._engine = ""
        self._sign = Sign("info", "accent")
        self._title: QLabel = label(role="heading", wraps=True)
        self._text: QLabel = label(role="secondary", size=Role.SMALL, wraps=True)
        self._language = _choice(tr("Spoken language"))
        self._track = _choice(tr("Sound track"))
        self._cues = _choice(tr("Cues that are there"))
        self._start: QPushButton = button(tr("Recognise"), self._accept, "primary")
        self._cancel: QPushButton = button(tr("Not now"), self.dismissed.emit, "quiet")
        self.better: QPushButton = button(tr("Get Qwen3-ASR…"), self.modelsWanted.emit, icon="download")
        self.better.setToolTip(tr("30 languages and far fewer mistakes; downloaded once"))
        self.known: QPushButton = button(tr("I have the text, time it"), self._go_to_text, "link")
        self.known.setToolTip(tr("The built-in engine times a text that is known well"))
        texts = column(self._title, self._text, holding(row(self.known, None)), gap=2)
        layout = row(holding(column(self._sign, None)), margins=(12, 8, 12, 8), gap=12)
        layout.addLayout(texts, 1)
        for widget in (self._language, self._track, self._cues, self.better, self._start, self._cancel):
            layout.addWidget(widget)
        self.setLayout(layout)
        self._language.currentIndexChanged.connect(self._say)

    def ask(self, work: Work) -> None:
        """Ask for a run on this work; shows itself."""
        self._work = work
        tracks = work.info.audio_tracks if work.info is not None else ()
        _fill(self._language, _languages(self._settings.language))
        _fill(self._track, [(track_name(track), track.number) for track in tracks])
        self._track.setCurrentIndex(next((row for row, track in enumerate(tracks) if track.default), 0))
        self._track.setVisible(len(tracks) > 1)
        there = len(work.history.document.cues)
        fill, replace = (
            tr("Keep {0}, add the rest").format(cue_count(there)),
            tr("Replace {0}").format(cue_count(there)),
        )
        _fill(self._cues, [(fill, False), (replace, True)])
        self._cues.setVisible(there > 0)
        self._say()
        self.show()
        self._start.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Say that there is a question."""
        super().showEvent(event)
        self.asking.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that there is none any more."""
        super().hideEvent(event)
        self.asking.emit(False)

    def plan(self) -> Plan | None:
        """What is chosen; None before `ask`."""
        if self._work is None or self._work.info is None:
            return None
        settings = self._settings
        language = str(self._language.currentData())
        job = Job(
            media=self._work.info.path,
            track=int(self._track.currentData() or 1),
            engine=settings.engine,
            aligner=settings.aligner,
            languages=(language,) if language else (),
            style=settings.style,
            max_chunk_ms=settings.max_chunk_ms,
        )
        return Plan(job, replaces=bool(self._cues.currentData()))

    def _accept(self) -> None:
        plan = self.plan()
        if plan is not None:
            self.hide()
            self.accepted.emit(plan)

    def _go_to_text(self) -> None:
        self.hide()
        self.textWanted.emit()

    def _say(self) -> None:
        """What the engine that would be taken is, or why there is none."""
        from core.recognition import registry  # brings NumPy, which the window does without until then

        language = self._language.currentData()
        try:
            self._engine, reason = registry.choose(self._settings.engine, (str(language),) if language else ())
        except CuesmithError as error:
            self._sign.show_icon("warning", "doubt")
            self._title.setText(error.what_happened(tr))
            self._text.setText(error.what_to_do(tr))
            self._start.setEnabled(False)
            self.better.show()
            return
        self._start.setEnabled(True)
        self.better.setVisible(self._engine == BUILTIN)
        self.known.setVisible(self._engine == BUILTIN)
        self._sign.show_icon("info", "accent")
        if self._engine == BUILTIN:
            self._title.setText(tr("The built-in engine makes a rough draft"))
            self._text.setText(
                tr("English only, about one word in four wrong. Its cues carry a draft mark until recognised again.")
            )
        else:
            self._title.setText(self._engine)
            self._text.setText(tr(reason))


def engine_name(wanted: str) -> str:
    """What would recognise under this setting, for people; "" for nothing. Imports engines' entries, loads no model."""
    from core.recognition import registry

    try:
        engine_id, _reason = registry.choose(wanted)
        return tr("Built-in recogniser, English") if engine_id == BUILTIN else registry.create(engine_id).info.name
    except CuesmithError:
        return ""


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def _fill(box: QComboBox, entries: list[tuple[str, object]]) -> None:
    box.blockSignals(True)
    box.clear()
    for text, value in entries:
        box.addItem(text, value)
    box.blockSignals(False)


def _languages(preferred: str) -> list[tuple[str, object]]:
    """The wanted language first, then "find out", then all by name."""
    known = sorted(NAMES, key=name_of)
    entries: list[tuple[str, object]] = [(tr("Find out the language"), "")]
    entries += [(name_of(code), code) for code in known]
    first = preferred if preferred in NAMES else ""
    return sorted(entries, key=lambda entry: entry[1] != first)


def track_name(track: AudioTrack) -> str:
    """A track as a list names it: number, language, title."""
    parts = [tr("Track {0}").format(track.number), name_of(track.language) if track.language else "", track.title]
    return " · ".join(part for part in parts if part)
