"""Films through the window: asked for in the export dialog, made, stopped; and the paused picture's cues."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor.export_dialog import ExportDialog
from app.engine_bridge import Handler
from app.films.making import MADE
from app.films.order import orders, possible
from app.messages import Message
from core import paths
from core.document import edits
from core.errors import WorkerDied
from core.media.info import MediaInfo
from core.media.probe import probe
from core.media.render.wish import Kind
from core.paths import resource
from core.subtitles.look import DEFAULT, Look
from core.subtitles.protocol import Subtitles
from core.worker.client import new_job_id
from core.worker.messages import JobFailed
from tests.app.conftest import program, said, start

__all__ = ["program", "said", "start"]

SAMPLE = resource("sample", "last_boat.mp4")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Three seconds of the sample film."""
    path = tmp_path / "boat.mp4"
    command = ["ffmpeg", "-v", "error", "-i", SAMPLE, "-t", "3", "-c:v", "libx264", "-preset", "ultrafast", path]
    subprocess.run([str(part) for part in command], check=True, timeout=120)
    return path


def opened(qtbot: QtBot, program: Application, film: Path) -> None:
    program.begin([])
    program.opening.open(film)
    qtbot.waitUntil(lambda: program.session.info is not None)
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 0, 2_000, "The last boat"))


def dialog_of(qtbot: QtBot, program: Application) -> ExportDialog:
    program.window.commands.refresh_now()
    program.window.commands["file.export"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ExportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    return dialog


def codecs(path: Path) -> list[str]:
    command = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return [stream["codec_name"] for stream in found["streams"]]


def test_films_are_made_from_the_export_dialog_while_one_goes_on_working(
    qtbot: QtBot, program: Application, said: list[Message], film: Path
) -> None:
    opened(qtbot, program, film)
    dialog = dialog_of(qtbot, program)
    dialog.formats.choose(("srt",))
    dialog.films.boxes[Kind.BURNED].setChecked(True)
    dialog.films.boxes[Kind.TRACK].setChecked(True)
    assert dialog._export.text() == "Export 3 files"
    strip = program.window.centralWidget().findChild(type(program.films_strip))
    assert strip is not None
    seen: list[bool] = []
    program.films.changed.connect(lambda: seen.append(strip.isVisible()))
    dialog.export()
    qtbot.waitUntil(lambda: bool(seen))
    program.session.bridge.apply(edits.set_text(program.session.bridge.document, 0, "corrected meanwhile"))
    qtbot.waitUntil(lambda: program.films.order is None, timeout=120_000)
    assert seen == [*[True] * (len(seen) - 1), False]
    assert [one.code for one in said].count(MADE) == 2
    assert strip.isHidden()
    assert codecs(film.with_name("boat.burned.mp4")) == ["h264", "aac"]
    assert codecs(film.with_name("boat.track.mp4")) == ["h264", "aac", "mov_text"]
    assert (film.parent / "boat.srt").exists()
    assert list((paths.cache_dir() / "messages").glob("cues-*")) == []


def test_stopping_leaves_nothing_of_the_film(
    qtbot: QtBot, program: Application, said: list[Message], tmp_path: Path
) -> None:
    opened(qtbot, program, SAMPLE)
    info = program.session.info
    assert info is not None
    cues = Subtitles(program.session.bridge.document.cues)
    program.films.begin(orders((Kind.OVERLAY, Kind.BURNED), info, cues, tmp_path, "boat"))
    qtbot.waitUntil(lambda: program.films.share > 0)
    program.films_strip.stop.click()
    qtbot.waitUntil(lambda: program.films.order is None)
    assert [one.code for one in said if one.kind == "error"] == []
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [])


