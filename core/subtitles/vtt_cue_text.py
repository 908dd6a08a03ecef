"""WebVTT cue text: its tags into runs with marks and time stamps, and back (W3C WebVTT, §6.4). Knows no files.

<i> <b> <u> and colour classes become the marks every format reads; other classes, <lang>, <ruby> and a voice that
speaks only part of a cue become "vtt:…" marks. A voice for the whole cue is the cue's own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.subtitles.colours import MARK, NAMED, WEBVTT_CLASSES
from core.subtitles.markup import DEEPEST, Tags
from core.subtitles.vtt_parser import parse_stamp
from core.subtitles.words import Run

_NAMES = frozenset({"c", "i", "b", "u", "ruby", "rt", "v", "lang"})
_START_TAG = re.compile(r"(?P<name>[^\t\n\f .]*)(?P<classes>(?:\.[^\t\n\f .]*)*)(?P<annotation>.*)", re.DOTALL)
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")
_CLASS_COLOUR = re.compile(r"color([0-9a-fA-F]{6})")
_OWN = re.compile(r"vtt:(?:c(?:\.[^\s.<>&]+)+|lang [^\n\r<>&]+|ruby|rt|v [^\n\r]+)")
_COLOUR_OF_CLASS = {name: NAMED[name] for name in WEBVTT_CLASSES}
_CLASS_OF_COLOUR = {colour: name for name, colour in _COLOUR_OF_CLASS.items()}


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A cue's text: its runs and the voice that speaks all of it, or ""."""

    runs: tuple[Run, ...]
    voice: str


@dataclass(frozen=True, slots=True)
class _Node:
    """An open tag and all marks that hold inside it."""

    name: str
    marks: frozenset[str]


def parse(text: str) -> ParsedText:
    """Runs out of raw cue text. Takes any text, as the specification's tokenizer does, in linear time."""
    runs: list[Run] = []
    stack = [_Node("", frozenset())]
    stamp: int | None = None
    at = 0
    while at < len(text):
        tag_at = text.find("<", at)
        tag_at = len(text) if tag_at < 0 else tag_at
        if tag_at > at:
            runs.append(Run(unescape(text[at:tag_at]), stack[-1].marks, stamp))
            stamp = None
        end = text.find(">", tag_at)
        end = len(text) if end < 0 else end
        found = _tag(text[tag_at + 1 : end], stack)
        if found is not None:
            runs += [Run("", stack[-1].marks, stamp)] if stamp is not None else []
            stamp = found
        at = end + 1
    if stamp is not None:
        runs.append(Run("", stack[-1].marks, stamp))
    return _with_voice(runs)


def unescape(text: str) -> str:
    """HTML character references resolved; numbers beyond Unicode become U+FFFD."""
    if "&" not in text:
        return text
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)).replace("\r\n", "\n").replace("\r", "\n")


def escape(text: str) -> str:
    """Text that reads back as itself: & < > as references."""
    return html.escape(text, quote=False)


def _tag(content: str, stack: list[_Node]) -> int | None:
    """Take in what stands between < and >: opens or closes a node; a time stamp's ms are returned."""
    if content[:1].isdigit() and content[:1].isascii():
        return parse_stamp(content)
    if content.startswith("/"):
        _end(content[1:], stack)
    else:
        _start(content, stack)
    return None


def _start(content: str, stack: list[_Node]) -> None:
    match = _START_TAG.fullmatch(content)
    if match is None or match["name"] not in _NAMES:
        return
    name = match["name"]
    if name == "rt" and stack[-1].name != "ruby":
        return
    classes = [part for part in match["classes"].split(".") if part]
    annotation = " ".join(unescape(match["annotation"]).split())
    marks = stack[-1].marks
    if len(marks) < DEEPEST:
        own = _marks(name, classes, annotation)
        if any(mark.startswith("c:") for mark in own):  # the inner colour is the one that shows
            marks = frozenset(mark for mark in marks if not mark.startswith("c:"))
        marks |= own
    stack.append(_Node(name, marks))


def _end(name: str, stack: list[_Node]) -> None:
    if name in _NAMES and stack[-1].name == name:
        stack.pop()
    elif name == "ruby" and stack[-1].name == "rt":
        del stack[-2:]


def _marks(name: str, classes: Sequence[str], annotation: str) -> frozenset[str]:
    marks: set[str] = set()
    if name in ("i", "b", "u"):
        marks.add(name)
    elif name in ("ruby", "rt"):
        marks.add(f"vtt:{name}")
    elif name in ("v", "lang") and annotation:
        marks.add(f"vtt:{name} {annotation}")
    own = []
    for part in classes:
        colour = _colour(part)
        if colour:
            marks.add(colour)
        else:
            own.append(part)
    if own:
        marks.add("vtt:c." + ".".join(own))
    return frozenset(marks)


def _colour(name: str) -> str | None:
    if name in _COLOUR_OF_CLASS:
        return "c:" + _COLOUR_OF_CLASS[name]
    match = _CLASS_COLOUR.fullmatch(name)
    return f"c:#{match[1].lower()}" if match else None


def _with_voice(runs: Sequence[Run]) -> ParsedText:
    """Lift a voice that speaks all of the text out of the marks."""
    voices = {frozenset(mark for mark in run.marks if mark.startswith("vtt:v ")) for run in runs if run.text.strip()}
    if len(voices) != 1 or len(only := next(iter(voices))) != 1:
        return ParsedText(tuple(runs), "")
    voice = next(iter(only)).removeprefix("vtt:v ")
    return ParsedText(tuple(replace(run, marks=run.marks - only) for run in runs), voice)


def voice_tag(voice: str) -> str:
    """The tag that gives the whole cue to a voice; the specification lets its end tag be left out. "" for none."""
    name = " ".join(voice.split())
    return f"<v {escape(name)}>" if name else ""


def colour_class(mark: str) -> str:
    """The class for a colour mark: one of WebVTT's eight, else YouTube's form, which needs a rule in a STYLE block."""
    return _CLASS_OF_COLOUR.get(mark[2:], f"color{mark[3:].upper()}")


def _writes(mark: str) -> bool:
    return mark in ("i", "b", "u") or MARK.fullmatch(mark) is not None or _OWN.fullmatch(mark) is not None


def _open_tag(mark: str) -> str:
    if mark.startswith("c:"):
        return f"<c.{colour_class(mark)}>"
    return f"<{escape(mark.removeprefix('vtt:'))}>"


def _close_tag(mark: str) -> str:
    return f"</{re.split('[. :]', mark.removeprefix('vtt:'), maxsplit=1)[0]}>"


TAGS = Tags(open=_open_tag, close=_close_tag, writes=_writes, escape=escape)
"""How WebVTT writes marks."""
