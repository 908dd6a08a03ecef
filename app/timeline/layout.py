"""Where the lanes lie, by density and font size. Pure arithmetic: knows no Qt, no time and no document."""

from __future__ import annotations

import enum
import itertools
from dataclasses import dataclass

GUTTER_PX = 84


class Lane(enum.StrEnum):
    """The lanes from the top."""

    RULER = "ruler"
    SOUND = "sound"
    CUES = "cues"
    NEW_TIMES = "new_times"
    WORDS = "words"
    OVERVIEW = "overview"


class Density(enum.StrEnum):
    """How high lanes are; compact where the window is under 760 px high."""

    COMPACT = "compact"
    NORMAL = "normal"
    TALL = "tall"


@dataclass(frozen=True, slots=True)
class _Heights:
    ruler: int
    sound: int
    cues: int
    words: int
    overview: int
    new_times: int
    cue_inset: int
    word_inset: int
    cue_lines: int


_HEIGHTS = {
    Density.COMPACT: _Heights(20, 48, 34, 30, 20, 26, cue_inset=3, word_inset=3, cue_lines=1),
    Density.NORMAL: _Heights(24, 64, 56, 44, 28, 36, cue_inset=5, word_inset=7, cue_lines=2),
    Density.TALL: _Heights(24, 96, 72, 56, 28, 40, cue_inset=5, word_inset=7, cue_lines=2),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A lane's vertical place in pixels of the widget."""

    top: int
    height: int

    @property
    def bottom(self) -> int:
        """One past the last row."""
        return self.top + self.height

    def inset(self, px: int) -> Band:
        """The band without `px` above and below."""
        return Band(self.top + px, max(1, self.height - 2 * px))


@dataclass(frozen=True, slots=True)
class Layout:
    """The lanes of one widget.

    Attributes:
        gutter_px: width of the labels at the left; the lanes begin behind it.
        width_px, height_px: of the whole widget.
        new_times: under the cues; without height while there are none to review.
        cue_blocks, new_time_blocks, word_blocks: what blocks fill of their lanes.
        cue_lines: lines of text in a cue block.
    """

    gutter_px: int
    width_px: int
    height_px: int
    ruler: Band
    sound: Band
    cues: Band
    new_times: Band
    words: Band
    overview: Band
    cue_blocks: Band
    new_time_blocks: Band
    word_blocks: Band
    cue_lines: int

    @property
    def lanes_width_px(self) -> int:
        """Width behind the gutter, at least 1."""
        return max(1, self.width_px - self.gutter_px)

    def band(self, lane: Lane) -> Band:
        """The band of a lane."""
        bands = {
            Lane.RULER: self.ruler,
            Lane.SOUND: self.sound,
            Lane.CUES: self.cues,
            Lane.NEW_TIMES: self.new_times,
            Lane.WORDS: self.words,
            Lane.OVERVIEW: self.overview,
        }
        return bands[lane]

    def lane_at(self, y: float) -> Lane:
        """The lane at a height; above the first the first, below the last the last."""
        for lane in Lane:
            if y < self.band(lane).bottom:
                return lane
        return Lane.OVERVIEW


def laid_out(
    width_px: int,
    height_px: int,
    density: Density = Density.NORMAL,
    *,
    growth: float = 1.0,
    gutter_px: int = GUTTER_PX,
    new_times: bool = False,
) -> Layout:
    """Lanes for a widget of this size; the sound lane takes the height that is left, at least its own.

    Args:
        growth: line height of the body font over that of the pictures (1.0 = 10 pt at 96 dpi); lanes never shrink.
        gutter_px: widest label + 16 where that is more than 84.
        new_times: whether there is a lane for new times of cues.
    """
    heights = _HEIGHTS[density]
    scale = max(1.0, growth)
    ruler, cues, words, overview = (
        round(h * scale) for h in (heights.ruler, heights.cues, heights.words, heights.overview)
    )
    proposed = round(heights.new_times * scale) if new_times else 0
    sound = max(heights.sound, height_px - ruler - cues - proposed - words - overview)
    tops = [0, *itertools.accumulate((ruler, sound, cues, proposed, words))]
    cue_band, new_band, word_band = Band(tops[2], cues), Band(tops[3], proposed), Band(tops[4], words)
    return Layout(
        gutter_px=max(GUTTER_PX, gutter_px),
        width_px=width_px,
        height_px=height_px,
        ruler=Band(tops[0], ruler),
        sound=Band(tops[1], sound),
        cues=cue_band,
        new_times=new_band,
        words=word_band,
        overview=Band(tops[5], overview),
        cue_blocks=cue_band.inset(heights.cue_inset),
        new_time_blocks=new_band.inset(heights.cue_inset) if proposed else new_band,
        word_blocks=word_band.inset(heights.word_inset),
        cue_lines=heights.cue_lines,
    )


def least_height_px(density: Density, *, growth: float = 1.0, new_times: bool = False) -> int:
    """Height below which the lanes would be cut."""
    return laid_out(1, 0, density, growth=growth, new_times=new_times).overview.bottom
