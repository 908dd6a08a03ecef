"""Measures the timeline: how long a picture takes after a scroll, a zoom and a step of a drag, and what it holds.

A frame is from the viewport's change to the complete picture, wave tiles included, drawn by the widget's own code into
an image of 1600 × 220. Three hours of made-up film; everything comes from the seed. The film is `bench_film`'s.
"""

from __future__ import annotations

import math
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import psutil
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.theme.scheme import Choice, Theme
from app.timeline.bench_film import DURATION_MS, film, spectrum_on_disk
from app.timeline.hit import Hit, Part
from app.timeline.layout import Lane
from app.timeline.model import PlainModel, Spectrum
from app.timeline.tools import Pointer, tool
from app.timeline.view import TimelineView
from app.timeline.viewport import Viewport

WIDTH_PX, HEIGHT_PX = 1600, 220

_DRAG_SHARE = 0.1
_SETTLED_SHARE = 0.1
"""After so much of the steps every cache is as full as it gets."""

_LOOK_AT_MEMORY_EVERY = 50

Clock = Callable[[], float]
Pixels = npt.NDArray[np.uint32]


def measure(
    cues: int = 3000,
    words: int = 30_000,
    spectrogram: bool = False,
    steps: int = 2000,
    seed: int = 20261120,
    clock: Clock = time.perf_counter,
) -> dict[str, Any]:
    """Draw `steps` seeded steps of scroll and zoom, and a tenth as many of a drag.

    Args:
        cues, words: how many lie in the three hours.
        spectrogram: draw it instead of the wave.
        clock: seconds; `time.process_time` gives the process's CPU time instead of wall time.

    Returns:
        {"scroll_ms": {"median", "p95", "max"}, "zoom_ms": …, "drag_ms": …, "blank_share", "memory_mib"}; blank_share
        is the share of columns whose sound should show and did not; memory_mib is resident memory after a tenth of the
        steps ("early"), at the end ("late"), and at most by how much it grew between ("growth").
    """
    with tempfile.TemporaryDirectory() as folder:
        spectrum = spectrum_on_disk(Path(folder), seed) if spectrogram else None
        session = _Session(film(cues, words, random.Random(seed), spectrum=spectrum), clock)
        return _measured(session, steps, random.Random(seed + 1))


def _measured(session: _Session, steps: int, shuffle: random.Random) -> dict[str, Any]:
    times: dict[str, list[float]] = {"scroll_ms": [], "zoom_ms": [], "drag_ms": []}
    held: list[float] = []
    for number, (kind, view) in enumerate(_journey(session.view.state.view, steps, shuffle)):
        times[kind].append(session.look(view))
        if number >= steps * _SETTLED_SHARE and number % _LOOK_AT_MEMORY_EVERY == 0:
            held.append(_resident_mib())
    times["drag_ms"] = list(session.drag(max(1, round(steps * _DRAG_SHARE)), shuffle))
    held.append(_resident_mib())
    session.close()
    memory = {"early": held[0], "late": held[-1], "growth": round(max(held) - held[0], 1)}
    shares = {kind: _summary(values) for kind, values in times.items()}
    return {**shares, "blank_share": session.blank_share, "memory_mib": memory}


