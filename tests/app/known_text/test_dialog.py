"""A text is pasted, opened or dropped, and one is told what comes of it before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.editor.works import Work, Works
from app.jobs.align_run import AlignPlan
from app.known_text.dialog import TextDialog
from app.known_text.outlook import Choice, outlook
from core.cue import Cue
from core.document.document import Document
from core.given_text import GivenText
from core.settings import Settings
from core.transcript import Source, shared_out, split_text
from tests.fakes.media_runs import info

SRT = "1\n00:00:01,000 --> 00:00:02,000\n<i>Hello there</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\nlines\n"


@pytest.fixture
def begin() -> Iterator[Callable[..., Work]]:
    works = Works()
    yield lambda *cues: works.begin(Document(cues=cues), info=info("/films/talk.mp4"))
    works.close()


@pytest.fixture
def ask(qtbot: QtBot, begin: Callable[..., Work]) -> Iterator[Callable[..., TextDialog]]:
    made: list[TextDialog] = []

    def make(*cues: Cue, retimes: bool = False) -> TextDialog:
        given = GivenText(tuple(cue.text for cue in cues), cues) if retimes else None
        dialog = TextDialog(begin(*cues), Settings(), given)
        made.append(dialog)
        dialog.show()
        return dialog

    yield make
    for dialog in filter(isValid, made):
        dialog.reject()


def cue(text: str, start_ms: int) -> Cue:
    return Cue(shared_out(split_text(text), start_ms, start_ms + 500, source=Source.IMPORTED), start_ms, start_ms + 500)


def plan_of(dialog: TextDialog) -> AlignPlan:
    assert dialog.plan is not None
    return dialog.plan


def opened(qtbot: QtBot, dialog: TextDialog, path: Path) -> None:
    with qtbot.waitSignal(dialog.source.changed):
        dialog.source.open(path)


def test_pasted_lines_and_stanzas_are_kept_and_the_button_says_how_many(ask: Callable[..., TextDialog]) -> None:
    dialog = ask()
    assert dialog.plan is None
    assert not dialog._begin.isEnabled()
    dialog.source.area.setPlainText("One line\n\nof a  stanza \nthree")
    job = plan_of(dialog).job
    assert job.lines == ("One line", "", "of a  stanza", "three")
    assert (job.media, job.language, job.preset, job.style) == ("/films/talk.mp4", "en", "speech", "netflix-en")
    assert dialog._begin.text() == "Time 3 lines"
    dialog.source.area.setPlainText("one")
    assert dialog._begin.text() == "Time 1 line"


def test_the_plan_comes_with_the_button_and_only_once(qtbot: QtBot, ask: Callable[..., TextDialog]) -> None:
    dialog = ask()
    dialog.source.area.setPlainText("one")
    with qtbot.waitSignal(dialog.planned) as planned:
        dialog._begin.click()
    assert planned.args[0].job.lines == ("one",)
    assert not dialog.isVisible()


def test_a_word_document_is_opened_as_lines(qtbot: QtBot, ask: Callable[..., TextDialog], tmp_path: Path) -> None:
    made = docx.Document()
    for text in ("Act one", "", "Hello."):
        made.add_paragraph(text)
    made.save(str(tmp_path / "play.docx"))
    dialog = ask()
    opened(qtbot, dialog, tmp_path / "play.docx")
    assert plan_of(dialog).job.lines == ("Act one", "", "Hello.")
    assert "play.docx" in dialog.source._note.text()


def test_an_old_subtitle_keeps_its_cues_until_one_wants_only_its_text(
    qtbot: QtBot, ask: Callable[..., TextDialog], tmp_path: Path
) -> None:
    (tmp_path / "old.srt").write_text(SRT, encoding="utf-8")
    dialog = ask(cue("there already", 0))
    opened(qtbot, dialog, tmp_path / "old.srt")
    plan = plan_of(dialog)
    assert [one.text for one in plan.cues] == ["Hello there", "Two\nlines"]
    assert (plan.job.lines, plan.job.style) == (("Hello there", "Two\nlines"), "")
    assert (plan.adds, plan.replaces) == (True, True)
    assert dialog.source.area.isReadOnly()
    dialog.source._loosen.click()
    assert plan_of(dialog).cues == ()
    assert plan_of(dialog).job.lines == ("Hello there", "Two", "lines")
    assert not dialog.source.area.isReadOnly()


def test_the_documents_own_cues_are_neither_added_nor_replaced(ask: Callable[..., TextDialog]) -> None:
    cues = (cue("one", 0), cue("two", 600))
    dialog = ask(*cues, retimes=True)
    plan = plan_of(dialog)
    assert (plan.cues, plan.adds, plan.replaces) == (cues, False, False)
    assert not dialog.choices.cues.isVisible()


def test_cues_that_are_there_are_replaced_or_kept_as_one_says(ask: Callable[..., TextDialog]) -> None:
    dialog = ask(cue("there", 0))
    dialog.source.area.setPlainText("new")
    assert dialog.choices.cues.isVisible()
    assert plan_of(dialog).replaces
    dialog.choices.cues.setCurrentIndex(1)
    assert not plan_of(dialog).replaces


def test_a_dropped_file_is_opened_and_not_pasted_as_its_name(
    qtbot: QtBot, ask: Callable[..., TextDialog], tmp_path: Path
) -> None:
    (tmp_path / "words.txt").write_text("la la\nla", encoding="utf-8")
    dialog, data = ask(), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "words.txt"))])
    with qtbot.waitSignal(dialog.source.changed):
        dialog.source.area.insertFromMimeData(data)
    assert dialog.source.area.toPlainText() == "la la\nla"


def test_a_file_that_is_no_text_says_so_and_what_was_there_stays(
    qtbot: QtBot, ask: Callable[..., TextDialog], tmp_path: Path
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"no archive")
    dialog = ask()
    dialog.source.area.setPlainText("mine")
    dialog.source.open(tmp_path / "broken.docx")
    qtbot.waitUntil(dialog.source._error.isVisible)
    assert "broken.docx" in dialog.source._error_title.text()
    assert plan_of(dialog).job.lines == ("mine",)


# ── what is said before ──


def test_that_the_built_in_engine_is_english_only_is_said_before_the_run(ask: Callable[..., TextDialog]) -> None:
    dialog = ask()
    dialog.source.area.setPlainText("one")
    assert "English only" in dialog.choices._title.text()
    dialog.choices.set_language("de")
    assert dialog.plan is None
    assert not dialog._begin.isEnabled()
    assert "German" in dialog.choices._title.text()
    assert "English only" in dialog.choices._text.text()


def test_a_song_asks_for_no_engine(ask: Callable[..., TextDialog]) -> None:
    dialog = ask()
    dialog.source.area.setPlainText("la")
    assert dialog.choices.engine.isVisible()
    dialog.choices.preset.setCurrentIndex(1)
    assert not dialog.choices.engine.isVisible()
    assert plan_of(dialog).job.preset == "song"
    assert "English only" in dialog.choices._title.text()


@pytest.mark.parametrize(("choice", "possible"), [
    (Choice(), True),
    (Choice(preset="song"), True),
    (Choice(language="zh"), False),
    (Choice(preset="song", language="fr"), False),
    (Choice(engine="nobody"), False),
])  # fmt: skip
def test_every_outlook_has_a_sentence(choice: Choice, possible: bool) -> None:
    said = outlook(choice)
    assert said.possible is possible
    assert said.title
    assert said.text


def test_the_language_that_a_file_names_is_chosen(qtbot: QtBot, ask: Callable[..., TextDialog], tmp_path: Path) -> None:
    (tmp_path / "film.de.vtt").write_text("WEBVTT\nLanguage: de\n\n00:01.000 --> 00:02.000\nHallo\n", encoding="utf-8")
    dialog = ask()
    opened(qtbot, dialog, tmp_path / "film.de.vtt")
    assert dialog.choices.choice.language == "de"


def test_a_run_that_was_stopped_is_asked_for_again_as_it_was(ask: Callable[..., TextDialog]) -> None:
    dialog = ask()
    dialog.source.area.setPlainText("la la\nla")
    dialog.choices.preset.setCurrentIndex(1)
    plan = plan_of(dialog)
    again = ask()
    again.begin_with(plan)
    assert plan_of(again) == plan
