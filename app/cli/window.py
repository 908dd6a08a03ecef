"""Opens the window. The only command-line file that leads to Qt, and only when it is asked to."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from app.cli import streams
from app.cli.runner import EXIT_FAILED, EXIT_INPUT

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def open_window(files: Sequence[str]) -> int:
    """Open the window with `files`; returns the exit code."""
    streams.prepare()
    if not all(file.strip() for file in files):
        return _refused("the name of a file is empty. See cuesmith --help.", EXIT_INPUT)
    if files and files[0].isidentifier() and not os.path.exists(files[0]):
        return _refused(f"there is neither a command nor a file “{files[0]}”. See cuesmith --help.", EXIT_INPUT)
    unknown = [file for file in files if file.startswith("-")]
    if unknown:
        return _refused(f"there is no option {unknown[0]}. See cuesmith --help.", EXIT_INPUT)
    if not _has_screen():
        return _refused("there is no screen here to open the window on. See cuesmith --help for commands.", EXIT_FAILED)
    try:
        application = importlib.import_module("app.application")
    except ImportError as error:
        return _refused(f"the window cannot be opened ({error}). See cuesmith doctor for what is missing.", EXIT_FAILED)
    code: int = application.run(list(files))
    return code


def _has_screen() -> bool:
    """Whether Qt would find one; without, it ends the whole process by itself and says so in its own way."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in _SCREENS)


def _refused(why: str, code: int) -> int:
    print(f"cuesmith: {why}", file=sys.stderr)
    return code
