"""Which part of the program uses how much disk, and how much each cache may. Knows names and sizes, no contents.

What can be made again is a cache: it has a limit, and what was used longest ago goes first. What a person made
(recoveries, recordings) and what they fetched (models) has none and is never deleted from here.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from core import paths
from core.settings import Settings

_DEFAULT_BYTES = Settings().peaks_cache_bytes
_RESTED_S = 3_600
"""A file that somebody used within the hour is in use, for all this room knows."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of files.

    Attributes:
        id: for callers; title: in English, a few words; what: one sentence.
        limit_bytes: None = not bounded, for a person made or chose it.
        setting: name of the setting that says another limit; "" = there is none.
    """

    id: str
    title: str
    what: str
    folder: Callable[[], Path]
    limit_bytes: int | None = None
    setting: str = ""

    def limited_by(self, settings: Settings) -> Part:
        """This part with the limit a person set."""
        return replace(self, limit_bytes=getattr(settings, self.setting)) if self.setting else self


@dataclass(frozen=True, slots=True)
class Use:
    """How much a part holds now, in bytes and files, and what is free on its drive."""

    part: Part
    used_bytes: int
    files: int
    free_bytes: int


def _cache(name: str) -> Callable[[], Path]:
    return lambda: paths.cache_dir() / name


PARTS: tuple[Part, ...] = (
    Part("models", "Models", "Checkpoints you fetched.", paths.models_dir),
    Part("recoveries", "Work without a name", "Kept until you delete it.", paths.recovery_dir),
    Part("recordings", "Recordings", "What was dictated.", lambda: paths.data_dir() / "recordings"),
    Part("results", "What engines heard", "A stopped run goes on from it.", paths.results_dir, 2 * 1000**3),
    Part("peaks", "Waveforms", "Read again when missing.", _cache("peaks"), _DEFAULT_BYTES, "peaks_cache_bytes"),
    Part("spectra", "Spectrograms", "Made again when missing.", _cache("spectra"), 2 * 1000**3),
    Part("plans", "Where speech is", "Found again when missing.", _cache("speech"), 200 * 1000**2),
    Part("messages", "Messages between processes", "Gone when they were read.", _cache("messages"), 500 * 1000**2),
    Part("logs", "Logs", "The last runs; they stay on this machine.", paths.log_dir, 100 * 1000**2),
)
"""Every part that has files of its own, the largest kinds first. An hour of sound is 4 MB of waveform, 20 MB of
spectrogram."""


def uses(settings: Settings) -> tuple[Use, ...]:
    """How much each part uses now; looks at every file, so not in the window's thread."""
    return tuple(_use(part.limited_by(settings)) for part in PARTS)


def trim(settings: Settings, only: str = "", *, now_s: float | None = None) -> int:
    """Delete what was used longest ago in every cache that is over its limit; returns the bytes freed.

    Args:
        only: id of the one cache to look at; "" = all.
        now_s: as `trim_folder`.
    """
    parts = [part.limited_by(settings) for part in PARTS if only in ("", part.id)]
    bounded = [(part.folder(), part.limit_bytes) for part in parts if part.limit_bytes is not None]
    return sum(trim_folder(folder, limit_bytes, now_s=now_s) for folder, limit_bytes in bounded)


def trim_folder(folder: Path, limit_bytes: int, *, now_s: float | None = None) -> int:
    """Delete files of `folder`, the oldest first, until it holds at most `limit_bytes`; returns the bytes freed.

    A file used within the last hour stays whatever the limit.

    Args:
        now_s: seconds since the epoch; None = now. A clock that went back makes files look used just now.
    """
    rested_s = (time.time() if now_s is None else now_s) - _RESTED_S
    found = sorted((stat.st_mtime, stat.st_size, path) for path, stat in _files(folder))
    over = sum(size for _, size, _ in found) - limit_bytes
    freed = 0
    for used_s, size, path in found:
        if freed >= over or used_s > rested_s:
            break
        with contextlib.suppress(OSError):
            path.unlink()
            freed += size
    return freed


def why_no_files(folder: Path) -> str:
    """Why no file can be made in `folder`, or where it would be made; "" where one can: one is, and gone at once."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(folder)):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def empty(part: Part) -> int:
    """Delete all of a cache that nobody used within the hour; returns the bytes freed.

    Raises:
        ValueError: the part is no cache; a fault of ours.
    """
    if part.limit_bytes is None:
        raise ValueError(f"{part.id} is nothing that can be made again")
    return trim_folder(part.folder(), 0)


def _use(part: Part) -> Use:
    folder = part.folder()
    inside = [stat.st_size for _, stat in _files(folder)]
    return Use(part, sum(inside), len(inside), shutil.disk_usage(_nearest(folder)).free)


def _nearest(folder: Path) -> Path:
    """The folder, or the first around it that is there and may be seen."""
    for place in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            if place.exists():
                return place
    return Path(folder.anchor)


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Files below `folder`; links are not followed, and what goes while one looks is left out."""
    for inside, _, names in os.walk(folder):
        for name in names:
            path = Path(inside, name)
            with contextlib.suppress(OSError):
                yield path, path.lstat()
