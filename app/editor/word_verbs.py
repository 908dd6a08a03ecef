"""What a person does to single words by key or menu: each verb looks at the selected word and applies one edit.

Knows no widget: where the caret is, it is told. Without a selected word the one at the caret is meant.
"""

from __future__ import annotations

from collections.abc import Callable

from app.editor.play_verbs import Plays
from app.editor.session import Session
from app.timeline.keys import next_word
from app.timeline.word_search import word_at
from core.cue import Cue
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.word_doubt import confirm_word
from core.transcript import Word


class WordVerbs:
    """Select, play, re-time, split, join, delete.

    Attributes:
        caret: gives (cue id, offset in its text) while the text box has the focus, else None.
    """

    def __init__(self, session: Session, player: Plays) -> None:
        self._session, self._player = session, player
        self._bridge = session.bridge
        self.caret: Callable[[], tuple[str, int] | None] = lambda: None

    # ── which ────────────────────────────────────────────────────────────────────────────────────

    def step(self, by: int) -> bool:
        """Select the next (+1) or previous (-1) word by time; without one, the one spoken now or the cue's first."""
        place = self._selected()
        if place is None:
            return self._select_first()
        row, word = place[0], self._document.cues[place[0]].words[place[1]]
        found = next_word(self._document.cues, row, word.id, by)
        return found is not None and self._select(found[0], found[1])

    def play(self) -> bool:
        """Play the word and stop at its end."""
        word = self._word()
        if word is not None:
            self._player.play_range(word.start_ms, word.end_ms)
        return word is not None

    # ── times ────────────────────────────────────────────────────────────────────────────────────

    def start_here(self) -> bool:
        """The word starts at the playhead."""
        place, ms = self._place(), self._session.playhead_ms
        return place is not None and self._apply(edits.retime_word(self._document, *place, start_ms=ms))

    def end_here(self) -> bool:
        """The word ends at the playhead."""
        place, ms = self._place(), self._session.playhead_ms
        return place is not None and self._apply(edits.retime_word(self._document, *place, end_ms=ms))

    def nudge(self, by_ms: int) -> bool:
        """Move the word; negative is earlier."""
        place, word = self._place(), self._word()
        if place is None or word is None:
            return False
        start_ms = max(0, word.start_ms + by_ms)
        key = f"nudge word {word.id}"
        length_ms = word.end_ms - word.start_ms
        return self._apply(
            edits.retime_word(self._document, *place, start_ms=start_ms, end_ms=start_ms + length_ms, merge_key=key)
        )

    def nudge_start(self, by_ms: int) -> bool:
        """Move the word's start."""
        place, word = self._place(), self._word()
        if place is None or word is None:
            return False
        key, start_ms = f"nudge start {word.id}", max(0, word.start_ms + by_ms)
        return self._apply(edits.retime_word(self._document, *place, start_ms=start_ms, merge_key=key))

    def nudge_end(self, by_ms: int) -> bool:
        """Move the word's end."""
        place, word = self._place(), self._word()
        if place is None or word is None:
            return False
        key = f"nudge end {word.id}"
        return self._apply(edits.retime_word(self._document, *place, end_ms=word.end_ms + by_ms, merge_key=key))

    # ── which words there are ────────────────────────────────────────────────────────────────────

    def split(self) -> bool:
        """Cut the word in two: at the caret where it is in it, else in the middle."""
        place, word = self._place(), self._word()
        if place is None or word is None:
            return False
        return self._apply(edits.split_word(self._document, *place, self._offset_in(*place) or len(word.text) // 2))

    def join(self) -> bool:
        """Make one word of this and the next of its cue."""
        place = self._place()
        return place is not None and self._apply(edits.join_words(self._document, *place))

    def split_cue(self) -> bool:
        """Split the cue before the word, at the word's real time."""
        place = self._place()
        return place is not None and self._apply(edits.split_at_word(self._document, *place))

    def delete(self) -> bool:
        """Take the word away; the cue keeps its times."""
        place = self._place()
        return place is not None and self._apply(edits.delete_words(self._document, place[0], (place[1],)))

    def is_right(self) -> bool:
        """Text and time of the word are right: it is no doubt any more."""
        place = self._place()
        return place is not None and self._apply(confirm_word(self._document, *place))

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    @property
    def _document(self) -> Document:
        return self._bridge.document

    def _apply(self, edit: Edit | None) -> bool:
        return self._bridge.apply(edit)

    def _select(self, row: int, word: Word) -> bool:
        self._bridge.select((self._document.cues[row].id,), word=word.id)
        return True

    def _select_first(self) -> bool:
        row = self._bridge.current_row()
        words = self._document.cues[row].words if row is not None else ()
        if row is None or not words:
            return False
        return self._select(row, word_at(words, self._session.playhead_ms) or words[0])

    def _word(self) -> Word | None:
        place = self._place()
        return None if place is None else self._document.cues[place[0]].words[place[1]]

    def _place(self) -> tuple[int, int] | None:
        """(row, index) of the word that is meant."""
        return self._selected() or self._at_caret()

    def _selected(self) -> tuple[int, int] | None:
        row, wanted = self._bridge.current_row(), self._bridge.word
        words = self._document.cues[row].words if row is not None else ()
        index = next((n for n, word in enumerate(words) if word.id == wanted), None)
        return None if row is None or index is None else (row, index)

    def _at_caret(self) -> tuple[int, int] | None:
        at = self.caret()
        row = self._document.row_of(at[0]) if at is not None else None
        if at is None or row is None:
            return None
        starts = _starts(self._document.cues[row])
        index = max((n for n, start in enumerate(starts) if start <= at[1]), default=None)
        return None if index is None else (row, index)

    def _offset_in(self, row: int, index: int) -> int:
        """How far into the word the caret stands; 0 where it is not inside."""
        at, cue = self.caret(), self._document.cues[row]
        if at is None or at[0] != cue.id:
            return 0
        inside = at[1] - _starts(cue)[index]
        return inside if 0 < inside < len(cue.words[index].text) else 0


def _starts(cue: Cue) -> list[int]:
    """Where each word begins in the cue's text."""
    starts, at = [], 0
    for word in cue.words:
        starts.append(at)
        at += len(word.text) + len(word.after)
    return starts
