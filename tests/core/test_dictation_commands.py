"""Spoken commands: exact phrases are done, everything else stays as it was said."""

from __future__ import annotations

import pytest

from core.dictation_commands import carried_out, unfinished
from core.transcript import Word, words_text


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(part, 100 * n, 100 * n + 90) for n, part in enumerate(text.split()))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("hello full stop goodbye", "hello. goodbye"),
        ("one new line two", "one\ntwo"),
        ("is it red question mark", "is it red?"),
        ("a new house", "a new house"),
        ("full of stops", "full of stops"),
        ("yes comma no period", "yes, no."),
    ],
)
def test_commands_are_done_and_words_stay(said: str, written: str) -> None:
    assert words_text(carried_out(words(said))[1]) == written


def test_a_mark_goes_behind_the_word_that_was_said_before() -> None:
    before, rest = carried_out(words("full stop"), Word("done", 0, 90))
    assert before is not None
    assert (before.text, rest) == ("done.", ())


@pytest.mark.parametrize(("said", "waiting"), [("one new", 1), ("one two", 0), ("full", 1), ("full stop", 0)])
def test_the_beginning_of_a_command_waits_for_its_end(said: str, waiting: int) -> None:
    assert unfinished(words(said)) == waiting
