"""Where a region of timed text puts its lines, as a place of the number pad. Knows ttconv's regions and no cues.

Only the row is told, top, middle or bottom: files put every line at some column, and players centre what has none. The
row is that third of the picture the middle of the text comes to lie in, two lines of text taken for granted.
"""

from __future__ import annotations

from typing import Any

from ttconv.style_properties import DisplayAlignType, LengthType, PositionType, StyleProperties

from core.subtitles.places import settings_for

_BOTTOM, _MIDDLE, _TOP = 2, 5, 8
_HALF_TEXT = 7.0
"""Percent of the picture's height that half of two lines take."""
_THIRD, _TWO_THIRDS = 100 / 3, 200 / 3


def place_in(region: Any, document: Any) -> dict[str, str]:
    """A cue's settings for where this region stands; {} at the bottom, and where the file does not say.

    Args:
        region: of ttconv's model, or None.
        document: the model, for how many pixels its picture has.
    """
    centre = None if region is None else _centre(region, document)
    if centre is None:
        return {}
    return settings_for(_TOP if centre < _THIRD else _MIDDLE if centre < _TWO_THIRDS else _BOTTOM)


def _centre(region: Any, document: Any) -> float | None:
    """Percent of the picture's height at which the text's middle lies; None = not said."""
    align = region.get_style(StyleProperties.DisplayAlign)
    extent, origin = region.get_style(StyleProperties.Extent), region.get_style(StyleProperties.Origin)
    position = region.get_style(StyleProperties.Position)
    if align is None and origin is None and position is None:
        return None
    height = 100.0 if extent is None else _percent(extent.height, document)
    if height is None:
        return None
    top = _top(origin, position, height, document)
    if top is None:
        return None
    if align is DisplayAlignType.after:
        return top + height - _HALF_TEXT
    return top + height / 2 if align is DisplayAlignType.center else top + _HALF_TEXT


def _top(origin: Any, position: PositionType | None, height: float, document: Any) -> float | None:
    if origin is not None:
        return _percent(origin.y, document)
    if position is None:
        return 0.0
    offset = _percent(position.v_offset, document)
    if offset is None:
        return None
    if position.v_offset.units is LengthType.Units.pct:  # as CSS has it: so much of the room that is left
        offset = offset * (100 - height) / 100
    return offset if position.v_edge is PositionType.VEdge.top else 100 - height - offset


def _percent(length: LengthType, document: Any) -> float | None:
    """Of the picture's height; None for units that depend on a font or on its width."""
    value, units = float(length.value), length.units
    if units in (LengthType.Units.pct, LengthType.Units.rh):
        return value
    if units is not LengthType.Units.px or document.get_px_resolution() is None:
        return None
    return value * 100 / float(document.get_px_resolution().height)
