"""Where a command's output goes: which formats, which names, never over a file unasked. Knows no engine."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.cli import options, streams
from core.errors import BadArgument, CannotWrite, OutputExists, UnknownFormat
from core.subtitles import files, registry
from core.subtitles.naming import free_path
from core.subtitles.protocol import SubtitleFormat, Subtitles

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Outputs:
    """The output side of a command line.

    Attributes:
        formats: what to write.
        target: OUT as given, "-" for stdout, or "" for a name made from the media's.
        folder: --output-dir, or None = next to the media.
    """

    formats: tuple[SubtitleFormat, ...]
    target: str = ""
    folder: Path | None = None
    overwrite: bool = False
    skip_existing: bool = False

    @classmethod
    def from_arguments(cls, args: argparse.Namespace) -> Outputs:
        """From -o, --output-dir, -f, --overwrite and --skip-existing.

        Raises:
            UnknownFormat, BadArgument: the arguments do not go together.
        """
        target = args.output or ""
        formats = _formats(args.format, target)
        if target and len(formats) > 1:
            raise BadArgument(
                what="One output takes one format.", hint="Name one; transcribe --output-dir takes several."
            )
        folder = Path(args.output_dir) if args.output_dir else None
        return cls(formats, target, folder, args.overwrite, args.skip_existing)

    def check_before(self, media: Sequence[str]) -> None:
        """Fail before hours of work, not after.

        Raises:
            BadArgument, OutputExists, CannotWrite: the output could not be written at the end.
        """
        if self.target and len(media) > 1:
            raise BadArgument(what="-o takes one file.", hint="Use --output-dir for several.")
        if self.folder is not None and self.overwrite:
            _check_names([Path(one).stem for one in media])
        if self.target and self.target != STDOUT:
            self._check_target(options.file_to_write(self.target))
        if self.folder is not None:
            _make_folder(self.folder)
            _check_folder(self.folder)
        for path in map(Path, media):
            if not self.target and self.folder is None and not (self.skip_existing and self.all_there(path)):
                _check_folder(path.parent)

    def all_there(self, media: Path) -> bool:
        """Whether every output of `media` is there already, in any language."""
        if self.target:
            return self.target != STDOUT and Path(self.target).exists()
        folder = self.folder if self.folder is not None else media.parent
        return all(_has_output(folder, media.stem, fmt.extensions[0]) for fmt in self.formats)

    def write(self, media: Path, subtitles: Subtitles) -> list[str]:
        """Write every format; the paths written (none for stdout)."""
        if self.target == STDOUT:
            streams.put(self.formats[0].write(subtitles))
            return []
        written: list[Path] = []
        for fmt in self.formats:
            written.append(self._write_one(media, subtitles, fmt, written))
        return [str(path) for path in written]

    def _write_one(self, media: Path, subtitles: Subtitles, fmt: SubtitleFormat, written: Sequence[Path]) -> Path:
        if self.target:
            path = Path(self.target)
        else:
            taken = written.__contains__ if self.overwrite else Path.exists  # of two “.vtt” neither replaces the other
            path = free_path(media, subtitles.language, fmt.extensions[0], self.folder, taken)
        files.write_file(subtitles, path, format=fmt.id, overwrite=self.overwrite)
        return path

    def _check_target(self, path: Path) -> None:
        if path.exists() and not self.overwrite and not self.skip_existing:
            raise OutputExists(file=path.name)
        if not path.parent.is_dir():
            raise CannotWrite(file=path.name, cause="its folder is not there")
        _check_folder(path.parent)


def _formats(wanted: str | None, target: str) -> tuple[SubtitleFormat, ...]:
    if wanted:
        names = [name.strip().lower() for name in wanted.split(",") if name.strip()]
        return tuple(_written(registry.by_id(name), name) for name in names)
    if target and target != STDOUT and Path(target).suffix:
        return (_written(registry.for_path(target), Path(target).suffix),)
    return (registry.by_id("srt"),)


def _written(found: SubtitleFormat | None, name: str) -> SubtitleFormat:
    """A format that can be written, and not only read."""
    if found is None or not found.writes:
        known = ", ".join(one.id for one in registry.all_formats() if one.writes)
        raise UnknownFormat(format=name, known=known)
    return found


def _has_output(folder: Path, stem: str, extension: str) -> bool:
    if not folder.is_dir():
        return False
    return any(
        path.name.startswith(f"{stem}.")
        and path.name.endswith(extension)
        and path.stem.count(".") <= stem.count(".") + 1
        for path in folder.iterdir()
    )


def _check_names(stems: Sequence[str]) -> None:
    """Two films of one name in one folder: with leave to replace, the second's files would replace the first's."""
    twice = next((stem for stem, count in Counter(stems).items() if count > 1), None)
    if twice is not None:
        hint = "Leave out --overwrite, and the second gets a number, or give them folders of their own."
        raise BadArgument(what=f"Several media are called “{twice}”, and would replace each other's output.", hint=hint)


def _check_folder(folder: Path) -> None:
    """A folder that is not there is the business of whoever looks for the media."""
    if folder.is_dir() and not os.access(folder, os.W_OK):
        raise CannotWrite(file=str(folder), cause="no permission to write into it")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise CannotWrite(file=str(folder), cause="it is a file, not a folder") from error
    except OSError as error:
        raise CannotWrite(file=str(folder), cause=error.strerror or "no permission") from error
