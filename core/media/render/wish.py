"""What is to be made of a film and its cues: plain data for every process. Knows no ffmpeg."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path


class Kind(enum.StrEnum):
    """What is made.

    BURNED: cues are part of the picture. TRACK: the film as it is, with the cues as a track one can turn off.
    OVERLAY: the cues alone on a see-through picture, to lay over the film in an editing program.
    """

    BURNED = "burned"
    TRACK = "track"
    OVERLAY = "overlay"


SUFFIXES: dict[Kind, tuple[str, ...]] = {
    Kind.BURNED: (".mp4", ".mkv", ".mov"),
    Kind.TRACK: (".mkv", ".mp4", ".m4v", ".mov"),
    Kind.OVERLAY: (".mov",),
}
"""Endings of what each may be written to, the first one preferred; ".mp4" carries no look in a track."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One film to be made.

    Attributes:
        film: the film's path. target: what is written; its ending says the container.
        cues_file: the cues as ASS, in a file of our own making.
        language: of the cues, a code, for the track's tag; "" = not said.
        overwrite: `target` may be replaced.
    """

    kind: Kind
    film: str
    target: str
    cues_file: str
    language: str = ""
    overwrite: bool = False

    @property
    def suffix(self) -> str:
        """Ending of the target, with dot, in small letters."""
        return Path(self.target).suffix.lower()
