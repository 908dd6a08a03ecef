"""The widget: real events in, signals out, a real history between."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.theme import LIGHT, Choice, Theme
from app.timeline.layout import Density, Lane
from app.timeline.model import Notes, PlainModel
from app.timeline.view import TimelineView
from core.document.document import Document
from core.document.edit import Edit
from core.document.history import History
from core.media.peaks import Peaks
from tests.app.timeline.films import document, film

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Owner:
    """What the window will be: applies edits and hands the document back."""

    def __init__(self) -> None:
        self._plain = film()
        self.history = History(self._plain.document)
        self.notes = Notes()

    @property
    def document(self) -> Document:
        return self.history.document

    @property
    def peaks(self) -> Peaks:
        return self._plain.peaks  # type: ignore[return-value]

    @property
    def spectrum(self) -> None:
        return None

    @property
    def speech(self) -> list[tuple[int, int]]:
        return list(self._plain.speech)


@pytest.fixture
def owner() -> Owner:
    return Owner()


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, owner: Owner) -> TimelineView:
    made = TimelineView(Theme(qapp, Choice.DARK))
    qtbot.addWidget(made)
    made.resize(1084, 300)
    made.show()

    def apply(edit: Edit) -> None:
        owner.history.apply(edit)
        made.refresh()

    made.editRequested.connect(apply)
    made.editFinished.connect(owner.history.close_step)
    made.set_model(owner)
    made.look_at(replace(made.state.view, ms_per_px=10))
    return made


Point = Callable[[Lane, int], QPointF]


@pytest.fixture
def point(view: TimelineView) -> Point:
    def of(lane: Lane, ms: int) -> QPointF:
        layout = view.state.layout
        band = layout.band(lane)
        return QPointF(layout.gutter_px + view.state.view.x_of(ms), band.top + band.height / 2)

    return of


def mouse(view: TimelineView, kind: QEvent.Type, at: QPointF, keys: Qt.KeyboardModifier = NONE) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    QApplication.sendEvent(view, QMouseEvent(kind, at, view.mapToGlobal(at), button, held, keys))


def drag(view: TimelineView, start: QPointF, *steps: QPointF, drop: bool = True) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, start)
    for step in steps:
        mouse(view, QEvent.Type.MouseMove, step)
    if drop:
        mouse(view, QEvent.Type.MouseButtonRelease, steps[-1] if steps else start)


def wheel(view: TimelineView, at: QPointF, notches: int, keys: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_a_click_seeks_to_where_it_was(view: TimelineView, point: Point, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.seekRequested) as sought:
        drag(view, point(Lane.SOUND, 3500))
    assert sought.args == [3500]


def test_a_click_in_the_gutter_does_nothing(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.seekRequested):
        drag(view, QPointF(10, 60))


def test_dragging_an_edge_edits_the_document_in_one_step(view: TimelineView, point: Point, owner: Owner) -> None:
    view.set_snapping(False)
    end = point(Lane.CUES, 3000)
    drag(view, end, end + QPointF(20, 0), end + QPointF(30, 0), end + QPointF(40, 0))
    assert owner.document.cues[0].end_ms == 3400
    assert owner.history.labels() == ("Change times",)
    owner.history.undo()
    assert owner.document == document()


def test_escape_in_the_middle_of_a_drag_restores_the_cue(
    view: TimelineView, point: Point, owner: Owner, qtbot: QtBot
) -> None:
    end = point(Lane.CUES, 3000)
    drag(view, end, end + QPointF(20, 0), end + QPointF(40, 0), drop=False)
    assert owner.document != document()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    mouse(view, QEvent.Type.MouseMove, end + QPointF(70, 0))
    assert owner.document == document()


def test_clicking_a_cue_selects_it_and_says_so(view: TimelineView, point: Point, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.selectionChanged) as told:
        drag(view, point(Lane.CUES, 5000))
    assert told.args == [("b",)]
    assert "Cue 2" in view.accessibleDescription()


def test_a_selection_from_another_pane_sends_no_signal_back(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.selectionChanged):
        view.set_selection(("c",), "c.1")
    assert "word 2 of cue 3" in view.accessibleDescription()


def test_dragging_on_the_ground_selects_a_range(view: TimelineView, point: Point, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.rangeSelected) as told:
        drag(view, point(Lane.SOUND, 3200), point(Lane.SOUND, 3800))
    assert told.args == [3200, 3800]
    with qtbot.waitSignal(view.rangeSelected) as told:
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert told.args == [0, 0]


def test_the_edge_two_words_share_is_dragged_by_mouse(view: TimelineView, owner: Owner, point: Point) -> None:
    view.set_snapping(False)
    drag(view, point(Lane.WORDS, 4500), point(Lane.WORDS, 4600), point(Lane.WORDS, 4700))
    assert [(word.start_ms, word.end_ms) for word in owner.document.cues[1].words[:2]] == [(4000, 4700), (4700, 5000)]
    assert owner.history.labels() == ("Change word times",)
    owner.history.undo()
    assert owner.document == document()


def test_a_double_click_plays_the_word(view: TimelineView, point: Point, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.playRequested) as told:
        mouse(view, QEvent.Type.MouseButtonDblClick, point(Lane.WORDS, 4600))
    assert told.args == [4500, 5000]


def test_the_wheel_scrolls(view: TimelineView, point: Point) -> None:
    wheel(view, point(Lane.SOUND, 5000), -2)
    assert view.state.view.start_ms == 1920
    wheel(view, point(Lane.SOUND, 5000), 9)
    assert view.state.view.start_ms == 0


def test_the_wheel_with_ctrl_zooms_at_the_pointer(view: TimelineView, point: Point) -> None:
    at = point(Lane.SOUND, 5000)
    wheel(view, at, 1, CTRL)
    assert view.state.view.ms_per_px == pytest.approx(8)
    assert point(Lane.SOUND, 5000).x() == pytest.approx(at.x())


def test_the_wheel_with_shift_sets_the_sound_s_height(view: TimelineView, point: Point, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.gainChanged) as told:
        wheel(view, point(Lane.SOUND, 5000), 1, SHIFT)
    assert told.args == [pytest.approx(1.2)]
    for _ in range(40):
        wheel(view, point(Lane.SOUND, 5000), 1, SHIFT)
    assert view.state.gain == 8.0


def test_two_fingers_zoom_between_them(view: TimelineView, point: Point) -> None:
    at = point(Lane.SOUND, 5000)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, at, at,
        view.mapToGlobal(at), 0.25, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(view, pinch)
    assert view.state.view.ms_per_px == pytest.approx(8)
    assert point(Lane.SOUND, 5000).x() == pytest.approx(at.x())


def test_the_overview_scrolls(view: TimelineView, qtbot: QtBot) -> None:
    layout = view.state.layout
    y = layout.overview.top + 10
    drag(view, QPointF(layout.gutter_px + layout.lanes_width_px / 2, y))
    middle_ms = (view.state.view.start_ms + view.state.view.end_ms) / 2
    assert middle_ms == pytest.approx(30_000, abs=100)


def test_while_playing_the_page_turns_and_while_standing_it_does_not(view: TimelineView) -> None:
    view.set_playhead(9500)
    assert view.state.view.start_ms == 0
    view.set_playhead(9501, playing=True)
    assert view.state.view.start_ms > 8000
    view.set_following(False)
    start_ms = view.state.view.start_ms
    view.set_playhead(40_000, playing=True)
    assert view.state.view.start_ms == start_ms


def test_moving_the_playhead_repaints_only_thin_strips(view: TimelineView, qtbot: QtBot) -> None:
    view.set_playhead(3100)
    QApplication.processEvents()
    painted: list[int] = []
    draw = view.draw
    view.draw = lambda painter, dirty: (painted.append(dirty.width()), draw(painter, dirty))[1]  # type: ignore[method-assign]
    view.set_playhead(3140)
    qtbot.waitUntil(lambda: bool(painted))
    assert max(painted) < 40


@pytest.mark.parametrize(
    ("key", "expected"), [(Qt.Key.Key_Right, "c"), (Qt.Key.Key_Left, "a")], ids=["right is later", "left is earlier"]
)
def test_arrows_go_by_time(view: TimelineView, qtbot: QtBot, key: Qt.Key, expected: str) -> None:
    view.set_selection(("b",))
    qtbot.keyClick(view, key)
    assert view.state.selection == {expected}


def test_down_enters_the_words_and_up_leaves_them(view: TimelineView, qtbot: QtBot) -> None:
    view.set_selection(("b",))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.state.word == "b.1"
    with qtbot.waitSignal(view.playRequested) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [4500, 5000]
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.state.word == ""


def test_stepping_to_a_cue_out_of_sight_brings_it_into_view(view: TimelineView, qtbot: QtBot) -> None:
    view.set_selection(("c",))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.state.view.start_ms < 20_000 < 22_000 < view.state.view.end_ms


def test_f2_asks_for_the_text(view: TimelineView, qtbot: QtBot) -> None:
    view.set_selection(("c",))
    with qtbot.waitSignal(view.textRequested) as told:
        qtbot.keyClick(view, Qt.Key.Key_F2)
    assert told.args == ["c"]


def test_keys_that_mean_nothing_here_go_on_to_the_window(view: TimelineView) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, NONE, " ")
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()


def test_the_cursor_says_where_an_edge_can_be_taken(view: TimelineView, point: Point) -> None:
    def over(at: QPointF) -> Qt.CursorShape:
        move = QMouseEvent(
            QEvent.Type.MouseMove, at, view.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NONE
        )
        QApplication.sendEvent(view, move)
        return view.cursor().shape()

    assert over(point(Lane.CUES, 3000)) == Qt.CursorShape.SplitHCursor
    assert over(point(Lane.CUES, 2000)) == Qt.CursorShape.ArrowCursor
    assert over(point(Lane.SOUND, 3000)) == Qt.CursorShape.ArrowCursor


def test_the_tooltip_has_the_whole_word(view: TimelineView, point: Point, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, widget: shown.append(text))  # offscreen cannot raise one
    for at in (point(Lane.WORDS, 4600), point(Lane.CUES, 5000), point(Lane.SOUND, 5000)):
        where = at.toPoint()
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, where, view.mapToGlobal(where)))
    assert "word 2 of cue 2" in shown[0]
    assert shown[1].startswith("Cue 2")
    assert shown[2] == ""


def test_choosing_another_theme_repaints_in_its_colours(view: TimelineView, qapp: QApplication) -> None:
    theme = Theme(qapp, Choice.DARK)
    other = TimelineView(theme)
    theme.choose(Choice.LIGHT)
    assert other.state.tokens == LIGHT
    other.deleteLater()


def test_another_film_begins_at_its_beginning_with_nothing_selected(view: TimelineView) -> None:
    view.set_selection(("b",))
    view.look_at(view.state.view.scrolled(500))
    view.set_model(PlainModel())
    assert (view.state.view.start_ms, view.state.selection) == (0, frozenset())


def test_another_film_in_the_middle_of_a_drag_is_not_edited(
    view: TimelineView, point: Point, owner: Owner, qtbot: QtBot
) -> None:
    end = point(Lane.CUES, 3000)
    drag(view, end, end + QPointF(20, 0), drop=False)
    view.set_model(PlainModel())
    with qtbot.assertNotEmitted(view.editRequested):
        mouse(view, QEvent.Type.MouseMove, end + QPointF(40, 0))
        mouse(view, QEvent.Type.MouseButtonRelease, end + QPointF(40, 0))


def test_a_denser_layout_needs_less_height(view: TimelineView) -> None:
    view.set_density(Density.COMPACT)
    assert view.state.layout.cues.height == 34
    assert view.minimumSizeHint().height() <= view.sizeHint().height()


def test_a_selection_is_announced_where_someone_listens(view: TimelineView, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    view.set_selection(("b",))
    view.set_selection(("b",))
    assert len(said) == 1
    assert "Cue 2" in said[0]


def test_the_timeline_loads_no_engine() -> None:
    script = (
        "import sys, app.timeline.view, app.timeline.bench\n"
        "print([m for m in ('torch', 'transformers', 'av', 'onnxruntime', 'huggingface_hub') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert ran.stdout.strip() == "[]"


def test_it_has_a_name_for_those_who_do_not_see_it(view: TimelineView) -> None:
    assert view.accessibleName() == "Timeline"
