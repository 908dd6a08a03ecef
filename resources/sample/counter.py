"""The running frame number in the picture's corner: digits for people, a row of lamps for programs.

The lamps are the number in binary, highest bit first, so that a test can read from the pixels which frame it was given.
"""

from __future__ import annotations

from typing import Final

from resources.sample.canvas import Canvas, Colour, Point

LAMPS: Final = 12  # 4096 frames, nearly three minutes
DIGITS: Final = 4
_LEFT, TOP = 532, 306
_LAMP_PX, _LAMP_STEP_PX = 6, 8
_DIGIT_WIDTH, _DIGIT_HEIGHT, _STROKE = 13, 22, 3
_DIGIT_STEP_PX = 24
_PANEL: Colour = (6, 9, 20)
_LIT: Colour = (244, 236, 214)
_DARK: Colour = (30, 36, 56)

#   0
# 5   1    the seven strokes of a digit by number
#   6
# 4   2
#   3
_STROKES_OF = (
    {0, 1, 2, 3, 4, 5},
    {1, 2},
    {0, 1, 6, 4, 3},
    {0, 1, 6, 2, 3},
    {5, 6, 1, 2},
    {0, 5, 6, 2, 3},
    {0, 5, 4, 3, 2, 6},
    {0, 1, 2},
    {0, 1, 2, 3, 4, 5, 6},
    {6, 5, 0, 1, 2, 3},
)


def draw(canvas: Canvas, frame: int) -> None:
    """Paint the panel with `frame` (0 and up)."""
    canvas.box((_LEFT - 8, TOP - 8), (_LAMPS_WIDTH + 14, 50), _PANEL, 0.82)
    for place, digit in enumerate(f"{frame:0{DIGITS}d}"):
        _digit(canvas, int(digit), (_LEFT + 3 + place * _DIGIT_STEP_PX, TOP))
    for lamp in range(LAMPS):
        x, y = lamp_centre(lamp)
        lit = frame >> (LAMPS - 1 - lamp) & 1
        corner = (x - _LAMP_PX / 2, y - _LAMP_PX / 2)
        canvas.box(corner, (_LAMP_PX, _LAMP_PX), _LIT if lit else _DARK)


def lamp_centre(lamp: int) -> tuple[int, int]:
    """The pixel (x, y) in the middle of a lamp; 0 is the leftmost, the highest bit."""
    return _LEFT + _LAMP_PX // 2 + lamp * _LAMP_STEP_PX, TOP + 33


_LAMPS_WIDTH = LAMPS * _LAMP_STEP_PX


def _digit(canvas: Canvas, digit: int, corner: Point) -> None:
    x, y = corner
    middle = y + (_DIGIT_HEIGHT - _STROKE) / 2
    half = _DIGIT_HEIGHT / 2
    across, down = (_DIGIT_WIDTH, _STROKE), (_STROKE, half)
    right = x + _DIGIT_WIDTH - _STROKE
    strokes: tuple[tuple[Point, Point], ...] = (
        ((x, y), across),
        ((right, y), down),
        ((right, y + half), down),
        ((x, y + _DIGIT_HEIGHT - _STROKE), across),
        ((x, y + half), down),
        ((x, y), down),
        ((x, middle), across),
    )
    for number in _STROKES_OF[digit]:
        place, size = strokes[number]
        canvas.box(place, size, _LIT)
