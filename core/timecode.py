"""All arithmetic between milliseconds, samples, frames and their written forms. Knows no files and no windows.

Int milliseconds everywhere; a frame rate is a `Fraction` (24000/1001, 25, …). Frame n is shown from
ceil(1000·n·den/num) ms; an edge set on a frame gets that ms.
"""

from __future__ import annotations

import re
from fractions import Fraction

SAMPLE_RATE = 16_000
"""Samples a second of all sound inside the program."""

_SAMPLES_PER_MS = SAMPLE_RATE // 1000

_TIME = re.compile(r"^\s*(?:(\d+):)?(?:(\d{1,2}):)?(\d+)(?:[.,](\d{1,9}))?\s*(s|ms)?\s*$", re.ASCII)


def ms_from_samples(samples: int, sample_rate: int = SAMPLE_RATE) -> int:
    """Sample position to ms, rounded half up."""
    return (samples * 2000 + sample_rate) // (2 * sample_rate)


def samples_from_ms(ms: int, sample_rate: int = SAMPLE_RATE) -> int:
    """Ms to the sample that begins there."""
    return ms * sample_rate // 1000


def ms_of_frame(frame: int, rate: Fraction) -> int:
    """First whole ms at which frame number `frame` (0 = first) is shown."""
    return -(-1000 * frame * rate.denominator // rate.numerator)


def frame_at_ms(ms: int, rate: Fraction) -> int:
    """Number of the frame that is shown at `ms`; the inverse of `ms_of_frame`."""
    return ms * rate.numerator // (1000 * rate.denominator)


def snap_to_frame(ms: int, rate: Fraction) -> int:
    """The nearest frame edge to `ms`, as ms."""
    before = ms_of_frame(frame_at_ms(ms, rate), rate)
    after = ms_of_frame(frame_at_ms(ms, rate) + 1, rate)
    return before if ms - before <= after - ms else after


def format_ms(ms: int, *, mark: str = ".", hours: bool = True) -> str:
    """`ms` as HH:MM:SS.mmm (`mark` parts the fraction); hours grow past 99, negative times keep a sign.

    >>> format_ms(3_723_004), format_ms(61_500, mark=","), format_ms(61_500, hours=False)
    ('01:02:03.004', '00:01:01,500', '01:01.500')
    """
    sign, ms = ("-", -ms) if ms < 0 else ("", ms)
    seconds, fraction = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    full_hours, minutes = divmod(minutes, 60)
    head = f"{full_hours:02d}:" if hours or full_hours else ""
    return f"{sign}{head}{minutes:02d}:{seconds:02d}{mark}{fraction:03d}"


def parse_ms(text: str) -> int:
    """A time a person wrote, to ms: "83.5", "1:23.5", "01:01:23,500", "90s", "250ms".

    Raises:
        ValueError: it is no time. A comma and a point both part the fraction, whatever the locale.

    >>> parse_ms("1:23.5"), parse_ms("250ms"), parse_ms("01:00:00")
    (83500, 250, 3600000)
    """
    match = _TIME.match(text)
    if match is None:
        raise ValueError(f"not a time: {text!r}")
    first, second, last, fraction, unit = match.groups()
    if unit == "ms":
        if first or fraction:
            raise ValueError(f"not a time: {text!r}")
        return int(last)
    # With one colon the regular expression fills the first group, which then holds minutes.
    hours, minutes = (int(first), int(second)) if second is not None else (0, int(first or 0))
    if (first and int(last) > 59) or (second is not None and minutes > 59):
        raise ValueError(f"not a time: {text!r}")
    thousandths = int((fraction or "").ljust(3, "0")[:3] or 0)
    return (hours * 3600 + minutes * 60 + int(last)) * 1000 + thousandths


_NTSC = {"23.976": 24, "23.98": 24, "29.97": 30, "47.95": 48, "59.94": 60, "119.88": 120}


def parse_frame_rate(text: str) -> Fraction:
    """A frame rate a person wrote: "25", "24000/1001"; the usual NTSC decimals mean their exact fractions.

    Raises:
        ValueError: it is none between 1 and 1000.

    >>> parse_frame_rate("29.97"), parse_frame_rate("25")
    (Fraction(30000, 1001), Fraction(25, 1))
    """
    wanted = text.strip().replace(",", ".")
    try:
        rate = Fraction(_NTSC[wanted] * 1000, 1001) if wanted in _NTSC else Fraction(wanted)
    except ZeroDivisionError as error:
        raise ValueError(f"not a frame rate: {text!r}") from error
    if not 1 <= rate <= 1000:
        raise ValueError(f"not a frame rate: {text!r}")
    return rate
