"""Each window through an aligner: words with times for the tokens of a script. Knows no engine and no lines.

How far a word's time is to be trusted comes from two witnesses: where it was heard, and where the aligner put it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.alignment.interpolate import estimate
from core.alignment.known_text.script import Script
from core.alignment.known_text.windows import Window
from core.alignment.protocol import Aligner, Piece
from core.errors import AlignmentFailed
from core.media.waveform import Samples
from core.progress import CancelToken
from core.timecode import ms_from_samples
from core.transcript import Word

AGREES, UNHEARD, ESTIMATED, DISAGREES = 0.95, 0.6, 0.3, 0.1
"""`time_confidence` of a word that was heard where it was timed; not heard; only estimated; heard elsewhere."""

_AGREEMENT_MS = 120


@dataclass(frozen=True, slots=True)
class Timed:
    """A token of the script with its word or words (an aligner may part it, as CJK text)."""

    token: int
    words: tuple[Word, ...]


def time_window(
    aligner: Aligner, script: Script, window: Window, samples: Samples, language: str, cancel: CancelToken
) -> Iterator[Timed]:
    """The window's tokens with their words; sentinels are left out. Where the aligner finds no way: estimated."""
    tokens = (*window.before, *window.tokens, *window.behind)
    piece = Piece(samples, _text(script, tokens), language, start_ms=window.start_ms)
    if ms_from_samples(len(samples)) > aligner.max_piece_ms:
        words = estimate(piece)
    else:
        try:
            words = next(iter(aligner.align([piece], cancel)))
        except AlignmentFailed:
            words = estimate(piece)
    skip = len(window.before)
    shared = list(shared_out(script, tokens, words))
    yield from shared[skip : len(shared) - len(window.behind)]


def _text(script: Script, tokens: Sequence[int]) -> str:
    """The tokens' text; behind the last token of a line stands a space."""
    return "".join(script.tokens[t].text + script.tokens[t].after.replace("\n", " ") for t in tokens).rstrip()


def shared_out(script: Script, tokens: Sequence[int], words: Iterable[Word]) -> Iterator[Timed]:
    """`words` among `tokens` by their letters, since aligners part text in their own ways."""
    stream = iter(words)
    for token in tokens:
        wanted = _size(script.tokens[token].text)
        own: list[Word] = []
        while wanted > 0 and (word := next(stream, None)) is not None:
            own.append(word)
            wanted -= _size(word.text)
        if own:
            own[-1] = replace(own[-1], after=script.tokens[token].after)
        yield Timed(token, tuple(own))


def _size(text: str) -> int:
    return sum(not character.isspace() for character in text)


def trusted(timed: Timed, heard_at: tuple[int, int] | None, script: Script) -> Timed:
    """The same with `time_confidence`: how the aligner and `heard_at` (ms, or None where not heard) agree."""
    if not timed.words or not script.tokens[timed.token].units:
        return timed
    confidence = _confidence(timed.words, heard_at)
    return Timed(timed.token, tuple(replace(word, time_confidence=confidence) for word in timed.words))


def _confidence(words: Sequence[Word], heard_at: tuple[int, int] | None) -> float:
    if any(word.source == "estimated" for word in words):
        return ESTIMATED
    if heard_at is None:
        return UNHEARD
    return AGREES if abs(words[0].start_ms - heard_at[0]) <= _AGREEMENT_MS else DISAGREES
