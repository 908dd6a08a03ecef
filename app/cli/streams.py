"""stdout and stderr: every letter can be written there, and what is not taken any more is known. Knows no command."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from core.errors import CannotWrite

_NO_LETTERS = "backslashreplace"
"""A name in a file system may hold bytes that are no letters: they are shown, also as JSON, and are no failure."""


def prepare() -> None:
    """Files and pipes get UTF-8 in every locale; a terminal gets its own letters and a “?” for those it has not."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors=_NO_LETTERS)


def put(text: str) -> None:
    """Write a file's whole `text` to stdout: UTF-8 with plain line ends.

    Raises:
        BrokenPipeError: nobody reads it any more.
        CannotWrite: it could not be written, as on a full disk.
    """
    sys.stdout.reconfigure(encoding="utf-8", errors=_NO_LETTERS, newline="\n")  # type: ignore[union-attr]
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _leave(sys.stdout)
        raise refused(error) from error


def finish() -> OSError | None:
    """Write what is still held back; why stdout does not take it, if it does not.

    Python's own attempt at exit, which would say so in its own way and end with 120, then finds nothing to do.
    """
    _flush(sys.stderr)
    return _flush(sys.stdout)


def refused(error: OSError) -> CannotWrite:
    """`error` of stdout as one of ours."""
    return CannotWrite(file="stdout", cause=error.strerror or str(error))


def _flush(stream: TextIO | None) -> OSError | None:
    if stream is None:  # the program was started without one
        return None
    try:
        stream.flush()
    except OSError as error:
        _leave(stream)
        return error
    return None


def _leave(stream: TextIO) -> None:
    """What is held back, and all that follows, goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
