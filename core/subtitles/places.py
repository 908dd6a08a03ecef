r"""Where a cue stands on the picture, from one format's words into another's. Knows no cue's text and no files.

A cue keeps its place in the words of the file it came from (`Cue.settings`). What formats share is the number pad: 8 is
the top, 5 the middle, 7 the top left. SubRip and ASS write it as {\an8}, WebVTT as "line:0". A place beyond that
(coordinates, percentages, regions, margins) goes over to the number pad's nearest and is named as lost. What says no
more than players do unasked ("align:center") is no place.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from core.subtitles.vtt_settings import CueSettings, parse_settings

_PAD = re.compile(r"\\an([1-9])", re.ASCII)
_LINE = re.compile(r"(?:^|\s)line:(-?)(\d{1,6})(?:\.\d+)?(%?)(?:,\S*)?(?=\s|$)", re.ASCII)
_ALIGN = re.compile(r"(?:^|\s)align:(start|left|end|right)(?=\s|$)")
_REGION = re.compile(r"(?:^|\s)region:(\S+)")
_ROWS = {1: "", 2: "line:50%", 3: "line:0"}
"""WebVTT's rows from the bottom, which is where a cue stands unasked."""
_SIDES = {1: "align:start", 2: "", 3: "align:end"}
_TOP_LINES, _THIRD, _TWO_THIRDS = 5, 33, 66
_UNASKED = 2
_AT_REST = "0,0,0,0,"
_LETTERS_SIDES = {"left": "start", "right": "end"}
_AUTO = {"start": (0, "line-left"), "center": (50, "center"), "end": (100, "line-right")}
"""By alignment, the position that "auto" comes to where letters run from the left, and what of the box stands there."""


def place_for(settings: Mapping[str, str], family: str) -> str:
    """A cue's place in the words of `family` ("srt", "ass", "vtt"): its own, else another format's; "" = none.

    For ASS these are the overrides; margins and effects have a setting of their own.
    """
    if own := settings.get(_KEYS[family], ""):
        return own
    place = _pad_of(settings)
    return "" if place is None or place == _UNASKED else _WRITERS[family](place)


def settings_for(place: int) -> dict[str, str]:
    """A cue's settings for a place of the number pad; {} where it stands unasked."""
    return {} if place == _UNASKED else {"srt": _braced(place)}


def has_place(settings: Mapping[str, str]) -> bool:
    """Whether a cue stands anywhere but where it would unasked; a name or a layer is no place."""
    return bool(_places(settings))


def carries(settings: Mapping[str, str], family: str) -> bool:
    """Whether `family` puts the cue where it stood: in its own words, or the place is one of the number pad's."""
    if not has_place(settings) or any(key.split("-")[0] == family for key in settings):
        return True
    place = _pad_of(settings)
    return place is not None and all(
        _meant(key, value) == _meant(key, _WRITERS[key.split("-")[0]](place))
        for key, value in _places(settings).items()
    )


def _places(settings: Mapping[str, str]) -> dict[str, str]:
    """The settings that place a cue; of ASS's own fields only where margins or an effect are set."""
    found = {key: value for key in _KEYS.values() if _meant(key, value := settings.get(key, "")) != _UNSAID[key]}
    fields = settings.get("ass", _AT_REST)
    return found if fields.partition(",")[2] == _AT_REST.partition(",")[2] else {**found, "ass": fields}


def _meant(key: str, value: str) -> str | CueSettings:
    r"""What a setting says, alike for what players show alike: WebVTT has many words for one place.

    {\an2} is what SubRip's cues do unasked; in ASS a style may stand elsewhere, so there it says something.
    """
    if key == "vtt":
        return _meant_by_vtt(value)
    return "" if key == "srt" and value == _braced(_UNASKED) else value


@functools.lru_cache(maxsize=1024)
def _meant_by_vtt(text: str) -> CueSettings:
    """The settings with left out what they would be unasked. A region is taken for one the file has."""
    found = parse_settings(text, frozenset(_REGION.findall(text)))
    found = replace(found, align=_LETTERS_SIDES.get(found.align, found.align))
    if found.line == -1 and found.snap_to_lines:  # the last line, which is where one track stands by itself
        found = replace(found, line=None, line_align="start")
    at, of_box = _AUTO[found.align]
    if found.position == at and found.position_align in ("auto", of_box):
        found = replace(found, position=None, position_align="auto")
    return found


def _pad_of(settings: Mapping[str, str]) -> int | None:
    """The number pad's place, the nearest one; None where nothing says any."""
    for key in ("ass-tags", "srt"):
        if found := _PAD.search(settings.get(key, "")):
            return int(found[1])
    return _pad_of_vtt(settings.get("vtt", ""))


def _pad_of_vtt(text: str) -> int | None:
    line, side = _LINE.search(text), _ALIGN.search(text)
    if line is None and side is None:
        return None
    column = 2 if side is None else 1 if side[1] in ("start", "left") else 3
    return 3 * (_row(line) - 1) + column


def _row(line: re.Match[str] | None) -> int:
    """1 = bottom, 2 = middle, 3 = top."""
    if line is None or line[1]:
        return 1
    number = int(line[2])
    if not line[3]:
        return 3 if number < _TOP_LINES else 1
    return 3 if number < _THIRD else 2 if number < _TWO_THIRDS else 1


def _braced(place: int) -> str:
    return f"{{\\an{place}}}"


def _vtt(place: int) -> str:
    row, column = divmod(place - 1, 3)
    return " ".join(filter(None, (_ROWS[row + 1], _SIDES[column + 1])))


_UNSAID: Mapping[str, str | CueSettings] = {"srt": "", "ass-tags": "", "vtt": CueSettings()}
_KEYS = {"srt": "srt", "ass": "ass-tags", "vtt": "vtt"}
_WRITERS: Mapping[str, Callable[[int], str]] = {"srt": _braced, "ass": _braced, "vtt": _vtt}
