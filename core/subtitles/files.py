"""Subtitle files on disk: bytes to cues and back. Knows no format itself; the registry does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.errors import BadArgument, FileMissing, SubtitleUnreadable, UnknownFormat
from core.files import write_atomically
from core.progress import Notice
from core.subtitles import registry
from core.subtitles.encoding import Decoded, decoded, encoded
from core.subtitles.naming import language_in_name
from core.subtitles.protocol import SubtitleFormat, Subtitles

LARGEST_BYTES = 64 * 1024 * 1024
"""A subtitle file beyond this is something else: three hours of words as JSON are about 10 MiB."""


def read_file(path: str | Path, *, format: str | None = None, encoding: str | None = None) -> Subtitles:
    """The cues of a file; `notices` tells what was guessed or mended.

    The language is the file's own word, else that of its name ("movie.de.srt").

    Args:
        path: the file.
        format: a format's id; None = by name and content.
        encoding: a codec's name; None = found out.

    Raises:
        FileMissing: no such file.
        SubtitleUnreadable: too large, no permission, a folder, or not this format; says where.
        UnknownFormat: no format of that id, or neither name nor content tells.
        BadArgument: no such encoding.
    """
    path = Path(path)
    chosen = registry.by_id(format) if format is not None else None
    if chosen is not None and not chosen.reads:
        raise SubtitleUnreadable(file=str(path), format=chosen.name, cause=f"{chosen.name} is only written")
    text = _decoded(_bytes_of(path), encoding)
    chosen = chosen or registry.guess(path, text.text)
    try:
        subtitles = chosen.read(text.text)
    except ValueError as error:
        raise SubtitleUnreadable(file=str(path), format=chosen.name, cause=str(error)) from error
    notices = (*text.notices, *_other_name(path, chosen, asked_for=format is not None), *subtitles.notices)
    language = subtitles.language or language_in_name(path)
    return replace(subtitles, notices=notices, language=language, format=chosen.id)


def write_file(
    subtitles: Subtitles,
    path: str | Path,
    *,
    format: str | None = None,
    encoding: str = "utf-8",
    newline: str = "\n",
    overwrite: bool = False,
) -> tuple[Notice, ...]:
    """Write a file whole or not at all; returns what the encoding could not carry.

    Args:
        subtitles: what to write.
        path: the file; its folder must exist.
        format: a format's id; None = by the file's name.
        encoding: a codec's name; "utf-8-sig" and "utf-16" put a byte order mark first. Formats that are UTF-8 by their
            own definition stay so.
        newline: what ends a line.
        overwrite: whether a file of that name may be replaced.

    Raises:
        OutputExists, DiskFull, CannotWrite: as `core.files.write_atomically`.
        UnknownFormat: no format of that id or name, or it is only read.
        BadArgument: no such encoding.
    """
    path = Path(path)
    chosen = registry.by_id(format) if format is not None else registry.for_path(path)
    if chosen is None or not chosen.writes:
        known = ", ".join(f.id for f in registry.all_formats() if f.writes)
        raise UnknownFormat(format=format or path.suffix or str(path), known=known)
    text = chosen.write(subtitles)
    if newline != "\n":
        text = text.replace("\n", newline)
    try:
        data, missing = encoded(text, "utf-8" if chosen.utf8_only else encoding)
    except LookupError as error:
        raise _no_such_encoding(encoding) from error
    write_atomically(path, data, overwrite=overwrite)
    return _missing_notice(path, encoding, tuple(missing))


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            cause = f"it has {size >> 20} MiB; subtitles have at most {LARGEST_BYTES >> 20}"
            raise SubtitleUnreadable(file=str(path), format="subtitles", cause=cause)
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)  # a pipe or a growing file says no size beforehand
    except FileNotFoundError as error:
        raise FileMissing(file=str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        cause = getattr(error, "strerror", None) or str(error)
        raise SubtitleUnreadable(file=str(path), format="subtitles", cause=cause) from error
    if len(data) > LARGEST_BYTES:
        raise SubtitleUnreadable(file=str(path), format="subtitles", cause=f"more than {LARGEST_BYTES >> 20} MiB")
    return data


def _decoded(data: bytes, encoding: str | None) -> Decoded:
    try:
        return decoded(data, encoding)
    except LookupError as error:
        raise _no_such_encoding(encoding or "") from error


def _no_such_encoding(encoding: str) -> BadArgument:
    return BadArgument(what=f"There is no encoding called “{encoding}”.", hint="Use a name such as utf-8 or cp1252.")


def _other_name(path: Path, chosen: SubtitleFormat, *, asked_for: bool) -> tuple[Notice, ...]:
    if asked_for or path.suffix.lower() in chosen.extensions:
        return ()
    text = "{file} holds {format}, whatever its name says, and was read as that."
    return (Notice("subtitle.other_format", text, {"file": path.name, "format": chosen.name}),)


def _missing_notice(path: Path, encoding: str, missing: tuple[str, ...]) -> tuple[Notice, ...]:
    if not missing:
        return ()
    shown = " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in missing[:10]) + (" …" if missing[10:] else "")
    text = "{file}: {encoding} has no {characters}; “?” stands there now. Write it as UTF-8 to keep them."
    params = {"file": path.name, "encoding": encoding, "characters": shown}
    return (Notice("write.characters", text, dict(params), finding=True),)
