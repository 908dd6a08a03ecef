"""A dictation: sound of any length in, firm and tentative words out. Knows no engine: each gives a `hearing.Engine`.

What it is held to: a firm word keeps its id, its text and its white space; nothing that was spoken is left out, however
late it comes; and what a step costs does not grow with the length of the dictation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.media.waveform import Samples
from core.recognition.protocol import Options, Update
from core.recognition.streaming.agreement import Said, after_last
from core.recognition.streaming.cutting import Cutter, Network, Spoken
from core.recognition.streaming.hearing import Ended, Engine, SegmentHearing
from core.timecode import ms_from_samples, samples_from_ms
from core.transcript import Segment, Source, Word, shared_out, words_text

NO_WORDS: tuple[Word, ...] = ()


class LiveStream:
    """Follows `recognition.protocol.RecognitionStream`.

    Args:
        engine_id: for `Segment.engine`.
        network: what finds speech; None = Silero.
    """

    def __init__(self, engine: Engine, options: Options, *, engine_id: str, network: Network | None = None) -> None:
        self._engine, self._engine_id = engine, engine_id
        self._languages = options.languages
        self._step_samples = samples_from_ms(options.live.chunk_ms)
        self._cutter = Cutter(options.live, network)
        self._open: _Open | None = None
        self._count = 0
        self._stepped_to = 0

    def feed(self, samples: Samples) -> Update:
        """Take more sound, (n,) float32 at 16 kHz; what is known now. One step at most, however much it is."""
        return self._after(self._cutter.feed(samples))

    def finish(self) -> Update:
        """The sound is over: everything becomes firm."""
        return self._after(self._cutter.finish())

    def _after(self, spoken: list[Spoken]) -> Update:
        segments = [segment for part in spoken if (segment := self._end(part)) is not None]
        start = self._cutter.open_start
        if self._open is not None and self._open.start != start:
            self._open = None  # it held too little speech to be one, and no firm words
        if start is None:
            return self._update(tuple(segments))
        self._open = self._open or self._begin(start)
        return self._step(self._open, tuple(segments))

    def _begin(self, start: int) -> _Open:
        opened = _Open(self._engine.hearing(self._languages), start, self._count)
        self._count += 1
        self._stepped_to = start
        return opened

    def _step(self, opened: _Open, ended: tuple[Segment, ...]) -> Update:
        """Hear the open segment, if enough of it is new and some of that is speech."""
        received = self._cutter.received
        new = received - self._stepped_to
        if new >= self._step_samples and self._cutter.speech_end > self._stepped_to:
            opened.hear(self._cutter.open_sound(), ms_from_samples(self._cutter.speech_end))
            self._stepped_to = received
            if opened.firm:
                self._cutter.confirm()
        lag = received - self._stepped_to if self._cutter.speech_end > self._stepped_to else 0
        return Update(opened.firm, opened.tentative, ms_from_samples(lag), opened.number, ended)

    def _update(self, ended: tuple[Segment, ...]) -> Update:
        """Nobody speaks: the words of the segment that ended last, if one did just now."""
        if not ended:
            return Update(NO_WORDS, NO_WORDS, 0, self._count)
        return Update(ended[-1].words, NO_WORDS, 0, self._count - 1, ended)

    def _end(self, spoken: Spoken) -> Segment | None:
        """A segment whose end was heard, all its words firm; None where it has none."""
        opened, self._open = self._open, None
        if opened is None or opened.start != spoken.first_sample:
            opened = self._begin(spoken.first_sample)
        end_ms = ms_from_samples(spoken.first_sample + len(spoken.samples))
        ended = opened.hearing.end(spoken.samples)
        words = opened.ended(ended, end_ms)
        if not words:
            return None
        if ended.confident and len(ended.languages) == 1:
            self._languages = ended.languages
        return Segment(
            ms_from_samples(spoken.first_sample),
            end_ms,
            words_text(words),
            ended.languages,
            words,
            self._engine_id,
            ended.notes,
        )


class _Open:
    """The segment at hand: its hearing, and its words with ids and times."""

    def __init__(self, hearing: SegmentHearing, start: int, number: int) -> None:
        self.hearing, self.start, self.number = hearing, start, number
        self.firm = self.tentative = NO_WORDS
        self._start_ms = ms_from_samples(start)

    def hear(self, samples: Samples, speech_end_ms: int) -> None:
        """Hear it so far; speech was heard last at `speech_end_ms`."""
        heard = self.hearing.step(samples)
        rest = self._placed(heard.words[len(self.firm) :], speech_end_ms)
        more = max(0, heard.firm - len(self.firm))
        self.firm += rest[:more]
        self.tentative = rest[more:]

    def ended(self, ended: Ended, end_ms: int) -> tuple[Word, ...]:
        """All its words; the firm ones stay what they are but for how sure they are."""
        sure = [said.sure for said in ended.words[: len(self.firm)]]
        firm = [replace(word, text_confidence=value) for word, value in zip(self.firm, sure, strict=True)]
        rest = list(ended.words[len(firm) :])
        if rest:
            rest[-1] = after_last(rest[-1])
        return (*firm, *self._placed(rest, end_ms))

    def _placed(self, words: Sequence[Said], end_ms: int) -> tuple[Word, ...]:
        """Words behind the firm ones, with the engine's times or estimated ones; a tentative word keeps its id."""
        start_ms = self.firm[-1].end_ms if self.firm else self._start_ms
        shared = shared_out(
            [(word.text, word.after) for word in words], start_ms, max(start_ms, end_ms), source=Source.ESTIMATED
        )
        made: list[Word] = []
        for place, (said, word) in enumerate(zip(words, shared, strict=True)):
            if said.end_ms >= 0:
                first_ms = max(start_ms, self._start_ms + said.start_ms)
                last_ms = max(first_ms, self._start_ms + said.end_ms)
                word = replace(word, start_ms=first_ms, end_ms=last_ms, source=Source.RECOGNISED)
                start_ms = last_ms
            made.append(replace(word, text_confidence=said.sure, id=self._id_at(place, word)))
        return tuple(made)

    def _id_at(self, place: int, word: Word) -> str:
        before = self.tentative[place] if place < len(self.tentative) else None
        return before.id if before is not None and before.text == word.text else word.id
