"""What a person does with doubts: go through them, hear them, say that a word is right. Knows no list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.editor.play_verbs import Plays
from app.editor.word_verbs import WordVerbs

if TYPE_CHECKING:
    from app.editor.page import EditorPage


@dataclass(slots=True, eq=False, weakref_slot=True)
class DoubtVerbs:
    """Doubts, one after the other.

    Attributes:
        looping: whether a doubt that is gone to is played again and again.
    """

    editor: Callable[[], EditorPage]
    word: WordVerbs
    player: Plays
    looping: bool = True

    def go_on(self, step: int) -> bool:
        """To the next (+1) or previous (-1) doubtful word, which is played."""
        self.show()
        return self.editor().review.doubts.go_on(step)

    def show(self) -> None:
        """The list in front."""
        review = self.editor().review
        review.show()
        review.show_doubts()

    def is_right(self) -> bool:
        """The selected word is right; on to the next doubt."""
        return self.word.is_right() and self.go_on(+1)

    def loop(self) -> None:
        """Play doubts again and again, or once."""
        self.looping = not self.looping
        self.player.set_looping(self.looping and self.player.playing)

    def play(self, start_ms: int, end_ms: int) -> None:
        """Play a doubt as wanted."""
        self.player.set_looping(self.looping)
        self.player.play_range(start_ms, end_ms)
