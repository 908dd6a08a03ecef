"""The text box: typing is an edit a key and a step a word; nothing puts another text under the caret."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.editor.session import Session
from app.editor.text_box import TextBoxPane
from app.editor.text_steps import PAUSE_MS, TypingSteps
from core.cues import styles
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit
from core.document.history import History, Step
from core.errors import DiskFull
from tests.app.editor import cues

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pane(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> TextBoxPane:
    """Its keys follow each other at once, however long a busy machine rests between two: a pause begins a new step."""
    monkeypatch.setattr("app.editor.text_box.time", SimpleNamespace(monotonic=lambda: 0.0))
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session) -> TextBoxPane:
    made = TextBoxPane(session)
    qtbot.addWidget(made)
    made.resize(640, 200)
    made.show()
    made.activateWindow()
    session.bridge.select_row(0)
    made.focus_text()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


def text_of(session: Session, row: int = 0) -> str:
    return session.bridge.document.cues[row].text


def caret(pane: TextBoxPane) -> int:
    return pane.editor.textCursor().position()


def put_caret(pane: TextBoxPane, at: int) -> None:
    cursor = pane.editor.textCursor()
    cursor.setPosition(at)
    pane.editor.setTextCursor(cursor)


# ── showing ──────────────────────────────────────────────────────────────────────────────────────


def test_it_shows_number_times_length_and_text_of_the_current_cue(pane: TextBoxPane) -> None:
    assert pane.head.number.text() == "Cue 1"
    assert (pane.start.text(), pane.end.text()) == ("00:00:01.000", "00:00:04.560")
    assert pane.head.length.text() == "3.560 s"
    assert pane.editor.toPlainText() == cues.ENGLISH


def test_without_a_cue_nothing_can_be_typed(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    session.bridge.select(())
    qtbot.keyClicks(pane.editor, "x")
    assert pane.editor.toPlainText() == ""
    assert not pane.start.isEnabled()
    assert pane.editor.placeholderText()


@pytest.mark.parametrize(
    ("row", "counts"),
    [(0, ["27 / 42", "24 / 42"]), (2, ["12 / 42", "14 / 42"]), (3, ["23 / 42"])],
)
def test_each_line_is_counted_against_the_style(
    pane: TextBoxPane, session: Session, row: int, counts: list[str]
) -> None:
    session.bridge.select_row(row)
    assert [pane.editor.count_of(line).text for _place, line in pane.editor.lines()] == counts


def test_counts_stand_beside_their_lines_also_below_a_line_that_wraps(pane: TextBoxPane, session: Session) -> None:
    session.bridge.apply(edits.set_text(session.bridge.document, 0, "word " * 30 + "\nsecond"))
    (first, _), (second, text) = pane.editor.lines()
    assert text == "second"
    assert second.top() > first.top() + 1.5 * first.height()


def test_arabic_lines_stand_nearly_as_close_as_latin_ones(pane: TextBoxPane, session: Session) -> None:
    def apart() -> float:
        (first, _), (second, _) = pane.editor.lines()
        return second.top() - first.top()

    latin = apart()
    session.bridge.apply(edits.set_text(session.bridge.document, 3, "القهوةُ أوّلاً،\nثمَّ الكلام."))
    session.bridge.select_row(3)
    assert latin <= apart() <= 1.2 * latin


def test_chinese_in_its_own_style_is_counted_by_full_width_characters(pane: TextBoxPane, session: Session) -> None:
    session.set_style(styles.default_for("zh"))
    session.bridge.select_row(2)
    assert [pane.editor.count_of(line).text for _place, line in pane.editor.lines()] == ["6 / 16", "7 / 16"]


@pytest.mark.parametrize(
    ("row", "family", "from_right"), [(0, "", False), (2, "Noto Sans CJK SC", False), (3, "Noto Sans Arabic", True)]
)
def test_font_and_direction_come_from_the_cues_language(
    pane: TextBoxPane, session: Session, row: int, family: str, from_right: bool
) -> None:
    session.bridge.select_row(row)
    fonts = pane.editor.document().defaultFont().families()
    assert not family or fonts[0] in (family, *pane.font().families())
    way = pane.editor.document().defaultTextOption().textDirection()
    assert (way == Qt.LayoutDirection.RightToLeft) is from_right
    margins = pane.editor.viewportMargins()
    assert (margins.left() > margins.right()) is from_right


def test_a_language_other_than_the_styles_and_a_draft_are_said(pane: TextBoxPane, session: Session) -> None:
    assert not pane.head.language.isVisible()
    assert not pane.head.draft.isVisible()
    session.bridge.select_row(3)
    assert pane.head.language.text() == "Arabic"
    assert pane.head.language.isVisible()
    assert pane.head.draft.isVisible()
    assert "check every word" in pane.hint.text


@pytest.mark.parametrize("width_px", [376, 430, 480, 560, 700])
def test_in_a_narrow_head_nothing_overlaps(pane: TextBoxPane, session: Session, width_px: int) -> None:
    session.bridge.select_row(3)
    pane.resize(width_px, 200)
    assert pane.width() == width_px
    QApplication.processEvents()
    seen = [one for one in pane.head.children() if isinstance(one, QWidget) and one.isVisible()]
    edges = sorted((one.geometry().left(), one.geometry().right()) for one in seen)
    assert all(left > right for (_, right), (left, _) in itertools.pairwise(edges))
    assert edges[-1][1] < pane.head.width()
    assert all(one.width() >= one.minimumSizeHint().width() for one in seen)


def test_doubt_is_a_wave_and_estimated_is_dotted(pane: TextBoxPane, session: Session) -> None:
    from dataclasses import replace

    from core.transcript import Source

    cue = session.bridge.document.cues[0]
    words = (
        replace(cue.words[0], text_confidence=0.2),
        replace(cue.words[1], source=Source.ESTIMATED),
        *cue.words[2:],
    )
    session.bridge.apply(edits.put(session.bridge.document, (0,), (replace(cue, words=words),), label="Mark"))
    styles_by_text = {one.cursor.selectedText(): one.format.underlineStyle() for one in pane.editor.extraSelections()}
    assert styles_by_text == {
        "That": QTextCharFormat.UnderlineStyle.WaveUnderline,
        "one": QTextCharFormat.UnderlineStyle.DotLine,
    }


def test_the_selected_word_has_a_ground(pane: TextBoxPane, session: Session) -> None:
    session.bridge.select(("a",), word="a.5")
    assert [one.cursor.selectedText() for one in pane.editor.extraSelections()] == ["Sister."]


# ── typing ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_typed_is_in_the_document_at_once(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    qtbot.keyClicks(pane.editor, " Or two")
    assert text_of(session) == cues.ENGLISH + " Or two"
    assert pane.editor.toPlainText() == cues.ENGLISH + " Or two"


def test_words_that_stay_keep_their_times_while_one_types(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    before = session.bridge.document.cues[0].words
    qtbot.keyClicks(pane.editor, " more")
    assert session.bridge.document.cues[0].words[: len(before) - 1] == before[:-1]


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time goes by between two letters, however busy the machine is: a pause would begin another step."""
    monkeypatch.setattr("app.editor.text_box.time", SimpleNamespace(monotonic=lambda: 1.0))


