"""The settings' page Storage: each part with its size, caches emptied on demand, nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.messages import Message
from app.settings import PAGES
from app.settings.dialog import SettingsDialog
from app.settings.storage import StoragePage
from core import paths, storage
from core.storage import PARTS
from tests.app.conftest import program, start

__all__ = ["program", "start"]


def opened(qtbot: QtBot, program: Application) -> SettingsDialog:
    program.window.commands["edit.settings"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SettingsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    return dialog


@pytest.fixture
def old_peaks(home: Path) -> Path:
    path = paths.cache_dir() / "peaks" / "film.peaks"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(2_000_000))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_each_part_is_shown_with_its_size_and_only_caches_can_be_emptied(
    qtbot: QtBot, old_peaks: Path, program: Application
) -> None:
    page = opened(qtbot, program).page("storage")
    assert isinstance(page, StoragePage)
    qtbot.waitUntil(lambda: page.used["peaks"].text() != "")
    assert set(page.used) == {part.id for part in PARTS}
    assert page.used["peaks"].text() == "2.0 MB of 5.0 GB"
    assert "recoveries" not in page.empty
    assert "models" not in page.empty
    assert page.empty["peaks"].isEnabled()
    assert not page.empty["plans"].isEnabled()


def test_emptying_a_cache_deletes_it_and_shows_so(qtbot: QtBot, old_peaks: Path, program: Application) -> None:
    page = opened(qtbot, program).page("storage")
    assert isinstance(page, StoragePage)
    qtbot.waitUntil(lambda: page.empty["peaks"].isEnabled() and page.used["peaks"].text() != "")
    page.empty["peaks"].click()
    qtbot.waitUntil(lambda: page.used["peaks"].text().startswith("0 "))
    assert not old_peaks.exists()
    assert not page.empty["peaks"].isEnabled()


def test_every_page_of_the_table_can_be_made_and_is_named(qtbot: QtBot, program: Application) -> None:
    dialog = opened(qtbot, program)
    for row, name in enumerate(PAGES):
        dialog.pages.setCurrentRow(row)
        assert dialog.page(name).accessibleName()
    dialog.accept()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_disk_use_that_is_counted_after_the_dialog_closed_is_let_go(qtbot: QtBot, program: Application) -> None:
    dialog = opened(qtbot, program)
    page = dialog.page("storage")
    assert isinstance(page, StoragePage)
    uses = storage.uses(program.settings)
    shiboken6.delete(page)
    page._show_uses(uses)
    assert dialog.page("storage") is page
    dialog.accept()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_folder_that_cannot_be_made_is_said(qtbot: QtBot, home: Path, program: Application) -> None:
    page = opened(qtbot, program).page("storage")
    assert isinstance(page, StoragePage)
    paths.cache_dir().mkdir(exist_ok=True, parents=True)
    (paths.cache_dir() / "spectra").touch()
    said: list[Message] = []
    program.messages.said.connect(said.append)
    (shown,) = [one for one in page.findChildren(QToolButton) if "Spectrograms" in one.accessibleName()]
    shown.click()
    assert [one.code for one in said] == ["write.refused"]
    assert "File exists" in said[0].title
