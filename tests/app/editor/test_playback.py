"""The player on real films: pictures by their own counter, jumps, single frames, speed, stretches, and an end without
anything left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.editor import media_device
from app.editor.frame_steps import SOUND_STEP_MS
from app.editor.playback import Playback
from core.cue import Cue
from core.document.document import Document, MediaRef
from core.errors import ContainerRefused, FileChanged, FileMissing, PlaybackFailed
from core.media.identity import media_id
from core.media.probe import probe
from core.timecode import ms_of_frame
from core.transcript import Word
from tests.app.editor.films import SAMPLE, Cinema
from tests.media_fixtures import ScriptedMedia

RATE = Fraction(24000, 1001)


@pytest.fixture
def cinema(qtbot: QtBot) -> Iterator[Cinema]:
    made = Cinema(qtbot)
    yield made
    made.close()


def native_threads() -> set[str]:
    """Numbers of this process's threads that a backend started; their names are those of the film before, too."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("threads are counted in /proc")
    found = set()
    for task in tasks.iterdir():
        with suppress(OSError):  # it ended meanwhile
            name = (task / "comm").read_text().strip()
            if "QFFmpeg" in name or name.startswith("av:"):
                found.add(task.name)
    return found


def open_files() -> list[str]:
    """What this process has open."""
    return [os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")]


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────


def test_opening_shows_the_first_picture_and_stands(cinema: Cinema) -> None:
    cinema.open()
    assert cinema.shown() == 0
    assert not cinema.playback.playing
    assert cinema.session.playhead_ms == 0


@pytest.mark.parametrize("number", [1, 24, 480, 1056])
def test_a_jump_to_a_frame_s_first_millisecond_shows_that_frame(cinema: Cinema, number: int) -> None:
    cinema.open()
    cinema.playback.seek(ms_of_frame(number, RATE))
    cinema.wait_for_picture(number)
    assert cinema.session.playhead_ms == ms_of_frame(number, RATE)


def test_steps_go_frame_by_frame_and_stop_at_the_first(cinema: Cinema) -> None:
    cinema.open()
    for by, number in ((1, 1), (1, 2), (5, 7), (-1, 6), (-100, 0)):
        cinema.playback.step_frame(by)
        cinema.wait_for_picture(number)
        assert cinema.session.playhead_ms == ms_of_frame(number, RATE)


def test_a_frame_of_varying_length_is_stepped_over_whole(cinema: Cinema, scripted: ScriptedMedia) -> None:
    info = cinema.open(scripted.file("variable_rate.mp4"))
    assert info.variable_rate
    first_us = cinema.frames[-1].startTime()
    cinema.playback.step_frame(1)
    cinema.wait(lambda: cinema.frames[-1].startTime() > first_us)
    second_us = cinema.frames[-1].startTime()
    cinema.playback.step_frame(1)
    cinema.wait(lambda: cinema.frames[-1].startTime() > second_us)
    cinema.playback.step_frame(-1)
    cinema.wait(lambda: cinema.frames[-1].startTime() == second_us)


def test_of_many_jumps_in_a_row_the_last_is_shown(cinema: Cinema) -> None:
    cinema.open()
    for number in range(0, 800, 20):
        cinema.playback.seek(ms_of_frame(number, RATE))
    cinema.wait_for_picture(780)


@pytest.mark.parametrize(("asked_ms", "reached_ms"), [(-500, 0), (10**9, None)])
def test_a_jump_stays_inside_the_film(cinema: Cinema, asked_ms: int, reached_ms: int | None) -> None:
    info = cinema.open()
    cinema.playback.seek(asked_ms)
    assert cinema.session.playhead_ms == (info.duration_ms if reached_ms is None else reached_ms)


# ── playing ──────────────────────────────────────────────────────────────────────────────────────


def test_playing_moves_the_playhead_on_and_never_back(cinema: Cinema) -> None:
    cinema.open()
    seen: list[int] = []
    cinema.session.playheadMoved.connect(seen.append)
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms > 400 and len(seen) > 8)
    playing = list(seen)
    cinema.playback.pause()
    assert playing == sorted(playing)


def test_the_playhead_stands_on_the_picture_that_is_shown_when_paused(cinema: Cinema) -> None:
    cinema.open()
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms > 300)
    cinema.playback.pause()
    cinema.wait(lambda: not cinema.playback.playing)
    cinema.wait(lambda: abs(cinema.session.playhead_ms - ms_of_frame(cinema.shown(), RATE)) < 150)


