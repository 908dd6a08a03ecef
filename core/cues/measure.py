"""Measures of a cue by a style: lengths of lines, reading speed, time to read. Knows no prices and no findings.

Pure functions; builder, checks, cue table and text box show and use the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.cues.scripts import columns
from core.cues.styles import Style
from core.transcript import Word, words_text


def chars(text: str, style: Style) -> float:
    """Characters of one line as `style` counts them; halves occur where full-width characters count as one."""
    return columns(text) / style.columns_per_char


def line_lengths(text: str, style: Style) -> tuple[float, ...]:
    """Characters of each line of `text`; () where it is empty."""
    return tuple(chars(line, style) for line in text.split("\n")) if text else ()


def total_columns(text: str) -> int:
    """Columns of all lines of `text` together; the line breaks themselves count nothing."""
    return sum(columns(line) for line in text.split("\n"))


def reading_speed(text: str, duration_ms: int, style: Style) -> float:
    """Characters a second as `style` counts them, spaces included; infinite where there is text but no time."""
    count = total_columns(text) / style.columns_per_char
    if duration_ms <= 0:
        return float("inf") if count else 0.0
    return count * 1000 / duration_ms


def words_per_minute(word_count: int, duration_ms: int) -> float:
    """Words a minute; infinite where there are words but no time."""
    if duration_ms <= 0:
        return float("inf") if word_count else 0.0
    return word_count * 60_000 / duration_ms


def reading_ms(column_count: int, word_count: int, style: Style) -> int:
    """Ms it takes to read so much at the style's highest speed, rounded up; 0 where the style asks for none."""
    by_chars = -(-column_count * 1000 // (style.max_cps * style.columns_per_char)) if style.max_cps else 0
    by_words = -(-word_count * 60_000 // style.max_wpm) if style.max_wpm else 0
    return max(by_chars, by_words)


def words_reading_ms(words: Sequence[Word], style: Style) -> int:
    """Ms it takes to read `words` at the style's highest speed."""
    return reading_ms(total_columns(words_text(words)), len(words), style)
