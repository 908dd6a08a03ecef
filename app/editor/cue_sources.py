"""Where cues come from: a file of their own, an earlier run, files beside the film. Reads the disk; knows no window."""

from __future__ import annotations

from pathlib import Path

from app.editor import beside, works
from core.document.project.recoveries import Unnamed
from core.media.info import MediaInfo
from core.subtitles.protocol import Subtitles


def read_cues(path: Path) -> Subtitles:
    """The cues of a file; its readers are imported when the first one is read, not when the window opens.

    Raises:
        CuesmithError: as `core.subtitles.files.read_file`.
    """
    from core.subtitles.files import read_file

    return read_file(path)


def cues_for(info: MediaInfo) -> tuple[Unnamed | None, tuple[Path, ...]]:
    """What an earlier run made of this film, or None, and the subtitle files that lie beside it."""
    earlier = next((one for one in works.offered() if one.media == info.path), None)
    return earlier, beside.subtitles_beside(Path(info.path))
