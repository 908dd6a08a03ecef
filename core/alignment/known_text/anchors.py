"""Which matches of heard and given words to trust, and what that says of each line. Knows no sound.

A chance match stands alone, a true one in a run; a line of which little was heard was probably not spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.alignment.known_text.hearing import HeardWord
from core.alignment.known_text.matching import MATCH, Pair, Table, best_overall
from core.alignment.known_text.script import Line, Script

LEAST_HEARD = 0.3
"""A line with a smaller share of its units heard counts as not found: what is matched of it came by chance."""

_MOST_TEXT_STEP, _MOST_HEARD_STEP = 3, 4
"""Within a run, two units of the text and three that were heard may stand between two matches."""
_FITS = (0.5, 2.0)
"""A line of which little was heard counts all the same where about as much is said, between its neighbours, as it has:
so many units heard for each of the text's."""
_LEAST_FITTING = 0.15
"""And where at least this share of it was heard."""
_MOST_FITTING = 3
"""Only one or two lines in a row."""
_LONGEST_PAUSE_MS = 4_000
_NEAR = 3
"""A single match counts where runs are this near, in units of the text, on both sides."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Trusted matches: which heard unit each unit of the text is.

    Attributes:
        heard: unit of the script → index of the heard unit.
        moved: indices of lines found out of the text's order.
    """

    heard: dict[int, int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()

    def share(self, line: Line) -> float:
        """The share of a line's units that were heard, 0..1; 0 where it has none."""
        return sum(unit in self.heard for unit in line.units) / len(line.units) if line.units else 0.0

    def found(self, script: Script) -> list[int]:
        """Indices of the lines that have anchors."""
        return [index for index, line in enumerate(script.lines) if any(unit in self.heard for unit in line.units)]


def anchors_of(script: Script, heard: Sequence[HeardWord], table: Table) -> Anchors:
    """The anchors of `script` in its own order; `table` has the heard units against the script's."""
    pairs = best_overall(table)
    runs = list(_runs(pairs, heard))
    trusted = [run for run in runs if _exact(run, table) >= 2]
    kept = dict(_unit_first(pair) for run in trusted for pair in run)
    kept.update(map(_unit_first, _near_singles(runs, table, heard)))
    return Anchors(without_faint_lines(script, kept))


def with_fitting(script: Script, heard: Sequence[HeardWord], table: Table, anchors: Anchors) -> Anchors:
    """`anchors` and the matches of faint lines that fit the room between sure neighbours."""
    found, taken = dict(anchors.heard), set(anchors.heard.values())
    lines = anchors.found(script)
    for before, behind in pairwise(lines):
        between = [unit for line in script.lines[before + 1 : behind] for unit in line.units]
        first = max(found[unit] for unit in script.lines[before].units if unit in found) + 1
        last = min(found[unit] for unit in script.lines[behind].units if unit in found)
        fits = _FITS[0] * len(between) <= last - first <= _FITS[1] * len(between) and taken.isdisjoint(
            range(first, last)
        )
        if not between or behind - before > _MOST_FITTING or not fits:
            continue
        pairs = best_overall(table.part(range(first, last), between))
        exact = _exact(pairs, table.part(range(first, last), between))
        if exact >= _LEAST_FITTING * len(between):
            found.update((between[t], first + h) for h, t in pairs)
    return Anchors(dict(sorted(found.items())), anchors.moved)


def without_faint_lines(script: Script, kept: Mapping[int, int]) -> dict[int, int]:
    """`kept` without the matches of lines of which less than `LEAST_HEARD` was heard."""
    found = Anchors(dict(kept))
    faint = {unit for line in script.lines if found.share(line) < LEAST_HEARD for unit in line.units}
    return {unit: index for unit, index in sorted(kept.items()) if unit not in faint}


def _unit_first(pair: Pair) -> tuple[int, int]:
    return pair[1], pair[0]


def _runs(pairs: Iterable[Pair], heard: Sequence[HeardWord]) -> Iterator[list[Pair]]:
    run: list[Pair] = []
    for pair in pairs:
        if run and not _continues(run[-1], pair, heard):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _continues(before: Pair, pair: Pair, heard: Sequence[HeardWord]) -> bool:
    pause_ms = heard[pair[0]].start_ms - heard[before[0]].end_ms
    return (
        pair[1] - before[1] <= _MOST_TEXT_STEP
        and pair[0] - before[0] <= _MOST_HEARD_STEP
        and pause_ms <= _LONGEST_PAUSE_MS
    )


def _exact(run: Sequence[Pair], table: Table) -> int:
    return sum(table.scores[table.heard[h], table.text[t]] == MATCH for h, t in run)


def _near_singles(runs: Sequence[list[Pair]], table: Table, heard: Sequence[HeardWord]) -> Iterator[Pair]:
    """Single matches that trusted runs enclose closely."""
    trusted = [index for index, run in enumerate(runs) if _exact(run, table) >= 2]
    for left, right in pairwise(trusted):
        for run in runs[left + 1 : right]:
            for pair in run:
                if _encloses(runs[left][-1], pair, runs[right][0], heard):
                    yield pair


def _encloses(before: Pair, pair: Pair, behind: Pair, heard: Sequence[HeardWord]) -> bool:
    if not before[1] < pair[1] < behind[1]:
        return False
    near = all(
        second[1] - first[1] <= _NEAR and second[0] - first[0] <= _NEAR + 1
        for first, second in ((before, pair), (pair, behind))
    )
    return near and heard[behind[0]].start_ms - heard[before[0]].end_ms <= 2 * _LONGEST_PAUSE_MS
