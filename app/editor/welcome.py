"""The first page: open a film, try the sample, go on with earlier work. Knows no file but by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.action_set import ActionSet
from app.i18n import tr
from app.models.models import Models
from app.models.offer_card import OfferCard
from app.models.works_now import WorksNow
from app.theme.fonts import Role, font
from app.widgets import Sign, button, column, framed, holding, label, row
from app.wording import cue_count
from core.document.project.recoveries import Unnamed

_WIDTH_PX = 1048
_MOST_LISTED = 5
_NAME_PX = 270


class WelcomePage(QWidget):
    """What can be done when nothing is open.

    Signals:
        fileChosen(Path): of the recent ones.
        workChosen(Unnamed): of an earlier run.
    """

    fileChosen = Signal(object)
    workChosen = Signal(object)

    def __init__(self, actions: ActionSet, models: Models, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Welcome"))
        self._recent: tuple[Path, ...] = ()
        self._works: tuple[Unnamed, ...] = ()
        self._lists_all = False
        title = label(tr("What would you like to do?"))
        title.setFont(font(Role.HEADING, size_pt=font().pointSizeF() * 1.7))
        subtitle = label(tr("Everything happens on this computer. Nothing is sent anywhere."), "secondary")
        self._going_on = QVBoxLayout()
        self._going_on.setSpacing(2)
        self._going_on.setContentsMargins(0, 0, 0, 0)
        cards = row(self._film_card(actions), self._earlier_card(actions), gap=20)
        inner = column(title, subtitle, 8, margins=(24, 48, 24, 24))
        inner.addLayout(cards)
        inner.addSpacing(8)
        self.offer = OfferCard(models)
        inner.addWidget(self.offer)
        inner.addSpacing(8)
        inner.addWidget(WorksNow(models))
        inner.addStretch(1)
        page = holding(inner)
        page.setMaximumWidth(_WIDTH_PX)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        outer = row(margins=(0, 0, 0, 0), gap=0)
        outer.addStretch(1)
        outer.addWidget(page, 1000)
        outer.addStretch(1)
        self.setLayout(column(_scrolling(holding(outer)), gap=0))
        self.setFocusProxy(self._open)
        self._list()

    def show_recent(self, recent: Sequence[Path]) -> None:
        """List files opened last."""
        self._recent = tuple(recent)
        self._list()

    def show_works(self, works: Sequence[Unnamed]) -> None:
        """List work of earlier runs."""
        self._works = tuple(works)
        self._list()

    def _film_card(self, actions: ActionSet) -> QFrame:
        self._open = actions.push("file.open", "primary", icon=False)
        buttons = row(self._open, gap=8)
        sample = actions.push("file.sample", "quiet", icon=False)
        sample.setText(tr("Try the 44 s sample"))
        buttons.addWidget(sample)
        buttons.addStretch(1)
        text = tr("Open a file, or drop one anywhere in this window.")
        return _card("film", tr("Subtitle a film or recording"), text, holding(buttons))

    def _earlier_card(self, actions: ActionSet) -> QFrame:
        below = holding(self._going_on)
        text = tr("Your work is kept from the first change on, also when the program or the computer stops.")
        return _card("file", tr("Go on with something"), text, below)

    def _list(self) -> None:
        while (item := self._going_on.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        entries = [partial(self._work_button, work) for work in self._works]
        shown = {work.media for work in self._works}
        entries += [partial(self._recent_button, path) for path in self._recent if str(path) not in shown]
        listed = entries if self._lists_all else entries[:_MOST_LISTED]
        for make in listed:
            self._going_on.addWidget(make())
        if len(listed) < len(entries):
            more = tr("Show {0} more").format(len(entries) - len(listed))
            self._going_on.addWidget(_left(button(more, self._list_all, "quiet")))
        if not entries:
            self._going_on.addWidget(label(tr("Recent files will appear here."), "third"))
        self._going_on.addStretch(1)

    def _list_all(self) -> None:
        self._lists_all = True
        self._list()
        item = self._going_on.itemAt(_MOST_LISTED)
        first_new = item.widget() if item is not None else None
        if first_new is not None:
            first_new.setFocus()

    def _work_button(self, work: Unnamed) -> QPushButton:
        when = datetime.fromtimestamp(work.changed)
        without = tr("Film not known") if work.problem else tr("Without a film")
        name = _short(Path(work.media).name) or without
        held = tr("damaged") if work.problem else cue_count(work.cues)
        when_text = f"{when:%d %b, %H:%M}"
        text = tr("{0} · {1}, {2}").format(name, held, when_text)
        made = button(text, lambda: self.workChosen.emit(work), "quiet", icon="clock")
        made.setAccessibleName(tr("{0} · {1}, {2}").format(Path(work.media).name or without, held, when_text))
        made.setToolTip(tr("Opening it takes out what is whole.") if work.problem else work.media)
        return _left(made)

    def _recent_button(self, path: Path) -> QPushButton:
        made = button(_short(path.name), lambda: self.fileChosen.emit(path), "quiet", icon="file")
        made.setAccessibleName(path.name)
        made.setToolTip(str(path))
        return _left(made)


def _short(name: str) -> str:
    """A file's name, without its middle where it is too long for a card: another card would have no room."""
    return QFontMetrics(font()).elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX)


def _card(icon: str, title: str, text: str, below: QWidget) -> QFrame:
    made = framed("card")
    made.setMinimumHeight(180)
    heading = label(title, "heading", size=Role.HEADING)
    made.setLayout(
        column(
            Sign(icon, "accent", 28), 4, heading, label(text, "secondary", wraps=True), 4, below, None,
            margins=(24, 20, 24, 16),
        )
    )  # fmt: skip
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def _scrolling(page: QWidget) -> QScrollArea:
    """The page in a small window, too."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    area.verticalScrollBar().setProperty("role", "thin")
    for ground in (area.viewport(), page):
        ground.setAutoFillBackground(False)
    return area


def _left(made: QPushButton) -> QPushButton:
    """Texts of a list begin at the left, one below the other."""
    made.setProperty("start", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
