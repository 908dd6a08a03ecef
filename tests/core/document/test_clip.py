"""Cues on a clipboard: whole for this program, SRT for others; what others put there is checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.document import clip, edits
from core.document.document import Document
from core.transcript import Source
from tests.core.document.builders import cue, document, spans, texts
from tests.core.document.conftest import Edited

CUES = (cue("Hello there", 1000), replace(cue("你好", 2000, language="zh"), voice="Ann", style="Top"))


def test_cues_come_back_with_their_words() -> None:
    assert clip.unpacked(clip.packed(CUES)) == CUES


def test_other_programs_get_srt() -> None:
    text = clip.as_text(CUES)
    assert "00:00:01,000 --> 00:00:01,180\nHello there" in text
    assert [one.text for one in clip.from_text(text)] == ["Hello there", "你好"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no JSON",
        clip.packed(CUES).replace(b'"version":1', b'"version":9'),
        clip.packed((replace(CUES[0], start_ms=1100),)),
        clip.packed((replace(CUES[0], words=(), start_ms=-5, end_ms=10),)),
    ],
    ids=["nothing", "garbage", "another version", "a word outside", "before the film"],
)
def test_what_cannot_be_is_nothing(data: bytes) -> None:
    assert clip.unpacked(data) == ()


def test_lines_of_plain_text_become_cues_with_estimated_words() -> None:
    cues = clip.from_text("one two\n\n  three  \r\n")
    assert [(one.text, one.start_ms, one.end_ms) for one in cues] == [("one two", 0, 2000), ("three", 2000, 4000)]
    assert {word.source for one in cues for word in one.words} == {Source.ESTIMATED}
    assert clip.from_text(" \n") == ()


def test_a_broken_subtitle_is_no_error() -> None:
    assert clip.from_text("WEBVTT\n\nnonsense --> more nonsense\n") is not None


def test_pasted_cues_start_where_they_are_put_and_have_ids_of_their_own(edited: Edited) -> None:
    before = document(cue("zero", 0, 200))
    after = edited(before, edits.paste(before, CUES, at_ms=5000))
    assert texts(after) == ["zero", "Hello there", "你好"]
    assert spans(after)[1:] == [(5000, 5180), (6000, 6180)]
    assert {one.id for one in after.cues}.isdisjoint(one.id for one in CUES)
    assert spans(edited(before, edits.paste(before, CUES)))[1:] == spans(Document(cues=CUES))
    assert edits.paste(before, (), at_ms=0) is None
