"""Errors: one class a mistake, a sentence and a next step, and the same mistake on both sides of a process border."""

from __future__ import annotations

import pickle

import pytest

from core import codec
from core.errors import (
    CuesmithError,
    Failure,
    InternalError,
    NoAudioTrack,
    TrackMissing,
    all_error_classes,
    error_class,
    wrap_unexpected,
)

CLASSES = list(all_error_classes())


def test_an_error_reads_as_what_happened_and_what_to_do() -> None:
    assert str(NoAudioTrack(file="talk.mp4")) == "talk.mp4 has no audio track. Choose another file."


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_class_is_found_again_by_its_own_code(cls: type[CuesmithError]) -> None:
    assert error_class(cls.code) is cls


def test_an_error_crosses_a_border_as_data_and_comes_back_as_itself() -> None:
    before = TrackMissing(file="ü.mkv", track=3, count=2, details="where")
    after = codec.decode(codec.encode(before.failure()), Failure).error()
    assert type(after) is TrackMissing
    assert (str(after), after.params, after.details) == (str(before), before.params, "where")


def test_an_error_survives_pickling() -> None:
    before = TrackMissing(file="a.mkv", track=3, count=2)
    assert str(pickle.loads(pickle.dumps(before))) == str(before)


def test_an_unknown_code_becomes_a_fault_of_ours_that_names_it() -> None:
    assert "made.up" in str(Failure("made.up").error())
    assert isinstance(Failure("made.up").error(), InternalError)


def test_a_missing_parameter_shows_as_its_name_and_never_fails_the_sentence() -> None:
    assert "<file>" in str(NoAudioTrack())


def test_anything_unexpected_becomes_a_fault_of_ours() -> None:
    wrapped = wrap_unexpected(ZeroDivisionError("by zero"))
    assert "ZeroDivisionError: by zero" in str(wrapped)
    assert wrap_unexpected(wrapped) is wrapped
