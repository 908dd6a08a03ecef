"""The settings on their page “Dictation”, a pace of one's own chosen."""

from __future__ import annotations

from app.settings import PAGES
from app.settings.dialog import SettingsDialog
from app.settings.dictation import OWN, DictationSettings
from app.shots import settings
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The numbers of the pace can be set; the page is scrolled to them."""
    settings.prepare(stage)
    dialog = stage.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.pages.setCurrentRow(list(PAGES).index("dictation"))
    page = dialog.page("dictation")
    assert isinstance(page, DictationSettings)
    page.pace.setCurrentIndex(page.pace.findData(OWN))
    page.pace.activated.emit(0)
    page.own["dictation_window_s"].setFocus()
    stage.rest(300)
