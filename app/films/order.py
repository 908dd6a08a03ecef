"""Which films are to be made, and what they are called: never over a file that is there. Asks nobody, makes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.i18n import tr
from core.media.info import MediaInfo
from core.media.render.wish import Kind
from core.subtitles.protocol import Subtitles

_TRACKS_IN_MP4 = (".mp4", ".m4v", ".mov")


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """One film to be made.

    Attributes:
        film: the film's path. subtitles: its cues, with their looks.
    """

    kind: Kind
    film: str
    target: Path
    subtitles: Subtitles


def kind_names() -> dict[Kind, str]:
    """What people call them."""
    return {
        Kind.BURNED: tr("Burned into the picture"),
        Kind.TRACK: tr("As a track (.mkv, .mp4)"),
        Kind.OVERLAY: tr("See-through overlay (.mov)"),
    }


def possible(info: MediaInfo | None) -> tuple[Kind, ...]:
    """What can be made of this film; a recording has no picture."""
    if info is None:
        return ()
    return tuple(Kind) if info.has_video else (Kind.TRACK,)


def orders(
    kinds: Sequence[Kind],
    info: MediaInfo,
    subtitles: Subtitles,
    folder: Path,
    name: str,
    exists: Callable[[Path], bool] = Path.exists,
) -> tuple[FilmOrder, ...]:
    """The films of these kinds, beside each other in `folder`, called after `name`."""
    return tuple(FilmOrder(kind, info.path, _free(folder, name, kind, info, exists), subtitles) for kind in kinds)


def _free(folder: Path, name: str, kind: Kind, info: MediaInfo, exists: Callable[[Path], bool]) -> Path:
    """A name nobody has: “low-water.en.burned.mp4”, then “low-water.en.burned_2.mp4”."""
    stem, suffix = f"{name.strip()}.{kind.value}", _suffix(kind, info)
    names = (folder / f"{stem}{f'_{number}' if number > 1 else ''}{suffix}" for number in range(1, 10_000))
    return next(path for path in names if not exists(path))


def _suffix(kind: Kind, info: MediaInfo) -> str:
    if kind is Kind.OVERLAY:
        return ".mov"
    if kind is Kind.BURNED:
        return ".mp4"
    return ".mp4" if Path(info.path).suffix.lower() in _TRACKS_IN_MP4 else ".mkv"
