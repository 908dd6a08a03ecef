"""Copies a folder of large files, a block at a time, forced to disk at the end of each. Knows no model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from core.errors import FileUnreadable
from core.files import write_error
from core.progress import CancelToken

_BLOCK_BYTES = 8 * 1024 * 1024


def copied(source: Path, target: Path, cancel: CancelToken, *, names: tuple[str, ...] = ()) -> Iterator[int]:
    """Copy `source` to `target`: bytes done, at each block. Links are followed, so that a hub's snapshot becomes files.

    Args:
        names: only these files of it; () = all, folders inside included.

    Raises:
        FileUnreadable: a file of the source cannot be read.
        WriteError: the copy cannot be written.
        Cancelled: the token was set.
    """
    files = [source / name for name in names] if names else [one for one in source.rglob("*") if one.is_file()]
    done = 0
    for file in files:
        for step in _copied_file(file, target / file.relative_to(source), cancel):
            done += step
            yield done


def _copied_file(source: Path, target: Path, cancel: CancelToken) -> Iterator[int]:
    try:
        reader = source.open("rb")
    except OSError as error:
        raise FileUnreadable(file=source.name, cause=error.strerror or str(error)) from error
    with reader:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as writer:
                while block := _block(reader, source):
                    cancel.check()
                    writer.write(block)
                    yield len(block)
                writer.flush()
                os.fsync(writer.fileno())
        except OSError as error:
            raise write_error(target, error) from error


def _block(reader: IO[bytes], source: Path) -> bytes:
    try:
        return reader.read(_BLOCK_BYTES)
    except OSError as error:
        raise FileUnreadable(file=source.name, cause=error.strerror or str(error)) from error
