"""A segment of a dictation heard by Qwen3-ASR. Knows no torch: what answers is `core.qwen3.live.LiveSegment`.

Each step keeps the answer but for its last tokens, hears the new sound and lets the model go on (the streaming of the
Qwen3-ASR technical report); words that two answers share are firm and are given to every later answer. The context is
left out until the end: with it the model is known to recite it (github.com/QwenLM/Qwen3-ASR/issues/140).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from core.confidence import with_text_confidence
from core.media.waveform import Samples
from core.qwen3 import answers
from core.qwen3.answers import Ending, budget_for, repeated
from core.recognition import guard
from core.recognition.streaming import agreement
from core.recognition.streaming.agreement import Said
from core.recognition.streaming.hearing import DOUBTFUL_WORDS, Ended, Heard
from core.recognition.streaming.settings import StreamSettings
from core.transcript import Word

_STALE_STEPS = 4
"""An answer that stays the same for so many steps, though somebody speaks, is begun again behind its firm words."""
_CONFIDENT, _CONFIDENT_WORDS = 0.8, 2
"""A language is kept when its name was so probable and so many words followed: short sounds mislead."""


class Reader(Protocol):
    """What reads answers and begins segments: `core.qwen3.transcriber.Transcriber`."""

    def live(self, languages: Sequence[str] = (), *, window_s: int = 8, work: Any = None) -> Any:
        """A segment that is answered while it grows."""
        ...

    def read(self, ids: Sequence[int], probabilities: Sequence[float], *, language: str = "") -> answers.Heard:
        """An answer's languages, text and confidences."""
        ...

    def text_at(self, ids: Sequence[int]) -> int:
        """Where the text begins in an answer."""
        ...


class Qwen3Engine:
    """Follows `hearing.Engine`.

    Args:
        work: counts what is done (`core.qwen3.live_sound.Work`); None = nobody asks.
    """

    def __init__(self, reader: Reader, settings: StreamSettings, context: str = "", work: Any = None) -> None:
        self._reader, self._settings, self._context, self._work = reader, settings, context, work

    def hearing(self, languages: tuple[str, ...]) -> Qwen3Hearing:
        """For a segment that begins."""
        live = self._reader.live(languages, window_s=self._settings.window_s, work=self._work)
        forced = languages[0] if len(languages) == 1 else ""
        return Qwen3Hearing(live, self._reader, self._settings, forced=forced, context=self._context)


