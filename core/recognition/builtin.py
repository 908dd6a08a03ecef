"""Recognition with PocketSphinx and the English model its wheel carries: a rough draft, offline, from the first start.

Knows no other language and takes no context: its vocabulary is fixed at 135,000 words. Words come as the model has
them, in small letters and without punctuation; only "I" is written large, because everything else would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from core import sphinx
from core.engine import EngineEntry, EngineInfo
from core.errors import LanguageUnsupported
from core.language import name_of
from core.progress import CancelToken, Progress, Stage
from core.recognition.protocol import Options, Recognizer
from core.recognition.streaming.live import LiveStream
from core.speech.chunk import Chunk
from core.timecode import ms_from_samples
from core.transcript import Segment, Source, Word, words_text

INFO = EngineInfo(
    id="builtin",
    name="Built-in (PocketSphinx)",
    languages=("en",),
    gives_words=True,
    reason="It runs on the processor only and needs no download.",
    checkpoint="en-us-1",  # raised whenever other words would come out: stored results are then made again
    draft=True,
)

NOTHING_BETTER = (
    "No better engine is installed: the built-in one makes a rough draft, English only, "
    "with about every second word wrong in difficult speech."
)

_LEAST_IN_SPEECH = 0.2
"""A word with less of its time inside detected speech is dropped: it was put into music or silence. In a 4-minute film
the right words had .37 or more; the words under .2 (two, over music) were both invented."""


class BuiltinRecognizer:
    """Follows `recognition.protocol.Recognizer`. Loads its model (0.3 s) at the first chunk; one thread at a time."""

    def __init__(self) -> None:
        self.info = INFO
        self._engine: Any = None
        self._utterances: sphinx.Utterances | None = None

    def transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        """One `Segment` a chunk, in order; between them `Progress` in ms of the chunk at hand, twice a second of sound.

        A chunk's words never depend on other chunks.

        Raises:
            LanguageUnsupported: at once, when `options` ask for anything but English.
            Cancelled: the token was set; noticed within half a second of sound.
        """
        refuse_other_languages(options)
        return self._transcribe(chunks, cancel)

    def stream(self, options: Options) -> LiveStream:
        """Begin a dictation; loads its model.

        Raises:
            LanguageUnsupported: `options` ask for anything but English.
            EngineMissing: the model is not there.
        """
        from core.recognition.streaming.builtin import BuiltinEngine

        refuse_other_languages(options)
        return LiveStream(BuiltinEngine(), options, engine_id=INFO.id)

    def _transcribe(self, chunks: Iterable[Chunk], cancel: CancelToken) -> Iterator[Segment | Progress]:
        for chunk in chunks:
            cancel.check()
            try:
                yield from self._decode(chunk, cancel)
            except BaseException:
                # Stopped inside an utterance (also by closing the generator), which this engine cannot leave quickly.
                self._engine = self._utterances = None
                raise
            yield _segment(chunk, sphinx.heard(self._engine))

    def _decode(self, chunk: Chunk, cancel: CancelToken) -> Iterator[Progress]:
        if self._utterances is None:
            self._engine = sphinx.decoder()
            self._utterances = sphinx.Utterances(self._engine)
        total_ms = ms_from_samples(len(chunk.samples))
        for done_samples in self._utterances.decode(chunk.samples):
            cancel.check()
            yield Progress(Stage.RECOGNISE, ms_from_samples(done_samples), total_ms)


def refuse_other_languages(options: Options) -> None:
    """Raise `LanguageUnsupported` unless English, or nothing, is asked for."""
    for code in options.languages:
        if code not in INFO.languages:
            raise LanguageUnsupported(engine=INFO.id, language=name_of(code), known="English only")


def _segment(chunk: Chunk, found: Iterable[sphinx.Heard]) -> Segment:
    spans = [(ms_from_samples(first), ms_from_samples(last)) for first, last in chunk.speech]
    placed = (_word(heard, chunk.start_ms, chunk.end_ms) for heard in found)
    words = tuple(kept for word in placed if word is not None and (kept := _within_speech(word, spans)) is not None)
    return Segment(chunk.start_ms, chunk.end_ms, words_text(words), INFO.languages, words, INFO.id)


def _word(heard: sphinx.Heard, origin_ms: int, limit_ms: int) -> Word | None:
    """The word on the media's clock, or None where nothing of it lies before `limit_ms`."""
    start, end = origin_ms + heard.start_ms, min(origin_ms + heard.end_ms, limit_ms)
    if end <= start:
        return None
    return Word(sphinx.written(heard.text), start, end, source=Source.RECOGNISED, text_confidence=heard.probability)


def _within_speech(word: Word, spans: list[tuple[int, int]]) -> Word | None:
    """The word with its edges inside detected speech, or None where too little of it is (`_LEAST_IN_SPEECH`).

    The engine lets words reach into the silence before them (39 ms in the median); the detector knows better.
    """
    if not spans:
        return word
    inside = [(max(a, word.start_ms), min(b, word.end_ms)) for a, b in spans if a < word.end_ms and b > word.start_ms]
    if sum(b - a for a, b in inside) < _LEAST_IN_SPEECH * (word.end_ms - word.start_ms):
        return None
    return replace(word, start_ms=inside[0][0], end_ms=inside[-1][1])


def _create(_model_dir: str) -> Recognizer:
    return BuiltinRecognizer()


ENTRY: EngineEntry[Recognizer] = EngineEntry(
    languages=INFO.languages, installed=lambda _model_dir: sphinx.is_installed(), create=_create, reason=NOTHING_BETTER
)
