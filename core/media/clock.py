"""The media's clock: time 0 is where the container starts. Turns a track's time stamps into positions. Knows no sound.

Zero is the container's start time, the earliest of its streams (a transport stream may begin at 1.4 s, or after ten
hours). Where that is negative or unknown, zero is stamp 0: stamps below zero are an encoder's lead-in, which is never
heard or seen.
"""

from __future__ import annotations

from fractions import Fraction

import av.container

US_PER_S = 1_000_000


def origin_us(container: av.container.InputContainer) -> int:
    """The stamp of the container that is time 0 on the media's clock, in µs."""
    return max(0, container.start_time or 0)


def position_of(stamp: int, time_base: Fraction, zero_us: int, rate: int) -> int:
    """Sample position of a time stamp at `rate` samples a second, rounded half up; negative before time 0."""
    numerator = (stamp * time_base.numerator * US_PER_S - zero_us * time_base.denominator) * rate
    denominator = time_base.denominator * US_PER_S
    return (2 * numerator + denominator) // (2 * denominator)


def ms_of(stamp: int, time_base: Fraction, zero_us: int) -> int:
    """A time stamp as ms on the media's clock."""
    return position_of(stamp, time_base, zero_us, 1000)


def stamp_of_ms(ms: int, time_base: Fraction, zero_us: int) -> int:
    """The stamp at or before `ms` of the media's clock."""
    return (ms * 1000 + zero_us) * time_base.denominator // (time_base.numerator * US_PER_S)
