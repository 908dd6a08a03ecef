"""Which files lie beside each other: a film's subtitles, a subtitle file's film. Pure but for listing one folder."""

from __future__ import annotations

from pathlib import Path

from core.language import code_or_empty
from core.media.containers import EXTENSIONS, VIDEO_EXTENSIONS
from core.subtitles.registry import all_formats

_MOST_OFFERED = 3
_FLAGS = frozenset({"forced", "sdh", "hi", "cc"})


def subtitle_extensions() -> tuple[str, ...]:
    """Extensions of the formats that can be read, with dot; plain text comes last."""
    return tuple(dict.fromkeys(extension for one in all_formats() if one.reads for extension in one.extensions))


def is_subtitles(path: Path) -> bool:
    """Whether a file's name says that it holds subtitles."""
    return path.suffix.lower() in subtitle_extensions()


def subtitles_beside(media: Path) -> tuple[Path, ...]:
    """Subtitle files of this film: `movie.srt`, `movie.en.srt`, `movie_2.en.srt`; the latest first."""
    readable = set(subtitle_extensions()) - {".txt"}
    found = [
        path for path in _files(media.parent) if path.suffix.lower() in readable and _belongs(path.name, media.stem)
    ]
    return tuple(sorted(found, key=_changed, reverse=True)[:_MOST_OFFERED])


def media_beside(subtitles: Path) -> Path | None:
    """The film of this subtitle file: films before recordings, the longest name that fits first."""
    stems = _stems(subtitles)
    found = [path for path in _files(subtitles.parent) if path.stem in stems and _ext(path) in EXTENSIONS]
    return min(found, key=lambda path: (stems.index(path.stem), _ext(path) not in VIDEO_EXTENSIONS), default=None)


def _belongs(name: str, stem: str) -> bool:
    """Whether a name is the film's with a counter, a language or a flag, and an extension."""
    rest = name.removeprefix(stem)
    if rest == name:
        return False
    counter, *parts = rest.split(".")
    counted = not counter or (counter[:1] == "_" and counter[1:].isdigit())
    return counted and bool(parts) and all(part in _FLAGS or code_or_empty(part) for part in parts[:-1])


def _stems(subtitles: Path) -> list[str]:
    """Names the film may have: without the extension, without the language, without the counter."""
    whole = subtitles.stem
    bare = whole.rpartition(".")[0] or whole
    head, _, tail = bare.rpartition("_")
    return list(dict.fromkeys([whole, bare, head if head and tail.isdigit() else bare]))


def _ext(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
