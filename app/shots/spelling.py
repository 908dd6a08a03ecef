"""Misspelt words: marked in the text box, listed with the findings; a language without a dictionary."""

from __future__ import annotations

from dataclasses import replace

from app.editor.spelling import spelling_of
from app.shots.cues import sample_cues
from app.shots.stage import Stage
from core import paths
from core.cue import Cue
from core.document import edits
from core.spelling_words import words_in

_ROW, _IN_FRENCH = 5, 9
_WRONG = {"says": "sayz", "letter": "lettre", "moon": "mooon", "river": "rivver"}


def prepare(stage: Stage) -> None:
    """The sample's words, some misspelt; a dictionary that has the true ones; one cue said to be French."""
    stage.open()
    cues = sample_cues()
    _put_dictionary(cues)
    stage.show_cues(replace(cue, language="fr") if row == _IN_FRENCH else cue for row, cue in enumerate(cues))
    bridge = stage.program.session.bridge
    for row, cue in enumerate(cues):
        bridge.apply(edits.set_text(bridge.document, row, _misspelt(cue.text)))
    found = spelling_of(stage.program.session)
    stage.window.page.review.checks.spelling.setChecked(True)
    stage.wait(lambda: found.missing, "the dictionary")
    stage.window.page.review.show_checks()
    stage.select(_ROW)
    stage.rest(400)


def _misspelt(text: str) -> str:
    for right, wrong in _WRONG.items():
        text = text.replace(right, wrong)
    return text


def _put_dictionary(cues: tuple[Cue, ...]) -> None:
    """Into the folder of this picture's own program."""
    words = sorted({word for cue in cues for word, _, _ in words_in(cue.text)})
    folder = paths.data_dir() / "dictionaries"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "en_US.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (folder / "en_US.dic").write_text("\n".join([str(len(words)), *words]) + "\n", encoding="utf-8")
