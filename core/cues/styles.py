"""Delivery styles: what a client, a broadcaster or a platform asks of subtitles, as data. Knows no words and no cues.

A style is an entry in `STYLES`; own ones, made from these, stand in `core.cues.own_styles`. Builder, checks, table and
text box read the same entry, so what is built to a style is judged by it.

Netflix: Timed Text Style Guide, general requirements and the language pages; the reading speeds a language are second
hand, from Subtitle Edit's quality controller. BBC: Subtitle Guidelines 1.2.5.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction

from core.cues import netflix
from core.errors import UnknownStyle
from core.timecode import frame_at_ms, ms_of_frame, timecode_base

ASSUMED_RATE = Fraction(24)
"""Frames a second where the media has no picture: the rate Netflix's frame counts are given for."""


class Counting(enum.StrEnum):
    """How a line's characters are counted.

    NARROW: a Latin letter is 1, a full-width character takes the room of 2.
    WIDE: a full-width character is 1; Latin letters, spaces and half-width punctuation are ½
    (Korean, Chinese, Japanese).
    """

    NARROW = "narrow"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Style:
    """What cues are built to and checked against.

    Attributes:
        id: as on the command line, e.g. "netflix-en".
        name: for people.
        languages: codes it is made for; () = any.
        max_line_chars: characters a line may have, counted by `counting`.
        max_lines: lines a cue may have.
        max_cps: characters a second that can be read, spaces included; 0 = not asked.
        max_wpm: words a minute that can be read; 0 = not asked.
        min_duration_ms, max_duration_ms: how long a cue stands.
        min_gap_frames: frames that must part two cues, at any rate.
        chain_ms: a gap up to this is closed to `min_gap_frames`; longer ones stay as they are.
        lead_out_ms: how far past the last sound a cue may stand so that it can be read.
        counting: how characters are counted.
        frames_matter: whether edges are set on frames where the frame rate is known.
        italics: whether words may stand in italics.
    """

    id: str
    name: str
    languages: tuple[str, ...] = ()
    max_line_chars: int = 42
    max_lines: int = 2
    max_cps: int = 17
    max_wpm: int = 0
    min_duration_ms: int = 833
    max_duration_ms: int = 7000
    min_gap_frames: int = 2
    chain_ms: int = 500
    lead_out_ms: int = 500
    counting: Counting = Counting.NARROW
    frames_matter: bool = True
    italics: bool = True

    @property
    def columns_per_char(self) -> int:
        """Columns (`core.cues.measure.columns`) that make one character of this style."""
        return 2 if self.counting is Counting.WIDE else 1

    @property
    def max_line_columns(self) -> int:
        """Columns a line may have."""
        return self.max_line_chars * self.columns_per_char

    def frame_ms(self, frame_rate: Fraction | None) -> int:
        """Ms that an edge may move to lie on a frame: a frame's length rounded up, 0 where edges lie anywhere."""
        return -int(-1000 // frame_rate) if frame_rate is not None and self.frames_matter else 0

    def longest_ms(self, frame_rate: Fraction | None) -> int:
        """`max_duration_ms` as timecode counts it where edges lie on frames: seven seconds at 23.976 last 7007 ms."""
        if frame_rate is None or not self.frames_matter:
            return self.max_duration_ms
        return int(self.max_duration_ms * timecode_base(frame_rate) / frame_rate)

    def min_gap_ms(self, frame_rate: Fraction | None = None) -> int:
        """Ms of the least gap between two cues at `frame_rate` (24 where None), rounded down to whole ms."""
        rate = frame_rate if frame_rate is not None else ASSUMED_RATE
        return int(1000 * self.min_gap_frames / rate)

    def before_gap_ms(self, next_start_ms: int, frame_rate: Fraction | None = None) -> int:
        """The latest ms at which a cue may end when the next one starts at `next_start_ms`.

        With a frame rate the answer lies on a frame, `min_gap_frames` before the one the next cue starts on.
        """
        if frame_rate is None or not self.frames_matter:
            return next_start_ms - self.min_gap_ms(frame_rate)
        return ms_of_frame(frame_at_ms(next_start_ms, frame_rate) - self.min_gap_frames, frame_rate)


def _netflix(row: netflix.Row) -> Style:
    counting = Counting.WIDE if row.full_width else Counting.NARROW
    return Style(
        f"netflix-{row.language}",
        f"Netflix {row.name}",
        languages=(row.language,),
        max_line_chars=row.line_chars,
        max_cps=row.cps,
        counting=counting,
        italics=row.language not in netflix.NO_ITALICS,
    )


# The BBC asks for 160-180 words a minute and for no gap, or one of at least a second: shorter ones are closed. It names
# no shortest and longest time beside 0.3 s a word: one second and the usual seven are ours.
_BBC = Style(
    "bbc",
    "BBC",
    max_line_chars=37,
    max_cps=0,
    max_wpm=180,
    min_duration_ms=1000,
    min_gap_frames=0,
    chain_ms=999,
    lead_out_ms=800,
)

# EBU-TT-D carries what teletext carried: 37 columns. Reading speed and gaps are ours, by what public broadcasters ask.
_EBU = Style("ebu", "EBU (teletext width)", max_line_chars=37, max_cps=15, min_duration_ms=1000, chain_ms=500)

_PLAIN = Style(
    "plain",
    "Plain (YouTube and the web)",
    max_cps=20,
    min_gap_frames=0,
    chain_ms=300,
    frames_matter=False,
)

# One short line in the middle of an upright film: many cues, none of which waits for the eye.
_SHORT = Style(
    "short",
    "Short form, one line",
    max_line_chars=22,
    max_lines=1,
    max_cps=0,
    min_duration_ms=400,
    max_duration_ms=3000,
    min_gap_frames=0,
    chain_ms=800,
    lead_out_ms=300,
    frames_matter=False,
)

_KARAOKE = Style(
    "karaoke",
    "Karaoke, one line",
    max_line_chars=40,
    max_lines=1,
    max_cps=0,
    min_duration_ms=500,
    max_duration_ms=12_000,
    min_gap_frames=0,
    chain_ms=0,
    lead_out_ms=300,
    frames_matter=False,
)

STYLES: dict[str, Style] = {
    entry.id: entry for entry in (*map(_netflix, netflix.ROWS), _BBC, _EBU, _PLAIN, _SHORT, _KARAOKE)
}
"""Every style by id, in the order shown to people."""


def style(style_id: str, language: str = "") -> Style:
    """The style of this id that comes with the program; "netflix" alone means Netflix's rules for `language`.

    Raises:
        UnknownStyle: no such style.
    """
    if style_id == "netflix":
        return default_for(language)
    found = STYLES.get(style_id)
    if found is None:
        raise UnknownStyle(style=style_id, known=", ".join(STYLES))
    return found


def default_for(language: str) -> Style:
    """The style for a language nobody chose one for: Netflix's, and the English one where the language is unknown."""
    return STYLES.get(f"netflix-{language}", STYLES["netflix-en"])
