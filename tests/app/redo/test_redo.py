"""A part is recognised or timed again, looked at, and taken over as one step, or left as it is. Real children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.redo.dialog import RedoDialog
from app.redo.run import groups
from core.cue import Cue
from core.document import edits
from core.document.document import Document
from core.document.redo import part_of
from core.media.info import MediaInfo
from core.settings import Settings
from core.transcript import Source, shared_out, split_text
from core.worker.client import EngineClient
from tests.fakes.media_runs import info


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge(engine=partial(EngineClient, runner="tests.fakes.cue_runs:run"))
    yield bridge
    bridge.close()


@pytest.fixture
def real_engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge()
    yield bridge
    bridge.close()


@pytest.fixture
def begin() -> Iterator[Callable[..., Work]]:
    works = Works()

    def make(*cues: Cue, film: MediaInfo | None = None) -> Work:
        return works.begin(Document(cues=cues), info=film or info("film.mp4"))

    yield make
    works.close()


@pytest.fixture
def ask(qtbot: QtBot) -> Iterator[Callable[..., RedoDialog]]:
    made: list[RedoDialog] = []

    def make(work: Work, engines: EngineBridge, rows: range) -> RedoDialog:
        part = part_of(work.history.document, [work.history.document.cues[row].id for row in rows])
        assert part is not None
        dialog = RedoDialog(work, part, engines, Settings())
        made.append(dialog)
        dialog.show()
        return dialog

    yield make
    for dialog in filter(isValid, made):
        dialog.reject()


def cue(text: str, start_ms: int, end_ms: int, *, locked: bool = False) -> Cue:
    words = shared_out(split_text(text), start_ms, end_ms, source=Source.IMPORTED)
    return Cue(words, start_ms, end_ms, "en", locked=locked)


def texts(work: Work) -> list[str]:
    return [one.text for one in work.history.document.cues]


def came(qtbot: QtBot, dialog: RedoDialog) -> None:
    """The engine's answer is there."""
    with qtbot.waitSignal(dialog._run.came):
        dialog.begin()


FILM = (cue("word0", 0, 500), cue("mistake", 1000, 1500), cue("after", 9000, 9500))


def test_recognised_again_it_is_shown_beside_the_old_and_taken_as_one_step(
    qtbot: QtBot, engines: EngineBridge, begin: Callable[..., Work], ask: Callable[..., RedoDialog]
) -> None:
    work = begin(*FILM)
    dialog = ask(work, engines, range(2))
    dialog.context.setText("chunks=2")
    assert not dialog._take.isVisible()
    came(qtbot, dialog)
    assert dialog._summary.text().startswith("1 word differs")
    assert dialog.sides.old.toPlainText().split("\n")[1::2] == ["word0", "mistake"]
    assert dialog.sides.new.toPlainText().split("\n")[1::2] == ["word0", "word1"]
    assert texts(work) == ["word0", "mistake", "after"], "nothing changes before it is taken"
    before = work.history.document
    with qtbot.waitSignal(dialog.taken) as taken:
        dialog._take.click()
    after = work.history.document
    assert texts(work) == ["word0", "word1", "after"]
    assert taken.args[0] == tuple(one.id for one in after.cues[:2])
    assert work.history.undo() == "Redo part"
    assert work.history.document == before
    assert work.history.redo() == "Redo part"
    assert work.history.document == after


def test_it_can_be_left_as_it_is(
    qtbot: QtBot, engines: EngineBridge, begin: Callable[..., Work], ask: Callable[..., RedoDialog]
) -> None:
    work = begin(*FILM)
    dialog = ask(work, engines, range(2))
    dialog.context.setText("chunks=2")
    came(qtbot, dialog)
    dialog.reject()
    assert work.history.document.cues == FILM
    assert work.history.labels() == ()


def test_a_part_that_was_changed_meanwhile_is_not_overwritten(
    qtbot: QtBot, engines: EngineBridge, begin: Callable[..., Work], ask: Callable[..., RedoDialog]
) -> None:
    work = begin(*FILM)
    dialog = ask(work, engines, range(2))
    dialog.context.setText("chunks=2")
    came(qtbot, dialog)
    work.history.apply(edits.set_text(work.history.document, 1, "mine"))
    dialog._take.click()
    assert dialog._error_title.text() == "These cues were changed meanwhile."
    assert texts(work) == ["word0", "mine", "after"]


def test_what_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, engines: EngineBridge, begin: Callable[..., Work], ask: Callable[..., RedoDialog]
) -> None:
    dialog = ask(begin(*FILM), engines, range(2))
    dialog.context.setText("chunks=0")
    came(qtbot, dialog)
    assert dialog._error_title.text() == "Nothing was recognised there."
    dialog.context.setText("chunks=2 fail_at=1")
    with qtbot.waitSignal(dialog._run.failed):
        dialog.begin()
    assert dialog._error.isVisible()
    dialog.context.setText("chunks=2")
    came(qtbot, dialog)
    assert not dialog._error.isVisible()


def test_the_job_is_the_parts_stretch_with_what_was_chosen(
    qtbot: QtBot, begin: Callable[..., Work], ask: Callable[..., RedoDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = EngineBridge()
    asked: list[object] = []
    monkeypatch.setattr(engines, "redo", lambda job, _handler: asked.append(job) or "x")
    dialog = ask(begin(*FILM), engines, range(1, 2))
    dialog.context.setText(" Bow Street ")
    dialog.begin()
    (job,) = asked
    assert (job.from_ms, job.to_ms, job.languages, job.context) == (700, 1800, ("en",), "Bow Street")
    assert "English only" in dialog._summary.text()
    dialog.language.setCurrentIndex(dialog.language.findData("de"))
    assert "German" in dialog._summary.text()


def test_cues_are_timed_in_groups_that_an_aligner_takes() -> None:
    cues = [cue("la", n * 10_000, n * 10_000 + 9_000) for n in range(5)]
    assert [[one.start_ms for one in group] for group in groups(cues)] == [[0, 10_000], [20_000, 30_000], [40_000]]


def test_timed_again_the_text_stays_and_the_times_come_from_the_sound(
    qtbot: QtBot, real_engines: EngineBridge, begin: Callable[..., Work], ask: Callable[..., RedoDialog], material: Path
) -> None:
    from dataclasses import replace

    film = replace(info(str(material / "A_english/jfk/jfk.flac")), duration_ms=11_000)
    work = begin(cue("And so my fellow Americans", 0, 3_000), cue("ask not", 3_200, 5_000), film=film)
    dialog = ask(work, real_engines, range(2))
    dialog.way.setCurrentIndex(1)
    assert not dialog.context.isVisible()
    came(qtbot, dialog)
    dialog._take.click()
    before = [one.text for one in work.history.document.cues]
    words = [word for one in work.history.document.cues for word in one.words]
    assert before == ["And so my fellow Americans", "ask not"]
    assert {word.source for word in words} == {Source.ALIGNED}
    assert [word.start_ms for word in words] == sorted(word.start_ms for word in words)
    assert work.history.undo() == "Time part again"
