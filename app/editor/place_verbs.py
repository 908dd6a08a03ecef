"""Where a person goes in the film: around a cue, to its edges, to shots, to bookmarks, to a time. Knows no widget."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from app.editor.play_verbs import Plays
from app.editor.session import Session
from core.document import edits
from core.document.document import Bookmark

AROUND_MS = 500
"""How much is played before, after, at the beginning and at the end of a cue: Aegisub's."""

_SAME_PLACE_MS = 40


class PlaceVerbs:
    """Play around the cue, go to places, mark them.

    Attributes:
        ask_time: asks the person for a time and goes there; set by the window.
    """

    def __init__(self, session: Session, player: Plays) -> None:
        self._session, self._player = session, player
        self._bridge = session.bridge
        self.ask_time: Callable[[], object] = lambda: None

    # ── playing ──────────────────────────────────────────────────────────────────────────────────

    def play_before(self) -> None:
        """The half second before the cue."""
        cue = self._bridge.current_cue()
        if cue is not None:
            self._play(cue.start_ms - AROUND_MS, cue.start_ms)

    def play_after(self) -> None:
        """The half second after the cue."""
        cue = self._bridge.current_cue()
        if cue is not None:
            self._play(cue.end_ms, cue.end_ms + AROUND_MS)

    def play_first(self) -> None:
        """The cue's first half second."""
        cue = self._bridge.current_cue()
        if cue is not None:
            self._play(cue.start_ms, min(cue.end_ms, cue.start_ms + AROUND_MS))

    def play_last(self) -> None:
        """The cue's last half second."""
        cue = self._bridge.current_cue()
        if cue is not None:
            self._play(max(cue.start_ms, cue.end_ms - AROUND_MS), cue.end_ms)

    def play_on(self) -> None:
        """From the cue's start to the end of the film."""
        cue = self._bridge.current_cue()
        if cue is not None:
            self._play(cue.start_ms, self._session.duration_ms)

    def repeat_cue(self) -> None:
        """The cue, again and again; again ends it."""
        cue = self._bridge.current_cue()
        if self._player.looping and self._player.playing:
            self._player.set_looping(False)
            self._player.toggle()
        elif cue is not None:
            self._player.set_looping(True)
            self._play(cue.start_ms, cue.end_ms)

    def stop(self) -> None:
        """Stand."""
        if self._player.playing:
            self._player.toggle()

    # ── going ────────────────────────────────────────────────────────────────────────────────────

    def to_start(self) -> None:
        """To the cue's start."""
        cue = self._bridge.current_cue()
        if cue is not None:
            self._session.seek(cue.start_ms)

    def to_end(self) -> None:
        """To the cue's end."""
        cue = self._bridge.current_cue()
        if cue is not None:
            self._session.seek(cue.end_ms)

    def to_shot(self, by: int) -> None:
        """To the next (+1) or previous (-1) shot change."""
        self._go_along(self._session.shots_ms, by)

    def go_to_time(self) -> None:
        """To a time that is asked for."""
        self.ask_time()

    # ── bookmarks ────────────────────────────────────────────────────────────────────────────────

    def toggle_bookmark(self) -> bool:
        """Mark the playhead's place, or take the mark there away."""
        marks, at_ms = self._bridge.document.bookmarks, self._session.playhead_ms
        kept = tuple(mark for mark in marks if abs(mark.ms - at_ms) > _SAME_PLACE_MS)
        if len(kept) == len(marks):
            kept = tuple(sorted((*marks, Bookmark(at_ms)), key=lambda mark: mark.ms))
        label = "Set bookmark" if len(kept) > len(marks) else "Remove bookmark"
        return self._bridge.apply(edits.set_field(self._bridge.document, "bookmarks", kept, label=label))

    def to_bookmark(self, by: int) -> None:
        """To the next (+1) or previous (-1) bookmark."""
        self._go_along([mark.ms for mark in self._bridge.document.bookmarks], by)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _play(self, start_ms: int, end_ms: int) -> None:
        self._player.play_range(max(0, start_ms), min(end_ms, self._session.duration_ms or end_ms))

    def _go_along(self, places_ms: Sequence[int], by: int) -> None:
        at_ms = self._session.playhead_ms
        place = bisect_right(places_ms, at_ms) if by > 0 else bisect_left(places_ms, at_ms) - 1
        if 0 <= place < len(places_ms):
            self._session.seek(places_ms[place])
