"""The player's pane: what the picture shows, what the row says, and where the picture can go."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import theme
from app.editor.player import PlayerPane
from app.editor.progress_line import ProgressLine
from app.shots.cues import sample_cues
from app.theme import Choice
from core.document import edits
from core.document.document import Document
from core.media.probe import probe
from core.timecode import ms_of_frame
from tests.app.editor.films import SAMPLE, Cinema, frame_number
from tests.app.editor.test_playback import RATE
from tests.media_fixtures import ScriptedMedia


@pytest.fixture
def cinema(qtbot: QtBot) -> Iterator[Cinema]:
    made = Cinema(qtbot)
    made.set_document(Document(cues=sample_cues()))
    yield made
    made.close()


@pytest.fixture
def pane(cinema: Cinema, qtbot: QtBot) -> PlayerPane:
    made = PlayerPane(cinema.session, cinema.playback)
    qtbot.addWidget(made)
    made.resize(640, 408)
    made.show()
    return made


@pytest.fixture
def light() -> Iterator[None]:
    """The light theme, and back."""
    scheme = theme.current()
    before = scheme.choice
    scheme.choose(Choice.LIGHT)
    yield
    scheme.choose(before)


def shown_number(pane: PlayerPane) -> int:
    """Which picture of the film the pane shows, read from a picture of the pane."""
    place = pane.picture.picture_rect().toAlignedRect()
    return frame_number(pane.picture.grab(place).toImage())


# ── the picture ──────────────────────────────────────────────────────────────────────────────────


def test_a_picture_of_the_pane_shows_the_frame_at_the_playhead(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    cinema.playback.seek(ms_of_frame(333, RATE))
    cinema.wait(lambda: shown_number(pane) == 333)


@pytest.mark.parametrize(("width", "height"), [(640, 408), (900, 408), (640, 700)])
def test_the_picture_keeps_its_shape_in_the_middle(cinema: Cinema, pane: PlayerPane, width: int, height: int) -> None:
    cinema.open()
    pane.resize(width, height)
    place = pane.picture.picture_rect()
    assert place.width() / place.height() == pytest.approx(16 / 9, rel=0.01)
    assert place.center().x() == pytest.approx(pane.picture.width() / 2, abs=1)
    outside = pane.picture.grab().toImage().pixelColor(0, 0)
    inside_fills_all = place.top() < 1 and place.left() < 1
    assert inside_fills_all or outside == QColor(theme.current().tokens.film)


def test_the_cue_of_now_lies_on_the_picture_and_goes_with_its_time(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    cue = sample_cues()[1]
    cinema.playback.seek(cue.start_ms + 200)
    assert [one.text for one in pane.picture.cues] == [cue.text]
    assert pane.picture.accessibleDescription() == cue.text
    cinema.playback.seek(cue.end_ms)
    assert cue.text not in [one.text for one in pane.picture.cues]


def test_an_edit_shows_at_once(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    cinema.playback.seek(1_500)
    bridge = cinema.session.bridge
    bridge.apply(edits.set_text(bridge.document, 0, "The first boat leaves at nine."))
    assert [cue.text for cue in pane.picture.cues] == ["The first boat leaves at nine."]


def test_sound_without_a_picture_says_so_and_keeps_the_cues(
    cinema: Cinema, pane: PlayerPane, scripted: ScriptedMedia
) -> None:
    info = probe(scripted.file("cover.mp3"))
    assert not info.has_video
    cinema.show(info)
    image = pane.picture.grab().toImage()
    assert image.pixelColor(3, 3) == QColor(theme.current().tokens.panel)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert len(colours) > 8


def test_on_a_panel_the_cue_has_the_panel_s_ink_and_no_outline(
    cinema: Cinema, pane: PlayerPane, scripted: ScriptedMedia, light: None
) -> None:
    cinema.show(probe(scripted.file("cover.mp3")))
    cinema.session.move_playhead(sample_cues()[0].start_ms + 100)
    image = pane.picture.grab().toImage()
    lower = [image.pixelColor(x, y) for x in range(100, 540, 2) for y in range(280, image.height() - 6)]
    assert min(colour.lightness() for colour in lower) < 60
    assert sum(colour.lightness() < 60 for colour in lower) < len(lower) * 0.08  # strokes, not a black rim around white


def test_closing_the_film_takes_its_picture_away(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    cinema.playback.close()
    cinema.session.set_media(None)
    assert pane.picture.grab().toImage().pixelColor(3, 3) == QColor(theme.current().tokens.panel)


# ── the row ──────────────────────────────────────────────────────────────────────────────────────


def test_every_control_has_a_name_and_a_tooltip(pane: PlayerPane) -> None:
    for button in pane.transport.buttons():
        assert button.accessibleName(), button
        assert button.toolTip(), button
    assert pane.transport.volume.accessibleName()
    assert pane.transport.time.accessibleName()


def test_without_a_film_nothing_can_be_played(pane: PlayerPane) -> None:
    assert not pane.transport.play.isEnabled()
    assert pane.transport.next_cue.isEnabled()


def test_the_play_button_plays_and_then_pauses(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    pane.transport.play.click()
    cinema.wait(lambda: cinema.session.playhead_ms > 100)
    assert pane.transport.play.accessibleName() == "Pause"
    pane.transport.play.click()
    cinema.wait(lambda: not cinema.playback.playing)
    assert pane.transport.play.accessibleName() == "Play"


def test_the_time_is_shown_to_the_millisecond_beside_the_length(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    cinema.playback.seek(12_345)
    assert pane.transport.time.text == "00:00:12.345"
    assert pane.transport.length.text() == "/ 00:00:44"
    assert pane.transport.time.accessibleDescription() == "00:00:12.345"


def test_frame_buttons_step_and_cue_buttons_go_from_cue_to_cue(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    pane.transport.next_frame.click()
    assert cinema.session.playhead_ms == ms_of_frame(1, RATE)
    pane.transport.next_cue.click()
    cues = sample_cues()
    assert cinema.session.playhead_ms == cues[0].start_ms
    pane.transport.next_cue.click()
    assert cinema.session.playhead_ms == cues[1].start_ms
    pane.transport.previous_cue.click()
    assert cinema.session.playhead_ms == cues[0].start_ms


def test_the_speed_menu_sets_the_speed_and_shows_it(cinema: Cinema, pane: PlayerPane) -> None:
    menu = pane.transport.speed.menu()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["0.5×", "0.75×", "1.0×", "1.25×", "1.5×", "1.75×", "2.0×"]
    menu.actions()[-1].trigger()
    assert cinema.playback.rate == 2.0
    assert pane.transport.speed.text() == "2.0×"
    assert menu.actions()[-1].isChecked()


def test_sound_off_and_volume_follow_the_player(cinema: Cinema, pane: PlayerPane) -> None:
    pane.transport.mute.click()
    assert cinema.playback.muted
    assert pane.transport.mute.accessibleName() == "Sound on"
    pane.transport.volume.setValue(40)
    assert (cinema.playback.volume, cinema.playback.muted) == (0.4, False)
    assert pane.transport.mute.accessibleName() == "Sound off"


def test_the_loop_button_loops(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    pane.transport.loop.click()
    assert cinema.playback.looping
    cinema.playback.set_looping(False)
    assert not pane.transport.loop.isChecked()


def test_tooltips_and_what_is_possible_come_from_the_actions(pane: PlayerPane) -> None:
    class Table(dict[str, QAction]):
        def __missing__(self, action_id: str) -> QAction:
            self[action_id] = QAction(action_id, pane)
            return self[action_id]

    table = Table()
    pane.take_actions(table)
    table["play.toggle"].setToolTip("Play or pause (Space)")
    table["play.next_cue"].setEnabled(False)
    assert pane.transport.play.toolTip() == "Play or pause (Space)"
    assert not pane.transport.next_cue.isEnabled()


@pytest.mark.parametrize("width", [400, 440, 480, 560, 640, 900])
def test_a_narrow_row_gives_up_what_can_be_had_elsewhere(pane: PlayerPane, width: int) -> None:
    pane.resize(width, 400)
    assert pane.width() == width
    row = pane.transport
    visible = [widget for widget in (row.time, row.length, row.volume, *row.buttons()) if widget.isVisible()]
    edges = sorted((widget.geometry().left(), widget.geometry().right()) for widget in visible)
    assert all(left > right for (_, right), (left, _) in itertools.pairwise(edges))
    assert edges[-1][1] < width
    assert row.play.isVisible()
    assert row.full_screen.isVisible()
    assert row.length.isVisible() == (width >= 640)


def test_a_click_on_the_line_goes_there(cinema: Cinema, pane: PlayerPane) -> None:
    info = cinema.open()
    line: ProgressLine = pane.picture.progress
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() // 2, line.height() - 2))
    assert cinema.session.playhead_ms == pytest.approx(info.duration_ms / 2, abs=100)


# ── its own window, full screen ──────────────────────────────────────────────────────────────────


def test_the_picture_moves_to_its_own_window_and_back_and_plays_on(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    cinema.playback.play()
    told: list[bool] = []
    pane.detachedChanged.connect(told.append)
    pane.toggle_detached()
    window = pane.window_of_picture
    assert window is not None
    assert window.isVisible()
    assert pane.picture.window() is window
    assert cinema.playback.playing
    cinema.playback.pause()
    cinema.playback.seek(ms_of_frame(100, RATE))
    cinema.wait(lambda: shown_number(pane) == 100)
    pane.toggle_detached()
    assert pane.picture.window() is pane.window()
    assert pane.picture.isVisible()
    assert told == [True, False]


def test_closing_its_window_brings_the_picture_back(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    pane.toggle_detached()
    window = pane.window_of_picture
    assert window is not None
    window.close()
    assert not pane.is_detached
    assert pane.picture.isVisible()


def test_escape_leaves_full_screen_to_where_the_picture_was(cinema: Cinema, pane: PlayerPane) -> None:
    cinema.open()
    pane.toggle_full_screen()
    assert pane.is_full_screen
    window = pane.window_of_picture
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not pane.is_detached
    pane.toggle_detached()
    pane.toggle_full_screen()
    window = pane.window_of_picture
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert pane.is_detached
    assert not pane.is_full_screen
    pane.toggle_detached()


def test_full_screen_needs_a_film(pane: PlayerPane) -> None:
    pane.toggle_full_screen()
    assert not pane.is_full_screen


def test_keys_of_the_window_s_actions_work_in_the_picture_s_own_window(cinema: Cinema, pane: PlayerPane) -> None:
    done: list[str] = []
    action = QAction("Play", pane)
    action.triggered.connect(lambda: done.append("played"))

    class Table(dict[str, QAction]):
        def __missing__(self, action_id: str) -> QAction:
            return action

    pane.take_actions(Table(), (action,))
    cinema.open()
    pane.toggle_detached()
    window = pane.window_of_picture
    assert window is not None
    assert action in window.actions()
    pane.toggle_detached()


def test_a_picture_that_cannot_be_decoded_is_named_and_the_sound_plays(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A backend without a decoder sends no frames and no error; here they are held back on their way."""
    monkeypatch.setattr("app.editor.playback._FIRST_PICTURE_MS", 50)
    deaf = Cinema(qtbot)
    blind = PlayerPane(deaf.session, deaf.playback)
    qtbot.addWidget(blind)
    monkeypatch.setattr(deaf.playback, "_on_frame", lambda _frame: None)
    blind.resize(640, 408)
    blind.show()
    with qtbot.waitSignal(deaf.playback.pictureMissing):
        deaf.show(probe(SAMPLE))
    assert blind.picture.grab().toImage().pixelColor(3, 3) == QColor(theme.current().tokens.panel)
    assert deaf.failures == []
    deaf.playback.play()
    deaf.wait(lambda: deaf.session.playhead_ms > 100)
    deaf.close()
