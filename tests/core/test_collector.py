"""Cycles are not searched for while very many objects are made, and are again afterwards; or in one thread only."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from core.collector import hand_back, no_collecting, search_if_due, take_over


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


class Cycle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def taken_over() -> Iterator[None]:
    gc.collect()
    take_over()
    yield
    hand_back()


def many() -> list[list[int]]:
    """More objects than Python lets go by without a search."""
    return [[n] for n in range(2 * gc.get_threshold()[0])]


def test_who_took_over_searches_when_it_is_due_and_nobody_else_does(taken_over: None) -> None:
    lost = weakref.ref(Cycle())
    kept = many()
    assert lost() is not None
    search_if_due()
    assert lost() is None
    assert not gc.isenabled()
    assert kept


def test_nothing_is_searched_where_nothing_is_due(taken_over: None) -> None:
    lost = weakref.ref(Cycle())
    search_if_due()
    assert lost() is not None


def test_a_search_that_is_held_off_is_held_off_for_who_took_over_too(taken_over: None) -> None:
    with no_collecting():
        lost = weakref.ref(Cycle())
        kept = many()
        search_if_due()
        assert lost() is not None
    assert not gc.isenabled()
    search_if_due()
    assert lost() is None
    assert kept


def test_where_nobody_took_over_python_searches_by_itself() -> None:
    search_if_due()
    assert gc.isenabled()
