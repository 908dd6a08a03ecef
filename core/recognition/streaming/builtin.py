"""A segment of a dictation heard by PocketSphinx. Knows no agreement of tokens: this engine gives words with times.

It is fed as sound comes, and its best guess may change all the way back. A word is firm when two guesses in a row have
it with another word behind it. At the end the segment is decoded once more in full, which is better by ten words in a
hundred (`core.sphinx.Utterances`); firm words stay, and what follows them comes from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core import sphinx
from core.media.waveform import Samples
from core.recognition.streaming import agreement
from core.recognition.streaming.agreement import Said
from core.recognition.streaming.hearing import DOUBTFUL_WORDS, Ended, Heard

_OVERLAP_MS = 60
"""A word that begins so little before the last firm word's end is the one behind it."""


class BuiltinEngine:
    """Follows `hearing.Engine`; loads the model (0.3 s)."""

    def __init__(self) -> None:
        self._engine = sphinx.decoder()
        self._utterances = sphinx.Utterances(self._engine)
        self._inside = False

    def hearing(self, languages: tuple[str, ...]) -> BuiltinHearing:
        """For a segment that begins; the one before must have ended, or is given up."""
        del languages
        if self._inside:
            self._engine.end_utt()
            self._inside = False
        return BuiltinHearing(self)

    def feed(self, samples: Samples) -> list[Said]:
        """Take what follows in this segment; the best guess at all of it."""
        if not self._inside:
            self._engine.reinit_feat()
            self._engine.start_utt()
            self._inside = True
        if len(samples):
            self._engine.process_raw(sphinx.pcm16(samples))
        return _words(sphinx.heard(self._engine))

    def whole(self, samples: Samples) -> list[Said]:
        """Decode a segment in full."""
        if self._inside:
            self._engine.end_utt()
            self._inside = False
        for _done in self._utterances.decode(samples):
            pass
        return _words(sphinx.heard(self._engine))


class BuiltinHearing:
    """Follows `hearing.SegmentHearing`."""

    def __init__(self, engine: BuiltinEngine) -> None:
        self._engine = engine
        self._fed = 0
        self._firm: list[Said] = []
        self._before: list[Said] = []

    def step(self, samples: Samples) -> Heard:
        """Hear what is new; what two guesses in a row agree on becomes firm."""
        guess = self._engine.feed(samples[self._fed :])
        self._fed = len(samples)
        rest, before = self._behind(guess), self._behind(self._before)
        agreed = 0
        while agreed < min(len(rest), len(before)) - 1 and rest[agreed].text == before[agreed].text:
            agreed += 1
        self._firm += rest[:agreed]
        self._before = guess
        return Heard([*self._firm, *rest[agreed:]], len(self._firm))

    def end(self, samples: Samples) -> Ended:
        """Decode all of it once more; the firm words stay."""
        whole = self._engine.whole(samples)
        doubts = agreement.doubted(self._firm, whole)
        words = agreement.with_doubts([*self._firm, *self._behind(whole)], doubts)
        return Ended(words, ("en",) if words else (), True, (DOUBTFUL_WORDS,) if doubts else ())

    def _behind(self, words: Sequence[Said]) -> list[Said]:
        """Those that begin behind the firm ones."""
        end_ms = self._firm[-1].end_ms if self._firm else 0
        return [word for word in words if word.start_ms >= end_ms - _OVERLAP_MS] if self._firm else list(words)


def _words(found: Sequence[Any]) -> list[Said]:
    return [Said(sphinx.written(word.text), " ", word.probability, word.start_ms, word.end_ms) for word in found]
