"""Opens a text that is to be timed: plain text, DOCX, or any subtitle format, as lines that become cues.

Knows no sound. Of a subtitle its cues are the lines, and they are kept, so that styles, voices and marks survive; its
times are the old ones. Empty lines part stanzas and are counted, so that line numbers are those a person sees.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.cue import Cue
from core.errors import BadArgument, FileMissing, SubtitleUnreadable
from core.progress import Notice
from core.subtitles import files, registry
from core.subtitles.encoding import decoded

_LARGEST_BYTES = 64 * 1024 * 1024
"""Also of what a DOCX unpacks to: a book has 2 MiB."""


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text to be timed.

    Attributes:
        lines: in the text's order; empty ones part stanzas.
        cues: for a subtitle the cue of each line, else ().
        language: code where the file says it, else "".
        notices: what was guessed or mended on reading.
    """

    lines: tuple[str, ...]
    cues: tuple[Cue, ...] = ()
    language: str = ""
    notices: tuple[Notice, ...] = ()


def pasted(text: str) -> GivenText:
    """A text from the clipboard or a text box."""
    return GivenText(tuple(line.strip() for line in text.splitlines()))


def read_text(path: str | Path) -> GivenText:
    """The text in a file; the kind by name, then by content.

    Raises:
        FileMissing: no such file.
        SubtitleUnreadable: it cannot be read, or is not what its name says.
        BadArgument: there are no words in it.
    """
    path = Path(path)
    if not path.exists():
        raise FileMissing(file=path.name)
    if path.is_dir():
        raise SubtitleUnreadable(file=str(path), format="text", cause="it is a folder")
    given = _docx(path) if path.suffix.lower() == ".docx" else _text_or_subtitle(path)
    if not any(line.strip() for line in given.lines):
        raise BadArgument(what=f"{path.name} has no words in it.", hint="Give a file with the text that is spoken.")
    return given


def _text_or_subtitle(path: Path) -> GivenText:
    named = registry.for_path(path)
    if named is not None and named.reads:
        return _subtitle(path)
    text = decoded(_bytes_of(path))
    if "\x00" in text.text:
        raise SubtitleUnreadable(file=path.name, format="text", cause="it holds no text")
    if any(fmt.reads and fmt.looks_like(text.text) for fmt in registry.all_formats()):
        return _subtitle(path)
    return GivenText(pasted(text.text).lines, notices=text.notices)


def _subtitle(path: Path) -> GivenText:
    found = files.read_file(path)
    return GivenText(tuple(cue.text for cue in found.cues), found.cues, found.language, found.notices)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _LARGEST_BYTES:
            cause = f"it has {size >> 20} MiB; a text has at most {_LARGEST_BYTES >> 20}"
            raise SubtitleUnreadable(file=path.name, format="text", cause=cause)
        return path.read_bytes()
    except OSError as error:
        raise SubtitleUnreadable(file=path.name, format="text", cause=error.strerror or "no access") from error


def _docx(path: Path) -> GivenText:
    _bytes_of(path)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _LARGEST_BYTES:
            cause = f"it unpacks to {unpacked >> 20} MiB; a text has at most {_LARGEST_BYTES >> 20}"
            raise SubtitleUnreadable(file=path.name, format="DOCX", cause=cause)
        return GivenText(tuple(_docx_lines(path)))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        # python-docx and lxml raise these for archives that are no document; SyntaxError is lxml's for broken XML.
        raise SubtitleUnreadable(file=path.name, format="DOCX", cause=str(error) or "damaged") from error


def _docx_lines(path: Path) -> Iterator[str]:
    import docx
    from docx.table import Table

    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " ".join(cell.text.strip() for cell in row.cells)
        else:
            yield from (line.strip() for line in block.text.split("\n"))
