"""New times of cues lie in a lane of their own under the old ones, while there are any to review."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.theme import Choice, Theme
from app.timeline.layout import Band, Density
from app.timeline.model import Notes, PlainModel
from app.timeline.tips import tip_at
from app.timeline.view import TimelineView
from core.cue import Cue
from core.document.edits.cue_times import moved
from tests.app.timeline.films import film

WIDTH, HEIGHT = 1084, 360
LATER_MS = 1_500


def shifted() -> tuple[Cue, ...]:
    """Every cue of the film, a second and a half later."""
    return tuple(moved(cue, LATER_MS) for cue in film().document.cues)


def shown(view: TimelineView, *, new_times: tuple[Cue, ...] = (), doubted: frozenset[str] = frozenset()) -> None:
    view.set_model(replace(film(), notes=Notes(new_times=new_times, doubted=doubted)))


def picture(view: TimelineView, band: Band) -> np.ndarray:
    """The pixels of a lane."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    view.draw(painter, QRect(0, 0, WIDTH, HEIGHT))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(HEIGHT, WIDTH) & 0xFFFFFF
    return pixels[band.top : band.bottom, view.state.layout.gutter_px :].copy()


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> TimelineView:
    made = TimelineView(Theme(qapp, Choice.DARK))
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    made.show()
    return made


def x_of(view: TimelineView, ms: float) -> int:
    return view.state.layout.gutter_px + round(view.state.view.x_of(ms))


def test_the_lane_comes_with_new_times_and_goes_with_them(view: TimelineView) -> None:
    shown(view)
    words_top = view.state.layout.words.top
    assert view.state.layout.new_times.height == 0
    shown(view, new_times=shifted())
    assert view.state.layout.new_times.height > 20
    assert view.state.layout.new_times.top == view.state.layout.cues.bottom
    shown(view)
    assert view.state.layout.new_times.height == 0
    assert view.state.layout.words.top == words_top


def test_lanes_that_no_longer_fit_with_it_say_so(view: TimelineView) -> None:
    shown(view)
    view.resize(WIDTH, view.minimumSizeHint().height())
    least_px = view.minimumSizeHint().height()
    assert view.fits(Density.COMPACT)
    assert not view.fits(Density.NORMAL)
    shown(view, new_times=shifted())
    assert view.minimumSizeHint().height() > least_px
    assert not view.fits(Density.COMPACT)


def test_blocks_stand_at_the_new_times_and_not_at_the_old(view: TimelineView) -> None:
    first = film().document.cues[0]
    shown(view, new_times=(moved(first, LATER_MS),))
    row = picture(view, view.state.layout.new_time_blocks)[3]
    ground = view.state.tokens.canvas
    drawn = np.flatnonzero(row != int(ground[1:], 16)) + view.state.layout.gutter_px
    left, right = x_of(view, first.start_ms + LATER_MS), x_of(view, first.end_ms + LATER_MS)
    inside = drawn[(drawn > left - 40) & (drawn < right + 40)]
    assert abs(int(inside.min()) - left) <= 2
    assert abs(int(inside.max()) - right) <= 2


def test_a_doubted_time_is_marked(view: TimelineView) -> None:
    new = shifted()
    shown(view, new_times=new)
    plain = picture(view, view.state.layout.new_times)
    shown(view, new_times=new, doubted=frozenset((new[0].id,)))
    assert (picture(view, view.state.layout.new_times) != plain).any()


def test_a_click_on_a_new_time_selects_its_cue_and_goes_there_but_moves_nothing(view: TimelineView) -> None:
    new = shifted()
    shown(view, new_times=new)
    band = view.state.layout.new_time_blocks
    at = QPoint(x_of(view, (new[0].start_ms + new[0].end_ms) / 2), (band.top + band.bottom) // 2)
    heard: list[object] = []
    for signal in (view.editRequested, view.selectionChanged, view.seekRequested):
        signal.connect(heard.append)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseMove(view, at + QPoint(60, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(60, 0))
    assert view.state.selection == {new[0].id}
    assert heard == [(new[0].id,), new[0].start_ms]
    assert tip_at(view.state, at.x(), at.y()).startswith("New: Cue 1, ")


def test_both_of_a_selected_cue_are_joined_by_a_line(view: TimelineView) -> None:
    new = shifted()
    shown(view, new_times=new)
    gap = Band(view.state.layout.cue_blocks.bottom + 1, 6)
    before = picture(view, gap)
    view.set_selection((new[0].id,))
    accent = int(view.state.tokens.accent[1:], 16)
    assert not (before == accent).any()
    assert (picture(view, gap) != before).any()


def test_a_model_without_new_times_has_none() -> None:
    assert PlainModel().notes.new_times == ()
