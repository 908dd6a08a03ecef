"""The first page: what it lists to go on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app.application import Application
from app.editor.welcome import WelcomePage


def test_names_of_works_are_whole_for_screen_readers_and_short_on_the_page(start: Callable[..., Application]) -> None:
    page = start().window.findChild(WelcomePage)
    name = "Interview_" + "a" * 200 + "_final.wav"
    page.show_recent((Path(name),))
    (made,) = [one for one in page.findChildren(QPushButton) if one.accessibleName() == name]
    assert made.text().startswith("Interview_")
    assert made.text().endswith("_final.wav")
    assert len(made.text()) < 60
