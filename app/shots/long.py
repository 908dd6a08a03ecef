"""Long lines, a word wider than a line, a long file name, many findings."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from app.shots.cues import long_cues
from app.shots.stage import Stage

_NAME = "An interview with the last ferryman of the lower river, second day, camera B, sound mixed down (final 3).mp4"


def prepare(stage: Stage) -> None:
    """A copy of the film under a long name, and cues too long in every way."""
    folder = Path(tempfile.mkdtemp(dir=stage.home))
    stage.open(Path(shutil.copy(stage.file, folder / _NAME)))
    stage.show_cues(long_cues())
    stage.select(2)
