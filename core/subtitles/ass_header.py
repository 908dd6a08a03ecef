"""What stands above the events of an ASS file: script info and styles. Knows no cues' text.

pysubs2 makes the default header and turns SSA's styles into ASS's. A header that was read is kept as it stood, since
fonts, pictures and the notes of other programs live there too.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Mapping, Sequence

import pysubs2

from core.cue import Cue
from core.subtitles.look import Look

DEFAULT = "Default"

_FIELDS = 22
"""Values of an ASS style behind its name."""
_STYLE = re.compile(r"^Style:[ \t]*([^,\n]*),([^\n]*)$", re.IGNORECASE | re.MULTILINE)
_STYLE_SECTION = re.compile(r"^\[v4\+ styles\]", re.IGNORECASE | re.MULTILINE)
_SSA_SECTION = re.compile(r"^\[v4 styles\]", re.IGNORECASE | re.MULTILINE)
_INFO = re.compile(r"\s*\[script info\]", re.IGNORECASE)
_PLAY_LINES = re.compile(r"^PlayResY:[ \t]*(\d{1,5})", re.IGNORECASE | re.MULTILINE)
_PLAY_COLUMNS = re.compile(r"^PlayResX:[ \t]*(\d{1,5})", re.IGNORECASE | re.MULTILINE)
_UNSAID = (384, 288)
_LINES_OF = {1280: 1024}
_COLUMNS_OF = {1024: 1280}
"""libass, `ass_lazy_track_init`: the one size that is not taken for a picture of 4 : 3."""
_NOT_IN_A_NAME = re.compile(r"[,\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def is_header(text: str) -> bool:
    """Whether `text` is the head of an ASS or SSA file and not another format's."""
    return _INFO.match(text) is not None


def scale(header: str) -> float:
    """How large a line of the picture of 1080, which looks are sized for, is in this header's own units.

    A script that names no lines is made for three quarters of its columns, or 288, as libass takes it.
    """
    return play_size(header)[1] / 1080 if is_header(header) else 1.0


def play_size(header: str) -> tuple[int, int]:
    """Columns and lines of the picture a header's units are of; what it does not say is as libass takes it."""
    columns, lines = (int(found[1]) if (found := size.search(header)) else 0 for size in (_PLAY_COLUMNS, _PLAY_LINES))
    if not columns and not lines:
        return _UNSAID
    lines = lines or _LINES_OF.get(columns) or max(1, columns * 3 // 4)
    return columns or _COLUMNS_OF.get(lines) or max(1, lines * 4 // 3), lines


def styles_of(header: str) -> dict[str, str]:
    """The styles by name; their values as the file writes them."""
    return {match[1].strip().lstrip("*"): match[2].strip() for match in _STYLE.finditer(header)}


def as_ass(header: str) -> tuple[str, bool]:
    """An SSA header as ASS's (an ASS one as it is), and whether all of it could be understood."""
    if _SSA_SECTION.search(header) is None:
        return header, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pysubs2 warns where it takes a default; the look is a detail here
            file = pysubs2.SSAFile.from_string(header + "\n", format_="ssa")
            return _without_events(file.to_string("ass", header_notice="")), True
    except (ValueError, TypeError, IndexError, AttributeError, pysubs2.Pysubs2Error):  # what a broken style line raises
        return "", False


def header_for(header: str, styles: Mapping[str, str], cues: Sequence[Cue]) -> str:
    """The header to write: the one that was read if it was ASS's, with every style the cues name."""
    head = header.strip("\n") if is_header(header) else _default()
    if scale(header) != 1 and DEFAULT not in styles_of(head):
        styles = {DEFAULT: Look().scaled(scale(header)).ass_fields(), **styles}
    if _STYLE_SECTION.search(head) is None:
        head += "\n\n" + _default().split("\n\n", 1)[1]
    head = _with_look(head, styles.get(DEFAULT, ""))
    there = styles_of(head)
    default = there.get(DEFAULT) or styles_of(_default())[DEFAULT]
    named = dict.fromkeys([DEFAULT, *styles, *(cue.style for cue in cues if cue.style)])
    missing = [name for name in map(field_text, named) if name and name not in there]
    lines = [f"Style: {name},{_look(styles.get(name, ''), default)}" for name in missing]
    return _with_styles(head, lines)


def field_text(text: str) -> str:
    """`text` as one field of a line: a comma or a line's end would begin the next."""
    return _NOT_IN_A_NAME.sub(" ", text).strip()


def fitted(header: str, width: int, height: int) -> str:
    """Our own plain header for a picture of another shape: its shorter side stays 1080, as looks are sized for.

    A header of another program is made for its own picture and stays as it is.
    """
    ours = "PlayResX: 1920\nPlayResY: 1080"
    if ours not in header or width < 1 or height < 1:
        return header
    short = min(width, height)
    size = f"PlayResX: {round(width * 1080 / short)}\nPlayResY: {round(height * 1080 / short)}"
    return header.replace(ours, size, 1)


def _with_look(head: str, fields: str) -> str:
    """With the default style as it was chosen; where none was, or the header has it so, unchanged."""
    there = styles_of(head).get(DEFAULT)
    if _look(fields, "") == "" or there in (None, fields):
        return head
    return _STYLE.sub(lambda one: f"Style: {DEFAULT},{fields}" if one[1].strip() == DEFAULT else one[0], head)


def _look(style: str, default: str) -> str:
    return style if style.count(",") == _FIELDS - 1 and not re.search(r"[\r\n]", style) else default


def _with_styles(head: str, lines: Sequence[str]) -> str:
    if not lines:
        return head
    section = _STYLE_SECTION.search(head)
    begin = section.end() if section else 0
    end = head.find("\n[", begin)
    end = len(head) if end < 0 else end
    block = head[begin:end].rstrip("\n")
    return head[:begin] + "\n".join([block, *lines]) + ("\n" + head[end:] if head[end:] else "")


@functools.cache
def _default() -> str:
    """The usual look (`Look`), for 1080 lines; in karaoke what is not sung yet is grey (SecondaryColour)."""
    file = pysubs2.SSAFile()
    file.info.clear()
    file.info.update(
        {
            "ScriptType": "v4.00+",
            "WrapStyle": "0",
            "ScaledBorderAndShadow": "yes",
            "PlayResX": "1920",
            "PlayResY": "1080",
        }
    )
    usual = Look()
    file.styles[DEFAULT] = pysubs2.SSAStyle(
        fontname=usual.font, fontsize=usual.size, secondarycolor=pysubs2.Color(150, 150, 150, 0),
        outline=usual.outline, shadow=0.0, marginl=96, marginr=96, marginv=usual.margin, encoding=-1,
    )  # fmt: skip
    return _without_events(file.to_string("ass", header_notice=""))


def _without_events(text: str) -> str:
    return text.split("\n[Events]")[0].strip("\n")
