"""Times of many cues by a rule: stretch, another frame rate, lead in and out, close gaps. Knows no sound and no style.

Edges move outward only as far as the next cue leaves room; cues that overlap already are left alone there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit, Replace
from core.document.edits.cue_times import Clock, all_by, placed
from core.document.edits.rows import replaced_each, valid_rows
from core.timecode import ms_at_rate


def stretch(document: Document, rows: Iterable[int], *, start_ms: int, end_ms: int, merge_key: str = "") -> Edit | None:
    """Map the time of these cues so that the first starts at `start_ms` and the last ends at `end_ms`.

    None where they have no length, or would have none, or would start before 0.
    """
    chosen = valid_rows(document, rows)
    if not chosen:
        return None
    first_ms = min(document.cues[row].start_ms for row in chosen)
    length_ms = max(document.cues[row].end_ms for row in chosen) - first_ms
    if length_ms <= 0 or end_ms <= start_ms or start_ms < 0:
        return None
    factor = Fraction(end_ms - start_ms, length_ms)
    return _by_clock(
        document, chosen, lambda ms: start_ms + round((ms - first_ms) * factor), "Stretch times", merge_key
    )


def convert_frame_rate(document: Document, rows: Iterable[int], old: Fraction, new: Fraction) -> Edit | None:
    """Move cues made for a film at `old` frames a second to the same frames at `new`.

    An edge on a frame comes to stand on that frame's ms. A document without a film takes the new rate for its own,
    where all of its cues are converted.
    """
    chosen = valid_rows(document, rows)
    edit = _by_clock(document, chosen, lambda ms: ms_at_rate(ms, old, new), "Convert frame rate")
    if edit is None or document.media is not None or len(chosen) < len(document.cues) or document.frame_rate == new:
        return edit
    return replace(edit, changes=(*edit.changes, Replace("frame_rate", document.frame_rate, new)))


def lead_in(document: Document, rows: Iterable[int], by_ms: int, *, gap_ms: int = 0) -> Edit | None:
    """Start cues earlier by `by_ms`, `gap_ms` behind the cue before at most; below 0 = later, not into the words."""
    chosen = valid_rows(document, rows)
    return replaced_each(document, {row: _led_in(document, row, by_ms, gap_ms) for row in chosen}, "Lead in")


def lead_out(document: Document, rows: Iterable[int], by_ms: int, *, gap_ms: int = 0) -> Edit | None:
    """End cues later by `by_ms`, `gap_ms` before the next at most; below 0 = earlier, not into the words."""
    chosen = valid_rows(document, rows)
    return replaced_each(document, {row: _led_out(document, row, by_ms, gap_ms) for row in chosen}, "Lead out")


def extend_to_next(document: Document, rows: Iterable[int], *, until: Clock = lambda ms: ms) -> Edit | None:
    """Let cues stand until the next; never shorter than now.

    Args:
        until: from when the next starts to when a cue before it may end: a style's gap, in whole frames.
    """
    chosen = [row for row in valid_rows(document, rows) if row + 1 < len(document.cues)]
    ends = {row: until(document.cues[row + 1].start_ms) for row in chosen}
    new = {row: _led_out(document, row, max(0, end_ms - document.cues[row].end_ms), 0) for row, end_ms in ends.items()}
    return replaced_each(document, new, "Extend to next")


def extend_to_previous(document: Document, rows: Iterable[int], *, gap_ms: int = 0) -> Edit | None:
    """Let cues start `gap_ms` behind the one before; never shorter than now."""
    chosen = [row for row in valid_rows(document, rows) if row > 0]
    ends = {row: _end_before(document, row) for row in chosen}
    new = {row: _led_in(document, row, max(0, document.cues[row].start_ms - ends[row]), gap_ms) for row in chosen}
    return replaced_each(document, new, "Extend to previous")


def _led_in(document: Document, row: int, by_ms: int, gap_ms: int) -> Cue:
    cue = document.cues[row]
    if by_ms < 0:
        latest_ms = cue.words[0].start_ms if cue.words else cue.end_ms
        return placed(cue, min(cue.start_ms - by_ms, latest_ms), cue.end_ms)
    earliest_ms = min(cue.start_ms, max(0, _end_before(document, row) + gap_ms))
    return placed(cue, max(cue.start_ms - by_ms, earliest_ms), cue.end_ms)


def _led_out(document: Document, row: int, by_ms: int, gap_ms: int) -> Cue:
    cue = document.cues[row]
    if by_ms < 0:
        earliest_ms = cue.words[-1].end_ms if cue.words else cue.start_ms
        return placed(cue, cue.start_ms, max(cue.end_ms + by_ms, earliest_ms))
    end_ms = cue.end_ms + by_ms
    if row + 1 < len(document.cues):
        end_ms = min(end_ms, document.cues[row + 1].start_ms - gap_ms)
    return placed(cue, cue.start_ms, max(cue.end_ms, end_ms))


def _end_before(document: Document, row: int) -> int:
    """Where the last of the cues ahead ends; the cue's own start where one reaches past it; minus infinity for none."""
    start_ms = document.cues[row].start_ms
    if row == 0:
        return -start_ms - 1
    return min(document.cues[row - 1].end_ms, start_ms)


def _by_clock(document: Document, rows: list[int], clock: Clock, label: str, merge_key: str = "") -> Edit | None:
    """Cues and words by another clock. The words' sources stay: the sound went along with the film."""
    new = dict(zip(rows, all_by([document.cues[row] for row in rows], clock), strict=True))
    return replaced_each(document, new, label, merge_key=merge_key)
