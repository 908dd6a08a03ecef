"""Findings that need more than a style: the film's shot changes, the fonts of this machine, where times come from.

Kept apart from `checks`, whose findings depend on cues and style alone. Knows no film and no font: both are given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from core.cue import Cue
from core.cues.checks import Finding, Severity
from core.errors import Param
from core.timecode import format_ms
from core.transcript import Source

NEAR_SHOT_MS = 500
"""An edge this near to a shot change belongs on it: 12 frames at 24 (Netflix, timing guidelines)."""

_ON_SHOT_MS = 45
"""An edge this near lies on it: a frame at 24 and its rounding."""

_TAG = re.compile(r"</?(?:i|b|u|s|font|c|v|lang|ruby|rt)\b[^<>]*>|\{\\[^{}]*\}?", re.IGNORECASE)
"""Markup that stands as text: a reader turns what is opened and closed into looks, so this was not both."""

Missing = Callable[[str, str], str]
"""(text, language) → letters no font here can show (`core.fonts.missing_letters`)."""

Misspelt = Callable[[str, str], Sequence[str]]
"""(text, language) → words its dictionary does not have (`core.spelling.misspelt`)."""


def check_closer(
    cues: Sequence[Cue],
    *,
    shots_ms: Sequence[int] = (),
    missing: Missing | None = None,
    misspelt: Misspelt | None = None,
    estimated: bool = False,
) -> tuple[Finding, ...]:
    """Findings in the order of the cues.

    Args:
        shots_ms: first ms of each shot, ascending; () = not known, and nothing is said of shots.
        missing: tells letters no font has; None = not asked.
        misspelt: tells words no dictionary has; None = not asked.
        estimated: whether words with estimated times are findings.
    """
    found: list[Finding] = []
    for cue in cues:
        found.extend(_tags(cue))
        found.extend(_shots(cue, shots_ms))
        if missing is not None:
            found.extend(_letters(cue, missing))
        if misspelt is not None:
            found.extend(_spelling(cue, misspelt))
        if estimated:
            found.extend(_estimated(cue))
    return tuple(found)


def _tags(cue: Cue) -> Iterator[Finding]:
    alone = sorted({tag[0] for tag in _TAG.finditer(cue.text)})
    if alone:
        sentence = "A tag is opened or closed alone, and would be read aloud: {tags}."
        yield _finding(cue, "tags", Severity.MUST, sentence, tags=" ".join(alone))


def closed_alone(cue: Cue) -> Finding:
    """A tag that stood alone in the file and that its reader closed or left out: other players may show it."""
    return _finding(cue, "tags", Severity.MUST, "A tag was opened or closed alone in the file.")


def _shots(cue: Cue, shots_ms: Sequence[int]) -> Iterator[Finding]:
    """A cue may stand across a cut, but not flash over it: its edges lie on the cut or well away from it."""
    after_start = bisect_right(shots_ms, cue.start_ms + _ON_SHOT_MS)
    if after_start < len(shots_ms) and shots_ms[after_start] - cue.start_ms <= min(NEAR_SHOT_MS, cue.duration_ms):
        cut_ms = shots_ms[after_start]
        sentence = "It begins {ms} ms before the shot change at {at}; begin on it."
        yield _finding(cue, "shot", Severity.SHOULD, sentence, ms=cut_ms - cue.start_ms, at=format_ms(cut_ms))
    before_end = bisect_left(shots_ms, cue.end_ms - _ON_SHOT_MS) - 1
    if before_end >= 0 and cue.start_ms < shots_ms[before_end] and cue.end_ms - shots_ms[before_end] <= NEAR_SHOT_MS:
        cut_ms = shots_ms[before_end]
        sentence = "It stands on for {ms} ms past the shot change at {at}; end before it."
        yield _finding(cue, "shot", Severity.SHOULD, sentence, ms=cue.end_ms - cut_ms, at=format_ms(cut_ms))


def _letters(cue: Cue, missing: Missing) -> Iterator[Finding]:
    letters = missing(cue.text, cue.language)
    if letters:
        sentence = "No font on this machine can show {letters}."
        yield _finding(cue, "glyphs", Severity.MUST, sentence, letters=" ".join(letters))


def _spelling(cue: Cue, misspelt: Misspelt) -> Iterator[Finding]:
    words = misspelt(cue.text, cue.language)
    if words:
        yield _finding(cue, "spelling", Severity.SHOULD, "Not in the dictionary: {words}.", words=", ".join(words))


def _estimated(cue: Cue) -> Iterator[Finding]:
    count = sum(word.source is Source.ESTIMATED for word in cue.words)
    if count:
        sentence = "The times of {count} of {words} words are estimated, not measured."
        yield _finding(cue, "estimated", Severity.SHOULD, sentence, count=count, words=len(cue.words))


def _finding(cue: Cue, code: str, severity: Severity, sentence: str, **params: Param) -> Finding:
    return Finding(cue.id, code, severity, sentence, params)
