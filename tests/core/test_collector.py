"""Cycles are not searched for while very many objects are made, and are again afterwards."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from core.collector import no_collecting


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.enable()


def test_the_search_is_off_inside_and_on_again_behind() -> None:
    with no_collecting():
        with no_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_turns_it_on_again() -> None:
    with pytest.raises(KeyError), no_collecting():
        raise KeyError
    assert gc.isenabled()


def test_who_turned_it_off_before_keeps_it_off() -> None:
    gc.disable()
    with no_collecting():
        pass
    assert not gc.isenabled()


def test_the_last_of_two_threads_turns_it_on() -> None:
    inside, go = threading.Event(), threading.Event()

    def other() -> None:
        with no_collecting():
            inside.set()
            go.wait(60)

    thread = threading.Thread(target=other)
    with no_collecting():
        thread.start()
        assert inside.wait(60)
    assert not gc.isenabled()
    go.set()
    thread.join(60)
    assert gc.isenabled()
