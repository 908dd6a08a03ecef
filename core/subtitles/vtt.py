"""WebVTT (.vtt), plain and with a time stamp at every word. Knows no document and no files.

Plain is what every player reads. With word stamps ("vtt-words") browsers can light up words as they are spoken
(`::cue(:past)`); players that ignore stamps show plain text. Both read both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.cue import Cue
from core.language import code_or_empty
from core.subtitles import vtt_cue_text, vtt_parser
from core.subtitles.colours import MARK, WEBVTT_CLASSES
from core.subtitles.markup import marked_text
from core.subtitles.places import place_for
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import Repairs, at_zero, in_order, mended_times
from core.subtitles.text import lines_of, without_blank_lines
from core.subtitles.words import words_of_runs
from core.timecode import format_ms

_LANGUAGE = re.compile(r"^Language:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_SETTINGS = re.compile(r"[^\s:]+:\S+(?: [^\s:]+:\S+)*")

_KEEPS = frozenset(
    {
        Feature.STYLED_TEXT,
        Feature.COLOURS,
        Feature.VOICES,
        Feature.POSITIONS,
        Feature.LANGUAGE,
        Feature.LINE_BREAKS,
        Feature.OVERLAPS,
        Feature.HEADER,
        Feature.MILLISECONDS,
    }
)


class Vtt:
    """WebVTT without word stamps."""

    id = "vtt"
    name = "WebVTT"
    extensions: tuple[str, ...] = (".vtt",)
    keeps = _KEEPS
    reads = True
    writes = True
    utf8_only = True
    stamps = False

    def read(self, text: str) -> Subtitles:
        """Cues by the specification's algorithm; words get the file's own stamps where it has them.

        Raises:
            ValueError: it does not begin with WEBVTT.
        """
        file = vtt_parser.parse(text)
        repairs = Repairs()
        for number in file.bad_times:
            repairs.add("subtitle.bad_times", number)
        cues = [_cue(raw, number, repairs) for number, raw in enumerate(file.cues, 1)]
        named = _LANGUAGE.search("\n".join(file.metadata))
        language = code_or_empty(named[1]) if named else ""
        return Subtitles(
            in_order(cues, repairs), header=_header_of(file, language), language=language, notices=repairs.notices()
        )

    def write(self, subtitles: Subtitles) -> str:
        """WebVTT; times below zero become zero, & < > are escaped, settings of other formats are left out."""
        header = _header(subtitles)
        return "\n\n".join([header, *(_block(cue, stamps=self.stamps) for cue in subtitles.cues)]) + "\n"

    def looks_like(self, text: str) -> bool:
        """Whether the first line is WebVTT's."""
        return vtt_parser.has_signature(lines_of(text[:2000])[0])


class VttWords(Vtt):
    """WebVTT with a stamp wherever a word begins, and where it ends before the next begins."""

    id = "vtt-words"
    name = "WebVTT with word times"
    keeps = _KEEPS | {Feature.WORD_TIMES}
    stamps = True


def _cue(raw: vtt_parser.RawCue, number: int, repairs: Repairs) -> Cue:
    start_ms, end_ms = mended_times(raw.start_ms, raw.end_ms, number, repairs)
    parsed = vtt_cue_text.parse(raw.text)
    settings = {key: value for key, value in (("vtt", raw.settings_text), ("vtt-id", raw.id)) if value}
    words = words_of_runs(parsed.runs, start_ms, end_ms)
    return Cue(words, start_ms, end_ms, voice=parsed.voice, settings=settings)


def _header_of(file: vtt_parser.VttFile, language: str) -> str:
    """What stands above the cues; "" where that is what we write ourselves. NOTEs between cues move up."""
    head = "\n".join([file.signature, *file.metadata])
    header = "\n\n".join([head, *file.blocks])
    return "" if header.strip() in ("WEBVTT", f"WEBVTT\nLanguage: {language}") else header


def _header(subtitles: Subtitles) -> str:
    """The header to write: the one read where it was WebVTT's, with language and colours added where missing."""
    lines = [line.replace("-->", "--&gt;") for line in lines_of(subtitles.header.replace("\0", "\ufffd"))]
    header = "\n".join(lines).rstrip("\n") if vtt_parser.has_signature(lines[0]) else "WEBVTT"
    head, *blocks = re.split(r"\n{2,}", header)
    head = _with_language(head, " ".join(subtitles.language.split()))
    rules = [rule for mark in _own_colours(subtitles.cues) if (rule := _rule(mark)) not in header]
    if rules:
        blocks.append("\n".join(["STYLE", *rules]))
    return "\n\n".join([head, *blocks])


def _with_language(head: str, language: str) -> str:
    """The first lines with a line that names the language, where it is known and not named yet."""
    named = _LANGUAGE.search(head)
    if not language or (named and code_or_empty(named[1]) == language):
        return head
    return _LANGUAGE.sub("", head).rstrip("\n").replace("\n\n", "\n") + f"\nLanguage: {language}"


def _own_colours(cues: Sequence[Cue]) -> list[str]:
    marks = {mark for cue in cues for word in cue.words for mark in word.marks if MARK.fullmatch(mark)}
    return sorted(mark for mark in marks if vtt_cue_text.colour_class(mark) not in WEBVTT_CLASSES)


def _rule(mark: str) -> str:
    return f"::cue(c.{vtt_cue_text.colour_class(mark)}) {{ color: {mark[2:]}; }}"


def _block(cue: Cue, *, stamps: bool) -> str:
    cue = at_zero(cue)
    identifier = cue.settings.get("vtt-id", "")
    lines = [identifier] if identifier.strip() and not re.search(r"-->|[\r\n\0]", identifier) else []
    settings = place_for(cue.settings, "vtt")
    settings = f" {settings}" if _SETTINGS.fullmatch(settings) and "-->" not in settings else ""
    lines.append(f"{format_ms(cue.start_ms)} --> {format_ms(cue.end_ms)}{settings}")
    text = marked_text(cue.words, vtt_cue_text.TAGS, _stamps(cue) if stamps else ())
    text = without_blank_lines(text.replace("\0", "\ufffd"))
    if text:
        lines.append(vtt_cue_text.voice_tag(cue.voice) + text)
    return "\n".join(lines)


def _stamps(cue: Cue) -> list[tuple[str, str]]:
    """Per word its stamps before and behind; inside the cue and rising, as the specification wants them."""
    ends = [*(word.start_ms for word in cue.words[1:]), cue.end_ms]
    stamps: list[tuple[str, str]] = []
    latest_ms = cue.start_ms
    for word, next_ms in zip(cue.words, ends, strict=False):
        before = _stamp(word.start_ms) if latest_ms < word.start_ms < cue.end_ms else ""
        latest_ms = max(latest_ms, word.start_ms)
        behind = _stamp(word.end_ms) if latest_ms < word.end_ms < next_ms else ""
        latest_ms = word.end_ms if behind else latest_ms
        stamps.append((before, behind))
    return stamps


def _stamp(ms: int) -> str:
    return f"<{format_ms(ms)}>"
