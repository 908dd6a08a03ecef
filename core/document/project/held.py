"""Whose a project's file is, and whether its name still stands for it. Knows nothing of what is in it."""

from __future__ import annotations

import os
from pathlib import Path

from core.document.owner import Owner
from core.errors import CannotWrite, ProjectInUse


def own(path: Path) -> Owner:
    """Hold `path` for this window.

    Raises:
        ProjectInUse: another one does.
        CannotWrite: the folder cannot be written.
    """
    owner = Owner(path)
    try:
        taken = owner.take()
    except OSError as error:
        raise CannotWrite(file=str(path), cause=error.strerror or str(error)) from error
    if not taken:
        raise ProjectInUse(file=str(path))
    return owner


def real(path: Path) -> Path:
    """The file that `path` names, absolute; a link is followed.

    SQLite keeps its log beside the file: beside the link it would not be found, and a lock there would hold nothing.
    """
    path = path.absolute()
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another that takes its name later; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def same_file(one: Path, other: Path) -> bool:
    """Whether both names stand for one file that is there."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
