"""A media file's identity: the same for a copy or a renamed file, another for changed sound. Knows no formats.

Results, peaks and recovery are found by it again.
"""

from __future__ import annotations

import hashlib
import os

from core.errors import FileUnreadable
from core.media.files import file_name, plain_cause, read_head

_PART_BYTES = 1 << 20


def media_id(path: str | os.PathLike[str]) -> str:
    """Size in bytes and SHA-256 of the first, middle and last MiB, as "<size>-<64 hex digits>".

    Reads at most 3 MiB, however long the file. A change between the three parts that keeps the size goes unseen.

    Raises:
        FileMissing, FileEmpty, FileUnreadable: it cannot be read.
    """
    digest = hashlib.sha256(read_head(path, _PART_BYTES))
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            for start in ((size - _PART_BYTES) // 2, size - _PART_BYTES):
                file.seek(max(0, start))
                digest.update(file.read(_PART_BYTES))
    except OSError as error:
        raise FileUnreadable(file=file_name(path), cause=plain_cause(error)) from error
    return f"{size}-{digest.hexdigest()}"
