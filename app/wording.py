"""Numbers and times as sentences say them. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import tr
from core.errors import Param
from core.timecode import format_ms


def in_words(sentence: str, params: Mapping[str, Param]) -> str:
    """A sentence of core's: translated as it stands in the code, and filled then."""
    return tr(sentence).format_map(params)


def cue_count(count: int) -> str:
    """ "1 cue", "12 cues"."""
    return tr("1 cue") if count == 1 else tr("%n cues", None, count)


def clock(ms: int) -> str:
    """A place in the film as people say it: "09:12", "1:02:33"."""
    text = format_ms(ms, hours=ms >= 3_600_000).partition(".")[0]
    return text.removeprefix("0") if ms >= 3_600_000 else text


def time_left(seconds: int) -> str:
    """ "About 35 s left", "About 9 min left", "About 1 h 5 min left"; `seconds` already rounded."""
    if seconds < 60:
        return tr("About {0} s left").format(seconds)
    minutes = seconds // 60
    if minutes < 60:
        return tr("About {0} min left").format(minutes)
    return tr("About {0} h {1} min left").format(minutes // 60, minutes % 60)


def with_key(text: str, key: str) -> str:
    """A tooltip with its key: "Split cue (Ctrl+Alt+V)"."""
    return f"{text} ({key})" if key else text
