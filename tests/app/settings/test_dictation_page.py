"""The page “Dictation”: each choice is kept at once, and recordings can be deleted now."""

from __future__ import annotations

import os

from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.phase import pace_of
from app.settings.dialog import Parts
from app.settings.dictation import DELETED, OWN, DictationSettings
from core.media.recordings import NEVER, all_recordings, new_recording
from core.recognition.streaming.settings import PAPER, USUAL, StreamSettings
from core.settings import Settings, load_settings


def page_of(program: Application) -> DictationSettings:
    kept = program.settings

    def keep(settings: Settings) -> None:
        nonlocal kept
        kept = settings
        program.settings = settings

    return DictationSettings(Parts(lambda: kept, keep, program.messages, program.background))


def test_choices_are_kept(program: Application, qtbot: QtBot) -> None:
    page = page_of(program)
    qtbot.addWidget(page)
    page.days.setValue(30)
    page.space.setValue(2)
    page.commands.setChecked(True)
    assert (program.settings.dictation_days, program.settings.dictation_limit_bytes) == (30, 2 * 1024**3)
    assert program.settings.dictation_commands
    page.keep.setCurrentIndex(page.keep.findData(NEVER))
    page.keep.activated.emit(0)
    assert program.settings.dictation_keep == NEVER
    assert not page.days.isEnabled()


def test_a_key_of_any_program_that_would_take_a_letter_is_not_kept(program: Application, qtbot: QtBot) -> None:
    page = page_of(program)
    qtbot.addWidget(page)
    for wanted, kept in (("Ctrl+Alt+J", "Ctrl+Alt+J"), ("J", "Ctrl+Alt+J"), ("Shift+J", "Ctrl+Alt+J"), ("F10", "F10")):
        page.key.setKeySequence(QKeySequence(wanted))
        page.key.editingFinished.emit()
        assert program.settings.dictation_key == kept
        assert page.key.keySequence() == QKeySequence(kept)


def test_the_pace_is_a_named_one_or_a_persons_own_and_the_next_stretch_is_heard_by_it(
    program: Application, qtbot: QtBot
) -> None:
    program.dictation.make()
    dictation = program.dictation.dictation
    assert dictation is not None
    dictation.choose(languages=("de",))
    page = DictationSettings(Parts(lambda: program.settings, program._keep, program.messages, program.background))
    qtbot.addWidget(page)
    page.show()
    assert not any(field.isVisible() for field in page.own.values())
    for pace, live in (("paper", PAPER), ("usual", USUAL)):
        page.pace.setCurrentIndex(page.pace.findData(pace))
        page.pace.activated.emit(0)
        assert dictation.choices.live == live
    page.pace.setCurrentIndex(page.pace.findData(OWN))
    page.pace.activated.emit(0)
    for name, value in (
        ("dictation_chunk_ms", 500), ("dictation_unfixed", 0), ("dictation_rollback", 0), ("dictation_window_s", 1),
    ):  # fmt: skip
        assert page.own[name].isVisible()
        page.own[name].setValue(value)
    own = StreamSettings(chunk_ms=500, unfixed_chunks=0, rollback_tokens=0, window_s=1)
    assert dictation.choices.live == own
    assert dictation.choices.languages == ("de",)
    assert pace_of(load_settings()[0]) == own


def test_delete_now_deletes_and_says_so(program: Application, said: list[object], qtbot: QtBot) -> None:
    path = new_recording()
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(5_000))
    os.utime(path, (1_000_000_000,) * 2)
    page = page_of(program)
    qtbot.addWidget(page)
    page.delete.click()
    qtbot.waitUntil(lambda: bool(said))
    assert [getattr(message, "code", "") for message in said] == [DELETED]
    assert all_recordings() == []
