"""Times given English text with PocketSphinx: forced alignment, 83 times real time, from the first start.

Knows no other language. All text is forced on: every word gets a time whether it was spoken or not, so a wrong text is
found by the callers that compare with recognition, not here. Words keep their punctuation; what is not spoken
("—", "♪") gets what room there is behind the word before it, up to 0.2 s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core import sphinx
from core.alignment.interpolate import estimate
from core.alignment.pronounce import phones_of
from core.alignment.protocol import Aligner, Piece
from core.alignment.spoken import spelled, spoken_words
from core.engine import EngineEntry, EngineInfo
from core.errors import AlignmentFailed, EngineError, LanguageUnsupported
from core.language import name_of
from core.progress import CancelToken
from core.timecode import ms_from_samples
from core.transcript import Source, Word, split_text

INFO = EngineInfo(
    id="builtin",
    name="Built-in (PocketSphinx)",
    languages=("en",),
    gives_words=True,
    reason="It runs on the processor only and needs no download.",
    checkpoint="en-us-2",  # raised whenever other times would come out: stored results are then made again
)

_SETTINGS = {"lm": None, "bestpath": False, "beam": 1e-100, "wbeam": 1e-80, "pbeam": 1e-100}
"""With the engine's own settings there is often no result at all: 37 % of the words of song lines, against 0 % without
the best-path search and with wide beams, which cost little here."""

_GUESSED = 0.5
"""`time_confidence` of words whose sound was guessed; nobody measures that of the others."""


_UNSPOKEN_MS = 200


@dataclass(frozen=True, slots=True)
class _Token:
    """A written word, the dictionary words it is spoken as, and whether one of them was guessed."""

    text: str
    after: str
    said: tuple[str, ...]
    guessed: bool


class BuiltinAligner:
    """Follows `alignment.protocol.Aligner`. Loads its model (0.2 s) at the first piece; one thread at a time."""

    max_piece_ms = 60_000

    def __init__(self) -> None:
        self.info = INFO
        self._engine: Any = None
        self._guesses: set[str] = set()

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        """The words of each piece, in order, on the media's clock; a cancel point at each piece.

        Raises:
            LanguageUnsupported: at once, when a piece is in another language than English.
            AlignmentFailed: no way through the sound was found: too short for the text, or quite another text.
            Cancelled: the token was set.
        """
        for piece in pieces:
            if piece.language and piece.language not in INFO.languages:
                raise LanguageUnsupported(engine=INFO.id, language=name_of(piece.language), known="English only")
        return self._align(pieces, cancel)

    def _align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        for piece in pieces:
            cancel.check()
            yield self._piece(piece)

    def _piece(self, piece: Piece) -> tuple[Word, ...]:
        self._engine = self._engine or sphinx.decoder(**_SETTINGS)
        pairs = split_text(piece.text)
        self._learn([word for text, _ in pairs for word in spoken_words(text)])
        tokens = [self._token(text, after) for text, after in pairs]
        said = [word for token in tokens for word in token.said]
        if not said:
            return estimate(piece)
        return _placed(tokens, self._times(piece, said), piece)

    def _times(self, piece: Piece, said: list[str]) -> list[sphinx.Heard]:
        """When each of `said` is spoken, from the beginning of the piece."""
        engine = self._engine
        if not len(piece.samples):
            raise _no_way(piece, said)
        try:
            engine.set_align_text(" ".join(said))
            engine.reinit_feat()
            engine.start_utt()
            engine.process_raw(sphinx.pcm16(piece.samples), full_utt=True)
            engine.end_utt()
        except RuntimeError as error:
            self._engine = None
            raise EngineError(engine=INFO.id, cause=str(error)) from error
        found = list(sphinx.heard(engine))
        if [heard.text for heard in found] != said:
            raise _no_way(piece, said)
        return found

    def _token(self, text: str, after: str) -> _Token:
        said = spoken_words(text)
        guessed = any(word in self._guesses for word in said)
        if guessed and len(said) == 1 and _is_abbreviation(text):
            return _Token(text, after, spelled(text), guessed=False)
        return _Token(text, after, said, guessed)

    def _learn(self, words: Sequence[str]) -> None:
        """Teach the engine the words that it does not know, all at once."""
        unknown = [word for word in dict.fromkeys(words) if self._engine.lookup_word(word) is None]
        for word, phones in phones_of(unknown).items():
            self._engine.add_word(word, phones, True)
            self._guesses.add(word)


def _no_way(piece: Piece, said: list[str]) -> AlignmentFailed:
    seconds = round(ms_from_samples(len(piece.samples)) / 1000, 1)
    return AlignmentFailed(engine=INFO.id, cause=f"no way through {seconds} s of sound for {len(said)} words")


def _is_abbreviation(text: str) -> bool:
    bare = "".join(filter(str.isalpha, text))
    return 2 <= len(bare) <= 5 and bare.isupper() and not set(bare) & set("AEIOUY")


def _placed(tokens: Sequence[_Token], heard: Sequence[sphinx.Heard], piece: Piece) -> tuple[Word, ...]:
    """Words for `tokens` on the media's clock; `heard` holds each token's spoken words, one behind the other."""
    limit_ms = ms_from_samples(len(piece.samples))
    words: list[Word] = []
    position = before_ms = 0
    for token in tokens:
        own = heard[position : position + len(token.said)]
        position += len(own)
        if own:
            start_ms, end_ms = own[0].start_ms, own[-1].end_ms
        else:
            next_ms = heard[position].start_ms if position < len(heard) else limit_ms
            start_ms, end_ms = before_ms, min(next_ms, before_ms + _UNSPOKEN_MS)
        start_ms, end_ms = min(start_ms, limit_ms), min(end_ms, limit_ms)
        words.append(_word(token, piece.start_ms + start_ms, piece.start_ms + end_ms))
        before_ms = end_ms
    return tuple(words)


def _word(token: _Token, start_ms: int, end_ms: int) -> Word:
    return Word(
        token.text,
        start_ms,
        end_ms,
        after=token.after,
        source=Source.ALIGNED if token.said else Source.ESTIMATED,
        time_confidence=_GUESSED if token.guessed else None,
    )


def _create(_model_dir: str) -> Aligner:
    return BuiltinAligner()


ENTRY: EngineEntry[Aligner] = EngineEntry(
    languages=INFO.languages,
    installed=lambda _model_dir: sphinx.is_installed(),
    create=_create,
    reason="The built-in aligner times English text and needs no download.",
)
