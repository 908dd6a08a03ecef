"""What a subtitle file beside a film is called. Pure: asks no disk except through `exists`.

`movie.en.srt` is what Plex, Jellyfin, Kodi and VLC read; on a clash the counter goes to the base (`movie_2.en.srt`), so
that the language stays next to the extension.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

from core.language import code_or_empty

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_FLAGS = frozenset({"forced", "sdh", "hi", "cc", "default"})
"""What else stands in such names: "movie.en.forced.srt"; "hi" is Hindi where no language stands before it."""
_NO_LANGUAGE = frozenset({"auto", "und", "unknown", "mul", "zxx"})


def output_path(media: Path, language: str, extension: str, folder: Path | None = None, number: int = 1) -> Path:
    """The name for `media`'s subtitles: beside it, or in `folder`; `number` > 1 is a second file of that name.

    An unknown language ("", "auto", "und", or no language tag at all) gives no language part.

    >>> output_path(Path("a/movie.mkv"), "en", ".srt").as_posix()
    'a/movie.en.srt'
    >>> output_path(Path("m.wav"), "auto", "vtt", number=2).name
    'm_2.vtt'
    """
    known = language.lower() not in _NO_LANGUAGE and _LANGUAGE.fullmatch(language) is not None
    parts = [media.stem + (f"_{number}" if number > 1 else ""), *([language] if known else []), extension.lstrip(".")]
    return (media.parent if folder is None else folder) / ".".join(parts)


def language_in_name(path: Path) -> str:
    """The language a subtitle file's name says, a code; "" where it says none.

    >>> language_in_name(Path("movie.pt-BR.forced.srt")), language_in_name(Path("en.srt"))
    ('pt', '')
    """
    return _parted(path)[1]


def bare_stem(path: Path) -> str:
    """A subtitle file's name without extension, language and what stands behind that: the film's, most likely.

    >>> bare_stem(Path("my.movie.pt-BR.forced.srt")), bare_stem(Path("movie.srt"))
    ('my.movie', 'movie')
    """
    return _parted(path)[0]


def _parted(path: Path) -> tuple[str, str]:
    """The name in front of a language, and the language's code; the whole stem and "" where there is none."""
    parts = path.stem.split(".")
    end = len(parts)
    while end > 2 and parts[end - 1].lower() in _FLAGS:
        end -= 1
    code = _code(parts[end - 1]) if end > 1 else ""
    if not code and "hi" in parts[end:]:
        end = parts.index("hi", end) + 1
        code = _code("hi")
    return (".".join(parts[: end - 1]), code) if code else (path.stem, "")


def _code(tag: str) -> str:
    """The language that a part of a name stands for; "" for none."""
    written = tag[:2].islower() or len(tag) > 3  # "Gone.With.It.srt" is not Italian
    return code_or_empty(tag) if written and _LANGUAGE.fullmatch(tag) else ""


def free_path(
    media: Path,
    language: str,
    extension: str,
    folder: Path | None = None,
    exists: Callable[[Path], bool] = Path.exists,
) -> Path:
    """The first of `movie.en.srt`, `movie_2.en.srt`, `movie_3.en.srt`, … that is not there yet."""
    names = (output_path(media, language, extension, folder, number) for number in count(1))
    return next(path for path in names if not exists(path))
