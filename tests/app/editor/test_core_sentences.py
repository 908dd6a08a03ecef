"""What the library says to the user is translated as it stands in the code, and only then filled with its numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app
import core
from app.editor.checks_pane import ChecksPane
from app.editor.cue_model import Column, CueModel
from app.editor.opening_words import noticed
from app.editor.session import Session
from app.editor.spelling import spelling_of
from app.messages import Message, Messages
from app.wording import in_words
from core import spelling
from core.errors import NoAudioTrack, TooLarge
from core.progress import Notice
from tests.app.editor import cues

GERMAN = {
    NoAudioTrack.sentence: "{file} hat keinen Ton.",
    NoAudioTrack.next_step: "Wählen Sie eine andere Datei.",
    TooLarge.sentence: "{what}: {size_mib} MiB, höchstens {limit_mib}.",
    "One cue": "Ein Untertitel",
    "Divide it.": "Teilen Sie ihn.",
    "{file}: no speech was found.": "In {file} spricht niemand.",
    "{cps:.1f} characters a second; {limit} can be read.": "Lesbar sind {limit}; hier stehen {cps:.1f} je Sekunde.",
    "On Debian and Ubuntu: apt install {package}. Elsewhere: put the .aff and .dic files of a LibreOffice dictionary "
    "into {folder}.": "Unter Debian und Ubuntu: {package}. Sonst: nach {folder}.",
}
UNTRANSLATED = re.compile(r"\b(?:notice|finding)\.text|\.said\(\)|\.what_(?:happened|to_do)\(\)")


class German(QTranslator):
    """Knows a few sentences of the library."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return GERMAN.get(text, text)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    spoken = German()
    qapp.installTranslator(spoken)
    yield
    qapp.removeTranslator(spoken)


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(spelling, "folders", lambda: (tmp_path,))
    monkeypatch.setattr("sys.platform", "linux")
    made = cues.session(
        cues.cue("a", 0, 1_000, "Much more than anybody can read."), cues.cue("b", 3_000, 5_000, "Le fleuve.", "fr")
    )
    yield made
    spelling_of(made).close()
    made.deleteLater()


def test_a_finding_is_listed_in_the_language_of_the_interface(qtbot: QtBot, session: Session, german: None) -> None:
    pane = ChecksPane(session)
    qtbot.addWidget(pane)
    qtbot.waitUntil(lambda: pane._findings.settled)
    pane.refresh()
    at = next(n for n, one in enumerate(pane.findings) if one.code == "reading_speed")
    assert pane._row(at).text == "Lesbar sind 20; hier stehen 32.0 je Sekunde."
    assert "Lesbar sind 20;" in CueModel(session)._tooltip(0, Column.SIGN)


def test_where_to_get_a_dictionary_is_said_in_the_language_of_the_interface(
    qtbot: QtBot, session: Session, german: None
) -> None:
    pane = ChecksPane(session)
    qtbot.addWidget(pane)
    pane.spelling.setChecked(True)
    qtbot.waitUntil(lambda: "hunspell-fr" in pane._no_dictionary.text())
    assert "Unter Debian und Ubuntu: hunspell-fr. Sonst: nach " in pane._no_dictionary.text()


def test_a_sentence_without_a_translation_stays_english(german: None) -> None:
    advice = spelling.where_to_get("ja")
    assert in_words(advice.sentence, advice.params) == advice.text != ""


def test_the_window_shows_no_sentence_of_the_library_untranslated() -> None:
    root = Path(app.__file__).parent
    files = [path for path in root.rglob("*.py") if path.relative_to(root).parts[0] not in ("cli", "shots")]
    bare = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if UNTRANSLATED.search(line)
    ]
    assert files
    assert bare == []


def test_an_error_is_translated_and_then_names_its_file(german: None) -> None:
    messages, told = Messages(), list[Message]()
    messages.said.connect(told.append)
    messages.error(NoAudioTrack(file="film.mp4"))
    assert [(one.title, one.text) for one in told] == [("film.mp4 hat keinen Ton.", "Wählen Sie eine andere Datei.")]


def test_an_errors_english_parts_are_translated_before_they_are_filled_in(german: None) -> None:
    messages, told = Messages(), list[Message]()
    messages.said.connect(told.append)
    messages.error(TooLarge(what="One cue", size_mib=65, limit_mib=64, hint="Divide it."))
    assert [(one.title, one.text) for one in told] == [("Ein Untertitel: 65 MiB, höchstens 64.", "Teilen Sie ihn.")]


def test_a_notice_is_translated_and_then_names_its_file(german: None) -> None:
    notice = Notice("speech.none", "{file}: no speech was found.", {"file": "{0} film.mp4"})
    assert noticed(notice).title == "In {0} film.mp4 spricht niemand."
    assert notice.text == "{0} film.mp4: no speech was found."


def test_no_notice_is_filled_where_it_is_made() -> None:
    roots = (Path(app.__file__).parent, Path(core.__file__).parent)
    files = [path for root in roots for path in root.rglob("*.py")]
    made = [(path, text) for path in files for text in _sentences(ast.parse(path.read_text(encoding="utf-8")))]
    assert len(made) > 20
    assert [f"{path.name}: {ast.unparse(text)}" for path, text in made if isinstance(text, ast.JoinedStr)] == []


def _sentences(tree: ast.AST) -> Iterator[ast.expr]:
    """What each `Notice` of a file is given as its sentence; for a name, what it stands for in its function."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        nodes = list(ast.walk(function))
        values = [(ast.unparse(node.targets[0]), node.value) for node in nodes if isinstance(node, ast.Assign)]
        for call in (node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "Notice"):
            named = [value for name, value in values if name == ast.unparse(call.args[1])]
            yield from named or [call.args[1]]
