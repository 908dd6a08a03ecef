"""What is asked beside the text: spoken or sung, language, track, engines, what becomes of cues that are there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.editor.works import Work
from app.i18n import tr
from app.jobs.start_panel import track_name
from app.known_text.outlook import ENGLISH, Choice, installed, name_of_engine, outlook
from app.theme import Role
from app.widgets import Sign, column, framed, holding, label, row
from app.wording import cue_count
from core.events import SONG, SPEECH
from core.language import NAMES, name_of
from core.settings import Settings

Entries = Sequence[tuple[str, object]]


class Choices(QWidget):
    """The questions, one below the other, and what to expect of the answers.

    Signals:
        changed(): another answer.
    """

    changed = Signal()

    def __init__(self, work: Work, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        recognizers, aligners = installed()
        tracks = work.info.audio_tracks if work.info is not None else ()
        there = len(work.history.document.cues)
        self.preset = question_box(tr("It is"), [(tr("Spoken"), SPEECH), (tr("Sung over music"), SONG)])
        self.language = question_box(tr("Language of the text"), _languages(settings.language))
        self.track = question_box(tr("Sound track"), [(track_name(track), track.number) for track in tracks])
        self.track.setCurrentIndex(next((at for at, track in enumerate(tracks) if track.default), 0))
        self.engine = question_box(tr("Listens"), _engines(recognizers), settings.engine)
        self.aligner = question_box(tr("Times the words"), _engines(aligners), settings.aligner)
        replaced, kept = tr("Replace {0}"), tr("Keep {0}, add the rest")
        self.cues = question_box(
            tr("Cues that are there"),
            [(replaced.format(cue_count(there)), True), (kept.format(cue_count(there)), False)],
        )
        self._title, self._text = label("", "heading", wraps=True), label("", "secondary", wraps=True)
        self._sign = Sign("info", "accent")
        self._lines = {box: _line(box) for box in self._boxes()}
        self._shows_cues = there > 0
        self.possible = True
        self.setLayout(self._laid_out(len(tracks)))
        for box in self._boxes():
            box.currentIndexChanged.connect(self._say)
        self._say()

    @property
    def choice(self) -> Choice:
        """The answers that the outlook depends on."""
        return Choice(
            str(self.preset.currentData()),
            str(self.language.currentData()),
            str(self.engine.currentData()),
            str(self.aligner.currentData()),
        )

    def set_language(self, code: str) -> None:
        """Choose a language that a file names."""
        at = self.language.findData(code)
        if at >= 0:
            self.language.setCurrentIndex(at)

    def show_choice(self, choice: Choice) -> None:
        """Give these answers."""
        answers = (choice.preset, choice.language, choice.engine, choice.aligner)
        for box, answer in zip((self.preset, self.language, self.engine, self.aligner), answers, strict=True):
            box.setCurrentIndex(max(0, box.findData(answer)))

    def ask_about_cues(self, asks: bool) -> None:
        """Whether cues that are there can be in the way."""
        self._lines[self.cues].setVisible(asks and self._shows_cues)

    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.preset, self.language, self.track, self.engine, self.aligner, self.cues

    def _laid_out(self, tracks: int) -> QVBoxLayout:
        self._lines[self.track].setVisible(tracks > 1)
        self._lines[self.cues].setVisible(self._shows_cues)
        card = framed("card")
        words = holding(column(self._title, self._text, gap=4))
        inside = row(holding(column(self._sign, None)), words, margins=(12, 12, 12, 12), gap=12)
        inside.setStretch(1, 1)
        card.setLayout(inside)
        return column(*self._lines.values(), 8, card, None, gap=12)

    def _say(self) -> None:
        sung = self.preset.currentData() == SONG
        for box in (self.engine, self.aligner):
            self._lines[box].setVisible(not sung)
        said = outlook(self.choice)
        self.possible = said.possible
        self._title.setText(said.title)
        self._text.setText(said.text)
        self._sign.show_icon(*(("info", "accent") if said.possible else ("warning", "doubt")))
        self.changed.emit()


def question_box(name: str, entries: Entries, chosen: object = None) -> QComboBox:
    """Answers to choose from, named by their question."""
    made = QComboBox()
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    for text, value in entries:
        made.addItem(text, value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def _line(box: QComboBox) -> QWidget:
    """A question over its answers: both stay whole in long languages."""
    return holding(column(label(box.accessibleName(), "secondary", size=Role.SMALL), box, gap=4))


def _languages(preferred: str) -> list[tuple[str, object]]:
    first = preferred if preferred in NAMES else ENGLISH
    return [(name_of(code), code) for code in sorted(NAMES, key=lambda code: (code != first, name_of(code)))]


def _engines(ids: Sequence[str]) -> list[tuple[str, object]]:
    best: list[tuple[str, object]] = [(tr("The best that is installed"), "auto")]
    return best + [(name_of_engine(one), one) for one in ids]
