"""What readers mend, and how they say so. Knows no format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.cue import Cue
from core.errors import Param
from core.progress import Notice

_SENTENCES = {
    "subtitle.short_fraction": "Times without three digits behind the comma were read as decimal fractions",
    "subtitle.time_form": "Times written in an unusual way were read all the same",
    "subtitle.negative": "Times below zero were set to zero",
    "subtitle.end_before_start": "Cues that ended before they began now end where they begin",
    "subtitle.unsorted": "Cues out of order were sorted by time",
    "subtitle.blank_lines": "Empty lines inside a cue were taken out",
    "subtitle.no_blank_line": "An empty line was missing before a cue",
    "subtitle.counters": "Cues without a number were read all the same",
    "subtitle.text_beside_times": "Text on the line of the times was taken into the cue",
    "subtitle.before_first": "Lines before the first cue belong to none and were left out",
    "subtitle.unbalanced": "Tags without their other half were closed or left out",
    "subtitle.too_deep": "Tags nested too deeply were left out",
    "subtitle.zero_bytes": "Zero characters were taken out",
    "subtitle.bad_times": "Blocks whose times cannot be read were left out",
    "subtitle.lines_without_time": "Lines without a time were left out",
    "subtitle.against_rules": "Places against the format's rules were read as far as they can be",
    "subtitle.open_end": "Cues without an end now end where the next begins",
    "subtitle.language": "Languages that are not known here were left out",
    "subtitle.ruby": "Readings above words (ruby) were left out",
    "subtitle.bad_codes": "Codes that are none were left out",
    "subtitle.styles": "Styles that cannot be read were left out",
    "subtitle.ass_notes": "Remarks in braces were left out",
    "subtitle.drawings": "Drawings, which are no text, were left out",
}

UNBALANCED = "subtitle.unbalanced"
"""Its notice names every cue by number (`cues`), for a list of findings."""

_NAMED = 5
"""How many places a notice names."""
_PLACES = {0: ": {count}.", 1: ": cue {where}."}
_SOME_PLACES = ": cues {where}."

_CONTENT_LOST = frozenset(
    {
        "subtitle.before_first",
        "subtitle.too_deep",
        "subtitle.bad_times",
        "subtitle.drawings",
        "subtitle.lines_without_time",
    }
)


class Repairs:
    """Counts repairs by kind while a file is read."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {}

    def add(self, code: str, place: int | None = None, count: int = 1) -> None:
        """One more repair of kind `code` (a key of the table above) at cue number `place`, 1 = first."""
        self._counts[code] = self._counts.get(code, 0) + count
        if place is not None:
            self._places.setdefault(code, []).append(place)

    def notices(self) -> tuple[Notice, ...]:
        """One notice a kind, in the order they were first met."""
        return tuple(self._notice(code, count) for code, count in self._counts.items())

    def _notice(self, code: str, count: int) -> Notice:
        places = self._places.get(code, [])
        form = ": cues {where}, … ({count} in all)." if len(places) > _NAMED else _PLACES.get(len(places), _SOME_PLACES)
        params: dict[str, Param] = {"count": count, "where": ", ".join(map(str, places[:_NAMED]))}
        if code == UNBALANCED:
            params["cues"] = ",".join(map(str, dict.fromkeys(places)))
        return Notice(code, _SENTENCES[code] + form, params, finding=code in _CONTENT_LOST)


def mended_times(start_ms: int, end_ms: int, number: int, repairs: Repairs) -> tuple[int, int]:
    """Times a cue can have: not below zero, the end not before the start; `number` is named in the notice."""
    if start_ms < 0 or end_ms < 0:
        repairs.add("subtitle.negative", number)
        start_ms, end_ms = max(0, start_ms), max(0, end_ms)
    if end_ms < start_ms:
        repairs.add("subtitle.end_before_start", number)
        end_ms = start_ms
    return start_ms, end_ms


def in_order(cues: Sequence[Cue], repairs: Repairs) -> tuple[Cue, ...]:
    """The cues by (start, end), as documents hold them; equal ones stay as they stood."""
    latest = (-1, -1)
    for number, cue in enumerate(cues, 1):
        key = (cue.start_ms, cue.end_ms)
        if cue.start_ms < latest[0]:
            repairs.add("subtitle.unsorted", number)
        latest = max(latest, key)
    return tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)))


def at_zero(cue: Cue) -> Cue:
    """The cue with no time below zero, for formats that cannot write one."""
    if cue.start_ms >= 0 and all(word.start_ms >= 0 for word in cue.words):
        return cue
    words = tuple(replace(w, start_ms=max(0, w.start_ms), end_ms=max(0, w.end_ms)) for w in cue.words)
    return replace(cue, start_ms=max(0, cue.start_ms), end_ms=max(0, cue.end_ms), words=words)
