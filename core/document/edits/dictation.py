"""Edits of a dictation: firm words come behind what was said, in passages; pauses and gaps are bookmarks.

A passage is a cue. What a person corrected in it stays: words are only ever added behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.cue import Cue
from core.cues import styles
from core.cues.builder import build_cues
from core.document.document import Bookmark, Document, MediaRef
from core.document.edit import Change, Edit, Replace, Splice
from core.document.edits.rows import replaced_each
from core.document.edits.spans import untangled
from core.transcript import Source, Word

LABEL = "Dictate"
PASSAGE_PAUSE_MS = 1_500
SENTENCE_PAUSE_MS = 500
"""Behind the end of a sentence a shorter pause begins a new passage."""
MOST_WORDS = 60
_LATE_ROWS = 40
"""Times come in the background, some passages late; older ones are not looked through for each step."""
_ENDS = tuple(".?!。？！…")


def say(document: Document, words: Sequence[Word], *, job: str, language: str = "", fresh: bool = False) -> Edit | None:
    """Firm words, in order, behind all that was said; for `History.arrive`: one undo step a dictation.

    Args:
        fresh: they begin a new passage, as after a pause.
    """
    if not words:
        return None
    last = None if fresh or not document.cues else document.cues[-1]
    first = len(document.cues) - (last is not None)
    cues: list[Cue] = [last] if last is not None else []
    for word in words:
        after = cues[-1].end_ms if cues else (document.cues[-1].end_ms if document.cues else 0)
        word = _behind(word, after)
        if cues and not _begins_passage(cues[-1], word):
            cues[-1] = replace(cues[-1], words=(*cues[-1].words, word), end_ms=max(cues[-1].end_ms, word.end_ms))
        else:
            cues.append(Cue((word,), word.start_ms, word.end_ms, language=language))
    removed = (last,) if last is not None else ()
    return Edit(LABEL, (Splice(first, removed, tuple(cues)),), _key(job))


def known_better(document: Document, words: Sequence[Word], *, job: str) -> Edit | None:
    """Times and confidence of words said before; one that a person has changed or moved stays as it is."""
    new = {word.id: word for word in words}
    rows: dict[int, Cue] = {}
    for row in range(max(0, len(document.cues) - _LATE_ROWS), len(document.cues)):
        cue = document.cues[row]
        if any(word.id in new for word in cue.words):
            fitting = untangled([_better(word, new.get(word.id), cue) for word in cue.words])
            rows[row] = replace(cue, words=tuple(fitting))
    return replaced_each(document, rows, LABEL, merge_key=_key(job))


def last_word(document: Document, word: Word, *, job: str) -> Edit | None:
    """Another last word: a spoken command has put a mark or a line break behind it."""
    cue = document.cues[-1]
    return replaced_each(
        document, {len(document.cues) - 1: replace(cue, words=(*cue.words[:-1], word))}, LABEL, merge_key=_key(job)
    )


def mark(document: Document, ms: int, text: str, *, job: str) -> Edit:
    """Something happened there that was no speech: a pause, a gap."""
    after = tuple(sorted((*document.bookmarks, Bookmark(ms, text)), key=lambda bookmark: bookmark.ms))
    return Edit(LABEL, (Replace("bookmarks", document.bookmarks, after),), _key(job))


def as_subtitles(document: Document, media: MediaRef | None) -> Edit:
    """Passages as cues of a delivery style, the recording as the film."""
    words = [word for cue in document.cues for word in cue.words]
    language = next((cue.language for cue in document.cues if cue.language), "")
    style = styles.default_for(language or "en")
    cues = build_cues(words, style, language=language)
    changes: list[Change] = [Splice(0, document.cues, cues)]
    if media != document.media:
        changes.append(Replace("media", document.media, media))
    if style.id != document.style:
        changes.append(Replace("style", document.style, style.id))
    return Edit("Dictation to subtitles", tuple(changes))


def _begins_passage(cue: Cue, word: Word) -> bool:
    if not cue.words:
        return False
    pause_ms = word.start_ms - cue.words[-1].end_ms
    sentence = cue.words[-1].text.endswith(_ENDS)
    return pause_ms >= PASSAGE_PAUSE_MS or (sentence and pause_ms >= SENTENCE_PAUSE_MS) or len(cue.words) >= MOST_WORDS


def _behind(word: Word, after_ms: int) -> Word:
    """The word not before `after_ms`: a person may have drawn a passage out, and engines round."""
    start_ms = max(word.start_ms, after_ms)
    return replace(word, start_ms=start_ms, end_ms=max(word.end_ms, start_ms))


def _better(word: Word, new: Word | None, cue: Cue) -> Word:
    if new is None or new.text != word.text or word.source is Source.EDITED:
        return word
    start_ms, end_ms = (min(max(ms, cue.start_ms), cue.end_ms) for ms in (new.start_ms, new.end_ms))
    return replace(
        word,
        start_ms=start_ms,
        end_ms=end_ms,
        source=new.source,
        text_confidence=new.text_confidence,
        time_confidence=new.time_confidence,
    )


def _key(job: str) -> str:
    return f"job:{job}"
