"""Timed lines of a known text as cues: each line a cue, long prose built to a style. Knows no sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.alignment.known_text.report import Report, TimedLine
from core.cue import Cue
from core.cues.builder import build_cues
from core.cues.measure import words_reading_ms
from core.cues.styles import Style
from core.cues.timing import in_ms, out_ms
from core.transcript import Word


def cues_of(report: Report, style: Style, *, language: str, frame_rate: Fraction | None = None) -> tuple[Cue, ...]:
    """The found lines as cues in the order spoken; lines too long for one cue are divided as the style asks."""
    groups = [group for line in report.in_time() for group in _groups(line, style, language, frame_rate)]
    cues: list[Cue] = []
    starts = [in_ms(group[0].start_ms, cues_end, style, frame_rate) for group, cues_end in _with_ends(groups)]
    for group, start_ms, next_ms in zip(groups, starts, [*starts[1:], None], strict=True):
        end_ms = out_ms(start_ms, group[-1].end_ms, words_reading_ms(group, style), next_ms, style, frame_rate)
        cues.append(Cue(group, start_ms, end_ms, language=language))
    return tuple(cues)


def _groups(line: TimedLine, style: Style, language: str, frame_rate: Fraction | None) -> Iterator[tuple[Word, ...]]:
    if len(line.text) <= style.max_line_chars * style.max_lines:
        yield line.words
        return
    for cue in build_cues(line.words, style, language=language, frame_rate=frame_rate):
        yield cue.words


def _with_ends(groups: Sequence[tuple[Word, ...]]) -> Iterator[tuple[tuple[Word, ...], int]]:
    """Each group and where the words before it end."""
    end_ms = 0
    for group in groups:
        yield group, end_ms
        end_ms = group[-1].end_ms
