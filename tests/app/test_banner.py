"""Messages stand above the editor: one a code, with what to do, until somebody closes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.banner import Banner, Banners
from app.messages import Message, Messages, Offer
from core.errors import WorkerDied


@pytest.fixture
def messages(qtbot: QtBot) -> Messages:
    return Messages()


@pytest.fixture
def banners(qtbot: QtBot, messages: Messages) -> Iterator[Banners]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 400)
    made = Banners(messages, window)
    made.resize(1200, 300)
    window.show()
    yield made
    window.close()


def button(bar: Banner | None, text: str) -> QPushButton:
    assert bar is not None
    return next(one for one in bar.findChildren(QPushButton) if one.text() == text)


def test_an_error_says_what_happened_and_what_to_do(messages: Messages, banners: Banners) -> None:
    messages.error(WorkerDied(child="engine", cause="killed"))
    bar = banners.bar(WorkerDied.code)
    assert bar is not None
    assert "killed" in bar.message.title
    assert "goes on from there" in bar.message.text
    assert bar.accessibleName() == bar.message.title


def test_the_same_message_twice_is_one_bar(messages: Messages, banners: Banners) -> None:
    for _ in range(3):
        messages.tell(Message("a", "A"))
    assert banners.codes() == ("a",)


def test_more_than_three_would_be_a_wall(messages: Messages, banners: Banners) -> None:
    for code in "abcde":
        messages.tell(Message(code, code.upper()))
    assert banners.codes() == ("c", "d", "e")


def test_an_offer_is_done_and_its_bar_goes(messages: Messages, banners: Banners) -> None:
    done: list[str] = []
    messages.tell(Message("a", "A", offers=(Offer("Go on", lambda: done.append("on")),)))
    button(banners.bar("a"), "Go on").click()
    assert done == ["on"]
    assert banners.codes() == ()
    assert not banners.isVisible()


def test_a_bar_can_be_closed_by_hand_or_withdrawn(messages: Messages, banners: Banners) -> None:
    messages.tell(Message("a", "A"))
    messages.tell(Message("b", "B"))
    bar = banners.bar("a")
    assert bar is not None
    bar.findChildren(QToolButton)[-1].click()
    assert banners.codes() == ("b",)
    messages.withdraw("b")
    assert banners.codes() == ()


def test_details_are_folded_and_can_be_copied(messages: Messages, banners: Banners, qapp: QApplication) -> None:
    messages.tell(Message("a", "A", details="line 1\nline 2"))
    bar = banners.bar("a")
    copy = button(bar, "Copy")
    assert not copy.isVisible()
    button(bar, "Details").click()
    assert copy.isVisible()
    copy.click()
    assert qapp.clipboard().text() == "line 1\nline 2"
