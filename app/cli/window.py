"""Opens the window. The only command-line file that leads to Qt, and only when it is asked to."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence

from app.cli.runner import EXIT_INPUT


def open_window(files: Sequence[str]) -> int:
    """Open the window with `files`; returns the exit code."""
    unknown = [file for file in files if file.startswith("-")]
    if unknown:
        print(f"cuesmith: there is no option {unknown[0]}. See cuesmith --help.", file=sys.stderr)
        return EXIT_INPUT
    if importlib.util.find_spec("app.application") is None:
        print("cuesmith: this version has no window yet. See cuesmith --help for the commands.", file=sys.stderr)
        return EXIT_INPUT
    code: int = importlib.import_module("app.application").run(list(files))
    return code
