"""A desk that is not there: pasting and keys as a test wants them. Follows `app.dictation.desk.Desk`."""

from __future__ import annotations

from collections.abc import Callable

from app.dictation.any_key import NoKey
from app.dictation.desk import Moved


class FakeDesk:
    """Allows everything unless told otherwise.

    Attributes:
        on_paste: done when the paste key is pressed. held: whether a person holds Ctrl. leaves_key: see `Desk`.
        can_paste: whether pressing the paste key does anything. no_typing, no_key: sentences.
        refused: keys that cannot be had, and why.
        key: the one that is ours, "" for none. moved: tells that it goes down or up, and when.
    """

    def __init__(self, on_paste: Callable[[], object] = lambda: None) -> None:
        self.on_paste = on_paste
        self.held = self.leaves_key = False
        self.can_paste = True
        self.no_typing = self.no_key = ""
        self.refused: dict[str, NoKey] = {}
        self.key = ""
        self.moved: Moved = lambda _down, _at_s: None

    def why_no_typing(self) -> str:
        """A sentence."""
        return self.no_typing

    def why_no_key(self) -> str:
        """A sentence."""
        return self.no_key

    def before_copying(self) -> None:
        """Nothing to do."""

    def press_paste(self) -> bool:
        """Do what the test wants."""
        if self.can_paste:
            self.on_paste()
        return self.can_paste

    def is_key_held(self) -> bool:
        """As the test says."""
        return self.held

    def take_key(self, keys: str, moved: Moved) -> Callable[[], object] | NoKey:
        """Have it, unless it is refused."""
        if keys in self.refused:
            return self.refused[keys]
        self.key, self.moved = keys, moved

        def let_go() -> None:
            self.key = ""

        return let_go
