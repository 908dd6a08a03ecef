"""The picture of the sample film: a river by night, a boat that crosses it. Knows no sound; told when things happen.

Everything follows from the time alone and a fixed seed, so the same frame is drawn alike on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from resources.sample.canvas import Canvas, Colour, Pixels

WIDTH, HEIGHT = 640, 360
_HORIZON = 205
_LANTERN: Colour = (255, 190, 92)
_MOON: Colour = (246, 240, 220)
_HULL: Colour = (20, 15, 22)
_COAT: Colour = (30, 24, 34)
_DRESS: Colour = (112, 46, 56)
_SHORE: Colour = (12, 13, 24)
_FROM_X, _TO_X = 118.0, 506.0
_CROSSING_MS = 15_000
_WAVES = (  # y, height px, length px, speed px/s, colour, opacity
    (232, 2.0, 90.0, 14.0, (20, 30, 66), 0.55),
    (262, 3.0, 130.0, -20.0, (16, 24, 54), 0.6),
    (300, 4.0, 180.0, 30.0, (11, 17, 40), 0.7),
    (334, 5.0, 240.0, -38.0, (7, 11, 28), 0.75),
)


class Scene:
    """Draws the frame at a time. Events: arrives, boards, sails, light, lands (ms from the start)."""

    def __init__(self, events: Mapping[str, int]) -> None:
        self._events = events
        self._sky = _sky()
        random = np.random.default_rng(1909)
        self._stars = [
            (random.uniform(0, WIDTH), random.uniform(0, 150), random.uniform(0.5, 1.2), random.uniform(0, 6.28))
            for _ in range(70)
        ]

    def frame(self, at_ms: float) -> Canvas:
        """The picture at `at_ms`, without its counter."""
        canvas = Canvas(self._sky.copy())
        moon = (430.0 - at_ms * 0.0011, 78.0 - at_ms * 0.0004)
        self._draw_stars(canvas, at_ms)
        canvas.glow(moon, 120, (150, 150, 190), 0.5)
        canvas.disc(moon, 22, _MOON)
        canvas.disc((moon[0] - 6, moon[1] - 5), 5, (226, 219, 200), 0.7)
        canvas.disc((moon[0] + 8, moon[1] + 7), 4, (226, 219, 200), 0.7)
        _draw_far_shore(canvas, self._since("light", at_ms))
        _draw_water(canvas, at_ms, moon[0])
        _draw_landing(canvas, 0, 104)
        _draw_landing(canvas, 558, WIDTH)
        self._draw_boat(canvas, at_ms)
        return canvas

    def _since(self, event: str, at_ms: float, over_ms: float = 1_500) -> float:
        """0 before an event, rising smoothly to 1 within `over_ms` after it."""
        share = min(1.0, max(0.0, (at_ms - self._events[event]) / over_ms))
        return share * share * (3 - 2 * share)

    def _draw_stars(self, canvas: Canvas, at_ms: float) -> None:
        for x, y, radius, phase in self._stars:
            twinkle = 0.55 + 0.35 * float(np.sin(at_ms / 900 + phase))
            canvas.disc((x, y), radius, (226, 230, 246), twinkle * (1 - y / 190))

    def _draw_boat(self, canvas: Canvas, at_ms: float) -> None:
        x = _FROM_X + (_TO_X - _FROM_X) * self._since("sails", at_ms, _CROSSING_MS)
        y = 252 + 2.5 * float(np.sin(at_ms / 700))
        roll = 1.5 * float(np.sin(at_ms / 1_100))
        _draw_passenger(canvas, *self._passenger(at_ms, x, y))
        _draw_boatman(canvas, x - 26, y, roll)
        canvas.box((x + 32 + roll, y - 44), (2, 50), _HULL)
        lamp = (x + 33 + roll, y - 42)
        flicker = 0.75 + 0.06 * float(np.sin(at_ms / 130) * np.sin(at_ms / 310))
        canvas.glow(lamp, 62, _LANTERN, flicker)
        canvas.disc(lamp, 4, (255, 232, 180))
        hull = ((x - 52, y - 2 - roll), (x + 54, y - 2 + roll), (x + 38, y + 18), (x - 38, y + 18))
        canvas.polygon(hull, _HULL)
        canvas.box((x - 48, y + 2), (96, 2), (92, 60, 44), 0.8)
        canvas.glow((lamp[0], y + 44), 34, _LANTERN, 0.22)

    def _passenger(self, at_ms: float, boat_x: float, boat_y: float) -> tuple[float, float]:
        """Where she stands: she comes along the left landing, sits in the boat, leaves over the right landing."""
        x = -20 + 100 * self._since("arrives", at_ms, 5_000)
        ground = 238.0
        boarded = self._since("boards", at_ms, 2_500)
        x, ground = x + (boat_x + 8 - x) * boarded, ground + (boat_y - ground) * boarded
        landed = self._since("lands", at_ms, 3_500)
        return x + (600 - x) * landed, ground + (238 - ground) * landed


def _sky() -> Pixels:
    """Night above, the last of the evening at the horizon, water below; dithered so that it does not band."""
    stops = np.array([0, 110, _HORIZON, _HORIZON + 1, HEIGHT], np.float32)
    colours = np.array([[9, 14, 38], [32, 38, 84], [122, 84, 108], [54, 54, 92], [10, 14, 32]], np.float32)
    rows = np.arange(HEIGHT, dtype=np.float32)
    column = np.stack([np.interp(rows, stops, colours[:, channel]) for channel in range(3)], axis=-1)
    noise = np.random.default_rng(7).uniform(-0.7, 0.7, (HEIGHT, WIDTH, 1))
    return (column[:, None, :] + noise).astype(np.float32)


def _draw_far_shore(canvas: Canvas, light: float) -> None:
    x = np.arange(WIDTH, dtype=np.float32)[None, :]
    y = np.arange(HEIGHT, dtype=np.float32)[:, None]
    for base, height, length, colour in ((186, 16, 96.0, (58, 50, 84)), (197, 9, 47.0, (30, 30, 56))):
        edge = base - height * np.sin(x / length) * np.cos(x / (length * 0.37))
        canvas.mix(np.clip(y - edge, 0, 1) * (y <= _HORIZON), colour)
    canvas.glow((604, 196), 46, _LANTERN, 0.8 * light)
    canvas.box((600, 193), (7, 7), (255, 222, 150), light)


def _draw_water(canvas: Canvas, at_ms: float, moon_x: float) -> None:
    x = np.arange(WIDTH, dtype=np.float32)[None, :]
    y = np.arange(HEIGHT, dtype=np.float32)[:, None]
    depth = np.clip((y - _HORIZON) / (HEIGHT - _HORIZON), 0, 1)
    near = np.exp(-(((x - moon_x) / (14 + 70 * depth)) ** 2))
    glitter = np.sin(y * 1.1 / (0.35 + depth) + 1.6 * np.sin(x / 13 + at_ms / 620) + at_ms / 420)
    shine = near * np.clip(glitter * 1.6 - 0.3, 0, 1) * 0.5 * (y > _HORIZON)
    canvas.mix(shine.astype(np.float32), _MOON)
    for base, height, length, speed, colour, opacity in _WAVES:
        phase = 2 * np.pi * (x + speed * at_ms / 1000) / length
        edge = base + height * (np.sin(phase) + 0.4 * np.sin(2.3 * phase + 1))
        canvas.mix(np.clip(y - edge, 0, 1) * np.clip(1 - (y - edge) / 60, 0, 1) * opacity, colour)


def _draw_landing(canvas: Canvas, left: float, right: float) -> None:
    canvas.box((left, 238), (right - left, 6), _SHORE)
    for x in np.arange(left + 12, right, 36):
        canvas.box((float(x), 240), (5, 36), _SHORE)


def _draw_boatman(canvas: Canvas, x: float, y: float, roll: float) -> None:
    canvas.polygon(((x - 6, y - 34), (x + 6, y - 34), (x + 9, y), (x - 9, y)), _COAT)
    canvas.disc((x + roll, y - 39), 6, (126, 92, 78))
    canvas.box((x - 9 + roll, y - 45), (18, 3), _COAT)
    canvas.box((x - 5 + roll, y - 51), (10, 7), _COAT)
    canvas.polygon(((x + 8, y - 30), (x + 10, y - 30), (x - 26, y + 26), (x - 29, y + 26)), (52, 36, 34))


def _draw_passenger(canvas: Canvas, x: float, ground: float) -> None:
    canvas.polygon(((x - 4, ground - 28), (x + 4, ground - 28), (x + 9, ground), (x - 9, ground)), _DRESS)
    canvas.disc((x, ground - 32), 5, (176, 132, 110))
    canvas.disc((x - 1, ground - 35), 5, (40, 26, 26))
