"""Words whose parts have times of their own (karaoke): parted for writing, joined again after reading. Knows no format.

A karaoke file stamps syllables and does not say where words end, except by white space. So stamped neighbours without
white space between them are one word of several syllables; CJK characters stay words of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.cjk import split_cjk
from core.transcript import Source, Word


def parted(words: Sequence[Word]) -> tuple[Word, ...]:
    """Each syllable as a word of its own, nothing behind it but at the word's end; unsplit words as they are."""
    parts: list[Word] = []
    for word in words:
        fits = "".join(text for text, _, _ in word.syllables) == word.text and all(s[0] for s in word.syllables)
        inside = all(word.start_ms <= start <= end <= word.end_ms for _, start, end in word.syllables)
        if not word.syllables or not fits or not inside:
            parts.append(word)
            continue
        parts += [replace(word, text=t, start_ms=s, end_ms=e, after="", syllables=()) for t, s, e in word.syllables]
        parts[-1] = replace(parts[-1], after=word.after)
    return tuple(parts)


def joined(words: Sequence[Word]) -> tuple[Word, ...]:
    """Stamped parts that touch and are no CJK characters become one word with syllables."""
    whole: list[Word] = []
    for word in words:
        if whole and _belong_together(whole[-1], word):
            whole[-1] = _joined(whole[-1], word)
        else:
            whole.append(word)
    return tuple(whole)


def _belong_together(before: Word, word: Word) -> bool:
    return not before.after and before.marks == word.marks and len(split_cjk(before.text[-1] + word.text[0])) == 1


def _joined(before: Word, word: Word) -> Word:
    first = before.syllables or ((before.text, before.start_ms, before.end_ms),)
    syllables = (*first, (word.text, word.start_ms, word.end_ms))
    source = before.source if before.source is word.source else Source.IMPORTED  # as good as its worse half
    return replace(
        before, text=before.text + word.text, end_ms=word.end_ms, after=word.after, source=source, syllables=syllables
    )
