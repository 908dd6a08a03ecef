"""Hashes of files: SHA-256, and git's object id, which the hub gives for small ones. Knows no model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

from core.progress import CancelToken

T = TypeVar("T")

_BLOCK_BYTES = 8 * 1024 * 1024
"""Large enough that hashing lets other threads run: hashlib gives up the lock for a block."""


class Digests:
    """SHA-256 of a file, and its object id as git makes it: SHA-1 over "blob SIZE", a zero byte, and the content."""

    def __init__(self, size_bytes: int) -> None:
        self._sha256 = hashlib.sha256()
        self._blob = hashlib.sha1(b"blob %d\0" % size_bytes, usedforsecurity=False)

    def add(self, block: bytes) -> None:
        """The next bytes."""
        self._sha256.update(block)
        self._blob.update(block)

    @property
    def sha256(self) -> str:
        """64 hex digits."""
        return self._sha256.hexdigest()

    @property
    def blob_id(self) -> str:
        """40 hex digits."""
        return self._blob.hexdigest()


def digest(path: Path, cancel: CancelToken, say: Callable[[int], T]) -> Generator[T, None, Digests]:
    """Read `path`: what `say` makes of the bytes read so far, at each block; its digests are what it returns.

    Raises:
        OSError: it cannot be read.
        Cancelled: the token was set.
    """
    made = Digests(path.stat().st_size)
    done = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            cancel.check()
            made.add(block)
            done += len(block)
            yield say(done)
    return made
