"""Starts processes under fire quickly: all is imported once, each life is a fork of that. `process FOLDER`.

A line with a seed on stdin begins a life; stdout carries `telling`'s lines, `["life", pid]` before and `["over", code]`
behind them, the code negative for a signal. Nothing of Qt runs before the fork, and the children that a life spawns
import this module alone.
"""

from __future__ import annotations

import faulthandler
import importlib
import os
import sys
from pathlib import Path
from typing import Final

IMPORTED_LATE: Final = ("app.editor.page", "core.media.peak_cache", "core.recognition.registry", "core.worker.client")
"""What a window imports when it is first needed."""


def serve(folder: Path) -> None:
    """Begin a life for each seed, one at a time."""
    from app.whole_errors import with_whole_errors
    from tests.app.storm.telling import say
    from tests.app.storm.user import live

    for module in IMPORTED_LATE:
        importlib.import_module(module)
    while seed := _line():
        pid = os.fork()
        if pid == 0:
            faulthandler.enable()  # where a life ends by itself, stderr says where
            with_whole_errors(lambda seed=seed: live(folder, int(seed)))
        say("life", pid)
        _, status = os.waitpid(pid, 0)
        say("over", os.waitstatus_to_exitcode(status))


def _line() -> bytes:
    """The next line of stdin, b"" at its end; nothing is read ahead, because a life inherits what was."""
    line = b""
    while (letter := os.read(0, 1)) not in (b"", b"\n"):
        line += letter
    return line


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