@pytest.mark.usefixtures("still")
def test_each_word_is_a_step_that_is_taken_back_and_done_again(
    qtbot: QtBot, pane: TextBoxPane, session: Session
) -> None:
    qtbot.keyClicks(pane.editor, " one two")
    seen = [text_of(session)]
    while session.bridge.history.stack.done:
        qtbot.keyClick(pane.editor, Qt.Key.Key_Z, CTRL)
        seen.append(text_of(session))
        assert pane.editor.toPlainText() == text_of(session)
    assert seen == [cues.ENGLISH + " one two", cues.ENGLISH + " one", cues.ENGLISH]
    while session.bridge.history.stack.undone:
        session.bridge.redo()
    assert pane.editor.toPlainText() == text_of(session) == cues.ENGLISH + " one two"


@pytest.mark.usefixtures("still")
def test_after_undo_the_caret_stands_where_the_text_changed(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    put_caret(pane, 4)
    qtbot.keyClicks(pane.editor, "xyz")
    session.bridge.undo()
    assert caret(pane) == 4


def test_a_space_at_the_end_stays_while_one_types(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    qtbot.keyClicks(pane.editor, " ")
    assert pane.editor.toPlainText() == cues.ENGLISH + " "
    assert text_of(session) == cues.ENGLISH
    session.bridge.select_row(1)
    session.bridge.select_row(0)
    assert pane.editor.toPlainText() == cues.ENGLISH


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Return, 0), (Qt.Key.Key_Return, SHIFT), (Qt.Key.Key_Enter, 0)])
def test_enter_breaks_the_line(qtbot: QtBot, pane: TextBoxPane, session: Session, keys: tuple[Qt.Key, Any]) -> None:
    session.bridge.select_row(1)
    put_caret(pane, len("Mind the second step,"))
    qtbot.keyClick(pane.editor, keys[0], keys[1] or Qt.KeyboardModifier.NoModifier)
    assert text_of(session, 1) == "Mind the second step,\nit's loose, and the third."


