"""Texts go through one function; without a translation they are the English ones."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.i18n import speak, tr
from app.wording import clock, cue_count, time_left, with_key


def test_a_language_without_a_translation_leaves_english(qapp: QApplication) -> None:
    assert not speak("tlh")
    assert tr("Open…") == "Open…"


def test_numbers_read_as_sentences_say_them(qapp: QApplication) -> None:
    assert [cue_count(count) for count in (0, 1, 12)] == ["0 cues", "1 cue", "12 cues"]
    assert [clock(ms) for ms in (0, 552_000, 3_753_000)] == ["00:00", "09:12", "1:02:33"]
    assert [time_left(seconds) for seconds in (35, 540, 3900)] == [
        "About 35 s left", "About 9 min left", "About 1 h 5 min left",
    ]  # fmt: skip
    assert (with_key("Split", "Ctrl+D"), with_key("Split", "")) == ("Split (Ctrl+D)", "Split")
