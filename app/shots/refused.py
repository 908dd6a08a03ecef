"""A playlist under the name of a film: it is not opened, and the window says why."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Open it from the first page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.mp4"
        path.write_text("#EXTM3U\nfile:///etc/passwd\n", encoding="utf-8")
        stage.program.begin([str(path)])
        stage.wait(lambda: "media.refused" in stage.codes(), "the message")
