"""Lyrics (.lrc): a time at every line, and enhanced LRC with a time at every word. Knows no document and no files.

Nobody owns the format. Read: `[mm:ss]`, `[mm:ss.xx]`, `[mm:ss.xxx]` and hours; several stamps before one line; word
stamps as `<mm:ss.xx>` (A2 extension) and as `[mm:ss.xx]` inside the line (ESLyric); `[offset:]` in ms, positive =
sooner. Written: hundredths, which every player reads.

A line has no end of its own: it ends where the next begins, and a stamp with no text behind it ends a line before
a pause. So lines cannot overlap, and a cue without words cannot be told from a pause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.cjk import joins_without_space
from core.cue import Cue
from core.language import code_or_empty
from core.subtitles.centiseconds import in_centiseconds
from core.subtitles.markup import Tags, marked_text
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import Repairs, at_zero
from core.subtitles.syllables import joined, parted
from core.subtitles.text import lines_of
from core.subtitles.words import Run, words_of_runs
from core.transcript import Word

LAST_LINE_MS = 4000
"""How long the last line stands where the file does not say: a line of a song takes about that long."""

# Three numbers are hours only where a fraction follows: some write hundredths behind a colon.
_TIME = r"(?:(\d{1,4}):(?=\d+:\d+[.,]))?(\d{1,6}):(\d{1,2})(?:[.:,](\d{1,3}))?"
_STAMP = re.compile(rf"\[{_TIME}\]", re.ASCII)
_ANY_STAMP = re.compile(rf"<{_TIME}>|\[{_TIME}\]", re.ASCII)
_TAG = re.compile(r"\[([A-Za-z#]{1,20}):([^\]]*)\]\s*")
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)

_JOINER = "\u2060"
_LIKE_A_STAMP = rf"(?={_JOINER}*\d+:\d)"
_ESCAPE = re.compile(rf"[<\[]{_LIKE_A_STAMP}")
_UNESCAPE = re.compile(rf"([<\[]){_JOINER}{_LIKE_A_STAMP}")
_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")


class Lrc:
    """A time at every line. Reads word times too."""

    id = "lrc"
    name = "LRC"
    extensions: tuple[str, ...] = (".lrc",)
    keeps = frozenset({Feature.LANGUAGE, Feature.HEADER})
    reads = True
    writes = True
    utf8_only = False
    stamps = False

    def read(self, text: str) -> Subtitles:
        """Cues of the lines; the tags above them stay in the header, but for language and offset.

        Raises:
            ValueError: there is text, but no line has a time.
        """
        repairs = Repairs()
        tags, lines = _parse(lines_of(text), repairs)
        if not lines and not tags and text.strip():
            raise ValueError("no line of it has a time")
        offset = next((value for name, value in tags if name == "offset"), "")
        lines = _moved(lines, -int(offset) if _NUMBER.fullmatch(offset) else 0, repairs)
        language = next((value for name, value in tags if name == "la"), "")
        return Subtitles(
            tuple(_cues(lines)),
            header="\n".join(f"[{name}:{value}]" for name, value in tags if name not in ("offset", "la")),
            language=code_or_empty(language),
            notices=repairs.notices(),
        )

    def write(self, subtitles: Subtitles) -> str:
        """LRC with the tags that were read; times rounded to hundredths, line breaks become spaces."""
        lines = [line for line in subtitles.header.split("\n") if _TAG.fullmatch(line)]
        if len(lines) != len(subtitles.header.split("\n")):
            lines = []  # another format's header
        if code_or_empty(subtitles.language):
            lines.append(f"[la:{subtitles.language}]")
        for cue, next_ms in _in_turn(subtitles.cues):
            lines.append(f"[{_time(cue.start_ms)}]" + _text(cue, stamps=self.stamps))
            if next_ms is None or cue.end_ms < next_ms:
                lines.append(f"[{_time(cue.end_ms)}]")
        return "\n".join(lines) + "\n"

    def looks_like(self, text: str) -> bool:
        """Whether one of the first lines with text begins with a stamp, after tags at most."""
        for line in lines_of(text[:20_000]):
            if line.strip() and not _TAG.fullmatch(line.strip()):
                return _STAMP.match(line.strip()) is not None
        return False


class LrcWords(Lrc):
    """Enhanced LRC: a time at every word, or at every syllable where words are split."""

    id = "lrc-words"
    name = "LRC with word times"
    keeps = Lrc.keeps | {Feature.WORD_TIMES}
    stamps = True


@dataclass(frozen=True, slots=True)
class _Line:
    """One line at one of its times; `moved_ms` is what its word stamps move by, for a line sung several times."""

    start_ms: int
    text: str
    moved_ms: int = 0


def _parse(lines: Sequence[str], repairs: Repairs) -> tuple[list[tuple[str, str]], list[_Line]]:
    tags: list[tuple[str, str]] = []
    found: list[_Line] = []
    for line in lines:
        line = line.strip()
        stamps, rest = _leading_stamps(line)
        if stamps:
            found += [_Line(ms, rest, ms - stamps[0]) for ms in stamps]
        elif tag := _TAG.fullmatch(line):
            tags.append((tag[1].lower(), tag[2].strip()))
        elif line:
            repairs.add("subtitle.lines_without_time")
    return tags, found


def _leading_stamps(line: str) -> tuple[list[int], str]:
    """The stamps that stand together at the line's start, and what is behind them.

    `[00:01.00][00:09.00]text` is one text at two times.
    """
    stamps: list[int] = []
    at = 0
    while match := _STAMP.match(line, at):
        stamps.append(_ms(match.groups()))
        at = match.end()
    return stamps, line[at:]


def _moved(lines: Sequence[_Line], by_ms: int, repairs: Repairs) -> list[_Line]:
    """All times moved, none below zero, in order."""
    early = sum(line.start_ms + by_ms < 0 for line in lines)
    if early:
        repairs.add("subtitle.negative", count=early)
    moved = [_Line(max(0, line.start_ms + by_ms), line.text, line.moved_ms + by_ms) for line in lines]
    return sorted(moved, key=lambda line: line.start_ms)


def _cues(lines: Sequence[_Line]) -> Iterator[Cue]:
    for line, after in pairwise([*lines, None]):
        if line is None:
            continue
        next_ms = after.start_ms if after is not None else None
        runs = list(_runs(line))
        if not any(run.text.strip() for run in runs):
            continue
        latest_ms = max([line.start_ms, *(run.at_ms for run in runs if run.at_ms is not None)])
        end_ms = next_ms if next_ms is not None else max(line.start_ms + LAST_LINE_MS, latest_ms)
        words = words_of_runs(runs, line.start_ms, end_ms)
        if any(run.at_ms is not None for run in runs):
            words = joined(words)
        yield Cue(words, line.start_ms, end_ms)


def _runs(line: _Line) -> Iterator[Run]:
    at, at_ms = 0, None
    for stamp in _ANY_STAMP.finditer(line.text):
        yield Run(_UNESCAPE.sub(r"\1", line.text[at : stamp.start()]), at_ms=at_ms)
        at, at_ms = stamp.end(), _ms(stamp.groups()[:4] if stamp[0][0] == "<" else stamp.groups()[4:]) + line.moved_ms
    yield Run(_UNESCAPE.sub(r"\1", line.text[at:]), at_ms=at_ms)


def _ms(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in groups[:3])
    return (hours * 3600 + minutes * 60 + seconds) * 1000 + int((groups[3] or "0").ljust(3, "0"))


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def _in_turn(cues: Sequence[Cue]) -> Iterator[tuple[Cue, int | None]]:
    """The cues that have words, in hundredths, each cut where the next begins, and when that is."""
    coarse = [in_centiseconds(at_zero(cue)) for cue in cues if cue.words]
    for cue, after in pairwise([*coarse, None]):
        if cue is not None:
            next_ms = after.start_ms if after is not None else None
            yield (_cut(cue, next_ms) if next_ms is not None and cue.end_ms > next_ms else cue), next_ms


def _cut(cue: Cue, end_ms: int) -> Cue:
    def cut(word: Word) -> Word:
        return replace(word, start_ms=min(word.start_ms, end_ms), end_ms=min(word.end_ms, end_ms), syllables=())

    return replace(cue, end_ms=end_ms, words=tuple(map(cut, cue.words)))


def _text(cue: Cue, *, stamps: bool) -> str:
    words = [replace(w, after=_gap(w.after, w.text, n.text)) for w, n in pairwise(cue.words)] + [cue.words[-1]]
    if not stamps:
        return _BREAKS.sub(" ", marked_text(words, _TAGS))
    parts = parted(words)
    return _BREAKS.sub(" ", marked_text(parts, _TAGS, _stamps(parts)))


def _gap(after: str, before: str, behind: str) -> str:
    if not _BREAKS.search(after):
        return after
    return "" if joins_without_space(before, behind) else " "


def _stamps(words: Sequence[Word]) -> list[tuple[str, str]]:
    """Per word the time it begins, and the time it ends where the next does not begin there."""
    nexts = [*(word.start_ms for word in words[1:]), None]
    return [
        (f"<{_time(word.start_ms)}>", "" if word.end_ms == next_ms else f"<{_time(word.end_ms)}>")
        for word, next_ms in zip(words, nexts, strict=True)
    ]


def _time(ms: int) -> str:
    """mm:ss.xx; minutes grow past 99, because few players know hours."""
    minutes, hundredths = divmod(ms // 10, 6000)
    return f"{minutes:02d}:{hundredths // 100:02d}.{hundredths % 100:02d}"


def _escape(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0] + _JOINER, text)


_TAGS = Tags(open=lambda _: "", close=lambda _: "", writes=lambda _: False, escape=_escape)
"""LRC has no marks; what is left of marking is the escaping."""
