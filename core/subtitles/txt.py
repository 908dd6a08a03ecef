"""Plain text: one line a cue, no times. Written only: a text without times is read by alignment, not as subtitles."""

from __future__ import annotations

import re

from core.cjk import joins_without_space
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.text import without_blank_lines


class PlainText:
    """The words alone."""

    id = "txt"
    name = "Plain text"
    extensions: tuple[str, ...] = (".txt",)
    keeps: frozenset[Feature] = frozenset()
    reads = False
    writes = True
    utf8_only = False

    def read(self, text: str) -> Subtitles:
        """Never: there are no times in it.

        Raises:
            ValueError: always, with what to use instead.
        """
        raise ValueError("plain text has no times; give it to “align” together with the film")

    def write(self, subtitles: Subtitles) -> str:
        """One line a cue; line breaks inside become a space, or nothing between CJK characters."""
        return "".join(f"{_one_line(cue.text)}\n" for cue in subtitles.cues if cue.words)

    def looks_like(self, text: str) -> bool:
        """Never: any file is text."""
        return False


def _one_line(text: str) -> str:
    lines = [line.strip() for line in re.split(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", without_blank_lines(text))]
    joined = ""
    for line in filter(None, lines):
        joined += line if not joined or joins_without_space(joined, line) else f" {line}"
    return joined
