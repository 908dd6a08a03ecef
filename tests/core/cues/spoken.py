"""Words as if spoken, for the tests of this room: from text, with a pace and with pauses. Knows no cues."""

from __future__ import annotations

import random
from collections.abc import Sequence

from core.transcript import Source, Word, shared_out, split_text


def spoken(text: str, *, ms_per_char: int = 60, start_ms: int = 0, pause_ms: int = 0) -> list[Word]:
    """Words of `text` at an even pace; " / " in it stands for a pause of `pause_ms`, and is no word."""
    words: list[Word] = []
    at_ms = start_ms
    for part in text.split(" / "):
        pairs = [(word, " ") for word, _ in split_text(part)]
        end_ms = at_ms + ms_per_char * len(part)
        words.extend(shared_out(pairs, at_ms, end_ms, source=Source.ALIGNED))
        at_ms = end_ms + pause_ms
    return words


def sign_by_sign(text: str, *, ms_per_char: int = 200, start_ms: int = 0) -> list[Word]:
    """Chinese or Japanese as aligners give it: every character a word, nothing behind it."""
    signs = [(character, "") for character in text if not character.isspace()]
    end_ms = start_ms + ms_per_char * len(signs)
    return list(shared_out(signs, start_ms, end_ms, source=Source.ALIGNED))


def with_pauses(words: Sequence[Word], seed: int, *, longest_ms: int = 900, share: float = 0.3) -> list[Word]:
    """The same words with silences between some of them, as people speak: longer ones behind punctuation."""
    chance = random.Random(seed)
    result: list[Word] = []
    later_ms = 0
    for word in words:
        result.append(Word(word.text, word.start_ms + later_ms, word.end_ms + later_ms, after=word.after))
        if word.text[-1] in ".,;:!?。，、！？":
            later_ms += chance.randint(longest_ms // 3, longest_ms)
        elif chance.random() < share:
            later_ms += chance.randint(0, longest_ms // 3)
    return result
