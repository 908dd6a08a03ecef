"""What would become of cues built anew: to a style as it is set now, all of them or only those with findings.

Knows no document and no window: gives the cues and what is said about them before anybody takes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from core.cue import Cue
from core.cues.checks import check
from core.cues.reflow import reflow
from core.cues.styles import Style


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Cues built anew.

    Attributes:
        cues: all of them, in order; where nothing became other, the very same cues as before.
        findings_before, findings_after: against the style they are built to.
    """

    cues: tuple[Cue, ...]
    findings_before: int
    findings_after: int

    def changed(self, before: Sequence[Cue]) -> tuple[Cue, ...]:
        """Those that were not there before."""
        there = {cue.id for cue in before}
        return tuple(cue for cue in self.cues if cue.id not in there)


def rebuild(
    cues: Sequence[Cue],
    style: Style,
    *,
    language: str = "",
    frame_rate: Fraction | None = None,
    only_findings: bool = False,
) -> Rebuilt:
    """Build `cues` anew; locked ones stay. With `only_findings` those stay that keep to the style already."""
    found = check(cues, style, frame_rate)
    bad = {finding.cue_id for finding in found}
    held = [replace(cue, locked=True) if only_findings and cue.id not in bad else cue for cue in cues]
    own = {cue.id: cue for cue in cues}
    built = [own.get(cue.id, cue) for cue in reflow(held, style, language=language, frame_rate=frame_rate)]
    same = {_shape(cue): cue for cue in cues}
    kept = tuple(same.get(_shape(cue), cue) for cue in built)
    return Rebuilt(kept, len(found), len(check(kept, style, frame_rate)))


def _shape(cue: Cue) -> tuple[object, ...]:
    """What makes two cues the same to who sees them; a rebuilt one that is, keeps its name."""
    return cue.words, cue.start_ms, cue.end_ms, cue.language, cue.voice, cue.style, tuple(sorted(cue.settings.items()))
