"""Opening films, subtitles and earlier work: with the real media child, real files and a player that remembers."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editor.opening_words import CHILD_FAILED
from app.editor.start_code import LATE
from app.engine_bridge import EngineBridge
from core.document import edits
from core.document.project.recoveries import list_unnamed
from core.errors import ContainerRefused, FileEmpty, FileMissing, NotMedia
from core.worker.client import MediaClient
from tests.app.editor.desk import SAMPLE, SRT, Desk, copy_of_sample, open_it

POP_ON = "9420 9420 9470 9470 4865 ecec ef80 942f 942f"
SCC = f"Scenarist_SCC V1.0\n\n01:00:01:00\t{POP_ON}\n\n01:00:03:00\t942c 942c\n"


def test_a_film_shows_its_waveform_and_speech_and_goes_to_the_player(qtbot: QtBot, desk: Desk) -> None:
    open_it(qtbot, desk, SAMPLE)
    assert desk.player.open_now == SAMPLE.name
    assert desk.session.info is not None
    assert desk.session.bridge.document.media is not None
    qtbot.waitUntil(lambda: desk.session.peaks is not None and desk.session.peaks.complete)
    qtbot.waitUntil(lambda: len(desk.session.speech) > 3)
    assert desk.remembered.recent() == (SAMPLE,)
    assert desk.said == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.mp4", b"", FileEmpty.code),
        ("text.mp4", b"this is no film at all\n" * 100, NotMedia.code),
        ("list.mp4", b"ffconcat version 1.0\nfile other.mp4\n", ContainerRefused.code),
        (None, None, FileMissing.code),
    ],
)
def test_a_file_that_is_no_film_is_never_given_to_the_player(
    qtbot: QtBot, desk: Desk, tmp_path: Path, name: str | None, content: bytes | None, code: str
) -> None:
    path = tmp_path / (name or "gone.mp4")
    if content is not None:
        path.write_bytes(content)
    open_it(qtbot, desk, path)
    assert desk.codes == [code]
    assert desk.player.given == []
    assert desk.session.info is None


def test_what_was_open_stays_open_when_the_next_file_is_no_film(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    open_it(qtbot, desk, SAMPLE)
    (tmp_path / "bad.mp4").write_bytes(b"no film")
    open_it(qtbot, desk, tmp_path / "bad.mp4")
    assert desk.player.open_now == SAMPLE.name
    assert desk.session.info is not None
    assert desk.session.info.name == SAMPLE.name


def test_a_film_on_which_the_child_dies_is_never_given_to_the_player(qtbot: QtBot) -> None:
    crashing = EngineBridge(media=partial(MediaClient, work="tests.fakes.media_deaths:work_for"))
    desk = Desk(crashing)
    try:
        open_it(qtbot, desk, SAMPLE)
        assert desk.codes == [CHILD_FAILED]
        assert "media process" in desk.said[0].title
        assert desk.player.given == []
        assert [offer.text for offer in desk.said[0].offers] == ["Try again"]
    finally:
        desk.close()


def test_killing_the_child_while_it_reads_takes_the_film_from_the_player_and_says_so(
    qtbot: QtBot, desk: Desk, long_wav: Path
) -> None:
    open_it(qtbot, desk, long_wav)
    qtbot.waitUntil(lambda: desk.session.peaks is not None)
    pid = desk.engines.media.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: desk.codes == [CHILD_FAILED])
    assert desk.player.open_now is None
    assert "Your cues are safe" in desk.said[0].text
    before = desk.ended
    desk.said[0].offers[0].run()
    qtbot.waitUntil(lambda: desk.ended > before)
    assert desk.player.open_now == long_wav.name, "it is read again by a fresh child"


def test_subtitles_open_with_the_film_beside_them(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    film = copy_of_sample(tmp_path)
    (tmp_path / "boat.en.srt").write_text(SRT)
    open_it(qtbot, desk, tmp_path / "boat.en.srt")
    assert desk.texts() == ["The last boat", "leaves"]
    assert desk.player.open_now == film.name
    assert desk.session.bridge.document.media is not None
    assert {cue.language for cue in desk.session.bridge.document.cues} == {"en"}


def test_what_stands_above_the_cues_of_a_file_is_in_the_document(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    head = "WEBVTT\n\nREGION\nid:fred\nwidth:40%"
    (tmp_path / "alone.vtt").write_text(f"{head}\n\n00:01.000 --> 00:02.000 region:fred\nThe last boat\n")
    open_it(qtbot, desk, tmp_path / "alone.vtt")
    assert desk.session.bridge.document.header == {"vtt": head}
    assert [cue.settings for cue in desk.session.bridge.document.cues] == [{"vtt": "region:fred"}]


def test_subtitles_without_a_film_open_alone(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "alone.srt").write_text(SRT)
    open_it(qtbot, desk, tmp_path / "alone.srt")
    assert desk.texts() == ["The last boat", "leaves"]
    assert desk.player.given == []


def test_captions_that_count_from_the_first_hour_are_told_and_moved_to_their_film(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    """Times are as written until somebody says otherwise; a film they lie in is no reason to speak."""
    copy_of_sample(tmp_path)
    (tmp_path / "boat.scc").write_text(SCC)
    open_it(qtbot, desk, tmp_path / "boat.scc")
    bridge = desk.session.bridge
    assert bridge.document.cues[0].start_ms == 3_603_600 + 1235
    (said,) = desk.said
    assert (said.code, said.title) == (LATE, "The cues count from 01:00:00:00, and the film from 0.")
    before = bridge.document
    said.offers[0].run()
    after = bridge.document
    assert ([cue.start_ms for cue in after.cues], after.start_timecode) == ([1235], 3_600_000)
    said.offers[0].run()
    assert bridge.document == after, "once is enough"
    bridge.undo()
    assert bridge.document == before
    bridge.redo()
    assert bridge.document == after
    (tmp_path / "boat.scc").write_text(SCC.replace("01:00:0", "00:00:0"))
    open_it(qtbot, desk, tmp_path / "boat.scc")
    assert len(desk.said) == 1


def test_subtitles_whose_film_cannot_be_read_are_shown_and_the_film_is_named(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "boat.mp4").write_bytes(b"no film")
    (tmp_path / "boat.srt").write_text(SRT)
    open_it(qtbot, desk, tmp_path / "boat.srt")
    assert desk.texts() == ["The last boat", "leaves"]
    assert desk.codes == [NotMedia.code]
    assert desk.player.given == []


def test_subtitles_that_cannot_be_read_leave_everything_as_it_was(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    open_it(qtbot, desk, SAMPLE)
    (tmp_path / "bad.json").write_text("{")
    open_it(qtbot, desk, tmp_path / "bad.json")
    assert len(desk.said) == 1
    assert desk.player.open_now == SAMPLE.name


def test_subtitles_beside_a_film_are_offered(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    film = copy_of_sample(tmp_path)
    (tmp_path / "boat.en.srt").write_text(SRT)
    open_it(qtbot, desk, film)
    qtbot.waitUntil(lambda: desk.codes == ["opening.cues"])
    assert [offer.text for offer in desk.said[0].offers] == ["Open boat.en.srt"]
    before = desk.ended
    desk.said[0].offers[0].run()
    qtbot.waitUntil(lambda: desk.ended > before)
    assert desk.texts() == ["The last boat", "leaves"]
    assert desk.player.open_now == film.name


def test_an_edit_is_on_disk_at_once_and_offered_next_time(qtbot: QtBot, desk: Desk) -> None:
    open_it(qtbot, desk, SAMPLE)
    bridge = desk.session.bridge
    bridge.apply(edits.insert(bridge.document, 1000, 2000, "mine"))
    assert desk.opening.work is not None
    assert desk.opening.work.project is not None
    assert desk.opening.work.project.restored.document == bridge.document
    desk.close()
    assert [info.cues for info in list_unnamed()] == [1]
    again = Desk(EngineBridge())
    try:
        open_it(qtbot, again, SAMPLE)
        qtbot.waitUntil(lambda: again.codes == ["opening.cues"])
        assert "worked on this film before" in again.said[0].title
        before = again.ended
        again.said[0].offers[0].run()
        qtbot.waitUntil(lambda: again.ended > before)
        assert again.texts() == ["mine"]
        assert again.session.bridge.history.undo_label() == "Insert cue"
        assert again.player.open_now == SAMPLE.name
    finally:
        again.close()


def test_work_whose_film_is_gone_opens_without_it(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    film = copy_of_sample(tmp_path)
    open_it(qtbot, desk, film)
    bridge = desk.session.bridge
    bridge.apply(edits.insert(bridge.document, 1000, 2000, "mine"))
    desk.close()
    film.unlink()
    again = Desk(EngineBridge())
    try:
        again.opening.go_on(list_unnamed()[0])
        qtbot.waitUntil(lambda: again.ended > 0)
        assert again.texts() == ["mine"]
        assert again.codes == [FileMissing.code]
        assert again.player.given == []
    finally:
        again.close()


def test_the_last_of_two_files_wins(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    other = copy_of_sample(tmp_path, "other.mp4")
    desk.opening.open(SAMPLE)
    desk.opening.open(other)
    qtbot.waitUntil(lambda: desk.ended > 0 and "other.mp4" in desk.player.given)
    qtbot.wait(300)
    assert desk.player.given == ["other.mp4"]


def test_where_no_recovery_file_can_be_written_the_film_opens_and_one_is_told(
    qtbot: QtBot, desk: Desk, home: Path
) -> None:
    (home / "data").mkdir()
    (home / "data" / "recovery").write_text("a file where a folder should be")
    open_it(qtbot, desk, SAMPLE)
    assert desk.player.open_now == SAMPLE.name
    assert len(desk.said) == 1
    assert "could not be written" in desk.said[0].title


@pytest.fixture(scope="session")
def long_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An hour of noise: long enough to be killed in the middle."""
    import wave

    import numpy as np

    path = tmp_path_factory.mktemp("long") / "long.wav"
    noise = (np.random.default_rng(1).standard_normal(16_000 * 60) * 3000).astype("<i2").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        for _ in range(60):
            file.writeframes(noise)
    return path
