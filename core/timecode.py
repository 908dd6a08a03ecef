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


def ms_at_rate(ms: int, old: Fraction, new: Fraction) -> int:
    """Where `ms` of a film at `old` frames a second stands when the same frames are shown at `new`; never falls.

    A time on a frame's edge comes to stand on that frame's edge, so that going there and back gives it again.

    >>> ms_at_rate(40_000, Fraction(25), Fraction(24000, 1001))
    41709
    """
    frame = frame_at_ms(ms, old)
    if ms_of_frame(frame, old) == ms:
        return ms_of_frame(frame, new)
    factor = old / new
    return -(-ms * factor.numerator // factor.denominator)


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


# ── timecode: the names of frames ────────────────────────────────────────────────────────────────

_TIMECODE = re.compile(r"(\d{1,4}):(\d{2}):(\d{2})([:;.,])(\d{2,3})", re.ASCII)


def timecode_base(rate: Fraction) -> int:
    """Frames a timecode counts to a second: 24 at 23.976, 30 at 29.97."""
    return -(-rate.numerator // rate.denominator)


def drops_frames(rate: Fraction) -> bool:
    """Whether drop-frame timecode exists at this rate: 29.97 and its multiples (SMPTE ST 12-1)."""
    return timecode_base(rate) % 30 == 0 and rate == Fraction(timecode_base(rate) * 1000, 1001)


def nearest_frame(ms: int, rate: Fraction) -> int:
    """Number of the frame whose edge is nearest to `ms`; an edge that was set on a frame gives that frame."""
    return frame_at_ms(snap_to_frame(ms, rate), rate)


def format_timecode(frame: int, rate: Fraction, *, drop: bool = False) -> str:
    """The name of frame number `frame` (0 = 00:00:00:00). `drop` parts the frames with “;” and skips names.

    Drop frame leaves out the first 2 names (4 at 59.94) of each minute but every tenth, so that names keep up with
    the clock. Hours grow past 23.

    Raises:
        ValueError: a frame below zero, or drop frame at a rate that has none.

    >>> format_timecode(1800, Fraction(30000, 1001), drop=True), format_timecode(1800, Fraction(30000, 1001))
    ('00:01:00;02', '00:01:00:00')
    """
    if frame < 0:
        raise ValueError(f"no timecode for frame {frame}")
    base = timecode_base(rate)
    name = frame + _names_dropped(frame, rate) if drop else frame
    seconds, frames = divmod(name, base)
    minutes, seconds = divmod(seconds, 60)
    width = 3 if base > 100 else 2
    mark = ";" if drop else ":"
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}{mark}{frames:0{width}d}"


def parse_timecode(text: str, rate: Fraction) -> int:
    """The frame a timecode names; “;”, “.” or “,” before the frames means drop frame.

    Raises:
        ValueError: no timecode, a name that does not exist, or drop frame at a rate that has none.

    >>> parse_timecode("00:01:00;02", Fraction(30000, 1001)), parse_timecode("01:00:00:00", Fraction(25))
    (1800, 90000)
    """
    match = _TIMECODE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a timecode: {text!r}")
    hours, minutes, seconds, frames = (int(match[group]) for group in (1, 2, 3, 5))
    base = timecode_base(rate)
    if minutes > 59 or seconds > 59 or frames >= base:
        raise ValueError(f"not a timecode at {base} frames a second: {text!r}")
    name = (hours * 3600 + minutes * 60 + seconds) * base + frames
    if match[4] == ":":
        return name
    dropped = _dropped_a_minute(rate)
    if minutes % 10 and seconds == 0 and frames < dropped:
        raise ValueError(f"drop frame has no {text!r}")
    full_minutes = hours * 60 + minutes
    return name - dropped * (full_minutes - full_minutes // 10)


def timecode_of_ms(ms: int, rate: Fraction, *, drop: bool = False) -> int:
    """The frame that is called by the time of day `ms`: 3,600,000 is the frame 01:00:00:00, whatever the rate.

    A start timecode is such a name and no length of time: at 29.97 without drop frame, 01:00:00:00 comes 3.6 s late.
    """
    base = timecode_base(rate)
    seconds, fraction = divmod(ms, 1000)
    name = seconds * base + fraction * base // 1000
    if not drop:
        return name
    minutes = seconds // 60
    dropped = _dropped_a_minute(rate)
    first = name % (60 * base)
    missing = max(0, dropped - first) if minutes % 10 else 0
    return name + missing - dropped * (minutes - minutes // 10)


def hour_of_timecode_ms(rate: Fraction, *, drop: bool = False) -> Fraction:
    """How long an hour by timecode really lasts: 3.6 s more at 29.97 without drop frame.

    Raises:
        ValueError: drop frame at a rate that has none.

    >>> hour_of_timecode_ms(Fraction(30000, 1001)), hour_of_timecode_ms(Fraction(25))
    (Fraction(3603600, 1), Fraction(3600000, 1))
    """
    frames = 3600 * timecode_base(rate) - (54 * _dropped_a_minute(rate) if drop else 0)
    return 1000 * frames / rate


def _dropped_a_minute(rate: Fraction) -> int:
    if not drops_frames(rate):
        raise ValueError(f"there is no drop-frame timecode at {rate} frames a second")
    return timecode_base(rate) // 15


def _names_dropped(frame: int, rate: Fraction) -> int:
    """How many names were left out before the name of `frame`."""
    dropped = _dropped_a_minute(rate)
    minute = timecode_base(rate) * 60 - dropped
    tens, rest = divmod(frame, minute * 10 + dropped)
    # The first minute of ten drops nothing and so is longer.
    return dropped * (9 * tens + max(0, (rest - dropped) // minute))
