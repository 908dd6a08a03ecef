r"""Advanced SubStation Alpha (.ass, .ssa), plain and with karaoke times (\k). Knows no document and no files.

Events are read here and not by pysubs2, which passes over the file's own Format line, gives the whole file up at one
event with bad times, and cannot write hours beyond nine. Its share is the header: see `ass_header`.

Times are centiseconds: a cue's and a word's edges are each rounded to the nearest, and \k values are differences of
rounded edges, so that they add up to the cue's length exactly. A pause is an empty {\k} of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.cue import Cue
from core.subtitles import ass_header, ass_tags
from core.subtitles.centiseconds import in_centiseconds
from core.subtitles.markup import marked_text
from core.subtitles.places import place_for
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import Repairs, at_zero, in_order, mended_times
from core.subtitles.syllables import joined, parted
from core.subtitles.text import lines_of
from core.subtitles.words import words_of_runs
from core.transcript import Word

_SECTION = re.compile(r"\[[^\]]*[a-z][^\]]*\]\s*", re.ASCII)
"""At least one small letter inside: the letters of embedded fonts are capitals, and may begin with a bracket."""
_EVENT = re.compile(r"(dialogue|comment|format):[ \t]*(.*)", re.IGNORECASE)
_TIME = re.compile(r"(-?)(\d{1,6}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3})\d*)?", re.ASCII)
_WRAP_2 = re.compile(r"^WrapStyle:\s*2", re.MULTILINE | re.IGNORECASE)
_PLACED = re.compile(r"-?\d{1,9},\d{1,9},\d{1,9},\d{1,9},[^,\r\n]*", re.ASCII)
_PLACE_TAGS = re.compile(r"\{(?:\\[^{}\\\r\n]*)+\}")

_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_EVENTS = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_AT_REST = "0,0,0,0,"

_KEEPS = frozenset(
    {
        Feature.STYLED_TEXT,
        Feature.COLOURS,
        Feature.VOICES,
        Feature.STYLES,
        Feature.LOOK,
        Feature.POSITIONS,
        Feature.LINE_BREAKS,
        Feature.OVERLAPS,
        Feature.HEADER,
    }
)


class Ass:
    """ASS without karaoke times. Reads SSA too, and any \\k there is."""

    id = "ass"
    name = "Advanced SubStation"
    extensions: tuple[str, ...] = (".ass", ".ssa")
    keeps = _KEEPS
    reads = True
    writes = True
    utf8_only = False
    karaoke = False

    def read(self, text: str) -> Subtitles:
        """Cues of the Dialogue events; Comment events stay in the header.

        Raises:
            ValueError: it has neither script info nor events.
        """
        repairs = Repairs()
        file = _parse(lines_of(text))
        if not ass_header.is_header(file.header) and not file.has_events:
            raise ValueError("there is no [Script Info] and no [Events] in it")
        header, understood = ass_header.as_ass(file.header)
        if not understood:
            repairs.add("subtitle.styles")
        hard_breaks = _WRAP_2.search(header) is not None
        cues = [
            cue
            for number, event in enumerate(file.events, 1)
            if (cue := _cue(event, number, repairs, hard_breaks=hard_breaks)) is not None
        ]
        whole = "\n\n".join(filter(None, [header, "\n".join(["[Events]", *file.comments]) if file.comments else ""]))
        quietly = Repairs()  # events in any order are usual in ASS
        return Subtitles(
            in_order(cues, quietly), header=whole, styles=ass_header.styles_of(header), notices=repairs.notices()
        )

    def write(self, subtitles: Subtitles) -> str:
        """ASS with the header that was read, or a plain one for 1920 × 1080; times rounded to centiseconds."""
        own = subtitles.header if ass_header.is_header(subtitles.header) else ""
        head, _, comments = own.partition("\n[Events]\n")
        header = ass_header.header_for(head, subtitles.styles, subtitles.cues)
        kept = [line for line in comments.split("\n") if line.startswith("Comment:")]
        events = [_line(cue, karaoke=self.karaoke) for cue in subtitles.cues]
        return "\n".join([header, "", _EVENTS, *kept, *events]) + "\n"

    def looks_like(self, text: str) -> bool:
        """Whether it begins with script info, or with events."""
        return (
            re.match(r"\s*(?:;[^\n]*\s+)*(?:\[script info\]|dialogue: )", text.removeprefix("\ufeff"), re.I) is not None
        )


class AssKaraoke(Ass):
    """ASS with \\k at every word, or at every syllable where words are split."""

    id = "ass-karaoke"
    name = "ASS karaoke"
    keeps = _KEEPS | {Feature.WORD_TIMES}
    karaoke = True


@dataclass(slots=True)
class _File:
    header: str = ""
    has_events: bool = False
    events: list[dict[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def _parse(lines: Sequence[str]) -> _File:
    """The header's text, and the events as fields by name."""
    file = _File()
    names: Sequence[str] = _FIELDS
    head: list[str] = []
    inside = False
    for line in lines:
        if _SECTION.fullmatch(line):
            inside = line.strip().lower() == "[events]"
            file.has_events |= inside
        event = _EVENT.match(line.lstrip())
        if event and (inside or event[1].lower() != "format"):
            file.has_events = True
            names = _event(event[1].lower(), event[2], names, file)
        elif not inside:
            head.append(line)
    file.header = re.sub(r"\n{3,}", "\n\n", "\n".join(head)).strip("\n")
    return file


