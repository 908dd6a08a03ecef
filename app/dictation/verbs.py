"""What a person does with a dictation from anywhere in the window. Loads nothing of it before it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.action import State
    from app.dictation.tab import DictationTab


class DictationVerbs:
    """Record, finish, copy, save, open, small window.

    Attributes:
        tab: set by the composition root. go: shows the tab. looks: whether it is in sight.
    """

    def __init__(self, go: Callable[[], object], looks: Callable[[], bool]) -> None:
        self.tab: DictationTab | None = None
        self._go, self._looks = go, looks

    @property
    def in_sight(self) -> bool:
        """Whether the tab is what the window shows."""
        return self._looks()

    def seen(self, state: State) -> State:
        """The state with what is known of the dictation; in its tab, what acts on the editor has nothing to act on."""
        dictation = self.tab.dictation if self.tab is not None else None
        if self.in_sight:
            state = replace(
                state, film=False, cues=0, selected=0, current=False, words=0, word=False, at_caret=False, shots=0,
                bookmarks=0, picture=False, undo="", redo="",
            )  # fmt: skip
        if dictation is None or self.tab is None:
            return replace(state, dictation=self.in_sight)
        scribe = dictation.scribe
        undo, redo = (scribe.undo_label, scribe.redo_label) if self.in_sight else (state.undo, state.redo)
        return replace(
            state, dictation=self.in_sight, phase=str(dictation.phase), dictated=bool(dictation.bridge.document.cues),
            small=self.tab.is_small, undo=undo, redo=redo,
        )  # fmt: skip

    def show(self) -> None:
        """Go to the tab."""
        self._go()

    def record(self) -> None:
        """Start, pause or go on, in sight of it."""
        if not (self.tab is not None and self.tab.is_small):
            self._go()
        if self.tab is not None and self.tab.dictation is not None:
            self.tab.dictation.toggle()

    def talk(self) -> None:
        """The key to talk went down, or somebody chose it in a menu."""
        if self.tab is not None:
            self.tab.talk()

    def finish(self) -> None:
        """The last words, and the end."""
        if self.tab is not None and self.tab.dictation is not None:
            self.tab.dictation.finish()

    def copy(self) -> None:
        """All firm text to the clipboard."""
        if self.tab is not None:
            self.tab.copy()

    def save(self) -> None:
        """Ask for a name."""
        if self.tab is not None:
            self.tab.ask_save()

    def open_on_timeline(self) -> None:
        """The recording as a film, its words as cues."""
        if self.tab is not None:
            self.tab.open_work()

    def small(self) -> None:
        """The small window, or the whole one again."""
        if self.tab is not None and not self.tab.is_small:
            self._go()
        if self.tab is not None:
            self.tab.toggle_small()

    def undo(self) -> None:
        """Take back what a person did last to the text."""
        if self.tab is not None and self.tab.dictation is not None:
            self.tab.dictation.scribe.undo()

    def redo(self) -> None:
        """Do it again."""
        if self.tab is not None and self.tab.dictation is not None:
            self.tab.dictation.scribe.redo()
