"""Keys by pynput, which is not installed here: what it is asked for on each system, and keys it does not know."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import ModuleType, SimpleNamespace

import pytest

from app.dictation.any_key import NoKey
from app.dictation.desk import MacOS, Windows

KNOWN = ("ctrl", "alt", "shift", "cmd", "f10", "page_up", "insert")


class Listener:
    """Hears what a test presses."""

    made: Listener

    def __init__(self, on_press: Callable[[object], object], on_release: Callable[[object], object]) -> None:
        self.on_press, self.on_release = on_press, on_release
        self.runs = False
        Listener.made = self

    def canonical(self, key: object) -> object:
        """Keys here are their names."""
        return key

    def start(self) -> None:
        """Hear."""
        self.runs = True

    def stop(self) -> None:
        """Hear no more."""
        self.runs = False


def parse(keys: str) -> Sequence[str]:
    """As `pynput.keyboard.HotKey.parse`, whose keys are objects."""
    names = keys.split("+")
    if any(len(name) != 1 and name.strip("<>") not in KNOWN for name in names):
        raise ValueError(keys)
    return [name.strip("<>") for name in names]


@pytest.fixture(autouse=True)
def _pynput(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ModuleType("pynput")
    made.keyboard = SimpleNamespace(HotKey=SimpleNamespace(parse=parse), Listener=Listener)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pynput", made)


@pytest.mark.parametrize(
    ("desk", "keys", "held"),
    [
        (Windows(), "Ctrl+Alt+D", ("ctrl", "alt", "d")),
        (Windows(), "Meta+PgUp", ("cmd", "page_up")),
        (MacOS(), "Ctrl+Alt+D", ("cmd", "alt", "d")),  # as Qt writes the command key
        (MacOS(), "Meta+Ins", ("ctrl", "insert")),
        (MacOS(), "F10", ("f10",)),
    ],
)
def test_a_key_is_the_one_that_qt_means(desk: Windows | MacOS, keys: str, held: tuple[str, ...]) -> None:
    moves: list[bool] = []
    let_go = desk.take_key(keys, lambda down, _at_s: moves.append(down))
    assert not isinstance(let_go, NoKey)
    listener = Listener.made
    assert listener.runs
    for name in held:
        assert moves == []
        listener.on_press(name)
    assert moves == [True]
    listener.on_press(held[-1])  # it repeats
    listener.on_release(held[-1])
    assert moves == [True, False]
    let_go()
    assert not listener.runs


@pytest.mark.parametrize("desk", [Windows(), MacOS()])
def test_a_key_that_is_not_known_cannot_be_had(desk: Windows | MacOS) -> None:
    assert desk.take_key("Ctrl+Media Play", lambda _down, _at_s: None) is NoKey.UNKNOWN
