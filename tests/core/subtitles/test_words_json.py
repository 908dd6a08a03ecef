"""Words JSON: exactly the shape scripts rely on, and a sentence for whatever is not it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.cue import Cue
from core.subtitles.protocol import Subtitles, UnmatchedLine
from core.subtitles.words_json import WordsJson
from core.transcript import Segment, Source, Word

WORD = Word("Hi", 100, 400, "\n", Source.ALIGNED, 0.5, None, marks=frozenset({"i"}))
WHOLE = Subtitles(
    (Cue((WORD, Word("you", 400, 900, "", Source.EDITED)), 0, 1000, id="c1"),),
    language="en",
    media="film.mkv",
    engine="builtin",
    segments=(Segment(0, 1000, "hi you", ("en", "de"), (WORD,), "builtin", ("retried",)),),
    unmatched=(UnmatchedLine(4, "never said"),),
)


def plain(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(WordsJson().write(WHOLE))
    return {**found, **changes}


def test_the_shape_is_the_one_of_version_1() -> None:
    word = {
        "text": "Hi", "after": "\n", "start_ms": 100, "end_ms": 400, "source": "aligned",
        "text_confidence": 0.5, "time_confidence": None,
    }  # fmt: skip
    found = plain()
    assert list(found) == ["version", "media", "language", "engine", "segments", "cues", "unmatched"]
    assert found["version"] == 1
    assert found["segments"] == [
        {
            "start_ms": 0, "end_ms": 1000, "text": "hi you", "languages": ["en", "de"], "notes": ["retried"],
            "words": [word],
        }
    ]  # fmt: skip
    assert list(found["cues"][0]) == ["id", "start_ms", "end_ms", "text", "words"]
    assert (found["cues"][0]["id"], found["cues"][0]["text"]) == ("c1", "Hi\nyou")
    assert found["cues"][0]["words"][0] == word
    assert found["unmatched"] == [{"line": 4, "text": "never said"}]


def test_all_of_it_comes_back() -> None:
    after = WordsJson().read(WordsJson().write(WHOLE))
    assert WordsJson().write(after) == WordsJson().write(WHOLE)
    assert after.cues[0].id == "c1"
    assert after.cues[0].words[1].source is Source.EDITED
    assert after.segments[0].engine == "builtin"


def test_a_cue_without_words_shares_its_time_out_over_its_text() -> None:
    text = json.dumps({"version": 1, "cues": [{"start_ms": 0, "end_ms": 1000, "text": "two  words"}]})
    assert [(w.text, w.end_ms, w.source) for w in WordsJson().read(text).cues[0].words] == [
        ("two", 375, Source.IMPORTED),
        ("words", 1000, Source.IMPORTED),
    ]


def test_fields_of_later_versions_are_passed_over() -> None:
    assert WordsJson().read(json.dumps(plain(news={"a": 1}))).cues[0].text == "Hi\nyou"


def test_two_cues_never_share_an_id() -> None:
    cue = {"id": "same", "start_ms": 0, "end_ms": 1}
    found = WordsJson().read(json.dumps(plain(cues=[cue, cue])))
    assert len({cue.id for cue in found.cues}) == 2


def _cue(**changes: Any) -> dict[str, Any]:
    return {"start_ms": 0, "end_ms": 1000, "words": [_word()], **changes}


def _word(**changes: Any) -> dict[str, Any]:
    return {"text": "a", "start_ms": 0, "end_ms": 500, **changes}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not Words JSON"),
        ("[]", "not Words JSON"),
        ("{", "not Words JSON"),
        ('{"version": 2, "cues": []}', "version 2; this program reads version 1"),
        ('{"version": "1", "cues": []}', r"Expected `int`, got `str` - at `\$.version`"),
        ('{"version": 1}', "required field `cues`"),
        ('{"version": 1, "cues": [{"start_ms": 0.5, "end_ms": 1}]}', r"\$.cues\[0\].start_ms|\$.cues\[...\].start_ms"),
    ],
)
def test_what_is_not_words_json_is_refused_with_the_place(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        WordsJson().read(text)


@pytest.mark.parametrize(
    ("cue", "sentence"),
    [
        (_cue(end_ms=-1), "cue 1: it cannot last from 0 to -1 ms"),
        (_cue(start_ms=-(2**60)), "cue 1: it cannot last"),
        (_cue(words=[_word(end_ms=1001)]), "cue 1: the word “a” lies outside it"),
        (_cue(words=[_word(), _word(start_ms=499)]), "overlaps the one before"),
        (_cue(words=[_word(text="")]), "cue 1, word 1: a word is text"),
        (_cue(words=[_word(text=" a")]), "cue 1, word 1: a word is text"),
        (_cue(words=[_word(after="x")]), "cue 1, word 1: a word is text"),
        (_cue(words=[_word(text_confidence=1.5)]), "a confidence is 0 to 1"),
        (_cue(words=[_word(source="guessed")]), "guessed"),
    ],
)
def test_times_and_words_that_cannot_be_are_refused(cue: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        WordsJson().read(json.dumps({"version": 1, "cues": [cue]}))


def test_half_a_surrogate_pair_does_not_stop_writing() -> None:
    word = Word("a\ud800b", 0, 1)
    assert '"a\ufffdb"' in WordsJson().write(Subtitles((Cue((word,), 0, 1),)))
