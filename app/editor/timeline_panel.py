"""The timeline with its row of tools, tied to the session: what is drawn comes from it, what is done goes to it.

Knows the timeline's view and the document bridge; all arithmetic is in `app.timeline`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider, QWidget

from app import theme
from app.action_set import ActionSet
from app.editor.session import Session
from app.i18n import tr
from app.timeline.layout import Density, Lane
from app.timeline.model import Notes, Peaks, Spans, Spectrum
from app.timeline.view import TimelineView
from app.timeline.viewport import Viewport
from app.widgets import column, fixed_height, framed, holding, row
from core.document.document import Document
from core.document.edit import Edit
from core.document.history import Changed

_ZOOM_STEPS = 100
_FIRST_SPAN_MS = 12_000


@dataclass(slots=True)
class SessionModel:
    """What the timeline reads.

    Attributes:
        notes: findings, and how far recognition has come; set by the page.
    """

    session: Session
    notes: Notes

    @property
    def document(self) -> Document:
        """The cues."""
        return self.session.bridge.document

    @property
    def peaks(self) -> Peaks | None:
        """The sound as far as it is read."""
        return self.session.peaks

    @property
    def spectrum(self) -> Spectrum | None:
        """The sound by pitch, where it is shown."""
        return self.session.spectrum

    @property
    def speech(self) -> Spans:
        """Where speech was found."""
        return self.session.speech


class TimelinePanel(QWidget):
    """Tools and lanes.

    Attributes:
        view: the lanes.

    Signals:
        playRequested(int, int): play this stretch, ms.
        textRequested(): the text box should take the keys.
        rangeSelected(int, int): ms; both 0 for none.
        contextMenuWanted(QPoint, bool): at this place of the screen; of words, else of cues.
    """

    playRequested = Signal(int, int)
    textRequested = Signal()
    rangeSelected = Signal(int, int)
    contextMenuWanted = Signal(QPoint, bool)

    def __init__(self, session: Session, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._bridge = session.bridge
        self._model = SessionModel(session, Notes())
        self._fitted = False
        self._playing = self._selecting = False
        self.view = TimelineView(theme.current())
        self._slider = _zoom_slider()
        self._tools = self._tool_row(actions)
        self.setLayout(column(self._tools, self.view, gap=0))
        self.view.installEventFilter(self)
        self._listen()
        self.view.set_model(self._model)

    def set_notes(self, notes: Notes) -> None:
        """Findings, and how far recognition has come."""
        self._model.notes = notes
        self.view.refresh()
        self._choose_density()

    @property
    def notes(self) -> Notes:
        """As set last."""
        return self._model.notes

    def set_playing(self, playing: bool) -> None:
        """While the film plays, the page turns with the playhead and not with the selection."""
        self._playing = playing

    def show_all(self) -> None:
        """The whole film in the view."""
        view = self.view.state.view
        self.view.look_at(view.fitted(0, max(1, view.duration_ms)))

    def show_cue(self) -> None:
        """The current cue in the middle, with a little around it."""
        cue = self._bridge.current_cue()
        if cue is not None:
            margin_ms = max(400, cue.duration_ms // 4)
            self.view.look_at(self.view.state.view.fitted(cue.start_ms - margin_ms, cue.end_ms + margin_ms))

    def show_both(self, start_ms: int, end_ms: int) -> None:
        """This stretch in sight, zoomed out as far as it needs; nothing moves where it is in sight already."""
        view = self.view.state.view
        if start_ms < view.start_ms or end_ms > view.start_ms + view.width_px * view.ms_per_px:
            margin_ms = max(400, (end_ms - start_ms) // 8)
            self.view.look_at(view.fitted(start_ms - margin_ms, end_ms + margin_ms))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lanes become compact where there is little room."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._choose_density()
            self._fit_once()
        return super().eventFilter(watched, event)

    def _choose_density(self) -> None:
        wanted = Density.NORMAL if self.view.fits(Density.NORMAL) else Density.COMPACT
        if self.view.state.density is not wanted:
            self.view.set_density(wanted)

    # ── signals ──────────────────────────────────────────────────────────────────────────────────

    def _listen(self) -> None:
        session, bridge, view = self._session, self._bridge, self.view
        bridge.changed.connect(self._document_changed)
        bridge.replaced.connect(self._another_film)
        bridge.selectionChanged.connect(self._selection_changed)
        session.mediaChanged.connect(self._film_came)
        session.peaksChanged.connect(self._sound_changed)
        session.speechChanged.connect(view.refresh)
        session.spectrumChanged.connect(view.refresh)
        session.playheadMoved.connect(self._playhead_moved)
        view.seekRequested.connect(session.seek)
        view.editRequested.connect(self._apply)
        view.editFinished.connect(self._drag_over)
        view.selectionChanged.connect(self._select_here)
        view.wordSelected.connect(self._select_word)
        view.rangeSelected.connect(self.rangeSelected)
        view.playRequested.connect(self.playRequested)
        view.textRequested.connect(lambda _cue_id: self.textRequested.emit())
        view.viewportChanged.connect(self._zoom_changed)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._ask_for_menu)

    def _document_changed(self, _changed: Changed) -> None:
        self.view.refresh()

    def _another_film(self) -> None:
        self._fitted = False
        self.view.set_model(self._model)
        self._fit_once()

    def _film_came(self) -> None:
        """A film that joins cues which are shown already moves nothing from its place."""
        if self._fitted and self._session.info is not None and self._bridge.document.cues:
            self.view.refresh()
        else:
            self._another_film()

    def _sound_changed(self) -> None:
        self.view.refresh()
        self._fit_once()

    def _fit_once(self) -> None:
        """A film is first shown as a stretch one can read words in, or whole where it is shorter."""
        view = self.view.state.view
        if not self._fitted and view.duration_ms > 0 and self.view.isVisible():
            self._fitted = True
            self.view.look_at(view.fitted(0, min(view.duration_ms, _FIRST_SPAN_MS)))

    def _selection_changed(self) -> None:
        self.view.set_selection(self._bridge.selected, self._bridge.word or "")
        cue = self._bridge.current_cue()
        if cue is not None and not self._selecting and not self._playing:
            self.view.reveal(cue.start_ms, cue.end_ms)

    def _select_here(self, cue_ids: tuple[str, ...]) -> None:
        """What is selected on the lanes is in sight already; scrolling would pull it from under the pointer."""
        self._selecting = True
        self._bridge.select(cue_ids)
        self._selecting = False

    def _select_word(self, word_id: str) -> None:
        self._bridge.select(self._bridge.selected, current=self._bridge.current, word=word_id or None)

    def _ask_for_menu(self, at: QPoint) -> None:
        """Select what lies under the pointer, then its menu; by key the menu of what is selected."""
        state = self.view.state
        lane, pointing = state.layout.lane_at(at.y()), state.pointing()
        x = pointing.lane_x(at.x())
        word, cue = pointing.word_at(x), pointing.cue_at(x)
        if lane is Lane.WORDS and word is not None:
            self._bridge.select((self._bridge.document.cues[word[0]].id,), word=word[1].id)
        elif lane is Lane.CUES and cue is not None and cue[1].id not in self._bridge.selected:
            self._bridge.select((cue[1].id,))
        words = lane is Lane.WORDS and self._bridge.word is not None
        self.contextMenuWanted.emit(self.view.mapToGlobal(at), words)

    def _playhead_moved(self, ms: int) -> None:
        self.view.set_playhead(ms, playing=self._playing)

    def _apply(self, edit: Edit) -> None:
        self._bridge.apply(edit)

    def _drag_over(self) -> None:
        self._bridge.history.close_step()

    # ── tools ────────────────────────────────────────────────────────────────────────────────────

    def _tool_row(self, actions: ActionSet) -> QFrame:
        made = framed("panel-header")
        made.setLayout(
            row(
                actions.tool("timeline.select"), actions.tool("timeline.range"), 8, _rule(), 8,
                actions.push("cue.split", "quiet", dense=True), actions.push("cue.merge", "quiet", dense=True),
                actions.push("cue.word_back", "quiet", dense=True), actions.push("cue.word_on", "quiet", dense=True),
                None,
                actions.tool("timeline.spectrogram"), 4,
                actions.push("timeline.snap", dense=True), actions.push("timeline.follow", dense=True), 8, _rule(), 8,
                actions.tool("timeline.zoom_out"), self._slider, actions.tool("timeline.zoom_in"),
                margins=(12, 4, 12, 4), gap=4,
            )
        )  # fmt: skip
        made.setMinimumHeight(36)
        made.setAccessibleName(tr("Timeline tools"))
        self._slider.valueChanged.connect(self._zoom_to)
        fixed_height(made)
        return made

    def _zoom_to(self, step: int) -> None:
        view = self.view.state.view
        least, most = _limits(view)
        wanted = least * (most / least) ** (step / _ZOOM_STEPS)
        now = view.ms_per_px
        if view.duration_ms > 0 and not math.isclose(now, wanted, rel_tol=0.02):
            self.view.zoom(now / wanted)

    def _zoom_changed(self, view: Viewport) -> None:
        least, most = _limits(view)
        place = math.log(view.ms_per_px / least) / math.log(most / least) if least > most else 0.0
        self._slider.blockSignals(True)
        self._slider.setValue(round(place * _ZOOM_STEPS))
        self._slider.blockSignals(False)


def _limits(view: Viewport) -> tuple[float, float]:
    """Ms a pixel at the slider's ends: the whole film, and 0.5 ms (2000 px/s)."""
    whole = view.duration_ms / max(1, view.width_px)
    return max(whole, 1.0), 0.5


def _zoom_slider() -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(0, _ZOOM_STEPS)
    made.setProperty("role", "thin")
    made.setFixedWidth(110)
    made.setAccessibleName(tr("Zoom of the timeline"))
    made.setToolTip(tr("Zoom of the timeline"))
    return made


def _rule() -> QWidget:
    made = framed("upright")
    made.setFixedSize(1, 20)
    return holding(column(made))
