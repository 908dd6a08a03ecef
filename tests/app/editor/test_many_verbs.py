"""Many cues at once: copy, cut and paste, shift, stretch, another frame rate; each is one step to undo."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.editor.many_verbs import ManyVerbs
from app.editor.rate_dialog import RATES, RateDialog
from app.editor.shift_dialog import ShiftDialog
from app.messages import Message, Messages
from core.document.document import Document
from core.document.history import History
from core.timecode import ms_of_frame
from core.transcript import Source
from tests.app.editor import cues


class Desk:
    """A session of three cues, and the verbs on it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.session = cues.session(*(cues.cue(f"c{n}", n * 2000, n * 2000 + 1500, f"cue {n}") for n in range(3)))
        self.messages = Messages()
        self.told: list[Message] = []
        self.messages.said.connect(self.told.append)
        self.do = ManyVerbs(self.window, self.session, self.messages, lambda: None)  # type: ignore[arg-type, return-value]

    @property
    def document(self) -> Document:
        return self.session.bridge.document

    def spans(self) -> list[tuple[int, int]]:
        return [(cue.start_ms, cue.end_ms) for cue in self.document.cues]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_cues_are_copied_with_their_words_and_pasted_at_the_playhead(desk: Desk) -> None:
    before = desk.document
    desk.session.bridge.select(("c0", "c2"))
    assert desk.do.copy()
    desk.session.move_playhead(10_000)
    assert desk.do.paste()
    assert desk.spans()[3:] == [(10_000, 11_500), (14_000, 15_500)]
    assert [cue.text for cue in desk.document.cues[3:]] == ["cue 0", "cue 2"]
    assert desk.session.bridge.selected == tuple(cue.id for cue in desk.document.cues[3:])
    assert [w.source for cue in desk.document.cues[3:] for w in cue.words] == [Source.ALIGNED] * 4
    desk.session.bridge.undo()
    assert desk.document == before


def test_other_programs_get_srt(desk: Desk) -> None:
    desk.session.bridge.select(("c1",))
    desk.do.copy()
    assert "00:00:02,000 --> 00:00:03,500\ncue 1" in QGuiApplication.clipboard().text()


def test_what_is_cut_comes_back_at_its_time(desk: Desk) -> None:
    desk.session.bridge.select(("c1",))
    assert desk.do.cut()
    assert desk.spans() == [(0, 1500), (4000, 5500)]
    desk.do.paste(at_playhead=False)
    assert desk.spans() == [(0, 1500), (2000, 3500), (4000, 5500)]


def test_text_of_other_programs_becomes_cues(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("first line\nsecond line")
    desk.session.move_playhead(20_000)
    assert desk.do.paste()
    assert desk.spans()[3:] == [(20_000, 22_000), (22_000, 24_000)]


def test_an_empty_clipboard_is_said(desk: Desk) -> None:
    QGuiApplication.clipboard().clear()
    assert not desk.do.paste()
    assert [message.code for message in desk.told] == ["paste.nothing"]
    desk.session.bridge.select(())
    assert not desk.do.copy()


# ── times ────────────────────────────────────────────────────────────────────────────────────────


def test_cues_are_shifted_from_the_current_one_on(desk: Desk, qtbot: QtBot) -> None:
    desk.session.bridge.select(("c1",))
    dialog = ShiftDialog(desk.session, desk.window)
    dialog.scope.setCurrentIndex(dialog.scope.findData("rest"))
    dialog.by.setText("-0.25")
    dialog._do.click()
    assert desk.spans() == [(0, 1500), (1750, 3250), (3750, 5250)]
    assert desk.session.bridge.history.labels() == ("Shift times",)


def test_cues_are_stretched_between_two_times(desk: Desk) -> None:
    dialog = ShiftDialog(desk.session, desk.window)
    dialog.way.setCurrentIndex(1)
    assert (dialog.start.text(), dialog.end.text()) == ("00:00:00.000", "00:00:05.500")
    dialog.end.setText("11")
    dialog._do.click()
    assert desk.spans() == [(0, 3000), (4000, 7000), (8000, 11_000)]


@pytest.mark.parametrize(("by", "wrong"), [("", True), ("soon", True), ("0", False), ("+0:01", False)])
def test_what_is_no_time_cannot_be_done(desk: Desk, by: str, wrong: bool) -> None:
    dialog = ShiftDialog(desk.session, desk.window)
    dialog.by.setText(by)
    assert (dialog._says.property("role") == "error") == wrong
    assert dialog._do.isEnabled() == (by == "+0:01")
    dialog.reject()


def test_the_first_and_the_last_cue_show_what_will_be(desk: Desk) -> None:
    dialog = ShiftDialog(desk.session, desk.window)
    dialog.by.setText("1")
    assert "00:00:01.000 – 00:00:02.500" in dialog._first.text()
    assert "00:00:05.000 – 00:00:06.500" in dialog._last.text()
    dialog.reject()


def test_cues_go_to_another_frame_rate(desk: Desk) -> None:
    ntsc = Fraction(30000, 1001)
    made = tuple(
        replace(
            cue, words=(), start_ms=ms_of_frame(n * 1800, Fraction(25)), end_ms=ms_of_frame(n * 1800 + 50, Fraction(25))
        )
        for n, cue in enumerate(desk.document.cues)
    )
    desk.session.bridge.set_history(History(Document(cues=made, frame_rate=ntsc)))
    dialog = RateDialog(desk.session, desk.window)
    assert (RATES[dialog.old.currentIndex()][1], RATES[dialog.new.currentIndex()][1]) == (Fraction(25), ntsc)
    assert "(00:02:24:00)" in dialog._last.text()
    assert "(00:02:00;04)" in dialog._last.text(), "29.97 is shown with drop frame"
    dialog._do.click()
    assert [cue.start_ms for cue in desk.document.cues] == [ms_of_frame(n * 1800, ntsc) for n in range(3)]
    desk.session.bridge.undo()
    assert desk.document.cues == made
