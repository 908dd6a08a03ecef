"""When typing begins a new undo step: at a word's end, after a pause, somewhere else in the text. Knows no Qt."""

from __future__ import annotations

PAUSE_MS = 1000
"""Typing that rests so long begins a new step."""


class TypingSteps:
    """Gives the merge key for each change of a cue's text."""

    def __init__(self) -> None:
        self._number = 0
        self._cue_id = ""
        self._at_ms = 0
        self._caret = -1
        self._word_ended = False

    def key(self, cue_id: str, before: str, after: str, caret: int, at_ms: int) -> str:
        """The merge key of this change.

        Args:
            cue_id: whose text it is.
            before, after: the text ahead of the change and behind it.
            caret: where the caret stands now, in characters.
            at_ms: now, by any clock that only goes forward.
        """
        growth = len(after) - len(before)
        typed_on = caret - growth == self._caret or (growth < 0 and caret == self._caret)
        rested = at_ms - self._at_ms >= PAUSE_MS
        if cue_id != self._cue_id or rested or not typed_on or self._word_ended or abs(growth) > 1:
            self._number += 1
        self._cue_id, self._at_ms, self._caret = cue_id, at_ms, caret
        self._word_ended = growth > 0 and caret > 0 and after[caret - 1 : caret].isspace()
        return f"type:{cue_id}:{self._number}"

    def interrupt(self) -> None:
        """Something else happened: the next change begins a new step."""
        self._cue_id = ""
