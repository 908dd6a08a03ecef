"""Fitting runs of words into spans of time: shift, clamp, put in order, cut one word in two. Knows no cues.

The rule where words no longer fit: **a word gives way only as far as it must.** It is cut at the span's edge; wholly
outside, it ends as a point at that edge. A word that gave way is marked `edited` and its time is no longer called sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.transcript import Source, Syllable, Word, new_id, shared_out


def shifted(words: Sequence[Word], by_ms: int) -> tuple[Word, ...]:
    """All times moved; everything else as it is."""
    return tuple(
        replace(
            word,
            start_ms=word.start_ms + by_ms,
            end_ms=word.end_ms + by_ms,
            syllables=tuple((text, start + by_ms, end + by_ms) for text, start, end in word.syllables),
        )
        for word in words
    )


def clamped(words: Sequence[Word], start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """The words cut to start_ms..end_ms."""
    return tuple(
        retimed(word, within(word.start_ms, start_ms, end_ms), within(word.end_ms, start_ms, end_ms)) for word in words
    )


def retimed(word: Word, start_ms: int, end_ms: int) -> Word:
    """The word with these times set by hand; itself where they are its own."""
    if (word.start_ms, word.end_ms) == (start_ms, end_ms):
        return word
    syllables = tuple(_cut(syllable, start_ms, end_ms) for syllable in word.syllables)
    return replace(
        word, start_ms=start_ms, end_ms=end_ms, source=Source.EDITED, time_confidence=None, syllables=syllables
    )


def untangled(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words one behind the other: those that begin before the one ahead has ended share what time there is.

    They share, by length of text, the span from that end to the first word behind them that begins late enough.
    """
    result: list[Word] = []
    waiting: list[Word] = []
    reached_ms = words[0].start_ms if words else 0
    for word in words:
        if word.start_ms < reached_ms or (waiting and word.start_ms <= reached_ms):
            waiting.append(word)
            continue
        result += _shared(waiting, reached_ms, word.start_ms)
        waiting = []
        result.append(word)
        reached_ms = word.end_ms
    return (*result, *_shared(waiting, reached_ms, max([reached_ms, *(word.end_ms for word in waiting)])))


def halves(word: Word, offset: int) -> tuple[Word, Word]:
    """The word cut before character `offset`; its time is shared by length. The first keeps the id.

    Raises:
        ValueError: nothing would be left on one side.
    """
    texts = word.text[:offset].rstrip(), word.text[offset:].lstrip()
    if not 0 < offset < len(word.text) or not all(texts):
        raise ValueError(f"no place to cut {word.text!r}: {offset}")
    middle_ms = word.start_ms + (word.end_ms - word.start_ms) * len(texts[0]) // (len(texts[0]) + len(texts[1]))
    common = replace(word, source=Source.EDITED, time_confidence=None, syllables=())
    gap = " " if len(texts[0]) + len(texts[1]) < len(word.text) else ""
    first = replace(common, text=texts[0], end_ms=middle_ms, after=gap)
    return first, replace(common, text=texts[1], start_ms=middle_ms, id=new_id())


def _shared(words: Sequence[Word], start_ms: int, end_ms: int) -> list[Word]:
    spans = shared_out([(word.text, "") for word in words], start_ms, end_ms, source=Source.EDITED) if words else ()
    return [retimed(word, span.start_ms, span.end_ms) for word, span in zip(words, spans, strict=True)]


def _cut(syllable: Syllable, start_ms: int, end_ms: int) -> Syllable:
    text, start, end = syllable
    return text, within(start, start_ms, end_ms), within(end, start_ms, end_ms)


def within(ms: int, start_ms: int, end_ms: int) -> int:
    """`ms`, or the end of start_ms..end_ms that is nearer."""
    return min(max(ms, start_ms), end_ms)
