"""Cues built anew: previewed while sliders move, taken in one step, locked ones kept; and findings as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editor.document_bridge import DocumentBridge
from app.editor.session import Session
from app.messages import Message, Messages
from app.rebuild.dialog import RebuildDialog
from app.rebuild.table import SAVED, save_table
from core.cue import Cue
from core.cues.checks import check
from core.cues.rebuild import rebuild
from core.cues.styles import STYLES
from core.document.document import Document
from core.document.edits import replace_cues
from core.document.history import History
from core.errors import CannotWrite
from core.transcript import Source, shared_out, split_text

LONG = "The last boat leaves at nine and nobody on the quiet river says a single word about it tonight"
STYLE = STYLES["netflix-en"]


def cue(text: str, start_ms: int, end_ms: int, *, locked: bool = False) -> Cue:
    words = shared_out(split_text(text), start_ms, end_ms, source=Source.ALIGNED)
    return Cue(words, start_ms, end_ms, language="en", locked=locked)


CUES = (
    cue("Nothing is wrong here.", 0, 2_000),
    cue(LONG, 3_000, 9_000),
    cue(LONG, 12_000, 18_000, locked=True),
    cue("Nor is it here.", 20_000, 22_000),
)


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = Session(DocumentBridge(History(Document(cues=CUES))))
    yield made
    made.deleteLater()


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> RebuildDialog:
    made = RebuildDialog(session, Messages())
    made.show()
    qtbot.waitUntil(lambda: made.result_now is not None)
    return made


def test_only_cues_with_findings_are_built_anew_where_that_is_wanted() -> None:
    found = rebuild(CUES, STYLE, language="en", only_findings=True)
    too_long = [one.cue_id for one in check(found.cues, STYLE) if one.code == "line_length"]
    assert too_long == [CUES[2].id], "the locked one stays as it is"
    assert (found.findings_before, found.findings_after) == (len(check(CUES, STYLE)), len(check(found.cues, STYLE)))
    kept = {one.id for one in found.cues} & {one.id for one in CUES}
    assert kept == {CUES[0].id, CUES[2].id, CUES[3].id}
    assert {word.id for one in found.cues for word in one.words} == {word.id for one in CUES for word in one.words}
    assert found.cues[1].locked is False


def test_cues_that_would_be_the_same_keep_their_names_and_are_no_change() -> None:
    good = tuple(one for one in CUES if one.text != LONG)
    found = rebuild(good, STYLE, language="en")
    assert found.cues == good
    assert found.changed(good) == ()
    assert replace_cues(Document(cues=good), found.cues) is None


def test_the_edit_touches_only_what_lies_between_what_stays() -> None:
    after = (CUES[0], replace(CUES[1], id="new"), *CUES[2:])
    edit = replace_cues(Document(cues=CUES), after)
    assert edit is not None
    (splice,) = edit.changes
    assert (splice.first, splice.removed, splice.inserted) == (1, CUES[1:2], after[1:2])  # type: ignore[union-attr]
    assert Document(cues=CUES).apply(edit).apply(edit.reversed()).cues == CUES


def test_sliders_show_what_would_become_and_change_nothing(
    qtbot: QtBot, session: Session, dialog: RebuildDialog
) -> None:
    wide = dialog.result_now
    dialog.line_chars.setValue(20)
    assert dialog.result_now is None
    assert not dialog.build.isEnabled()
    qtbot.waitUntil(lambda: dialog.result_now is not None)
    narrow = dialog.result_now
    assert wide is not None
    assert narrow is not None
    assert len(narrow.cues) > len(wide.cues)
    lines = [line for one in narrow.changed(CUES) for line in one.text.split("\n")]
    assert max(map(len, lines)) <= 20
    assert "The last boat" in dialog.preview.toPlainText()
    assert session.bridge.document.cues == CUES
    dialog.reject()
    assert session.bridge.document.cues == CUES


def test_what_is_shown_is_taken_in_one_step_and_undone_in_one(session: Session, dialog: RebuildDialog) -> None:
    shown = dialog.result_now
    assert shown is not None
    dialog.accept()
    bridge = session.bridge
    assert bridge.document.cues == shown.cues
    assert CUES[2] in bridge.document.cues
    assert not [one for one in check(bridge.document.cues, STYLE) if one.code == "line_length" and
                one.cue_id != CUES[2].id]  # fmt: skip
    assert bridge.undo() == "Build cues anew"
    assert bridge.document.cues == CUES
    assert bridge.redo() == "Build cues anew"


def test_findings_are_saved_as_a_table_and_a_refusal_is_told(session: Session, tmp_path: Path) -> None:
    said: list[Message] = []
    messages = Messages()
    messages.said.connect(said.append)
    save_table(session, messages, tmp_path / "found.csv")
    rows = list(csv.DictReader((tmp_path / "found.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["cue"] for row in rows} >= {"2", "3"}
    assert all(row["finding"] for row in rows)
    save_table(session, messages, tmp_path / "nowhere" / "found.csv")
    assert [one.code for one in said] == [SAVED, CannotWrite.code]
