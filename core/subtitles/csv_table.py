"""CSV (.csv): one row a cue, for spreadsheets and scripts. Knows no document and no files.

Written: start, end, text, voice, style as RFC 4180 wants it, times as HH:MM:SS.mmm. Read: comma, semicolon
or tab; columns by their names in any order, or start, end, text where there are no names; times as people write them.
A spreadsheet runs a cell that begins with = + - or @: such a text gets a word joiner (U+2060, invisible) before it,
which reading takes out again.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Mapping, Sequence

from core.cue import Cue
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import Repairs, at_zero, in_order, mended_times
from core.subtitles.text import BOM
from core.subtitles.words import words_of_text
from core.timecode import format_ms, parse_ms

COLUMNS = ("start", "end", "text", "voice", "style")

_NAMES: Mapping[str, str] = {
    "start": "start", "start_time": "start", "start time": "start", "begin": "start", "in": "start", "from": "start",
    "end": "end", "end_time": "end", "end time": "end", "stop": "end", "out": "end", "to": "end",
    "text": "text", "subtitle": "text", "caption": "text", "line": "text", "transcript": "text",
    "voice": "voice", "speaker": "voice", "name": "voice", "actor": "voice",
    "style": "style",
}  # fmt: skip
_DELIMITERS = ",;\t"
_JOINER = "\u2060"
_RUN_BY_SPREADSHEETS = re.compile(rf"{_JOINER}*[=+\-@\t]")
_TIME = re.compile(r"\d[\d:.,]*(?:ms|s)?", re.ASCII)
_LONGEST_TIME = 30

Row = dict[str, str]


class CsvTable:
    """Comma separated values."""

    id = "csv"
    name = "CSV table"
    extensions: tuple[str, ...] = (".csv", ".tsv")
    keeps = frozenset({Feature.VOICES, Feature.LINE_BREAKS, Feature.OVERLAPS, Feature.MILLISECONDS})
    reads = True
    writes = True
    utf8_only = False

    def read(self, text: str) -> Subtitles:
        """Cues of the rows; rows whose times cannot be read are left out and counted.

        Raises:
            ValueError: there is text, but no row begins with two times and no columns are named start, end and text.
        """
        names, records = _table(text)
        if text.strip() and not names:
            raise ValueError("no columns are named start, end and text, and no row begins with two times")
        repairs = Repairs()
        rows = [dict(zip(names, map(_plain, record), strict=False)) for record in records]
        cues = [cue for number, row in enumerate(rows, 1) if (cue := _cue(row, number, repairs)) is not None]
        if rows and not cues:
            raise ValueError("no row has times that can be read")
        return Subtitles(in_order(cues, repairs), notices=repairs.notices())

    def write(self, subtitles: Subtitles) -> str:
        """A row of names and a row for each cue, in UTF-8 as any other; a spreadsheet is told so by "utf-8-sig"."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for cue in map(at_zero, subtitles.cues):
            times = (format_ms(cue.start_ms), format_ms(cue.end_ms))
            texts = (cue.text, cue.voice, cue.style)
            writer.writerow([*times, *(_harmless(text.replace("\0", "\ufffd")) for text in texts)])
        return out.getvalue()

    def looks_like(self, text: str) -> bool:
        """Whether the first row names a start, an end and a text, or holds two times and a text."""
        return bool(_table(text[:5000])[0])


def _table(text: str) -> tuple[Sequence[str], list[list[str]]]:
    """The columns and the rows below their names; () and none where the first row is neither names nor times."""
    text = text.removeprefix(BOM).replace("\0", "\ufffd")
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    records: list[list[str]] = []
    # A field beyond the module's limit is an error: what came before it stands.
    with contextlib.suppress(csv.Error):
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        records.extend(row for row in rows if any(cell.strip() for cell in row))
    if not records:
        return (), []
    named = tuple(_NAMES.get(cell.strip().lower(), "") for cell in records[0])
    if {"start", "end", "text"} <= set(named):
        return named, records[1:]
    is_times = len(records[0]) >= 3 and all(_ms(cell) is not None for cell in records[0][:2])
    return (("start", "end", "text"), records) if is_times else ((), [])


def _cue(row: Row, number: int, repairs: Repairs) -> Cue | None:
    start_ms, end_ms = _ms(row.get("start", "")), _ms(row.get("end", ""))
    if start_ms is None or end_ms is None:
        repairs.add("subtitle.bad_times", number)
        return None
    start_ms, end_ms = mended_times(start_ms, end_ms, number, repairs)
    words = words_of_text(row.get("text", ""), start_ms, end_ms)
    return Cue(words, start_ms, end_ms, voice=row.get("voice", "").strip(), style=row.get("style", "").strip())


def _ms(text: str) -> int | None:
    """Ms of "83.5", "00:01:23,500", …; None for what is no time."""
    text = text.strip()
    if len(text) > _LONGEST_TIME or not _TIME.fullmatch(text):
        return None
    try:
        return parse_ms(text)
    except ValueError:
        return None


def _harmless(text: str) -> str:
    return _JOINER + text if _RUN_BY_SPREADSHEETS.match(text) else text


def _plain(text: str) -> str:
    return text[1:] if text.startswith(_JOINER) and _RUN_BY_SPREADSHEETS.match(text[1:]) else text
