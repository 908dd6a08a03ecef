r"""ASS's inline markup: override blocks into marks and back. Knows no events, styles or files.

\i \b \u and \c are the marks every format shares; \an, \pos and their like place the whole cue; \k and its kin time
syllables; other overrides become marks of our own ("ass:\blur3") and come back as they were. A brace in the text is
written as libass reads it, with an empty block behind so that VSFilter hides nothing ("\{{}"). A backslash that would
read as an escape gets a word joiner (U+2060, invisible) behind it, which reading takes out again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.subtitles.colours import MARK
from core.subtitles.markup import Tags
from core.subtitles.words import Run

_NAMES = (
    "iclip|clip|pos|move|org|fade|fad|fscx|fscy|fsp|fs|frx|fry|frz|fr|fax|fay|fe|fn|xbord|ybord|bord|xshad|yshad|shad|"
    "blur|be|alpha|[1-4]a|[1-4]c|c|kf|ko|kt|k|K|pbo|p|an|a|i|b|u|s|q|r|t"
)
"""The overrides there are, longer names before those they begin with."""
_TOKEN = re.compile(r"\{(?P<block>[^{}]*+)\}|\\(?P<escape>[Nnh{}])")
_NAME = f"(?P<name>{_NAMES})"
_TAG = re.compile(rf"\\{_NAME}(?P<value>[^\\(]*+(?:\([^()]*+\))?+)")
_PLACES = frozenset(("an", "a", "pos", "move", "org", "fade", "fad", "clip", "iclip", "q", "pbo"))
_STAMPS = frozenset(("k", "K", "kf", "ko"))
_SWITCHES = frozenset("ibu")
_OWN = re.compile(rf"ass:\\{_NAME}[^{{}}()\\\r\n]*(?:\([^{{}}()\r\n]*\))?")
_COLOUR = re.compile(r"&?[Hh]?([0-9A-Fa-f]{1,8})&?")
_WEIGHT = re.compile(r"[1-9]00", re.ASCII)
_NUMBER = re.compile(r"\d{1,7}", re.ASCII)

_JOINER = "\u2060"
_ESCAPE = re.compile(rf"(?P<slash>\\(?={_JOINER}*(?:[Nnh{{}}\n]|$)))|(?P<brace>\{{)|(?P<line>\n)")
_UNESCAPE = re.compile(rf"\\{_JOINER}(?={_JOINER}*(?:[Nnh{{}}]|$))")


@dataclass(slots=True)
class Parsed:
    """An event's text: its runs, the overrides that place the whole cue, and what was left out.

    Attributes:
        notes: how many braces held no override: remarks of whoever made the file.
        drawings: how many stretches were vector drawings and no text.
    """

    runs: list[Run] = field(default_factory=list)
    place: str = ""
    notes: int = 0
    drawings: int = 0


def parse(text: str, start_ms: int, *, hard_breaks: bool = False) -> Parsed:
    r"""Runs of text, marks and times out of an event's text. Takes any text.

    Args:
        text: the event's last field.
        start_ms: where the event begins; \k counts from there.
        hard_breaks: whether \n breaks the line too (WrapStyle 2); it is a space otherwise.
    """
    reader = _Reader(start_ms)
    at = 0
    for match in _TOKEN.finditer(text):
        reader.text(text[at : match.start()])
        at = match.end()
        if match["escape"] is None:
            reader.block(match["block"])
        else:
            reader.escaped({"N": "\n", "n": "\n" if hard_breaks else " ", "h": "\u00a0"}.get(match[2], match[2]))
    reader.text(text[at:])
    reader.finish()
    return reader.parsed


class _Reader:
    """What is in force while an event's text is read from left to right."""

    def __init__(self, start_ms: int) -> None:
        self.parsed = Parsed()
        self._marks: dict[str, str] = {}
        self._drawing = False
        self._next_ms = start_ms
        self._stamped = False
        self._at_ms: int | None = None

    def text(self, text: str) -> None:
        self.escaped(_UNESCAPE.sub(r"\\", text))

    def escaped(self, text: str) -> None:
        if not text:
            return
        if self._drawing:
            self.parsed.drawings += 1
            return
        self.parsed.runs.append(Run(text, frozenset(self._marks.values()), self._at_ms))
        self._at_ms = None

    def block(self, block: str) -> None:
        tags = list(_TAG.finditer(block))
        if block.strip() and not tags:
            self.parsed.notes += 1
        for tag in tags:
            self._tag(tag["name"], tag["value"].strip())

    def finish(self) -> None:
        """The end of the last syllable, where there are any."""
        if self._stamped:
            self._stamp()
            self._stamp()

    def _tag(self, name: str, value: str) -> None:
        if name in _STAMPS or name == "kt":
            self._karaoke(name, int(value) if _NUMBER.fullmatch(value) else 0)
        elif name in _PLACES:
            self.parsed.place += f"\\{name}{value}"
        elif name == "p":
            self._drawing = value not in ("", "0")
        elif name == "r":
            self._marks.clear()
        else:
            self._mark(name, value)

    def _karaoke(self, name: str, centiseconds: int) -> None:
        self._stamped = True
        if name == "kt":
            return
        self._stamp()
        self._next_ms += centiseconds * 10

    def _stamp(self) -> None:
        """A stamp nothing was said at is a pause: it ends the word before it."""
        if self._at_ms is not None:
            self.parsed.runs.append(Run("", frozenset(), self._at_ms))
        self._at_ms = self._next_ms

    def _mark(self, name: str, value: str) -> None:
        name = "c" if name == "1c" else name
        self._marks.pop(name, None)
        if name in _SWITCHES and not (name == "b" and _WEIGHT.fullmatch(value)):
            if value == "1":
                self._marks[name] = name
        elif name == "c":
            if colour := _colour(value):
                self._marks[name] = colour
        elif value and _OWN.fullmatch(f"ass:\\{name}{value}"):
            self._marks[name] = f"ass:\\{name}{value}"


def _colour(value: str) -> str | None:
    """ "c:#rrggbb" for ASS's &HBBGGRR&."""
    match = _COLOUR.fullmatch(value)
    if match is None:
        return None
    digits = match[1].zfill(6)[-6:].lower()
    return f"c:#{digits[4:6]}{digits[2:4]}{digits[0:2]}"


def _writes(mark: str) -> bool:
    return (
        mark in _SWITCHES or MARK.fullmatch(mark) is not None or _name(mark) not in (*_PLACES, *_STAMPS, "", "p", "r")
    )


def _name(mark: str) -> str:
    own = _OWN.fullmatch(mark)
    return own["name"] if own else ""


def _open(mark: str) -> str:
    if mark.startswith("c:"):
        return f"{{\\c&H{mark[7:9]}{mark[5:7]}{mark[3:5]}&}}".upper().replace("\\C", "\\c")
    return f"{{\\{mark}1}}" if mark in _SWITCHES else f"{{{mark[4:]}}}"


def _close(mark: str) -> str:
    if mark in _SWITCHES:
        return f"{{\\{mark}0}}"
    if mark.startswith("c:"):
        return "{\\c}"
    return "" if _name(mark) == "t" else f"{{\\{_name(mark)}}}"


def _escape(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub(
        lambda found: {"slash": "\\" + _JOINER, "brace": "\\{{}"}.get(found.lastgroup or "", "\\N"), text
    )


TAGS = Tags(open=_open, close=_close, writes=_writes, escape=_escape)
"""How ASS writes marks."""
