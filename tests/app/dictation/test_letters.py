"""A text whose language nobody said, as under “Find out”, is drawn in the fonts of its letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.application import Application
from app.theme.fonts import families_for
from tests.app.dictation.spoken import Spoken


def families(spoken: Spoken, row: int, place: int) -> list[str]:
    """Of the letter there in this passage; [] = the window's own."""
    view = spoken.page.text
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.document().findBlockByNumber(row).position() + place + 1)
    return list(cursor.charFormat().fontFamilies() or [])


def test_each_passage_has_the_fonts_of_its_letters(start: Callable[..., Application], qtbot: QtBot) -> None:
    chinese, japanese = families_for("zh")[0], families_for("ja")[0]
    spoken = Spoken(start, qtbot)
    assert spoken.dictation.choices.languages == ()
    spoken.dictation.start()
    spoken.hear("Guten Tag", ended=True)
    spoken.dictation.pause()
    spoken.dictation.start()
    spoken.end_words()
    spoken.hear("", "你好")
    assert families(spoken, 0, 0) == []
    assert families(spoken, 0, len("Guten Tag "))[:1] == [chinese]
    spoken.hear("你好", "世界")
    assert families(spoken, 1, 0)[:1] == [chinese]
    assert families(spoken, 1, 3)[:1] == [chinese]
    spoken.hear("ありがとう", ended=True)
    assert families(spoken, 1, 4)[:1] == [japanese]
    spoken.page.text.show_all()
    assert families(spoken, 0, 0) == []
    assert families(spoken, 1, 0)[:1] == [japanese]


def test_the_small_window_has_them_too(start: Callable[..., Application], qtbot: QtBot) -> None:
    spoken = Spoken(start, qtbot)
    spoken.page.show_small()
    small = spoken.page.small
    assert small is not None
    spoken.dictation.start()
    spoken.hear("你好", ended=True)
    assert small.text.font().families()[0] == families_for("zh")[0]
    spoken.hear("Guten Tag", ended=True)
    spoken.dictation.pause()
    assert families_for("zh")[0] not in small.text.font().families()
