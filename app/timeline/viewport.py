"""Ms to pixels and back, zooming, scrolling, following. Pure arithmetic: knows no Qt, no document and no lanes."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST_PX_PER_S = 0.15
MOST_PX_PER_S = 2000.0

MOST_MS_PER_PX = 1000.0 / LEAST_PX_PER_S
LEAST_MS_PER_PX = 1000.0 / MOST_PX_PER_S

FOLLOW_SHARE = 0.9
"""The page turns when the playhead passes this share of the width."""

_PAGE_LEAD_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Viewport:
    """The stretch of time that is shown.

    Every value returned by a method is clamped: the scale to 0.15…2000 px/s, the start so that no time before 0 and
    none past the end shows (where the media is longer than the view).

    Attributes:
        start_ms: time at the left edge.
        ms_per_px: 0.5 … 6,667.
        width_px: width of the lanes, ≥ 1.
        duration_ms: length of the media, ≥ 0.
    """

    start_ms: float = 0.0
    ms_per_px: float = 10.0
    width_px: int = 1000
    duration_ms: int = 0

    @property
    def px_per_s(self) -> float:
        """Scale in pixels a second."""
        return 1000.0 / self.ms_per_px

    @property
    def span_ms(self) -> float:
        """How much time the width holds."""
        return self.width_px * self.ms_per_px

    @property
    def end_ms(self) -> float:
        """Time at the right edge."""
        return self.start_ms + self.span_ms

    def x_of(self, ms: float) -> float:
        """Pixel of a time, 0 = left edge of the lanes; may lie outside the view."""
        return (ms - self.start_ms) / self.ms_per_px

    def ms_at(self, px: float) -> float:
        """Time at a pixel, not clamped to the media."""
        return self.start_ms + px * self.ms_per_px

    def media_ms_at(self, px: float) -> int:
        """Whole ms of the media at a pixel, clamped to it."""
        return round(min(max(self.ms_at(px), 0.0), float(self.duration_ms)))

    def zoomed_about(self, px: float, factor: float) -> Viewport:
        """Zoomed in by `factor` (> 1) or out (< 1), the time at `px` staying where it is."""
        held_ms = self.ms_at(px)
        ms_per_px = _clamped(self.ms_per_px / factor, LEAST_MS_PER_PX, MOST_MS_PER_PX)
        return replace(self, start_ms=held_ms - px * ms_per_px, ms_per_px=ms_per_px).clamped()

    def scrolled(self, px: float) -> Viewport:
        """Moved by `px`; positive shows later time."""
        return replace(self, start_ms=self.start_ms + px * self.ms_per_px).clamped()

    def starting_at(self, ms: float) -> Viewport:
        """With `ms` at the left edge."""
        return replace(self, start_ms=ms).clamped()

    def centred_on(self, ms: float) -> Viewport:
        """With `ms` in the middle."""
        return self.starting_at(ms - self.span_ms / 2)

    def resized(self, width_px: int) -> Viewport:
        """For another width, the left edge staying."""
        return replace(self, width_px=max(1, width_px)).clamped()

    def lasting(self, duration_ms: int) -> Viewport:
        """For media of another length."""
        return replace(self, duration_ms=max(0, duration_ms)).clamped()

    def fitted(self, start_ms: float, end_ms: float) -> Viewport:
        """Zoomed so that start_ms…end_ms fills the width."""
        wanted = max(end_ms - start_ms, 1.0) / self.width_px
        ms_per_px = _clamped(wanted, LEAST_MS_PER_PX, MOST_MS_PER_PX)
        middle_ms = (start_ms + end_ms) / 2
        return replace(self, ms_per_px=ms_per_px).centred_on(middle_ms)

    def following(self, playhead_ms: float) -> Viewport:
        """The page turned when the playhead has passed 90 % of the width or left the view; else unchanged.

        The new page begins a tenth of its width before the playhead, so that what was just heard stays in sight.
        """
        if 0 <= self.x_of(playhead_ms) <= self.width_px * FOLLOW_SHARE:
            return self
        return self.starting_at(playhead_ms - self.span_ms * _PAGE_LEAD_SHARE)

    def revealing(self, start_ms: float, end_ms: float) -> Viewport:
        """Moved no further than needed to show start_ms…end_ms; its start, where it is longer than the view."""
        margin_ms = self.span_ms * 0.04
        if start_ms >= self.start_ms and end_ms <= self.end_ms:
            return self
        if start_ms < self.start_ms or end_ms - start_ms > self.span_ms - 2 * margin_ms:
            return self.starting_at(start_ms - margin_ms)
        return self.starting_at(end_ms + margin_ms - self.span_ms)

    def clamped(self) -> Viewport:
        """Within the limits of scale and time."""
        ms_per_px = _clamped(self.ms_per_px, LEAST_MS_PER_PX, MOST_MS_PER_PX)
        last_start_ms = max(0.0, self.duration_ms - self.width_px * ms_per_px)
        return replace(self, ms_per_px=ms_per_px, start_ms=_clamped(self.start_ms, 0.0, last_start_ms))


def _clamped(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)