def test_no_timer_runs_while_it_stands(cinema: Cinema) -> None:
    cinema.open()
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms > 100)
    cinema.playback.pause()
    cinema.wait(lambda: not cinema.playback.playing)
    cinema.wait(lambda: not any(timer.isActive() for timer in cinema.playback.findChildren(QTimer)))


def test_a_stretch_stops_at_its_end(cinema: Cinema) -> None:
    cinema.open()
    told: list[bool] = []
    cinema.playback.playingChanged.connect(told.append)
    cinema.playback.play_range(5_000, 5_400)
    assert cinema.session.playhead_ms == 5_000
    cinema.wait(lambda: told[-2:] == [True, False])
    assert cinema.session.playhead_ms == 5_400


def test_a_stretch_is_repeated_while_looping(cinema: Cinema) -> None:
    cinema.open()
    turns = []
    cinema.session.playheadMoved.connect(lambda ms: turns.append(ms) if ms == 5_000 else None)
    cinema.playback.set_looping(True)
    cinema.playback.play_range(5_000, 5_300)
    cinema.wait(lambda: len(turns) >= 3)
    assert cinema.playback.playing


def test_play_while_looping_plays_the_current_cue(cinema: Cinema) -> None:
    cue = Cue((Word("The", 2_000, 2_200),), 2_000, 2_300, "en")
    cinema.set_document(Document(cues=(cue,)))
    cinema.open()
    cinema.session.bridge.select((cue.id,))
    cinema.playback.set_looping(True)
    cinema.playback.play()
    assert cinema.session.playhead_ms == 2_000


def test_a_jump_out_of_a_stretch_plays_on(cinema: Cinema) -> None:
    cinema.open()
    cinema.playback.play_range(5_000, 5_300)
    cinema.playback.seek(20_000)
    cinema.wait(lambda: cinema.session.playhead_ms > 20_400)
    assert cinema.playback.playing


def test_at_the_end_the_last_picture_stays_and_play_begins_anew(cinema: Cinema) -> None:
    info = cinema.open()
    cinema.playback.seek(info.duration_ms - 300)
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms == info.duration_ms and not cinema.playback.playing)
    cinema.wait(lambda: cinema.shown() >= 1050)
    cinema.playback.play()
    cinema.wait(lambda: 0 < cinema.session.playhead_ms < 5_000)


@pytest.mark.parametrize(("asked", "given"), [(0.5, 0.5), (2.0, 2.0), (0.1, 0.5), (16.0, 2.0)])
def test_the_speed_is_kept_between_half_and_double(cinema: Cinema, asked: float, given: float) -> None:
    cinema.open()
    cinema.playback.set_rate(asked)
    assert cinema.playback.rate == given
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms > 200)


def test_sound_off_remembers_the_volume(cinema: Cinema) -> None:
    cinema.open()
    cinema.playback.set_volume(0.3)
    cinema.playback.set_muted(True)
    assert (cinema.playback.volume, cinema.playback.muted) == (0.3, True)
    cinema.playback.set_volume(1.7)
    assert (cinema.playback.volume, cinema.playback.muted) == (1.0, False)


def test_jumps_and_speeds_while_playing_never_lock_up(cinema: Cinema, qtbot: QtBot) -> None:
    cinema.open()
    cinema.playback.play()
    for number in range(25):
        cinema.playback.seek(1_500 * number)
        cinema.playback.set_rate(1.0 + number % 2)
        qtbot.wait(15)
    cinema.wait(lambda: cinema.session.playhead_ms >= 36_000)


# ── films of many kinds ──────────────────────────────────────────────────────────────────────────


def test_a_recording_without_a_picture_plays_and_steps(cinema: Cinema, scripted: ScriptedMedia) -> None:
    cinema.open(scripted.speech)
    cinema.playback.step_frame(1)
    assert cinema.session.playhead_ms == SOUND_STEP_MS or cinema.playback.has_picture
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms > 300)


def test_the_document_s_audio_track_is_played(cinema: Cinema, scripted: ScriptedMedia) -> None:
    path = scripted.file("two_tracks.mkv")
    info = probe(path)
    cinema.set_document(Document(media=MediaRef(info.path, 0, info.media_id, track=2)))
    cinema.show(info)
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms > 200)
    backend = cinema.playback._backend
    assert backend is not None
    assert backend.track == 2
    cinema.playback.set_audio_track(1)
    assert backend.track == 1
    cinema.wait(lambda: cinema.session.playhead_ms > 400)


