"""Tinted icons as files, because a style sheet takes drawings only by path. Knows no tokens and no widget.

They lie in a folder of their own that goes when the program ends.
"""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from importlib import resources
from pathlib import Path


@functools.cache
def icon_file(name: str, colour: str) -> str:
    """Path, with forward slashes, of the drawing tinted in `colour` ("#rrggbb").

    Raises:
        FileNotFoundError: there is no drawing of that name; a fault of ours.
    """
    drawing = (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    target = _folder() / f"{name}-{colour.lstrip('#')}.svg"
    target.write_text(drawing.replace("currentColor", colour), encoding="utf-8")
    return target.as_posix()


@functools.cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cuesmith-icons-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
