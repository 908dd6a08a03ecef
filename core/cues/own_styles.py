"""A person's own styles, each made from another by changing its limits; and every style there is, by id.

A style is a JSON file below `folder()`, whose name is the style's id. A file that cannot be used is an error that names
it, and stands in no other style's way. Knows no window.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from core import codec, paths
from core.cues import styles
from core.cues.styles import Style
from core.errors import BadArgument, CannotWrite, FileMissing, StyleUnreadable, UnknownStyle
from core.files import write_atomically, write_error

MAX_NAME_CHARS = 60
MAX_FILE_BYTES = 64 * 1024
"""A style is a few hundred bytes; more than this is something else."""

_BOUNDS = {
    "max_line_chars": (1, 200),
    "max_lines": (1, 8),
    "max_cps": (0, 100),
    "max_wpm": (0, 1_000),
    "min_duration_ms": (0, 60_000),
    "max_duration_ms": (100, 600_000),
    "min_gap_frames": (0, 100),
    "chain_ms": (0, 60_000),
    "lead_out_ms": (0, 60_000),
}
_ID = re.compile(r"[\w-]+")
_PREFIX = "own-"
"""Before the ids we make: no own style can take the place of one that comes with the program, now or later."""


@dataclass(frozen=True, slots=True)
class OwnStyles:
    """What lies in the folder.

    Attributes:
        good: the styles, in the order of their names.
        problems: an error for each file that cannot be used.
    """

    good: tuple[Style, ...] = ()
    problems: tuple[StyleUnreadable, ...] = ()


def folder() -> Path:
    """Where own styles are kept; it need not be there."""
    return paths.config_dir() / "styles"


def own_styles() -> OwnStyles:
    """The own styles of this machine, read anew."""
    good: dict[str, Style] = {}
    problems: list[StyleUnreadable] = []
    for path in _files():
        try:
            found = _read(path)
            if found.name.casefold() in good:
                raise _unreadable(path, f"another own style is called “{found.name}” too")
            good[found.name.casefold()] = found
        except StyleUnreadable as error:
            problems.append(error)
    return OwnStyles(tuple(good[name] for name in sorted(good)), tuple(problems))


def every_style() -> tuple[Style, ...]:
    """The styles that come with the program, then the own ones, as people are shown them."""
    return (*styles.STYLES.values(), *own_styles().good)


def find_style(style_id: str, language: str = "") -> Style:
    """The style of this id, own or not; "netflix" alone means Netflix's rules for `language`.

    Raises:
        StyleUnreadable: it is an own one whose file cannot be used.
        UnknownStyle: no such style.
    """
    if style_id == "netflix" or style_id in styles.STYLES:
        return styles.style(style_id, language)
    own = own_styles()
    for found in own.good:
        if found.id == style_id:
            return found
    for problem in own.problems:
        if _id_of(Path(str(problem.params["file"]))) == style_id:
            raise problem
    raise UnknownStyle(style=style_id, known=", ".join([*styles.STYLES, *(one.id for one in own.good)]))


def save_as(name: str, limits: Style) -> Style:
    """Keep `limits` as an own style called `name`, and give it back with its id.

    An own style of that name is replaced where `limits` was made from it (has its id).

    Raises:
        BadArgument: the name is empty, too long or taken, or a limit is out of bounds.
        WriteError: it could not be written; what was there is unchanged.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    own = own_styles().good
    same = next((one for one in (*styles.STYLES.values(), *own) if one.name.casefold() == name.casefold()), None)
    if same is not None and (same not in own or same.id != limits.id):
        raise BadArgument(what=f"There is a style called “{same.name}” already.", hint="Choose another name.")
    made = replace(limits, id=same.id if same is not None else _new_id(name), name=name)
    wrong = _wrong_in(made)
    if wrong:
        raise BadArgument(what=f"This cannot be kept as a style: {wrong}.", hint="Change it and try again.")
    _write(made, replaces=same is not None)
    return made


def remove(style_id: str) -> None:
    """Take an own style away.

    Raises:
        FileMissing: there is no own style of this id.
        WriteError: the system does not let us.
    """
    path = next((one for one in _files() if _id_of(one) == style_id), None)
    if path is None:
        raise FileMissing(file=f"{style_id}.json")
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(path, error) from error


def _files() -> list[Path]:
    try:
        return sorted(path for path in folder().glob("*.json") if path.is_file() and not path.name.startswith("."))
    except OSError:
        return []


def _id_of(path: Path) -> str:
    return unicodedata.normalize("NFC", path.stem)  # some systems part letters and their accents in file names


def _new_id(name: str) -> str:
    """An id nobody has, from the letters of the name."""
    letters = re.sub(r"[^\w]+", "-", name.casefold())[:MAX_NAME_CHARS].strip("-") or "style"
    taken = {_id_of(path).casefold() for path in _files()}
    return next(made for made in _numbered(_PREFIX + letters) if made.casefold() not in taken)


def _numbered(first: str) -> Iterator[str]:
    yield first
    number = 2
    while True:
        yield f"{first}-{number}"
        number += 1


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def _write(style: Style, *, replaces: bool) -> None:
    values = {name: value for name, value in codec.plain(style).items() if name != "id"}
    path = next((one for one in _files() if _id_of(one) == style.id), folder() / f"{style.id}.json")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(file=str(path), cause=error.strerror or str(error)) from error
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode(), overwrite=replaces)


def _read(path: Path) -> Style:
    """The style in a file; limits it does not name are as in a style nobody changed.

    Raises:
        StyleUnreadable: it is none, or names what cannot be.
    """
    style_id = _id_of(path)
    if style_id == "netflix" or style_id in styles.STYLES or not _ID.fullmatch(style_id):
        raise _unreadable(path, f"no own style can have the id “{style_id}”; give the file another name")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if len(raw) > MAX_FILE_BYTES:
        raise _unreadable(path, "it is too large to be a style")
    found = _decoded(path, raw, style_id)
    wrong = _wrong_in(found)
    if wrong:
        raise _unreadable(path, wrong)
    return found


def _decoded(path: Path, raw: bytes, style_id: str) -> Style:
    try:
        values = codec.decode(raw, dict)
        unknown = values.keys() - {field.name for field in fields(Style)}
        if unknown:
            raise _unreadable(path, f"no style has “{sorted(map(str, unknown))[0][:40]}”")
        return codec.shaped({**values, "id": style_id}, Style)
    except (codec.DecodeError, ValueError, RecursionError) as error:
        raise _unreadable(path, str(error).rstrip(".")) from error


def _wrong_in(style: Style) -> str:
    """What cannot be in it; "" = all can."""
    if not style.name.strip() or len(style.name) > MAX_NAME_CHARS:
        return f"its name needs 1 to {MAX_NAME_CHARS} characters"
    if not style.name.isprintable():
        return "its name has characters that cannot be shown"
    for name, (least, most) in _BOUNDS.items():
        value = getattr(style, name)
        if not least <= value <= most:
            return f"{name} is {value}, but can only be from {least} to {most}"
    if style.min_duration_ms > style.max_duration_ms:
        return "its shortest cue is longer than its longest"
    return ""


def _unreadable(path: Path, cause: str) -> StyleUnreadable:
    return StyleUnreadable(file=str(path), cause=cause)