def _event(kind: str, rest: str, names: Sequence[str], file: _File) -> Sequence[str]:
    """Takes one line of the events in; the fields' names that hold from here on."""
    if kind == "format":
        named = tuple(name.strip().lower() for name in rest.split(","))
        return named if {"start", "end"} <= set(named) and named[-1] == "text" else names
    fields = dict(zip(names, rest.split(",", len(names) - 1), strict=False))
    if kind == "dialogue":
        file.events.append(fields)
    elif "text" in fields:
        file.comments.append(
            "Comment: " + ",".join(fields.get(name, "0").strip() for name in _FIELDS[:-1]) + "," + fields["text"]
        )
    return names


def _cue(event: dict[str, str], number: int, repairs: Repairs, *, hard_breaks: bool) -> Cue | None:
    start_ms, end_ms = _ms(event.get("start", "")), _ms(event.get("end", ""))
    if start_ms is None or end_ms is None or "text" not in event:
        repairs.add("subtitle.bad_times", number)
        return None
    start_ms, end_ms = mended_times(start_ms, end_ms, number, repairs)
    parsed = ass_tags.parse(event["text"], start_ms, hard_breaks=hard_breaks)
    for code, count in (("subtitle.ass_notes", parsed.notes), ("subtitle.drawings", parsed.drawings)):
        if count:
            repairs.add(code, number)
    if parsed.drawings and not parsed.runs:
        return None
    stamped = any(run.at_ms is not None for run in parsed.runs)
    words = words_of_runs(parsed.runs, start_ms, end_ms)
    style = event.get("style", "").strip().lstrip("*")
    return Cue(
        joined(words) if stamped else words,
        start_ms,
        end_ms,
        voice=event.get("name", event.get("actor", "")).strip(),
        style="" if style == ass_header.DEFAULT else style,
        settings=_settings(event, parsed.place),
    )


def _settings(event: dict[str, str], place: str) -> dict[str, str]:
    """Layer, margins and effect where they are not at rest; overrides that place the cue."""
    numbers = [re.sub(r"^0+(?=\d)", "", event.get(key, "").strip()) or "0" for key in _FIELDS[0:1] + _FIELDS[5:8]]
    placed = ",".join([*numbers, event.get("effect", "").strip()])
    found = {"ass": "" if placed == _AT_REST or not _PLACED.fullmatch(placed) else placed}
    found["ass-tags"] = f"{{{place}}}" if _PLACE_TAGS.fullmatch(f"{{{place}}}") else ""
    return {key: value for key, value in found.items() if value}


def _ms(text: str) -> int | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    sign, hours, minutes, seconds, fraction = match.groups()
    ms = (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int((fraction or "0").ljust(3, "0"))
    return -ms if sign else ms


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def _line(cue: Cue, *, karaoke: bool) -> str:
    cue = in_centiseconds(at_zero(cue))
    placed = cue.settings.get("ass", "")
    layer, left, right, vertical, effect = (placed if _PLACED.fullmatch(placed) else _AT_REST).split(",")
    tags = place_for(cue.settings, "ass")
    words = parted(cue.words) if karaoke else cue.words
    text = marked_text(words, ass_tags.TAGS, _stamps(cue, words) if karaoke and words else ())
    fields = [
        layer, _time(cue.start_ms), _time(cue.end_ms), ass_header.field_text(cue.style) or ass_header.DEFAULT,
        ass_header.field_text(cue.voice), left, right, vertical, effect,
        (tags if _PLACE_TAGS.fullmatch(tags) else "") + text,
    ]  # fmt: skip
    return "Dialogue: " + ",".join(fields)


def _stamps(cue: Cue, words: Sequence[Word]) -> list[tuple[str, str]]:
    r"""Per word its {\k}, with that of the pause before it; the last word also gets the pause behind it."""
    edges = [cue.start_ms, *(edge for word in words for edge in (word.start_ms, word.end_ms)), cue.end_ms]
    lengths = [(after - before) // 10 for before, after in pairwise(edges)]
    stamps = [(_k(pause) + f"{{\\k{length}}}", "") for pause, length in zip(lengths[:-1:2], lengths[1::2], strict=True)]
    stamps[-1] = (stamps[-1][0], _k(lengths[-1]))
    return stamps


def _k(centiseconds: int) -> str:
    return f"{{\\k{centiseconds}}}" if centiseconds else ""


def _time(ms: int) -> str:
    minutes, hundredths = divmod(ms // 10, 6000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{hundredths // 100:02d}.{hundredths % 100:02d}"