def test_a_second_film_takes_the_place_of_the_first(cinema: Cinema, scripted: ScriptedMedia) -> None:
    cinema.open()
    cinema.playback.play()
    other = cinema.open(scripted.file("silent_film.mp4"))
    assert not cinema.playback.playing
    assert str(SAMPLE) not in open_files()
    assert other.path in open_files()


# ── what is never played ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that a device was made for."""
    names: list[str] = []
    real = media_device.QFile

    def spy(path: str, parent: QObject) -> object:
        names.append(path)
        return real(path, parent)

    monkeypatch.setattr(media_device, "QFile", spy)
    return names


def test_a_film_is_opened_once_and_by_the_player_s_device_alone(cinema: Cinema, opened: list[str]) -> None:
    info = cinema.open()
    assert opened == [info.path]
    assert open_files().count(str(SAMPLE)) == 1


def test_a_film_that_became_a_playlist_is_not_opened(cinema: Cinema, opened: list[str], tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(SAMPLE.read_bytes())
    info = probe(path)
    path.write_text("ffconcat version 1.0\nfile secret.wav\n")
    cinema.show(info)
    assert [type(error) for error in cinema.failures] == [ContainerRefused]
    assert opened == []


def test_another_file_under_the_name_is_not_opened(cinema: Cinema, opened: list[str], tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(SAMPLE.read_bytes())
    info = probe(path)
    path.write_bytes(SAMPLE.read_bytes() + b"\0")
    cinema.show(info)
    assert [type(error) for error in cinema.failures] == [FileChanged]
    assert opened == []
    assert not cinema.playback.is_open


def test_a_film_that_is_gone_is_told(cinema: Cinema) -> None:
    cinema.show(replace(probe(SAMPLE), path="/nowhere/talk.mp4"))
    assert [type(error) for error in cinema.failures] == [FileMissing]
    cinema.playback.play()
    assert not cinema.playback.playing


def test_what_the_backend_cannot_play_is_told_in_a_sentence(cinema: Cinema, tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"not a film at all, whatever it is called" * 100)
    info = replace(probe(SAMPLE), path=str(path))
    cinema.show(replace(info, media_id=media_id(path)))
    cinema.wait(lambda: bool(cinema.failures))
    assert isinstance(cinema.failures[0], PlaybackFailed)
    assert "talk.mp4" in str(cinema.failures[0])
    assert str(path) not in open_files()


def test_a_system_without_a_backend_is_told_and_the_playhead_still_moves(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_parent: object) -> None:
        raise PlaybackFailed(file="", cause="a system library is missing")

    monkeypatch.setattr("app.editor.playback.MediaBackend", missing)
    cinema.show(probe(SAMPLE))
    assert "last_boat.mp4" in str(cinema.failures[0])
    cinema.playback.toggle()
    cinema.playback.seek(3_000)
    assert cinema.session.playhead_ms == 3_000


# ── the end ──────────────────────────────────────────────────────────────────────────────────────


def test_closing_while_it_plays_leaves_no_thread_and_no_open_file(cinema: Cinema, qtbot: QtBot) -> None:
    before = native_threads()
    cinema.open()
    cinema.playback.play()
    cinema.wait(lambda: cinema.session.playhead_ms > 200)
    assert native_threads() - before
    cinema.close()
    qtbot.waitUntil(lambda: native_threads() <= before)
    assert str(SAMPLE) not in open_files()
    assert not cinema.playback.playing


def test_opening_and_closing_again_and_again_works(cinema: Cinema) -> None:
    for _ in range(5):
        cinema.open()
        cinema.playback.play()
        cinema.close()
    assert cinema.failures == []


def test_without_a_film_nothing_plays(qtbot: QtBot) -> None:
    cinema = Cinema(qtbot)
    playback: Playback = cinema.playback
    playback.play()
    playback.play_range(0, 1_000)
    playback.pause()
    playback.step_frame(1)
    assert not playback.playing


def test_the_player_brings_no_multimedia_before_the_first_film() -> None:
    code = (
        "import sys\n"
        "import app.editor.player, app.editor.playback, app.application\n"
        "sys.exit('PySide6.QtMultimedia' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
