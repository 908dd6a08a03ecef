"""A WebVTT file into blocks and raw cues, by the specification's parser algorithm (W3C WebVTT, §6.1-6.3).

Knows no cue text (`vtt_cue_text`) and no words. Step numbers are left out, since the living specification renumbers;
the names of the flags are its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.subtitles.text import lines_of
from core.subtitles.vtt_settings import CueSettings, parse_settings

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?", re.DOTALL)
_SPACE = r"[\t\f\r ]*"
_STAMP = r"(?:(\d{1,12}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?!\d)"
_TIMES = re.compile(rf"{_SPACE}{_STAMP}{_SPACE}-->{_SPACE}{_STAMP}(.*)", re.ASCII | re.DOTALL)
_WHOLE_STAMP = re.compile(_STAMP, re.ASCII)
_REGION_ID = re.compile(r"(?:^|\s)id:(\S+)")
_OLD_REGION = re.compile(r"Region:\s.*\bid=(\S+)", re.IGNORECASE)
"""The header form of 2014. Browsers gave it up; a file that uses it still means it, so its cues keep their region."""


@dataclass(frozen=True, slots=True)
class RawCue:
    """A cue as it stands in the file.

    Attributes:
        id: the identifier line, or "".
        end_ms: may lie before start_ms; the specification keeps such a cue, which never shows.
        settings: understood; `settings_text`: as written.
        text: with its markup, lines parted by newlines.
    """

    id: str
    start_ms: int
    end_ms: int
    settings: CueSettings
    settings_text: str
    text: str


@dataclass(slots=True)
class VttFile:
    """What a file holds.

    Attributes:
        signature: the first line.
        metadata: lines right below it ("Language: en").
        blocks: STYLE, REGION and NOTE blocks, as written, in order.
        bad_times: blocks left out because their times cannot be read: the number of the cue that was next.
    """

    signature: str
    metadata: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    regions: set[str] = field(default_factory=set)
    cues: list[RawCue] = field(default_factory=list)
    bad_times: list[int] = field(default_factory=list)


def parse(text: str) -> VttFile:
    """All that a WebVTT file holds.

    Raises:
        ValueError: it does not begin with WEBVTT.
    """
    lines = lines_of(text.replace("\0", "\ufffd"))
    if not has_signature(lines[0]):
        raise ValueError("a WebVTT file begins with the word WEBVTT; this one does not")
    if lines[-1] == "":
        lines.pop()
    return _Parser(lines).parse()


def has_signature(line: str) -> bool:
    """Whether a first line is WebVTT's."""
    return _SIGNATURE.fullmatch(line) is not None


def parse_stamp(text: str) -> int | None:
    """Milliseconds of "01:02.345" or "01:01:02.345", or None."""
    match = _WHOLE_STAMP.fullmatch(text)
    return None if match is None else _ms(*match.groups())


def _ms(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(thousandths)


class _Parser:
    """Walks the lines; `_at` is the specification's position, always at the start of a line."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._seen_cue = False
        self._file = VttFile("WEBVTT")

    def parse(self) -> VttFile:
        if not self._lines:
            return self._file
        self._file.signature = self._lines[0]
        self._at = 1
        if self._at < len(self._lines) and self._lines[self._at]:
            self._header()
        while True:
            while self._at < len(self._lines) and not self._lines[self._at]:
                self._at += 1
            if self._at >= len(self._lines):
                return self._file
            self._block()

    def _header(self) -> None:
        while self._at < len(self._lines) and self._lines[self._at] and "-->" not in self._lines[self._at]:
            self._file.metadata.append(self._lines[self._at])
            self._file.regions.update(_OLD_REGION.findall(self._lines[self._at]))
            self._at += 1

    def _block(self) -> None:
        """The specification's "collect a WebVTT block" outside the header."""
        buffer: list[str] = []
        cue: RawCue | None = None
        seen_arrow = False
        line_count = 0
        while self._at < len(self._lines):
            line = self._lines[self._at]
            line_count += 1
            if "-->" in line:
                if line_count > 2 or seen_arrow:
                    break  # the next block begins at this line
                seen_arrow = True
                cue = self._times(line, "\n".join(buffer))
                buffer = buffer if cue is None else []
            elif line:
                buffer.append(line)
            self._at += 1
            if not line:
                break
        self._keep(cue, buffer, seen_arrow=seen_arrow)

    def _times(self, line: str, identifier: str) -> RawCue | None:
        match = _TIMES.match(line)
        if match is None:
            return None
        self._seen_cue = True
        groups = match.groups()
        settings = parse_settings(groups[8], frozenset(self._file.regions))
        return RawCue(identifier, _ms(*groups[:4]), _ms(*groups[4:8]), settings, " ".join(groups[8].split()), "")

    def _keep(self, cue: RawCue | None, buffer: list[str], *, seen_arrow: bool) -> None:
        if cue is not None:
            text = "\n".join(buffer)
            whole = RawCue(cue.id, cue.start_ms, cue.end_ms, cue.settings, cue.settings_text, text)
            self._file.cues.append(whole)
        elif seen_arrow:
            self._file.bad_times.append(len(self._file.cues) + 1)
        elif buffer:
            self._keep_block(buffer)

    def _keep_block(self, buffer: list[str]) -> None:
        """STYLE and REGION count before the first cue only; a NOTE is kept wherever it stands."""
        head = buffer[0].rstrip()
        if head == "REGION" and not self._seen_cue and len(buffer) > 1:
            self._file.regions.update(_REGION_ID.findall("\n".join(buffer[1:])))
        elif not (head == "STYLE" and not self._seen_cue) and not re.match(r"NOTE(?:\s|$)", head):
            return
        self._file.blocks.append("\n".join(buffer))
