"""The subtitle formats by id, by file name and by content. Knows none of them itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.errors import UnknownFormat
from core.registry import Registry
from core.subtitles.protocol import SubtitleFormat

FORMATS: Registry[type[SubtitleFormat]] = Registry(
    {
        "srt": "core.subtitles.srt:Srt",
        "vtt": "core.subtitles.vtt:Vtt",
        "vtt-words": "core.subtitles.vtt:VttWords",
        "ass": "core.subtitles.ass:Ass",
        "ass-karaoke": "core.subtitles.ass:AssKaraoke",
        "ttml": "core.subtitles.ttml:Ttml",
        "stl": "core.subtitles.stl:Stl",
        "scc": "core.subtitles.scc:Scc",
        "lrc": "core.subtitles.lrc:Lrc",
        "lrc-words": "core.subtitles.lrc:LrcWords",
        "fcpxml": "core.subtitles.fcpxml:Fcpxml",
        "edl": "core.subtitles.edl:EdlMarkers",
        "edl-ndf": "core.subtitles.edl:EdlMarkersNonDrop",
        "csv": "core.subtitles.csv_table:CsvTable",
        "json": "core.subtitles.words_json:WordsJson",
        "txt": "core.subtitles.txt:PlainText",
    }
)
"""Order: the first format that fits a file name or content is taken."""


def by_id(format_id: str) -> SubtitleFormat:
    """The format called `format_id`, in any case.

    Raises:
        UnknownFormat: none of that name.
    """
    wanted = format_id.strip().lower().removeprefix(".")
    if wanted not in FORMATS:
        raise UnknownFormat(format=format_id, known=", ".join(FORMATS.ids()))
    return FORMATS.get(wanted)()


def all_formats() -> Iterator[SubtitleFormat]:
    """Every format, in the registry's order."""
    return (cls() for _, cls in FORMATS.all())


def for_path(path: str | Path) -> SubtitleFormat | None:
    """The format a file name stands for, by its extension; None where no format has it."""
    extension = Path(path).suffix.lower()
    return next((format_ for format_ in all_formats() if extension in format_.extensions), None)


def guess(path: str | Path, text: str) -> SubtitleFormat:
    """The format to read `text` with: the name's, unless the content says plainly that it is another.

    Raises:
        UnknownFormat: neither name nor content tells.
    """
    named = for_path(path)
    if named is not None and named.reads and named.looks_like(text):
        return named
    seen = next((format_ for format_ in all_formats() if format_.reads and format_.looks_like(text)), None)
    if seen is not None:
        return seen
    if named is not None and named.reads:
        return named
    known = ", ".join(format_.id for format_ in all_formats() if format_.reads)
    raise UnknownFormat(format=Path(path).suffix or str(path), known=known)
