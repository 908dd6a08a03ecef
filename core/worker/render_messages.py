"""What is said while films are made: to and from the media child. Part of `messages`, which names them all.

Knows no transport and no behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.media.render.wish import Wish
from core.subtitles.protocol import Subtitles


@dataclass(frozen=True, slots=True)
class RenderFilm:
    """Make a film of a film and its cues: `MediaNotice` about fonts, `RenderProgress`.

    What stood under its name stays until it is whole. `wish.cues_file` holds `Subtitles` as JSON (`core.codec`).
    """

    job_id: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class DrawCues:
    """Cues as they will stand on the picture at `ms`, on a see-through picture of this size in pixels: `CuesDrawn`."""

    job_id: str
    subtitles: Subtitles
    ms: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RenderProgress:
    """The film is made up to `done_ms` of `total_ms`."""

    job_id: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class CuesDrawn:
    """`width` × `height` pixels of 4 bytes in `file`, which who reads it deletes.

    Red, green, blue, alpha, the colours multiplied by alpha, top row first.
    """

    job_id: str
    file: str
    width: int
    height: int


RenderRequest = RenderFilm | DrawCues
RenderReply = RenderProgress | CuesDrawn
