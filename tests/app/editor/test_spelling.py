"""Spelling in the window: found behind its back, listed, marked, corrected. A small real dictionary, read by spylls."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app import theme
from app.application import Application
from app.editor.checks_pane import ChecksPane
from app.editor.session import Session
from app.editor.spelling import Spelling, spelling_of
from app.editor.text_box import TextBoxPane
from core import spelling
from core.settings import load_settings
from tests.app.editor import cues

AFF = "SET UTF-8\nTRY esianrtolcdv\n"
DIC = "9\nthe\nboat\nboats\ncrossed\nriver\nquiet\nat\nnight\ndon't\n"
TEXT = "The boat crossed\nthe rivver at night."
DASHES = QTextCharFormat.UnderlineStyle.DashUnderline


@pytest.fixture(autouse=True)
def dictionaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(spelling, "folders", lambda: (tmp_path,))
    spelling._known.cache_clear()
    spelling._loaded.cache_clear()
    put(tmp_path, "en_US")
    return tmp_path


def put(folder: Path, name: str) -> None:
    (folder / f"{name}.aff").write_text(AFF, encoding="utf-8")
    (folder / f"{name}.dic").write_text(DIC, encoding="utf-8")


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = cues.session(
        cues.cue("a", 0, 2_000, "The quiet boat."),
        cues.cue("b", 3_000, 6_000, TEXT),
        cues.cue("c", 7_000, 9_000, "Le fleuve la nuit.", "fr"),
    )
    yield made
    spelling_of(made).close()
    made.deleteLater()


@pytest.fixture
def checks(qtbot: QtBot, session: Session) -> ChecksPane:
    made = ChecksPane(session)
    qtbot.addWidget(made)
    made.resize(360, 560)
    made.show()
    return made


@pytest.fixture
def box(qtbot: QtBot, checks: ChecksPane, session: Session) -> TextBoxPane:
    """The text box of the cue with the misspelt word, which is known already."""
    made = TextBoxPane(session)
    qtbot.addWidget(made)
    made.resize(640, 200)
    made.show()
    made.activateWindow()
    session.bridge.select_row(1)
    made.focus_text()
    qtbot.waitUntil(made.editor.hasFocus)
    checks.spelling.setChecked(True)
    qtbot.waitUntil(lambda: marked(made) == ["rivver"])
    return made


def listed(pane: ChecksPane) -> list[tuple[str, str]]:
    return [(one.cue_id, one.text) for one in pane.findings if one.code == "spelling"]


def marked(pane: TextBoxPane) -> list[str]:
    """Words that are marked as misspelt."""
    every = pane.editor.extraSelections()
    return [one.cursor.selectedText() for one in every if one.format.underlineStyle() == DASHES]  # type: ignore[attr-defined]


def put_caret(pane: TextBoxPane, at: int) -> None:
    cursor = pane.editor.textCursor()
    cursor.setPosition(at)
    pane.editor.setTextCursor(cursor)


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    """Menus that were opened; none comes onto the screen, where it would take mouse and keys of the test's platform."""
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    return opened


def open_menu(pane: TextBoxPane, at: int, menus: list[QMenu]) -> QMenu:
    """The context menu at a character, as a right click opens it."""
    cursor = QTextCursor(pane.editor.document())
    cursor.setPosition(at)
    place = pane.editor.cursorRect(cursor).center()
    view = pane.editor.viewport()
    QApplication.sendEvent(
        view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place + QPoint(1, 0), view.mapToGlobal(place))
    )
    return menus[-1]


def named(menu: QMenu, text: str) -> QAction | None:
    return next((one for one in menu.actions() if one.text() == text), None)


# ── the list ─────────────────────────────────────────────────────────────────────────────────────


def test_until_it_is_wanted_nothing_is_called_misspelt(qtbot: QtBot, checks: ChecksPane, session: Session) -> None:
    qtbot.waitUntil(lambda: checks._findings.settled)
    checks.refresh()
    assert not checks.spelling.isChecked()
    assert listed(checks) == []
    assert spelling_of(session).misspelt("rivver", "en") == ()


def test_a_misspelt_word_is_listed_and_a_choice_goes_to_its_cue(
    qtbot: QtBot, checks: ChecksPane, session: Session
) -> None:
    checks.spelling.setChecked(True)
    qtbot.waitUntil(lambda: listed(checks) == [("b", "Not in the dictionary: rivver.")])
    at = next(n for n, one in enumerate(checks.findings) if one.code == "spelling")
    checks.list.rowChosen.emit(at)
    assert session.bridge.selected == ("b",)
    assert session.playhead_ms == 3_000


def test_switched_off_its_findings_go(qtbot: QtBot, checks: ChecksPane) -> None:
    checks.spelling.setChecked(True)
    qtbot.waitUntil(lambda: bool(listed(checks)))
    checks.spelling.setChecked(False)
    qtbot.waitUntil(lambda: not listed(checks))
    assert not checks._no_dictionary.isVisible()


def test_where_there_is_no_dictionary_the_list_says_where_to_get_one(qtbot: QtBot, checks: ChecksPane) -> None:
    checks.spelling.setChecked(True)
    qtbot.waitUntil(checks._no_dictionary.isVisible)
    said = checks._no_dictionary.text()
    assert said.startswith("There is no dictionary for French. ")
    assert "hunspell-fr" in said
    assert "English" not in said


