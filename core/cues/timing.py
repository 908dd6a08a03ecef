"""When a cue appears and goes, once its words are chosen. Knows no text but its reading time.

In: at the first word, or up to a frame before where edges lie on frames. Out: at the last word, later where reading or
the shortest duration ask for it, never nearer to the next cue than the style's gap; a gap that is short all the same is
closed. The words' own times rule: where they touch, so do the cues, because no word may lie outside its cue.
"""

from __future__ import annotations

from fractions import Fraction

from core.cues.styles import Style
from core.timecode import frame_at_ms, ms_of_frame


def in_ms(first_word_ms: int, earliest_ms: int, style: Style, frame_rate: Fraction | None) -> int:
    """When a cue appears: on the frame its first word begins in, unless that lies before `earliest_ms`.

    `earliest_ms` is the end of the last word of the cue before; 0 at the start.
    """
    if frame_rate is None or not style.frames_matter:
        return first_word_ms
    on_frame = ms_of_frame(frame_at_ms(first_word_ms, frame_rate), frame_rate)
    return on_frame if on_frame >= earliest_ms else first_word_ms


def out_ms(
    start_ms: int,
    last_word_ms: int,
    reading_ms: int,
    next_start_ms: int | None,
    style: Style,
    frame_rate: Fraction | None,
) -> int:
    """When a cue goes.

    Args:
        start_ms: when it appears.
        last_word_ms: when its last word ends; the cue never goes before.
        reading_ms: how long it takes to read.
        next_start_ms: when the next cue appears, None = none.
        style, frame_rate: limits, and the frames that edges lie on.
    """
    wanted_ms = min(start_ms + reading_ms, last_word_ms + style.lead_out_ms)
    wanted_ms = _onto_frame(max(wanted_ms, start_ms + style.min_duration_ms, last_word_ms), style, frame_rate)
    wanted_ms = min(wanted_ms, max(last_word_ms, _longest_ms(start_ms, style, frame_rate)))
    if next_start_ms is None:
        return wanted_ms
    latest_ms = max(last_word_ms, style.before_gap_ms(next_start_ms, frame_rate))
    near = next_start_ms - wanted_ms <= style.chain_ms and latest_ms - start_ms <= style.max_duration_ms
    return latest_ms if near or wanted_ms > latest_ms else wanted_ms


def _longest_ms(start_ms: int, style: Style, frame_rate: Fraction | None) -> int:
    """The latest a cue may go: its longest duration, on the frame before."""
    latest_ms = start_ms + style.max_duration_ms
    if frame_rate is None or not style.frames_matter:
        return latest_ms
    return ms_of_frame(frame_at_ms(latest_ms, frame_rate), frame_rate)


def _onto_frame(ms: int, style: Style, frame_rate: Fraction | None) -> int:
    """The first frame edge at or after `ms`."""
    if frame_rate is None or not style.frames_matter:
        return ms
    frame = frame_at_ms(ms, frame_rate)
    edge_ms = ms_of_frame(frame, frame_rate)
    return edge_ms if edge_ms == ms else ms_of_frame(frame + 1, frame_rate)
