"""Findings that are kept up while one edits are the ones a whole check gives."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from app.editor.findings import findings_of
from app.editor.session import Session
from app.editor.shown_letters import missing_letters
from core import fonts
from core.cues import styles
from core.cues.checks import check
from core.document import edits
from tests.app.editor import cues


def whole(session: Session) -> list[object]:
    document = session.bridge.document
    return list(check(document.cues, session.style, document.frame_rate))


def test_one_session_has_one_list_of_findings(session: Session) -> None:
    assert findings_of(session) is findings_of(session)


@pytest.mark.parametrize("seed", range(8))
def test_after_any_steps_the_findings_are_those_of_a_whole_check(
    session: Session, settled: Callable[[Session], None], seed: int
) -> None:
    draw = random.Random(seed)
    session.bridge.apply(edits.paste(session.bridge.document, cues.many(12)))
    findings = findings_of(session)
    settled(session)
    for _ in range(40):
        document = session.bridge.document
        rows = range(len(document.cues))
        row = draw.choice(rows) if rows else 0
        make = draw.choice(
            [
                lambda d, r: edits.set_text(d, r, draw.choice(["", "Short.", "long " * 20])),
                lambda d, r: edits.delete(d, (r,)),
                lambda d, r: edits.move(d, r, draw.randrange(60_000)),
                lambda d, r: edits.split_at_word(d, r, 2),
                lambda d, r: edits.merge(d, (r, r + 1)),
                lambda d, r: edits.shift(d, (r, r + 3), 1500),
            ]
        )
        session.bridge.apply(make(document, row)) if rows else session.bridge.undo()
        if draw.random() < 0.3:
            session.bridge.undo()
        if draw.random() < 0.3:
            settled(session)
    settled(session)
    assert findings.in_order() == whole(session)


def test_another_style_is_checked_against_at_once(session: Session, settled: Callable[[Session], None]) -> None:
    settled(session)
    session.set_style(styles.style("short"))
    settled(session)
    assert findings_of(session).in_order() == whole(session)


def test_only_ids_whose_findings_changed_are_told(session: Session, settled: Callable[[Session], None]) -> None:
    findings = findings_of(session)
    settled(session)
    told: set[str] = set()
    findings.changed.connect(told.update)
    session.bridge.apply(edits.set_text(session.bridge.document, 1, "Short."))
    settled(session)
    assert told == {"b"}


def test_a_letter_no_font_has_is_a_finding_of_its_cue(session: Session, settled: Callable[[Session], None]) -> None:
    """The letters Qt would draw as boxes are those the renderer of films finds no font for."""
    bridge = session.bridge
    bridge.apply(edits.set_text(bridge.document, 0, "A logo \ue000, a letter nobody has \u0378."))
    settled(session)
    (found,) = [one for one in findings_of(session).in_order() if one.code == "glyphs"]
    assert (found.cue_id, found.params["letters"]) == ("a", "\u0378 \ue000")
    bridge.undo()
    settled(session)
    assert not [one for one in findings_of(session).in_order() if one.code == "glyphs"]
    bridge.redo()


@pytest.mark.parametrize("text", [cues.CHINESE, cues.ARABIC, "\u0378", "naïve ﷽ \u200d"])
def test_the_windows_letters_and_the_films_are_the_same(qapp: object, text: str) -> None:
    assert missing_letters(text) == fonts.missing_letters(text)
