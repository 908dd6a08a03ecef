"""Where the ruler's ticks stand and what they say. Pure arithmetic: knows no Qt and no painter.

Labels stand at least 80 px apart, at steps of 1, 2 or 5 (seconds and minutes also 15 and 30), past 400 px/s on
frames where the media has a picture.
"""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass
from fractions import Fraction

from app.timeline.viewport import Viewport
from core.timecode import frame_at_ms, ms_of_frame

LABEL_GAP_PX = 80
FRAMES_FROM_PX_PER_S = 400.0

_SECOND_MS = 1000
_MINUTE_MS = 60_000
_HOUR_MS = 3_600_000

_STEPS_MS = (
    *(1, 2, 5, 10, 20, 50, 100, 200, 500),
    *(n * _SECOND_MS for n in (1, 2, 5, 10, 15, 30)),
    *(n * _MINUTE_MS for n in (1, 2, 5, 10, 15, 30)),
    *(n * _HOUR_MS for n in (1, 2, 5, 10, 20, 50)),
)

_PARTS_BY_LEAD = {1: 5, 2: 4, 3: 3, 5: 5, 6: 6}
"""Into how many parts small ticks divide a step, by the step's leading figure (15 → 3 by the rule below)."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the ruler.

    Attributes:
        ms: its time.
        label: what it says, or "" for a small tick.
    """

    ms: int
    label: str


def ticks(view: Viewport, frame_rate: Fraction | None = None) -> tuple[Tick, ...]:
    """The ticks of a view in order of time, one label's width to the left included."""
    first_ms = max(0.0, view.start_ms - LABEL_GAP_PX * view.ms_per_px)
    last_ms = min(view.end_ms, float(view.duration_ms))
    if frame_rate is not None and view.px_per_s > FRAMES_FROM_PX_PER_S:
        return _frame_ticks(first_ms, last_ms, view.ms_per_px, frame_rate)
    step_ms = step_for(view.ms_per_px)
    small_ms = _small_step(step_ms)
    count = range(math.floor(first_ms / small_ms), math.floor(last_ms / small_ms) + 1)
    return tuple(_tick(number * small_ms, step_ms) for number in count)


def step_for(ms_per_px: float) -> int:
    """Ms between labels at this scale: the smallest step whose labels stand far enough apart."""
    index = bisect.bisect_left(_STEPS_MS, LABEL_GAP_PX * ms_per_px)
    return _STEPS_MS[min(index, len(_STEPS_MS) - 1)]


def label_of(ms: int, step_ms: int) -> str:
    """A tick's time as MM:SS, H:MM:SS from the first hour on, with as many decimals as the step needs."""
    seconds, rest_ms = divmod(ms, _SECOND_MS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"
    if step_ms % 1000 == 0:
        return text
    decimals = 1 if step_ms % 100 == 0 else 2 if step_ms % 10 == 0 else 3
    return f"{text}.{rest_ms:03d}"[: len(text) + 1 + decimals]


def _small_step(step_ms: int) -> int:
    lead = int(str(step_ms if step_ms < _SECOND_MS else _in_its_unit(step_ms))[0])
    parts = 3 if _in_its_unit(step_ms) in (15, 30) else _PARTS_BY_LEAD[lead]
    return step_ms // parts if step_ms % parts == 0 else step_ms


def _in_its_unit(step_ms: int) -> int:
    for unit_ms in (_HOUR_MS, _MINUTE_MS, _SECOND_MS):
        if step_ms >= unit_ms:
            return step_ms // unit_ms
    return step_ms


def _tick(ms: int, step_ms: int) -> Tick:
    return Tick(ms, label_of(ms, step_ms) if ms % step_ms == 0 else "")


def _frame_ticks(first_ms: float, last_ms: float, ms_per_px: float, rate: Fraction) -> tuple[Tick, ...]:
    """A small tick on every frame, labels MM:SS:FF at a divisor of the frames in a second, counted in each second."""
    step = _frame_step(ms_per_px, rate)
    found: list[Tick] = []
    for second in range(int(first_ms) // _SECOND_MS, int(last_ms) // _SECOND_MS + 1):
        first_frame, next_frame = _first_frame_of(second, rate), _first_frame_of(second + 1, rate)
        for frame in range(first_frame, next_frame):
            ms = ms_of_frame(frame, rate)
            if first_ms <= ms <= last_ms:
                inside = frame - first_frame
                has_label = inside % step == 0 and next_frame - frame >= step
                found.append(Tick(ms, f"{label_of(second * _SECOND_MS, _SECOND_MS)}:{inside:02d}" if has_label else ""))
    return tuple(found)


def _first_frame_of(second: int, rate: Fraction) -> int:
    frame = frame_at_ms(second * _SECOND_MS, rate)
    return frame if ms_of_frame(frame, rate) >= second * _SECOND_MS else frame + 1


def _frame_step(ms_per_px: float, rate: Fraction) -> int:
    """Frames between labels: the smallest divisor of the nominal rate that keeps them far enough apart."""
    nominal = max(1, round(rate))
    least = LABEL_GAP_PX * ms_per_px * float(rate) / _SECOND_MS
    return next((n for n in range(1, nominal + 1) if nominal % n == 0 and n >= least), nominal)
