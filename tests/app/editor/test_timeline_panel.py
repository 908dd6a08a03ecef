"""The timeline tied to the session: what it shows first, its zoom, and that panes share one selection."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor.timeline_panel import TimelinePanel
from core.document import edits
from core.paths import resource

SAMPLE = resource("sample", "last_boat.mp4")


@pytest.fixture
def panel(qtbot: QtBot, program: Application) -> TimelinePanel:
    program.window.resize(1600, 960)
    program.opening.open(SAMPLE)
    qtbot.waitUntil(lambda: program.session.peaks is not None and program.session.peaks.complete)
    made: TimelinePanel = program.window.page.timeline
    qtbot.waitUntil(lambda: made.view.isVisible() and made.view.state.view.span_ms < 13_000)
    return made


def test_a_film_is_first_shown_as_a_stretch_one_can_read(panel: TimelinePanel) -> None:
    view = panel.view.state.view
    assert view.start_ms == 0
    assert 10_000 < view.span_ms < 13_000
    panel.show_all()
    assert panel.view.state.view.span_ms >= panel.view.state.view.duration_ms


def test_the_slider_zooms_and_follows_the_zoom(panel: TimelinePanel) -> None:
    before = panel.view.state.view.ms_per_px
    panel._slider.setValue(80)
    assert panel.view.state.view.ms_per_px < before
    panel.show_all()
    assert panel._slider.value() == 0


def test_selecting_elsewhere_selects_and_shows_here(program: Application, panel: TimelinePanel) -> None:
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 30_000, 31_000, "far"))
    bridge.select_row(0)
    state = panel.view.state
    assert state.selection == frozenset(bridge.selected)
    assert state.view.start_ms <= 30_000 <= state.view.end_ms
    panel.show_cue()
    assert state.view.span_ms < 3_000


def test_selecting_here_selects_elsewhere(program: Application, panel: TimelinePanel) -> None:
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 1_000, 2_000, "the boat"))
    cue = bridge.document.cues[0]
    panel.view.selectionChanged.emit((cue.id,))
    assert bridge.selected == (cue.id,)
    panel.view.wordSelected.emit(cue.words[1].id)
    assert (bridge.selected, bridge.word) == ((cue.id,), cue.words[1].id)


def test_findings_of_the_checks_stand_on_the_cues(qtbot: QtBot, program: Application, panel: TimelinePanel) -> None:
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 1_000, 1_100, "much too much text for a tenth of a second"))
    cue = bridge.document.cues[0]
    qtbot.waitUntil(lambda: cue.id in panel.notes.findings)
    bridge.undo()
    qtbot.waitUntil(lambda: not panel.notes.findings)
