"""SRT's inline markup: tags into marks and back. Knows no times and no files.

There is no standard; what players agree on is <i> <b> <u>, <font color> and the ASS override {\\an8}. Other HTML tags
become marks of our own ("srt:s") and come back as they were; a tag nobody knows is text. Text that would read as a tag
or as an arrow gets a word joiner (U+2060, invisible) inside, which reading takes out again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.subtitles.colours import MARK, colour_mark
from core.subtitles.markup import DEEPEST, Tags
from core.subtitles.words import Run

_SIMPLE = {"i", "b", "u"}
_OTHER = {"s", "strike", "del", "ins", "em", "strong", "sub", "sup", "small", "big", "span", "tt", "ruby", "rt"}
_KNOWN = "|".join(sorted({*_SIMPLE, *_OTHER, "font"}, key=len, reverse=True))

# Possessive, so that a file of nothing but "<" or "<a" is read in linear time.
_MARKUP = re.compile(
    rf"<(?P<end>/?)(?P<name>{_KNOWN})(?P<rest>(?:\s[^<>\n]*+)?+)/?>|\{{(?P<ass>\\[^{{}}\n]*+)\}}", re.I
)
_ATTRIBUTE = re.compile(r"(?<![a-z])([a-z]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"']++)", re.I)
_ASS_SWITCH = re.compile(r"\\([ibu])([01])")
_ASS_PLACE = re.compile(r"\\(?:an[1-9]|a\d{1,2}|pos\([^()]*\)|move\([^()]*\))")

_JOINER = "\u2060"
_ESCAPE = re.compile(rf"<(?={_JOINER}*/?(?:{_KNOWN})\b)|\{{(?={_JOINER}*\\)|--(?={_JOINER}*>)", re.I)
_UNESCAPE = re.compile(rf"(<|\{{|--){_JOINER}(?={_JOINER}*(?:/?(?:{_KNOWN})\b|\\|>))", re.I)


@dataclass(slots=True)
class Parsed:
    """A cue's text: its runs, the overrides that place the whole cue, and what was wrong with its tags."""

    runs: list[Run] = field(default_factory=list)
    place: str = ""
    unbalanced: bool = False
    too_deep: bool = False


def parse(text: str) -> Parsed:
    """Runs of text and marks out of an SRT cue's text. Takes any text."""
    parsed = Parsed()
    stack: list[tuple[str, frozenset[str]]] = []
    at = 0
    for match in _MARKUP.finditer(text):
        _add_run(parsed, text[at : match.start()], stack)
        at = match.end()
        if match["ass"]:
            _override(match["ass"], stack, parsed)
        elif match["end"]:
            _close(match["name"].lower(), stack, parsed)
        else:
            _open(match["name"].lower(), _marks_of(match["name"].lower(), match["rest"]), stack, parsed)
    _add_run(parsed, text[at:], stack)
    parsed.unbalanced |= any(not name.startswith("\\") for name, _ in stack)
    return parsed


def _add_run(parsed: Parsed, text: str, stack: list[tuple[str, frozenset[str]]]) -> None:
    if text:
        parsed.runs.append(Run(_UNESCAPE.sub(r"\1", text), _in_force(stack)))


def _in_force(stack: list[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """The marks of all open tags; of several colours the inner one, which is the one that shows."""
    marks: set[str] = set()
    for _, own in stack:
        if any(mark.startswith("c:") for mark in own):
            marks = {mark for mark in marks if not mark.startswith("c:")}
        marks |= own
    return frozenset(marks)


def _marks_of(name: str, attributes: str) -> frozenset[str]:
    if name in _SIMPLE:
        return frozenset({name})
    if name != "font":
        return frozenset({f"srt:{name}{attributes.rstrip()}"})
    marks = set()
    for key, value in _ATTRIBUTE.findall(attributes):
        colour = colour_mark(value.strip("\"'")) if key.lower() == "color" else None
        marks.add(colour or f"srt:font {key.lower()}={value}")
    return frozenset(marks)


def _open(name: str, marks: frozenset[str], stack: list[tuple[str, frozenset[str]]], parsed: Parsed) -> None:
    if len(stack) >= DEEPEST:
        parsed.too_deep = True
        return
    stack.append((name, marks))


def _close(name: str, stack: list[tuple[str, frozenset[str]]], parsed: Parsed) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == name:
            del stack[depth]
            return
    parsed.unbalanced = True


def _override(block: str, stack: list[tuple[str, frozenset[str]]], parsed: Parsed) -> None:
    r"""An ASS block: \i1 and its like are marks, \an8 and its like place the cue, the rest is kept for SRT alone."""
    for name, switch in _ASS_SWITCH.findall(block):
        if switch == "1":
            _open("\\" + name, frozenset({name}), stack, parsed)
        else:
            _close("\\" + name, stack, parsed)
    parsed.place += "".join(_ASS_PLACE.findall(block))
    rest = _ASS_PLACE.sub("", _ASS_SWITCH.sub("", block))
    if rest:
        _open("\\" + rest, frozenset({f"srt:{{{rest}}}"}), stack, parsed)


def _writes(mark: str) -> bool:
    return mark in _SIMPLE or MARK.fullmatch(mark) is not None or _own(mark) is not None


def _own(mark: str) -> re.Match[str] | None:
    """The tag in a mark of ours, if it is one this module would read back: marks also come from project files."""
    if not mark.startswith("srt:"):
        return None
    body = mark[4:]
    return _MARKUP.fullmatch(body if body.startswith("{") else f"<{body}>")


def _open_tag(mark: str) -> str:
    if mark.startswith("c:"):
        return f'<font color="{mark[2:]}">'
    tag = mark.removeprefix("srt:")
    return tag if tag.startswith("{") else f"<{tag}>"


def _close_tag(mark: str) -> str:
    if mark.startswith("c:"):
        return "</font>"
    name = mark.removeprefix("srt:").split(" ")[0]
    return "" if name.startswith("{") else f"</{name}>"


def _escape(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0] + _JOINER, text)


TAGS = Tags(open=_open_tag, close=_close_tag, writes=_writes, escape=_escape)
"""How SRT writes marks."""
