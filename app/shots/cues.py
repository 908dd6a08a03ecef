"""Cues for pictures: the sample film's true words, cues in many scripts, cues that break the rules. Knows no window."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from core.cue import Cue
from core.cues.builder import build_cues
from core.cues.styles import default_for
from core.paths import resource
from core.timecode import parse_frame_rate
from core.transcript import Source, Word, shared_out, split_text

_FRAME_RATE = parse_frame_rate("23.976")

_DOUBTFUL = ("sister", "lamp.")
_ESTIMATED_IN = "nobody"
_BY_HAND = "river"

_SCRIPTS: tuple[tuple[str, int, int, str], ...] = (
    ("en", 900, 3_081, "They don't share a language."),
    ("en", 3_431, 6_033, "They share a wall, and a tap."),
    ("zh", 6_483, 9_469, "凌晨四点，鱼就到了。\n你先闻一闻。"),
    ("zh", 11_069, 13_017, "我父亲教我先看眼睛。"),
    ("ar", 15_217, 16_711, "القهوةُ أوّلاً، ثمَّ الكلام."),
    ("ar", 17_011, 19_445, "كلَّ صباحٍ أفتحُ البابَ\nقبلَ الفجر."),
    ("ja", 20_045, 23_008, "店はもう開いています。\n急がなくていい。"),
    ("ko", 24_908, 27_385, "바람이 세지만 달은 밝아요."),
    ("hi", 27_835, 31_619, "हम दस मिनट में नदी पार करते हैं।"),
    ("th", 33_119, 35_709, "อีกไม่นานเราจะเห็นแสงไฟ"),
    ("en", 36_909, 38_882, "Nobody kept a ledger.\nNobody had to."),
    ("ar", 39_382, 42_793, "ثلاثة، من فضلك."),
)

_LONG = (
    "The wind is strong tonight, much stronger than the harbour master had promised us, but the moon is bright enough",
    "to read the whole of my sister's letter by, all nineteen closely written pages of it,",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "and nobody says a single word while the ferry crosses, because there is nothing that has not been said already.",
)


def sample_cues() -> tuple[Cue, ...]:
    """The sample film's words at their true times, as cues of the Netflix style.

    A few words are given as doubtful, estimated or set by hand, so that a picture shows how that looks.
    """
    words = tuple(word for sentence in _truth()["sentences"] for word in _words(sentence))
    return build_cues(words, default_for("en"), language="en", frame_rate=_FRAME_RATE)


def script_cues() -> tuple[Cue, ...]:
    """Cues in nine languages at the times of the sample film's sentences."""
    return tuple(_cue(text, start_ms, end_ms, language) for language, start_ms, end_ms, text in _SCRIPTS)


def long_cues() -> tuple[Cue, ...]:
    """Cues that are too long in every way, at the times of the sample film's sentences."""
    spans = [(sentence["start_ms"], sentence["end_ms"]) for sentence in _truth()["sentences"]]
    texts = [_LONG[place % len(_LONG)] for place in range(len(spans))]
    return tuple(_cue(text, start_ms, end_ms, "en") for text, (start_ms, end_ms) in zip(texts, spans, strict=True))


def _truth() -> Any:
    return json.loads(resource("sample", "last_boat.truth.json").read_text(encoding="utf-8"))


def _words(sentence: Any) -> tuple[Word, ...]:
    shown = [text for text, _ in split_text(sentence["text"])]
    timed = sentence["words"]
    estimated = _ESTIMATED_IN in shown
    return tuple(
        _marked(Word(text, word["start_ms"], word["end_ms"], source=Source.ALIGNED, text_confidence=0.94), estimated)
        for text, word in zip(shown, timed, strict=True)
    )


def _marked(word: Word, estimated: bool) -> Word:
    if word.text in _DOUBTFUL:
        return replace(word, text_confidence=0.38)
    if word.text == _BY_HAND:
        return replace(word, source=Source.EDITED)
    return replace(word, source=Source.ESTIMATED) if estimated else word


def _cue(text: str, start_ms: int, end_ms: int, language: str) -> Cue:
    source = Source.ALIGNED if language in ("en", "zh") else Source.ESTIMATED
    return Cue(shared_out(_pieces(text, language), start_ms, end_ms, source=source), start_ms, end_ms, language)


def _pieces(text: str, language: str) -> list[tuple[str, str]]:
    """Words with the space behind them; scripts without spaces are parted every second sign, as words would be."""
    if language not in ("zh", "ja", "th"):
        return split_text(text)
    pieces: list[tuple[str, str]] = []
    for line in text.split("\n"):
        parts = [line[place : place + 2] for place in range(0, len(line), 2)]
        pieces.extend((part, "") for part in parts[:-1])
        pieces.append((parts[-1], "\n"))
    return pieces
