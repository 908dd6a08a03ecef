"""Findings as a table for people: what `cuesmith check --csv` and the window write. Knows no file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from core.cue import Cue
from core.cues.checks import Finding
from core.timecode import format_ms

_HEAD = ("cue", "start", "end", "severity", "code", "finding", "text")
_FORMULA = ("=", "+", "-", "@", "\t")


def findings_table(findings: Sequence[Finding], cues: Sequence[Cue]) -> str:
    """A line for each finding, with its cue's number (from 1), times and text; of cues that are gone there is none."""
    places = {cue.id: (number, cue) for number, cue in enumerate(cues, start=1)}
    with io.StringIO(newline="") as text:
        writer = csv.writer(text)
        writer.writerow(_HEAD)
        for finding in findings:
            if finding.cue_id not in places:
                continue
            number, cue = places[finding.cue_id]
            times = (format_ms(cue.start_ms), format_ms(cue.end_ms))
            writer.writerow((number, *times, finding.severity, finding.code, finding.text, _cell(cue.text)))
        return text.getvalue()


def _cell(text: str) -> str:
    """A cell that no table program takes for a formula: a word joiner, invisible, stands before such a beginning."""
    return f"\u2060{text}" if text.startswith(_FORMULA) else text