def test_a_film_that_cannot_be_made_is_told_and_the_next_one_is_made(
    qtbot: QtBot, program: Application, said: list[Message], film: Path
) -> None:
    opened(qtbot, program, film)
    info = program.session.info
    assert info is not None
    cues = Subtitles(program.session.bridge.document.cues)
    (first,) = orders((Kind.TRACK,), info, cues, film.parent / "nowhere", "boat")
    (second,) = orders((Kind.TRACK,), info, cues, film.parent, "boat")
    program.films.begin((first, second))
    qtbot.waitUntil(lambda: program.films.order is None)
    assert [one.kind for one in said if one.code != "opening.cues"] == ["error", "info"]
    assert second.target.exists()


def test_no_film_is_written_over_and_a_recording_has_no_picture(tmp_path: Path) -> None:
    info = probe(SAMPLE)
    taken = {tmp_path / "a.burned.mp4", tmp_path / "a.burned_2.mp4"}
    (order,) = orders((Kind.BURNED,), info, Subtitles(()), tmp_path, "a", taken.__contains__)
    assert order.target.name == "a.burned_3.mp4"
    sound = MediaInfo("a.wav", "1-x", "wav", 1000, 0, (), False, "", None, False, 0, 0)
    assert possible(sound) == (Kind.TRACK,)
    assert possible(None) == ()


def test_a_renderer_that_fails_once_is_asked_again(
    qtbot: QtBot, start: Callable[..., Application], film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start()
    monkeypatch.setattr("app.films.cue_picture._PAUSE_MS", 1)
    draw_cues, failed = program.engines.draw_cues, list[str]()

    def fail_twice(subtitles: Subtitles, ms: int, size: tuple[int, int], handler: Handler) -> str:
        if len(failed) == 2:
            return draw_cues(subtitles, ms, size, handler)
        failed.append(new_job_id())
        reply = JobFailed(failed[-1], WorkerDied(child="media", cause="killed").failure())
        QTimer.singleShot(0, program.window, lambda: handler(reply))
        return failed[-1]

    monkeypatch.setattr(program.engines, "draw_cues", fail_twice)
    opened(qtbot, program, film)
    picture = program.window.page.player.picture
    program.session.seek(500)
    qtbot.waitUntil(lambda: picture.drawn)
    assert len(failed) == 2


def test_the_paused_pictures_cues_are_the_renderers(
    qtbot: QtBot, start: Callable[..., Application], film: Path
) -> None:
    """Drawn for the cue that stands there, anew when its text or the look changes, and at no other moment."""
    program = start()
    opened(qtbot, program, film)
    picture = program.window.page.player.picture
    program.session.seek(500)
    qtbot.waitUntil(lambda: picture.drawn)
    first = QImage(picture._drawn)
    assert _inked(first) > 0
    bridge = program.session.bridge
    bridge.apply(edits.set_text(bridge.document, 0, "The last boat leaves at nine"))
    assert not picture.drawn, "the old letters do not stay"
    qtbot.waitUntil(lambda: picture.drawn and _inked(picture._drawn) > _inked(first) * 1.3)
    wide = QImage(picture._drawn)
    styles = {DEFAULT: Look(size=30).ass_fields()}
    bridge.apply(edits.set_field(bridge.document, "styles", styles, label="Style of the picture"))
    qtbot.waitUntil(lambda: _inked(picture._drawn) < _inked(wide) * 0.6)
    paused = _pixels(picture)
    picture.show_drawn(QImage(), ())
    live = _pixels(picture)
    bridge.undo()
    picture.show_drawn(QImage(), ())
    large = _pixels(picture)
    assert np.abs(live - paused).sum() < np.abs(large - live).sum() * 0.15, "while it plays it looks the same"
    bridge.redo()
    picture.show_drawn(QImage(), ())
    assert (_pixels(picture) == live).all()
    program.session.seek(2_500)
    assert not picture.drawn


def _pixels(picture: QWidget) -> np.ndarray:
    """What a widget shows: (height, width, 4), 0..255, as int16."""
    image = picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels.astype(np.int16)


def _inked(image: QImage) -> int:
    """Pixels that are not see-through."""
    step = 2
    rows, columns = range(0, image.height(), step), range(0, image.width(), step)
    return sum(image.pixelColor(x, y).alpha() > 0 for y in rows for x in columns)
