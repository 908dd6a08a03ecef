"""Where the next frame is, and what to ask a backend for to see a certain one. Pure: knows no player."""

from __future__ import annotations

from core.media.info import MediaInfo
from core.timecode import frame_at_ms, ms_of_frame

SOUND_STEP_MS = 40
"""A "frame" where there is no picture."""

FrameUs = tuple[int, int]
"""When a frame begins and ends, in µs of the film; (0, 0) = not known."""


def stepped_ms(info: MediaInfo | None, now_ms: int, shown_us: FrameUs, by: int) -> int:
    """Where the frame `by` frames after the one at `now_ms` is shown; `shown_us` is the frame on the screen.

    Where frames stand for different times, the frame on the screen says where its neighbours are.
    """
    if info is None or info.frame_rate is None:
        return now_ms + by * SOUND_STEP_MS
    if info.variable_rate and abs(by) == 1 and shown_us[1] > 0:
        return shown_us[1] // 1000 + 1 if by > 0 else max(0, (shown_us[0] - 1) // 1000)
    return ms_of_frame(max(0, frame_at_ms(now_ms, info.frame_rate) + by), info.frame_rate)


def inside_frame_ms(info: MediaInfo | None, ms: int) -> int:
    """A place just inside the frame that begins at `ms`: at the very edge the backend shows the frame before."""
    rate = info.frame_rate if info is not None else None
    return ms + 1 if rate is not None and ms_of_frame(frame_at_ms(ms, rate), rate) == ms else ms
