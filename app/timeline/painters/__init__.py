"""What draws the lanes, one lane a file. Knows no widget and no events.

Each painter gets a `QPainter` whose x = 0 is the left edge of the lanes, and a `Scene`; it keeps caches and no truth.

Order: ground, speech, selection, wave tiles, blocks, overlays, playhead.
"""

from app.timeline.painters.picture import Picture

__all__ = ["Picture"]
