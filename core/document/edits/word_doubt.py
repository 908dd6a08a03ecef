"""Saying of a word that it is right. Knows no list of doubts."""

from __future__ import annotations

from dataclasses import replace

from core.confidence import all_times_doubtful
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.rows import replaced_each
from core.transcript import Source, Word


def confirm_word(document: Document, row: int, index: int) -> Edit | None:
    """A person has heard the word and found text and time right: no doubt is left, and its time counts as set by hand.

    Where all times of the cue are in doubt, it is doubted as one and all of it is right. None where nothing was in
    doubt.
    """
    cue = document.cues[row]
    whole = all_times_doubtful(cue.words)
    words = tuple(_confirmed(word) if whole or place == index else word for place, word in enumerate(cue.words))
    return replaced_each(document, {row: replace(cue, words=words)}, "It is right")


def _confirmed(word: Word) -> Word:
    return replace(
        word,
        source=Source.EDITED if word.source in (Source.ESTIMATED, Source.IMPORTED) else word.source,
        text_confidence=None if word.text_confidence is None else 1.0,
        time_confidence=None if word.time_confidence is None else 1.0,
    )
