"""The tab on a real sound path: a wav is played, the microphone's child hears it, the engine's child makes text.

The toy model where the text counts; elsewhere a stand-in that makes a word of every second, in the real child.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.dictation import Dictation
from app.dictation.page import DictationPage
from app.dictation.phase import Phase
from app.engine_bridge import EngineBridge
from core.media.decode import Decoder
from core.media.recordings import recordings_dir
from core.media.waveform import Samples
from core.timecode import ms_from_samples
from core.worker.client import EngineClient
from tests.fakes.sound_card import SoundCard

TOY = Path(__file__).parent.parent.parent / "data" / "toy" / "qwen3-asr-toy"
WAIT_MS = 120_000
"""For an engine that loads at a low priority beside whatever else the machine does."""


@pytest.fixture
def engines() -> EngineBridge:
    """Children whose engine makes words by the second."""
    return EngineBridge(engine=partial(EngineClient, dictation="tests.fakes.dictations:begin"))


@pytest.fixture
def page(
    start: Callable[..., Application], engines: EngineBridge, sound_card: SoundCard, qtbot: QtBot
) -> DictationPage:
    """The tab in sight, its microphone giving sound, words by the second."""
    return shown(start(engines), qtbot)


@pytest.fixture
def toy_page(program: Application, sound_card: SoundCard, qtbot: QtBot) -> DictationPage:
    """The tab in sight, its microphone giving sound, the toy as its engine."""
    page = shown(program, qtbot)
    page.dictation.choices = replace(page.dictation.choices, model_dir=str(TOY))
    return page


def shown(program: Application, qtbot: QtBot) -> DictationPage:
    """The tab, once its microphone gives sound."""
    program.window.tabs.show_part("dictation")
    page = program.dictation.page
    assert isinstance(page, DictationPage)
    qtbot.waitUntil(lambda: bool(page.dictation.hearing.device), timeout=WAIT_MS)
    return page


_TAIL_MS = 700
"""Half a second of it is from before the button was pressed."""

SENTENCE = "hello world this is a test"
SECONDS = np.full(2 * 16_000, 0.1, np.float32)


def said(dictation: Dictation) -> str:
    """All firm text."""
    return " ".join(cue.text for cue in dictation.bridge.document.cues)


def spoken_into(page: DictationPage, card: SoundCard, sound: Samples, qtbot: QtBot) -> None:
    """Press the button, play, and wait until it was heard to its end, however late it comes."""
    before_ms, began_s = page.dictation.elapsed_ms, time.monotonic()
    qtbot.mouseClick(page.controls.main, Qt.MouseButton.LeftButton)
    playing = card.start_playing(sound)
    qtbot.waitUntil(lambda: playing.poll() is not None, timeout=WAIT_MS)
    until_ms = before_ms + (time.monotonic() - began_s) * 1000 + _TAIL_MS
    qtbot.waitUntil(lambda: page.dictation.elapsed_ms >= until_ms, timeout=WAIT_MS)


def test_what_is_said_becomes_firm_text_is_on_disk_and_opens_on_the_timeline(
    program: Application, toy_page: DictationPage, sound_card: SoundCard, spoken: Callable[..., Samples], qtbot: QtBot
) -> None:
    page, dictation = toy_page, toy_page.dictation
    spoken_into(page, sound_card, spoken(SENTENCE), qtbot)
    with qtbot.waitSignal(dictation.ended, timeout=WAIT_MS):
        qtbot.mouseClick(page.controls.finish, Qt.MouseButton.LeftButton)
    text = said(dictation)
    heard = SequenceMatcher(None, text.split(), SENTENCE.split()).get_matching_blocks()
    assert sum(block.size for block in heard) >= 4, f"{text}: the toy mishears a word now and then, not half of them"
    assert page.text.toPlainText().split() == text.split()
    page.copy_all()
    assert QGuiApplication.clipboard().text().split() == text.split()
    with qtbot.waitSignal(program.opening.opened, timeout=WAIT_MS):
        qtbot.mouseClick(page.timeline, Qt.MouseButton.LeftButton)
    assert program.window.tabs.current == "editor"
    assert " ".join(cue.text for cue in program.session.bridge.document.cues) == text
    qtbot.waitUntil(lambda: program.session.info is not None, timeout=WAIT_MS)
    info = program.session.info
    assert info is not None
    assert Path(info.path).parent == recordings_dir()


def test_a_pause_makes_words_firm_and_a_mark_and_what_was_corrected_stays(
    page: DictationPage, sound_card: SoundCard, qtbot: QtBot
) -> None:
    dictation = page.dictation
    spoken_into(page, sound_card, SECONDS, qtbot)
    qtbot.mouseClick(page.controls.main, Qt.MouseButton.LeftButton)
    assert dictation.phase is Phase.PAUSED
    qtbot.waitUntil(lambda: not dictation.tentative and "word0" in said(dictation), timeout=WAIT_MS)
    first = said(dictation)
    page.text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(page.text, "s")
    qtbot.waitUntil(lambda: said(dictation) == first + "s", timeout=WAIT_MS)
    spoken_into(page, sound_card, SECONDS, qtbot)
    with qtbot.waitSignal(dictation.ended, timeout=WAIT_MS):
        dictation.finish()
    passages = [cue.text for cue in dictation.bridge.document.cues]
    assert passages[0] == first + "s"
    assert passages[1].startswith("word")
    assert len(dictation.bridge.document.bookmarks) == 1
    assert page.text.toPlainText() == "\n".join(passages)
    dictation.bridge.undo()
    assert dictation.bridge.document.cues[0].text == first
    dictation.bridge.redo()
    assert page.text.toPlainText() == "\n".join(passages)


def test_a_microphone_that_vanishes_is_said_and_its_gap_is_marked(
    page: DictationPage, sound_card: SoundCard, qtbot: QtBot
) -> None:
    dictation = page.dictation
    spoken_into(page, sound_card, SECONDS, qtbot)
    sound_card.unplug()
    qtbot.waitUntil(lambda: dictation.problem is not None, timeout=WAIT_MS)
    assert "gives no more sound" in str(dictation.problem)
    before_ms = dictation.elapsed_ms
    sound_card.plug()
    qtbot.waitUntil(lambda: bool(dictation.hearing.device), timeout=WAIT_MS)
    assert dictation.problem is None
    qtbot.waitUntil(lambda: dictation.elapsed_ms > before_ms + 1_500, timeout=WAIT_MS)
    with qtbot.waitSignal(dictation.ended, timeout=WAIT_MS):
        dictation.finish()
    assert said(dictation).startswith("word0 word1")
    assert [mark.text.startswith("No microphone for") for mark in dictation.bridge.document.bookmarks] == [True]


def test_holding_the_key_records_and_letting_go_pauses(
    page: DictationPage, sound_card: SoundCard, qtbot: QtBot
) -> None:
    dictation = page.dictation
    page.window().activateWindow()
    qtbot.waitUntil(lambda: page.window().isActiveWindow(), timeout=WAIT_MS)
    qtbot.keyPress(page, Qt.Key.Key_F4)
    assert dictation.phase is Phase.RECORDING
    sound_card.play(SECONDS)
    qtbot.waitUntil(lambda: dictation.elapsed_ms > 1_000, timeout=WAIT_MS)
    qtbot.keyRelease(page, Qt.Key.Key_F4)
    assert dictation.phase is Phase.PAUSED
    qtbot.waitUntil(lambda: said(dictation).startswith("word0"), timeout=WAIT_MS)


def test_an_engine_that_dies_hears_again_what_it_had_not_said(
    page: DictationPage, engines: EngineBridge, sound_card: SoundCard, qtbot: QtBot
) -> None:
    dictation = page.dictation
    spoken_into(page, sound_card, SECONDS, qtbot)
    qtbot.waitUntil(lambda: "word0" in said(dictation), timeout=WAIT_MS)
    pid = engines.engine.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    sound_card.play(SECONDS)
    qtbot.wait(300)
    with qtbot.waitSignal(dictation.ended, timeout=WAIT_MS):
        dictation.finish()
    words = [word for cue in dictation.bridge.document.cues for word in cue.words]
    ends = [0, *(word.end_ms for word in words)]
    assert all(word.start_ms - end <= 1_100 for word, end in zip(words, ends, strict=False))  # no second is missing
    assert len({word.start_ms for word in words}) == len(words)
    assert words[-1].end_ms >= dictation.elapsed_ms - 2_000


def test_the_recording_holds_everything_that_was_heard(
    page: DictationPage, sound_card: SoundCard, qtbot: QtBot
) -> None:
    dictation = page.dictation
    spoken_into(page, sound_card, SECONDS, qtbot)
    with qtbot.waitSignal(dictation.ended, timeout=WAIT_MS):
        dictation.finish()
    assert dictation.file is not None
    with Decoder(dictation.file) as decoder:
        recorded = np.concatenate([block.samples for block in decoder])
    assert ms_from_samples(len(recorded)) == dictation.elapsed_ms
