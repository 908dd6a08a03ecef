"""What a person does to cues' times by key: edges by frames, leads, the rest shifted, shot changes. One edit each.

Knows no widget.
"""

from __future__ import annotations

import bisect

from app.editor.cue_verbs import frames_later
from app.editor.session import Session
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit

LEAD_IN_MS, LEAD_OUT_MS = 100, 350
"""Aegisub's."""

_SHOT_REACH_MS = 500
"""From how far away an edge goes to a shot change: Netflix's half a second (peers' limit for an out-time)."""


class TimeVerbs:
    """Re-time the current cue, or the selected ones."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bridge = session.bridge

    def start_and_shift_rest(self) -> bool:
        """The current cue starts at the playhead, and everything after it moves along."""
        row = self._bridge.current_row()
        at_ms = self._session.playhead_ms
        return row is not None and self._apply(edits.set_start_and_shift_rest(self._document, row, at_ms))

    def end_and_next(self) -> bool:
        """The current cue ends at the playhead; the next one becomes current."""
        row = self._bridge.current_row()
        if row is None:
            return False
        done = self._apply(edits.retime(self._document, row, end_ms=self._session.playhead_ms, neighbours=True))
        self._bridge.select_row(row + 1)
        return done

    def shift(self, by_ms: int) -> bool:
        """Move the selected cues; negative is earlier."""
        rows = self._bridge.selected_rows()
        return bool(rows) and self._apply(edits.shift(self._document, rows, by_ms, merge_key=f"nudge:{rows}"))

    def start_by_frames(self, frames: int) -> bool:
        """Move the current cue's start by frames."""
        row = self._bridge.current_row()
        if row is None:
            return False
        cue = self._document.cues[row]
        ms = frames_later(cue.start_ms, frames, self._document.frame_rate)
        return self._apply(edits.retime(self._document, row, start_ms=ms, merge_key=f"start:{cue.id}"))

    def end_by_frames(self, frames: int) -> bool:
        """Move the current cue's end by frames."""
        row = self._bridge.current_row()
        if row is None:
            return False
        cue = self._document.cues[row]
        ms = frames_later(cue.end_ms, frames, self._document.frame_rate)
        return self._apply(edits.retime(self._document, row, end_ms=ms, merge_key=f"end:{cue.id}"))

    def lead_in(self) -> bool:
        """The selected cues start 100 ms earlier, up to the style's gap."""
        rows, gap_ms = self._bridge.selected_rows(), self._gap_ms
        return self._apply(edits.lead_in(self._document, rows, LEAD_IN_MS, gap_ms=gap_ms))

    def lead_out(self) -> bool:
        """The selected cues end 350 ms later, up to the style's gap."""
        rows, gap_ms = self._bridge.selected_rows(), self._gap_ms
        return self._apply(edits.lead_out(self._document, rows, LEAD_OUT_MS, gap_ms=gap_ms))

    def to_shots(self) -> bool:
        """The current cue's edges go to the shot changes within half a second."""
        row = self._bridge.current_row()
        if row is None:
            return False
        cue = self._document.cues[row]
        start_ms, end_ms = (self._near_shot(ms) for ms in (cue.start_ms, cue.end_ms))
        if start_ms >= end_ms:
            return False
        return self._apply(edits.retime(self._document, row, start_ms=start_ms, end_ms=end_ms))

    @property
    def _document(self) -> Document:
        return self._bridge.document

    @property
    def _gap_ms(self) -> int:
        return self._session.style.min_gap_ms(self._document.frame_rate)

    def _apply(self, edit: Edit | None) -> bool:
        return self._bridge.apply(edit)

    def _near_shot(self, ms: int) -> int:
        """The nearest shot change, or `ms` where none is near."""
        shots = self._session.shots_ms
        place = bisect.bisect_left(shots, ms)
        near = [shot for shot in shots[max(0, place - 1) : place + 1] if abs(shot - ms) <= _SHOT_REACH_MS]
        return min(near, key=lambda shot: abs(shot - ms), default=ms)
