"""What stands beside a model's files: which model it is, where it came from, and the hash of each file. A small JSON.

Knows no network. A folder without one is a model all the same; it can then be checked only against the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.codec import DecodeError, decode, encode
from core.files import write_atomically

NAME = "cuesmith-model.json"
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was when it came: its size and SHA-256."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Where a model came from.

    Attributes:
        model_id: of the catalogue; "" = none of it.
        revision: of the repository; "" where it was imported.
        source: host or folder.
        files: all of them.
        notes: differences to what was expected, for `doctor`.
    """

    model_id: str
    revision: str
    source: str
    files: tuple[KeptFile, ...]
    notes: tuple[str, ...] = ()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put it beside the files.

    Raises:
        WriteError: it cannot be written.
    """
    write_atomically(folder / NAME, encode(manifest) + b"\n", overwrite=True)


def read_manifest(folder: Path) -> Manifest | None:
    """What stands beside the files; None where nothing readable does."""
    try:
        with (folder / NAME).open("rb") as file:
            return decode(file.read(_MOST_BYTES), Manifest)
    except (OSError, DecodeError):
        return None
