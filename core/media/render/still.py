"""Cues as they will stand on the picture at one moment: drawn by the renderer that burns them in, and nothing else.

One small run of ffmpeg on a see-through picture. Knows no film: who shows it has the film's picture already.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from core.media.render.program import output

_CUES = "cues.ass"


def draw_cues(ass: str, ms: int, width: int, height: int) -> bytes:
    """What libass draws at `ms`: rows of red, green, blue, alpha (colours multiplied by alpha), top row first.

    Args:
        ass: an ASS file's text. width, height: of the picture, in pixels.

    Raises:
        CannotRender: ffmpeg failed.
    """
    with tempfile.TemporaryDirectory(prefix="cuesmith-") as folder:
        Path(folder, _CUES).write_text(ass, encoding="utf-8")
        at_s = f"{ms / 1000:.3f}"
        draw = f"color=c=black@0:s={width}x{height}:r=1:d=1,format=rgba,setpts=PTS+{at_s}/TB,ass={_CUES}:alpha=1"
        arguments = ["-f", "lavfi", "-i", draw, "-frames:v", "1", "-pix_fmt", "rgba", "-f", "rawvideo", "pipe:1"]
        return output(arguments, Path(folder), b"", "the preview")