def test_a_dictionary_put_there_meanwhile_is_found_when_it_is_switched_on_again(
    qtbot: QtBot, checks: ChecksPane, dictionaries: Path
) -> None:
    checks.spelling.setChecked(True)
    qtbot.waitUntil(checks._no_dictionary.isVisible)
    put(dictionaries, "fr_FR")
    checks.spelling.setChecked(False)
    checks.spelling.setChecked(True)
    qtbot.waitUntil(lambda: ("c", "Not in the dictionary: Le, fleuve, la, nuit.") in listed(checks))
    assert not checks._no_dictionary.isVisible()


def test_a_long_document_is_looked_up_in_parts_and_every_part_is_answered(qtbot: QtBot) -> None:
    letters = "abcdefghijkl"
    strange = [f"zz{a}{b}{c}" for a in letters for b in letters for c in letters]
    session = cues.session(*(cues.cue(f"w{n}", n * 2_000, n * 2_000 + 900, word) for n, word in enumerate(strange)))
    made: Spelling = spelling_of(session)
    found: set[str] = set()
    made.changed.connect(lambda ids: found.update(ids))
    made.set_wanted(True)
    made.ask(session.bridge.document.cues)
    qtbot.waitUntil(lambda: len(found) == len(strange))
    made.close()


def test_the_choice_is_there_on_the_next_start(program: Application) -> None:
    assert not load_settings()[0].check_spelling
    program.window.page.review.checks.spelling.click()
    assert load_settings()[0].check_spelling
    assert program.spelling.wanted


# ── the text box ─────────────────────────────────────────────────────────────────────────────────


def test_a_misspelt_word_is_marked_otherwise_than_a_doubtful_one(box: TextBoxPane) -> None:
    (mark,) = [one for one in box.editor.extraSelections() if one.cursor.selectedText() == "rivver"]  # type: ignore[attr-defined]
    look = mark.format  # type: ignore[attr-defined]
    assert look.underlineStyle() == DASHES != QTextCharFormat.UnderlineStyle.WaveUnderline
    assert look.underlineColor().name().lower() == theme.current().tokens.error.lower()


def test_a_word_that_is_being_typed_is_marked_once_the_keys_rest(qtbot: QtBot, box: TextBoxPane) -> None:
    put_caret(box, len("The boat"))
    qtbot.keyClicks(box.editor, "z")
    qtbot.waitUntil(lambda: spelling_of(box._session).misspelt("boatz", "en") == ("boatz",))
    box._rest.stop()
    box._rest.start(60_000)
    box._refresh_marks()
    assert marked(box) == ["rivver"]
    box._rest.stop()
    box._rest.timeout.emit()
    assert marked(box) == ["boatz", "rivver"]


def test_a_suggestion_corrects_the_word_and_keeps_every_time(
    qtbot: QtBot, box: TextBoxPane, session: Session, menus: list[QMenu]
) -> None:
    before = session.bridge.document.cues[1]
    menu = open_menu(box, TEXT.index("rivver") + 2, menus)
    qtbot.waitUntil(lambda: named(menu, "river") is not None)
    action = named(menu, "river")
    assert action is not None
    assert menu.actions()[0].text() == "river"
    action.trigger()
    after = session.bridge.document.cues[1]
    assert after.text == TEXT.replace("rivver", "river")
    assert [(w.start_ms, w.end_ms) for w in after.words] == [(w.start_ms, w.end_ms) for w in before.words]
    assert marked(box) == []
    session.bridge.undo()
    assert session.bridge.document.cues[1] == before
    session.bridge.redo()
    assert session.bridge.document.cues[1] == after


def test_away_from_misspelt_words_the_menu_is_as_ever(box: TextBoxPane, menus: list[QMenu]) -> None:
    menu = open_menu(box, 1, menus)
    assert named(menu, "Looking for suggestions…") is None


def test_a_text_that_changed_under_the_menu_is_not_written_over(
    qtbot: QtBot, box: TextBoxPane, session: Session, menus: list[QMenu]
) -> None:
    menu = open_menu(box, TEXT.index("rivver") + 2, menus)
    qtbot.waitUntil(lambda: named(menu, "river") is not None)
    action = named(menu, "river")
    assert action is not None
    session.bridge.select_row(0)
    action.trigger()
    assert [cue.text for cue in session.bridge.document.cues[:2]] == ["The quiet boat.", TEXT]


# ── the thread ───────────────────────────────────────────────────────────────────────────────────


def test_no_dictionary_is_read_in_the_windows_thread(
    qtbot: QtBot, checks: ChecksPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    readers: set[threading.Thread] = set()
    really = spelling._read
    monkeypatch.setattr(spelling, "_read", lambda *files: (readers.add(threading.current_thread()), really(*files))[1])
    checks.spelling.setChecked(True)
    qtbot.waitUntil(lambda: bool(listed(checks)))
    assert len(readers) == 1
    assert threading.main_thread() not in readers


def test_the_editor_comes_up_without_the_dictionaries_library() -> None:
    code = "import sys, app.application, app.editor.page; sys.exit('spylls' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 0
