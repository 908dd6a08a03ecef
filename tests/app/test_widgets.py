"""What all windows are put together of."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app import theme
from app.widgets import button, set_role


@pytest.mark.parametrize("role", ["normal", "primary"])
def test_the_icon_of_a_button_that_becomes_another_kind_is_seen_on_it(role: str, qtbot: QtBot) -> None:
    other = "primary" if role == "normal" else "normal"
    changed = button("Do it again", lambda: None, other, icon="loop")
    made_so = button("Do it again", lambda: None, role, icon="loop")
    for one in (changed, made_so):
        qtbot.addWidget(one)
    before = changed.icon().pixmap(16).toImage()
    set_role(changed, role)
    assert changed.property("role") == role
    assert changed.icon().pixmap(16).toImage() == made_so.icon().pixmap(16).toImage() != before
    theme.current().changed.emit(theme.current().tokens)
    assert changed.icon().pixmap(16).toImage() == made_so.icon().pixmap(16).toImage()
