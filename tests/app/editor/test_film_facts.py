"""Spectrum and shot changes of a film, by a real media child: asked for, kept, shown, and gone with their film."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app.application import Application
from app.timeline.layout import Lane
from core.document import edits
from core.media.shots import kept_shots
from core.paths import resource

SAMPLE = resource("sample", "last_boat.mp4")


@pytest.fixture
def opened(program: Application, qtbot: QtBot) -> Application:
    program.window.resize(1600, 960)
    program.opening.open(Path(SAMPLE))
    qtbot.waitUntil(lambda: program.session.peaks is not None and program.session.peaks.complete)
    program.window.show_editor()
    qtbot.waitUntil(lambda: program.window.commands["timeline.spectrogram"].isEnabled())
    return program


def test_the_spectrogram_comes_when_it_is_wanted_and_goes_again(opened: Application, qtbot: QtBot) -> None:
    session, view = opened.session, opened.window.page.timeline.view
    assert session.spectrum is None
    opened.window.commands["timeline.spectrogram"].trigger()
    qtbot.waitUntil(lambda: session.spectrum is not None and session.spectrum.complete)
    assert view.state.scene(1.0).spectrum is session.spectrum
    qtbot.waitUntil(lambda: opened.window.commands["timeline.spectrogram"].isChecked())
    opened.window.commands["timeline.spectrogram"].trigger()
    assert view.state.scene(1.0).spectrum is None
    opened.window.commands["timeline.spectrogram"].trigger()
    assert session.spectrum is not None, "what was read once is there at once"
    session.set_media(None)
    assert session.spectrum is None


def test_shot_changes_are_looked_for_when_asked_and_pull_edges_then(opened: Application, qtbot: QtBot) -> None:
    session, info = opened.session, opened.session.info
    assert info is not None
    assert kept_shots(info.media_id) is None
    opened.window.commands["timeline.find_shots"].trigger()
    assert opened.facts.finding_shots
    qtbot.waitUntil(lambda: not opened.facts.finding_shots)
    found = kept_shots(info.media_id)
    assert found == session.shots_ms
    session.set_shots((2000, 5000))
    assert opened.window.page.timeline.notes.shot_changes_ms == (2000, 5000)
    assert opened.window.page.timeline.view.state.facts().notes.shot_changes_ms == (2000, 5000)


def test_what_was_found_before_comes_by_itself(opened: Application, qtbot: QtBot) -> None:
    opened.facts.find_shots()
    qtbot.waitUntil(lambda: not opened.facts.finding_shots)
    found = opened.session.shots_ms
    heard: list[tuple[int, ...]] = []
    opened.session.shotsChanged.connect(lambda: heard.append(opened.session.shots_ms))
    opened.session.set_media(opened.session.info)
    qtbot.waitUntil(lambda: len(heard) >= 2)
    assert heard == [(), found]


def test_words_have_a_menu_of_their_own(opened: Application, qtbot: QtBot) -> None:
    bridge, panel = opened.session.bridge, opened.window.page.timeline
    bridge.apply(edits.insert(bridge.document, 1000, 3000, "one two three four"))
    asked: list[bool] = []
    panel.contextMenuWanted.disconnect()
    panel.contextMenuWanted.connect(lambda _at, words: asked.append(words))
    view = panel.view
    state = view.state

    def point(lane: Lane, ms: int) -> QPoint:
        band = state.layout.band(lane)
        return QPoint(round(state.layout.gutter_px + state.view.x_of(ms)), band.top + band.height // 2)

    view.customContextMenuRequested.emit(point(Lane.WORDS, 1700))
    assert bridge.word == bridge.document.cues[0].words[1].id
    view.customContextMenuRequested.emit(point(Lane.CUES, 1700))
    assert asked == [True, False]
    texts = {one.text() for one in opened.window.commands.context_menu(view, words=True).actions()}
    assert {"Split the word", "Join with the next word", "Split the cue here", "Play the word"} <= texts


def test_the_gap_of_the_settings_is_kept_when_a_cue_is_dragged(opened: Application) -> None:
    from app.settings.dialog import Parts, SettingsDialog
    from app.settings.editing import EditingPage

    parts = Parts(lambda: opened.settings, opened._keep, opened.messages, opened.background, opened.keyboard)
    dialog = SettingsDialog(parts, opened.window, "editing")
    page = dialog.page("editing")
    assert isinstance(page, EditingPage)
    page.min_gap.setValue(120)
    assert opened.settings.min_gap_ms == 120
    assert opened.window.page.timeline.view.state.facts().min_gap_ms == 120
    dialog.close()