class Qwen3Hearing:
    """Follows `hearing.SegmentHearing`."""

    def __init__(self, live: Any, reader: Reader, settings: StreamSettings, *, forced: str, context: str) -> None:
        self._live, self._reader, self._settings = live, reader, settings
        self._forced, self._context = forced, context
        self._ids: tuple[int, ...] = ()
        self._probabilities: tuple[float, ...] = ()
        self._firm = 0
        """Tokens that are firm, the name of the language before them included."""
        self._firm_words: list[Said] = []
        self._steps = self._same_steps = 0
        self._anew = False
        self._last_samples = 0

    # ── while it goes on ──

    def step(self, samples: Samples) -> Heard:
        """Hear the segment so far; what two answers share becomes firm."""
        if guard.is_silent(samples):
            return Heard()
        self._live.hear(samples)
        kept = self._kept()
        budget = len(self._ids) - kept + budget_for(len(samples) - self._last_samples)
        ids, probabilities, ending = self._answer(kept, budget)
        self._last_samples = len(samples)
        self._steps += 1
        self._anew = ending is Ending.LOOP
        if not self._anew:
            self._agree(ids)
        self._same_steps = self._same_steps + 1 if ids == self._ids else 0
        self._ids, self._probabilities = ids, probabilities
        return Heard(self._words(ids, probabilities), len(self._firm_words))

    def _kept(self) -> int:
        """Tokens of the last answer that the next begins with."""
        if self._steps < self._settings.unfixed_chunks or self._anew or self._same_steps >= _STALE_STEPS:
            return self._firm
        kept = len(self._ids) - self._settings.rollback_tokens
        while kept > self._firm and "\ufffd" in self._text(self._ids[:kept]):
            kept -= 1  # half a character
        return max(self._firm, kept)

    def _answer(self, kept: int, budget: int) -> tuple[tuple[int, ...], tuple[float, ...], Ending]:
        """The answer that begins with the first `kept` tokens of the last one; of a loop only the first round."""
        found = self._live.answer(self._ids[:kept], budget)
        ids = (*self._ids[:kept], *found.ids[: found.kept])
        probabilities = (*self._probabilities[:kept], *found.probabilities[: found.kept])
        again = min(repeated(ids), len(ids) - self._firm)
        if again > 0:
            return ids[:-again], probabilities[:-again], Ending.LOOP
        return ids, probabilities, found.ending

    def _agree(self, ids: tuple[int, ...]) -> None:
        if self._steps <= self._settings.unfixed_chunks:
            return
        agreed = agreement.common(ids, self._ids)
        least = max(self._firm, self._reader.text_at(ids))
        if agreed > least:
            found = agreement.settled(ids[:agreed], least, self._text)
            firm = agreement.words_of(self._text(ids[:found]))
            if found > self._firm and firm:
                self._firm, self._firm_words = found, firm

    # ── when it ends ──

    def end(self, samples: Samples) -> Ended:
        """Hear the whole segment once more: firm words stay, the rest is as if it were heard for the first time."""
        if guard.is_silent(samples) and not self._firm:
            return Ended()
        notes: list[str] = []
        if self._context:
            self._live.use_context(self._context)
        self._live.hear(samples, exactly=True)
        budget = budget_for(len(samples))
        ids, probabilities, ending = self._answer(self._firm, budget)
        if self._context and guard.echoes_context(self._text(ids), self._context):
            self._live.use_context("")
            notes.append(guard.WITHOUT_CONTEXT)
            ids, probabilities, ending = self._answer(self._firm, budget)
        if ending is not Ending.SAID:
            notes.append(guard.REPEATED if ending is Ending.LOOP else guard.CUT_SHORT)
        doubts = self._doubts(ids, budget)
        if doubts:
            notes.append(DOUBTFUL_WORDS)
        return self._ended(samples, ids, probabilities, doubts, notes)

    def _doubts(self, ids: tuple[int, ...], budget: int) -> set[int]:
        """Places of firm words that the model would not say, were they not given to it."""
        if not self._firm:
            return set()
        first = self._reader.text_at(ids)
        firm = ids[: self._firm]
        free = self._live.unforced(firm, first)
        if free >= len(firm):
            return set()
        found = self._live.answer(firm[:free], budget)
        other = (*firm[:free], *found.ids[: found.kept])
        return agreement.doubted(self._firm_words, agreement.words_of(self._text(other)))

    def _ended(
        self,
        samples: Samples,
        ids: tuple[int, ...],
        probabilities: tuple[float, ...],
        doubts: set[int],
        notes: list[str],
    ) -> Ended:
        heard = self._reader.read(ids, probabilities, language=self._forced)
        words = agreement.with_doubts(self._words(ids, probabilities), doubts)
        if words and not self._firm and guard.is_text_on_silence(samples, [sure for _, sure in heard.confidences]):
            return Ended(notes=(*notes, guard.NEAR_SILENCE))
        head = probabilities[: self._reader.text_at(ids)]
        confident = bool(head) and min(head) >= _CONFIDENT and len(words) >= _CONFIDENT_WORDS
        return Ended(words, heard.languages if words else (), confident, tuple(notes))

    # ── text ──

    def _text(self, ids: Sequence[int]) -> str:
        return self._reader.read(ids, [1.0] * len(ids), language=self._forced).text

    def _words(self, ids: Sequence[int], probabilities: Sequence[float]) -> list[Said]:
        """The words of an answer that begins with the firm tokens; the firm words stand at its beginning, unchanged."""
        heard = self._reader.read(ids, probabilities, language=self._forced)
        words = agreement.words_of(heard.text)
        known = len(self._firm_words)
        if [word.text for word in words[:known]] == [word.text for word in self._firm_words]:
            return _with_confidence(words, heard.confidences)
        # What follows would run into the last firm word ("can" + "’t"): it begins a word of its own.
        rest = agreement.words_of(self._text(ids[self._firm :]))
        while rest and not any(map(str.isalnum, rest[0].text)):
            rest.pop(0)
        return [*self._firm_words, *rest]


def _with_confidence(words: Sequence[Said], parts: Sequence[tuple[str, float]]) -> list[Said]:
    known = with_text_confidence([Word(word.text, 0, 0, after=word.after) for word in words], parts)
    return [replace(said, sure=word.text_confidence) for said, word in zip(words, known, strict=True)]