class _Session:
    """A widget that is on no screen, and the image it is drawn into."""

    def __init__(self, model: PlainModel, clock: Clock) -> None:
        self._clock = clock
        self._model = model
        self.view = TimelineView(Theme(_application(), Choice.DARK))
        self.view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.view.resize(WIDTH_PX, HEIGHT_PX)
        self.view.show()  # a hidden widget hears of its size only when it is shown
        self.view.set_model(model)
        self.view.set_playhead(DURATION_MS)
        self.view.editRequested.connect(self._apply)
        self._image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_ARGB32_Premultiplied)
        self._expected = self._blank = 0
        self._draw()

    @property
    def blank_share(self) -> float:
        """Share of columns, over all frames, whose sound should have shown and did not."""
        return self._blank / max(1, self._expected)

    def close(self) -> None:
        """Let the widget go."""
        self.view.close()
        self.view.deleteLater()

    def look(self, view: Viewport) -> float:
        """Show a stretch of time; how long the picture took in ms."""
        began = self._clock()
        self.view.look_at(view)
        self._draw()
        took_ms = (self._clock() - began) * 1000
        self._count_blank()
        return took_ms

    def drag(self, steps: int, shuffle: random.Random) -> Iterator[float]:
        """Drag the ends of cues, 20 steps each, through the real tool and document."""
        for _ in range(math.ceil(steps / 20)):
            self._go_to_a_cue(shuffle)
            yield from self._drag_one(min(20, steps), shuffle)

    def _go_to_a_cue(self, shuffle: random.Random) -> None:
        cue = shuffle.choice(self.view.state.document.cues)
        scale = math.exp(shuffle.uniform(math.log(20), math.log(400)))
        self.view.look_at(replace(self.view.state.view, ms_per_px=1000 / scale).centred_on(cue.start_ms))
        self.view.set_selection((cue.id,))
        self._draw()

    def _drag_one(self, steps: int, shuffle: random.Random) -> Iterator[float]:
        state, hand = self.view.state, tool("select")
        cue = state.selected_cue()
        assert cue is not None
        at = Pointer(cue.end_ms, state.view.ms_per_px, Lane.CUES, Hit(cue.id, Part.END))
        self.view.carry_out(hand.press(at, state.facts()))
        for _ in range(steps):
            at = replace(at, ms=at.ms + round(shuffle.uniform(-12, 12) * at.ms_per_px))
            began = self._clock()
            self.view.carry_out(hand.move(at, state.facts()))
            self._draw()
            yield (self._clock() - began) * 1000
        self.view.carry_out(hand.release(at, state.facts()))

    def _apply(self, edit: Any) -> None:
        self._model = replace(self._model, document=self._model.document.apply(edit))
        self.view.state.model = self._model
        self.view.refresh()

    def _draw(self) -> None:
        painter = QPainter(self._image)
        self.view.draw(painter, QRect(0, 0, WIDTH_PX, HEIGHT_PX))
        painter.end()

    def _count_blank(self) -> None:
        if self._model.spectrum is not None:
            self._count_blank_spectrum(self._model.spectrum)
            return
        state, peaks = self.view.state, self._model.peaks
        assert peaks is not None
        first = round(state.view.start_ms / state.view.ms_per_px)
        columns = peaks.columns(first * state.view.ms_per_px, state.view.ms_per_px, state.view.width_px)
        sounding = columns[:, 1].astype(np.int16) - columns[:, 0] > 8
        band, gutter = state.layout.sound, state.layout.gutter_px
        pixels = _pixels_of(self._image)[band.top : band.bottom - 8, gutter : gutter + state.view.width_px]
        inks = [np.uint32(QColor(state.tokens.colour(token)).rgba()) for token in ("wave", "waverms")]
        shown = ((pixels == inks[0]) | (pixels == inks[1])).any(axis=0)
        self._expected += int(sounding.sum())
        self._blank += int((sounding & ~shown).sum())

    def _count_blank_spectrum(self, spectrum: Spectrum) -> None:
        """The made-up noise is loud everywhere: a column that is all ground is missing."""
        state = self.view.state
        columns = spectrum.columns(state.view.start_ms, state.view.ms_per_px, state.view.width_px)
        band, gutter = state.layout.sound, state.layout.gutter_px
        pixels = _pixels_of(self._image)[band.top + 8 : band.bottom - 12, gutter : gutter + state.view.width_px]
        grounds = [np.uint32(QColor(colour).rgba()) for colour in (state.tokens.canvas, state.scene(1.0).inks.tint)]
        ground = (pixels == grounds[0]) | (pixels == grounds[1])
        sounding = columns.max(axis=1) > 0
        self._expected += int(sounding.sum())
        self._blank += int((sounding & ground.all(axis=0)).sum())


def _application() -> QApplication:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(["cuesmith"])


def _journey(view: Viewport, steps: int, shuffle: random.Random) -> Iterator[tuple[str, Viewport]]:
    """Steps as a hand makes them: runs of scrolling, runs of zooming about a point, now and then a jump."""
    done, kind = 0, "zoom_ms"
    while done < steps:
        if shuffle.random() < 0.15:
            view = view.centred_on(shuffle.uniform(0, DURATION_MS))
        kind = "zoom_ms" if kind == "scroll_ms" else "scroll_ms"
        direction, about_px = shuffle.choice((-1, 1)), shuffle.uniform(0, view.width_px)
        for _ in range(min(shuffle.randint(10, 20), steps - done)):
            before = view
            if kind == "scroll_ms":
                view = view.scrolled(direction * shuffle.uniform(20, 300))
            else:
                view = view.zoomed_about(about_px, shuffle.uniform(1.1, 1.6) ** direction)
            if view == before:
                direction = -direction  # at an end of the film or of the scale: turn round
            yield kind, view
            done += 1


def _summary(times_ms: list[float]) -> dict[str, float]:
    values = np.array(times_ms)
    return {
        "median": round(float(np.median(values)), 3),
        "p95": round(float(np.percentile(values, 95)), 3),
        "max": round(float(values.max()), 3),
    }


def _pixels_of(image: QImage) -> Pixels:
    flat = np.frombuffer(image.constBits(), np.uint32)
    return flat.reshape(image.height(), image.bytesPerLine() // 4)


def _resident_mib() -> float:
    return round(psutil.Process().memory_info().rss / 2**20, 1)