def test_an_emptied_cue_has_no_words_and_comes_back(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    pane.editor.selectAll()
    qtbot.keyClick(pane.editor, Qt.Key.Key_Delete)
    assert session.bridge.document.cues[0].words == ()
    session.bridge.undo()
    assert pane.editor.toPlainText() == cues.ENGLISH


@pytest.mark.parametrize(("row", "typed"), [(2, "很好"), (3, " جدا")])
def test_chinese_and_arabic_are_typed_and_taken_back(
    qtbot: QtBot, pane: TextBoxPane, session: Session, row: int, typed: str
) -> None:
    session.bridge.select_row(row)
    before = text_of(session, row)
    compose(pane, "", typed)
    assert text_of(session, row) == before + typed
    session.bridge.undo()
    assert pane.editor.toPlainText() == text_of(session, row) == before
    session.bridge.redo()
    assert pane.editor.toPlainText() == before + typed


def test_pasted_lines_of_other_programs_become_line_breaks(pane: TextBoxPane, session: Session) -> None:
    session.bridge.select_row(1)
    pane.editor.selectAll()
    data = QMimeData()
    data.setText("One\r\ntwo\u2028three\r\n")
    data.setHtml("<b>One</b>")
    pane.editor.insertFromMimeData(data)
    assert text_of(session, 1) == "One\ntwo\nthree"


def test_a_dropped_file_is_left_to_the_window(pane: TextBoxPane) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/films/low-water.mkv")])
    data.setText("file:///films/low-water.mkv")
    assert not pane.editor.canInsertFromMimeData(data)


def test_what_cannot_be_kept_is_told_and_stays_in_the_field(qtbot: QtBot, session: Session) -> None:
    class Full:
        def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
            raise DiskFull(file="recovery")

    session.bridge.set_history(History(Document(cues=cues.few()), journal=Full()))
    pane = shown(qtbot, session)
    told: list[Any] = []
    pane.failed.connect(told.append)
    qtbot.keyClicks(pane.editor, "!")
    assert [error.code for error in told] == ["write.full"]
    assert pane.editor.toPlainText() == cues.ENGLISH + "!"
    assert text_of(session) == cues.ENGLISH


# ── not disturbed ────────────────────────────────────────────────────────────────────────────────


def test_cues_that_arrive_do_not_move_the_caret(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    session.bridge.select_row(2)
    put_caret(pane, 2)
    for n in range(3):
        early = cues.cue(f"x{n}", n * 100, n * 100 + 50, "Early.")
        session.bridge.history.arrive(edits.append(session.bridge.document, [early], job="1"))
        compose(pane, "", "好")
    assert caret(pane) == 5
    assert text_of(session, 5) == "你先好好好闻一闻，\n还有海的味道。"
    assert pane.head.number.text() == "Cue 6"


def test_text_that_is_being_composed_is_not_set_anew(pane: TextBoxPane, session: Session) -> None:
    session.bridge.select_row(2)
    compose(pane, "hao", "")
    session.bridge.apply(edits.set_text(session.bridge.document, 2, "别的。"))
    assert pane.editor.textCursor().block().layout().preeditAreaText() == "hao"
    compose(pane, "", "")
    assert pane.editor.toPlainText() == "别的。"


def test_a_change_from_elsewhere_keeps_the_caret_beside_its_text(pane: TextBoxPane, session: Session) -> None:
    pane.editor.clearFocus()
    put_caret(pane, len(cues.ENGLISH))
    session.bridge.apply(edits.set_text(session.bridge.document, 0, cues.ENGLISH.replace("That", "This very")))
    assert caret(pane) == len(pane.editor.toPlainText())


def compose(pane: TextBoxPane, preedit: str, commit: str) -> None:
    """What an input method sends."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(pane.editor, event)


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("key", "modifiers", "taken"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Left, SHIFT, True),
        (Qt.Key.Key_Left, CTRL, True),
        (Qt.Key.Key_A, CTRL, True),
        (Qt.Key.Key_C, CTRL, True),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Space, CTRL, False),
        (Qt.Key.Key_Z, CTRL, False),
        (Qt.Key.Key_Return, CTRL, False),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_E, CTRL, False),
    ],
)
def test_keys_that_type_are_kept_from_shortcuts_and_no_others(
    pane: TextBoxPane, key: Qt.Key, modifiers: Qt.KeyboardModifier, taken: bool
) -> None:
    text = " " if key == Qt.Key.Key_Space else ""
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, modifiers, text)
    event.ignore()
    QApplication.sendEvent(pane.editor, event)
    assert event.isAccepted() is taken


def test_escape_returns_and_control_space_plays(qtbot: QtBot, pane: TextBoxPane) -> None:
    with qtbot.waitSignal(pane.returnRequested):
        qtbot.keyClick(pane.editor, Qt.Key.Key_Escape)
    with qtbot.waitSignal(pane.playRequested):
        qtbot.keyClick(pane.editor, Qt.Key.Key_Space, CTRL)


def test_the_caret_is_told_in_the_cues_own_text(pane: TextBoxPane, session: Session) -> None:
    put_caret(pane, 28)
    assert pane.caret() == ("a", 28)
    pane.editor.insertPlainText("  ")
    assert pane.caret() is not None
    at = pane.caret()[1]  # type: ignore[index]
    assert text_of(session)[at:].startswith("She")
    pane.start.setFocus()
    assert pane.caret() is None


# ── times ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("written", "ms"), [("2", 2_000), ("0:01.5", 1_500), ("00:00:02,250", 2_250), ("900ms", 900)])
def test_enter_sets_a_start_written_in_any_way(
    qtbot: QtBot, pane: TextBoxPane, session: Session, written: str, ms: int
) -> None:
    write(qtbot, pane, written)
    assert session.bridge.document.cues[0].start_ms == ms
    assert pane.start.text() == f"00:00:0{ms / 1000:.3f}"


@pytest.mark.parametrize(
    ("written", "hint"),
    [("abc", "Write a time"), ("", "Write a time"), ("1:99", "Write a time"), ("9", "before the end")],
)
def test_a_time_that_cannot_be_is_refused_with_a_hint(
    qtbot: QtBot, pane: TextBoxPane, session: Session, written: str, hint: str
) -> None:
    write(qtbot, pane, written)
    assert session.bridge.document.cues == cues.few()
    assert hint in pane.hint.text
    assert pane.start.property("wrong")
    qtbot.keyClick(pane.start, Qt.Key.Key_Escape)
    assert pane.start.text() == "00:00:01.000"
    assert not pane.start.property("wrong")


def test_up_and_down_step_by_a_frame_and_are_one_step(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    from fractions import Fraction

    session.bridge.apply(edits.set_field(session.bridge.document, "frame_rate", Fraction(25)))
    pane.end.setFocus()
    for _ in range(3):
        qtbot.keyClick(pane.end, Qt.Key.Key_Up)
    assert session.bridge.document.cues[0].end_ms == 4_680
    session.bridge.undo()
    assert session.bridge.document.cues[0].end_ms == 4_560


def test_leaving_a_time_field_enters_what_was_written(qtbot: QtBot, pane: TextBoxPane, session: Session) -> None:
    pane.end.setFocus()
    pane.end.selectAll()
    qtbot.keyClicks(pane.end, "4.0")
    qtbot.keyClick(pane.end, Qt.Key.Key_Tab)
    assert session.bridge.document.cues[0].end_ms == 4_000


def write(qtbot: QtBot, pane: TextBoxPane, text: str) -> None:
    pane.start.setFocus()
    pane.start.selectAll()
    qtbot.keyClick(pane.start, Qt.Key.Key_Delete)
    qtbot.keyClicks(pane.start, text)
    qtbot.keyClick(pane.start, Qt.Key.Key_Return)


def test_a_box_that_is_gone_is_told_nothing(qtbot: QtBot, session: Session) -> None:
    """The session outlives the window, and words that heal are told a moment later."""
    session.bridge.select_row(0)
    shiboken6.delete(TextBoxPane(session))
    with qtbot.captureExceptions() as caught:
        session.set_healing(frozenset({"w1"}))
    assert caught == []


# ── steps, without Qt ────────────────────────────────────────────────────────────────────────────


def typed(steps: TypingSteps, text: str, *, at_ms: int = 0, each_ms: int = 50) -> list[str]:
    return [steps.key("a", text[:n], text[: n + 1], n + 1, at_ms + n * each_ms) for n in range(len(text))]


def test_a_word_with_the_space_behind_it_is_one_step() -> None:
    assert [len(set(typed(TypingSteps(), text))) for text in ("one", "one ", "one two", "a b c")] == [1, 1, 2, 3]


def test_a_pause_begins_a_new_step() -> None:
    keys = typed(TypingSteps(), "word", each_ms=PAUSE_MS)
    assert len(set(keys)) == 4


def test_typing_elsewhere_begins_a_new_step() -> None:
    steps = TypingSteps()
    first = steps.key("a", "one", "onex", 4, 0)
    assert steps.key("a", "onex", "yonex", 1, 10) != first


def test_deleting_on_in_either_direction_is_one_step() -> None:
    steps = TypingSteps()
    back = [steps.key("a", "word"[: 4 - n], "word"[: 3 - n], 3 - n, n) for n in range(4)]
    assert len(set(back[1:])) == 1
    steps = TypingSteps()
    forth = [steps.key("a", "word"[n:], "word"[n + 1 :], 0, n) for n in range(4)]
    assert len(set(forth[1:])) == 1
