"""SubRip (.srt): pysrt behind a repair step. Knows no document and no files.

Kept beside text and times: <i> <b> <u>, colours, {\\an8} and SubRip coordinates ("X1:63 …") as the cue's own settings,
other tags as marks only SRT reads.
"""

from __future__ import annotations

import re

from pysrt import SubRipFile, SubRipItem

from core.cue import Cue
from core.subtitles import srt_tags
from core.subtitles.markup import marked_text
from core.subtitles.places import place_for
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import Repairs, at_zero, in_order
from core.subtitles.srt_repair import has_times, is_place, proper_lines, raw_cues
from core.subtitles.text import without_blank_lines
from core.subtitles.words import words_of_runs

_SETTINGS = re.compile(r"(?P<override>\{\\[^{}\n]*\})? ?(?P<place>[^\n]*)")


class Srt:
    """SubRip."""

    id = "srt"
    name = "SubRip"
    extensions: tuple[str, ...] = (".srt",)
    keeps = frozenset(
        {
            Feature.STYLED_TEXT,
            Feature.COLOURS,
            Feature.POSITIONS,
            Feature.LINE_BREAKS,
            Feature.OVERLAPS,
            Feature.MILLISECONDS,
        }
    )
    reads = True
    writes = True
    utf8_only = False

    def read(self, text: str) -> Subtitles:
        """Cues of an SRT file, broken ones mended as far as they can be.

        Raises:
            ValueError: there is text, but no line of times in it.
        """
        repairs = Repairs()
        raw = raw_cues(text, repairs)
        items = SubRipFile()
        items.extend(SubRipFile.stream(proper_lines(raw), error_handling=SubRipFile.ERROR_RAISE))
        cues = [_cue(item, number, repairs) for number, item in enumerate(items, 1)]
        return Subtitles(in_order(cues, repairs), notices=repairs.notices())

    def write(self, subtitles: Subtitles) -> str:
        """SRT with cues numbered from 1; times below zero become zero."""
        return "".join(f"{_item(number, cue)}\n" for number, cue in enumerate(subtitles.cues, 1))

    def looks_like(self, text: str) -> bool:
        """Whether a line of SRT times comes soon; WebVTT begins with its name and is none."""
        return not text.lstrip("\ufeff \t\r\n").startswith("WEBVTT") and has_times(text[:20_000])


def _cue(item: SubRipItem, number: int, repairs: Repairs) -> Cue:
    parsed = srt_tags.parse(item.text)
    if parsed.unbalanced:
        repairs.add("subtitle.unbalanced", number)
    if parsed.too_deep:
        repairs.add("subtitle.too_deep", number)
    start_ms, end_ms = item.start.ordinal, item.end.ordinal
    override = f"{{{parsed.place}}}" if parsed.place else ""
    settings = " ".join(part for part in (override, item.position.strip()) if part)
    words = words_of_runs(parsed.runs, start_ms, end_ms)
    return Cue(words, start_ms, end_ms, settings={"srt": settings} if settings else {})


def _item(number: int, cue: Cue) -> SubRipItem:
    cue = at_zero(cue)
    settings = _SETTINGS.match(place_for(cue.settings, "srt"))
    override, place = (settings["override"] or "", settings["place"]) if settings else ("", "")
    text = without_blank_lines(marked_text(cue.words, srt_tags.TAGS))
    return SubRipItem(number, cue.start_ms, cue.end_ms, override + text, place if is_place(place) else "")
