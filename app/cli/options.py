"""Arguments that several commands share, and how they are read. Knows no command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.errors import BadArgument, FileMissing, FileUnreadable
from core.language import AUTO, code_of
from core.media.files import file_name
from core.timecode import parse_frame_rate, parse_ms, parse_timecode, timecode_base


class Named(argparse.Action):
    """Takes the names of files and folders and refuses an empty one: in a script, that is a variable nobody set."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep what was given."""
        given = [values] if isinstance(values, str) else values or ()
        if not all(str(one).strip() for one in given):
            raise argparse.ArgumentError(self, "the name is empty")
        setattr(namespace, self.dest, values)


def add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    """--engine --model-dir --aligner --aligner-dir --language --context."""
    parser.add_argument("--engine", default="auto", metavar="ID", help="recognizer; auto takes the best installed")
    add_model_dir(parser)
    parser.add_argument("--aligner", default="auto", metavar="ID", help="aligner, auto, or none (words estimated)")
    add_aligner_dir(parser)
    parser.add_argument("--language", default=AUTO, metavar="CODE", help="code, auto, or several: en,de")
    parser.add_argument("--context", default="", metavar="TEXT", help="names and terms that help; @FILE reads a file")


def add_model_dir(parser: argparse.ArgumentParser) -> None:
    """--model-dir."""
    text = "folder of the recognizer's checkpoint"
    parser.add_argument("--model-dir", action=Named, default="", metavar="DIR", help=text)


def add_aligner_dir(parser: argparse.ArgumentParser) -> None:
    """--aligner-dir."""
    text = "folder of the aligner's checkpoint"
    parser.add_argument("--aligner-dir", action=Named, default="", metavar="DIR", help=text)


def languages(text: str) -> tuple[str, ...]:
    """The codes in `text`; () for auto.

    Raises:
        UnknownLanguage: one of them is none.
    """
    names = [name for name in text.split(",") if name.strip()]
    return () if text.strip().lower() == AUTO else tuple(dict.fromkeys(code_of(name) for name in names))


def context(text: str) -> str:
    """The context itself, read from its file where `text` is @FILE.

    Raises:
        FileMissing, FileUnreadable, BadArgument: the file cannot be read.
    """
    if not text.startswith("@"):
        return text
    name = text[1:]
    if not name.strip():
        raise BadArgument(what="--context: behind the @ stands no name.", hint="Give a UTF-8 text file.")
    try:
        return existing_file(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"--context: {file_name(name)} cannot be read."
        raise BadArgument(what=what, hint="Give a UTF-8 text file.") from error


def time_ms(text: str, option: str) -> int:
    """A time given for `option`, in ms.

    Raises:
        BadArgument: it is no time.
    """
    try:
        return parse_ms(text)
    except ValueError as error:
        raise BadArgument(what=f"{option}: “{text}” is no time.", hint="Write 83.5, 1:23.5 or 00:01:23.500.") from error


def start_code_ms(text: str, rate: Fraction | None) -> int:
    """The start code given for --start, as ms of its name: a timecode such as 01:00:00:00, or a time.

    Raises:
        BadArgument: it is neither, or its frames cannot be counted without a frame rate.
    """
    if text.count(":") < 3 and ";" not in text:
        return time_ms(text, "--start")
    if rate is None:
        raise BadArgument(what=f"--start: the frames of “{text}” need a frame rate.", hint="Give --fps, too.")
    clock, _, frames = text.replace(";", ":").rpartition(":")
    try:
        parse_timecode(text, rate)  # refuses a name that drop frame leaves out, and more frames than a second has
        return parse_ms(clock) - int(frames) * -1000 // timecode_base(rate)
    except ValueError as error:
        raise BadArgument(what=f"--start: “{text}” is no timecode.", hint="Write 01:00:00:00 or 3600.") from error


def existing_file(text: str) -> Path:
    """The path, if there is a file.

    Raises:
        FileMissing: there is none.
        FileUnreadable: it is a folder.
    """
    path = Path(text)
    if not path.exists():
        raise FileMissing(file=file_name(text))
    if path.is_dir():
        raise FileUnreadable(file=file_name(text), cause="it is a folder")
    return path


def file_to_write(text: str) -> Path:
    """The path, where no folder has that name.

    Raises:
        BadArgument: it is a folder's.
    """
    path = Path(text)
    if path.is_dir() or text.endswith(("/", "\\")):
        raise BadArgument(what=f"“{text}” is a folder.", hint="Name the file to write.")
    return path


def frame_rate(text: str) -> Fraction:
    """The frame rate given for --fps.

    Raises:
        BadArgument: it is none.
    """
    try:
        return parse_frame_rate(text)
    except ValueError as error:
        raise BadArgument(what=f"--fps: “{text}” is no frame rate.", hint="Write 25, 29.97 or 24000/1001.") from error
