"""Finds passages of the text that are spoken in another order: lines left over against what was heard and is left over.

Knows no sound. Where a song's second verse is sung first, the alignment in order can keep only one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.alignment.known_text.anchors import LEAST_HEARD, Anchors, without_faint_lines
from core.alignment.known_text.hearing import HeardWord
from core.alignment.known_text.matching import MATCH, Pair, Table, best_part
from core.alignment.known_text.script import Script

_LEAST_MATCHES = 4
_LEAST_SHARE = 0.5
"""A moved passage needs so many exact matches, and so much of the text it spans."""


def with_moved(script: Script, heard: Sequence[HeardWord], table: Table, anchors: Anchors) -> Anchors:
    """`anchors` and those of lines that were found elsewhere, which are named in `moved`."""
    kept = dict(anchors.heard)
    moved: set[int] = set()
    for group in _groups(script, Anchors(kept)):
        waiting = [group]
        while waiting:
            lines = waiting.pop()
            pairs = _best_place(script, lines, table, _left_over(len(heard), kept.values()))
            new = without_faint_lines(script, {unit: index for index, unit in pairs})
            placed = {script.tokens[script.unit_tokens[unit]].line for unit in new}
            if not placed:
                continue
            kept.update(new)
            moved |= placed
            waiting += [part for part in _parts(lines, placed) if part]
    return Anchors(dict(sorted(kept.items())), frozenset(moved))


def _groups(script: Script, anchors: Anchors) -> list[list[int]]:
    """Runs of neighbouring lines without anchors."""
    found = set(anchors.found(script))
    return [part for part in _parts(range(len(script.lines)), found) if part]


def _parts(lines: Iterable[int], taken: set[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for line in lines:
        if line in taken:
            yield part
            part = []
        else:
            part.append(line)
    yield part


def _left_over(count: int, used: Iterable[int]) -> list[list[int]]:
    """Runs of heard units that no anchor uses, long enough to hold a passage."""
    regions = _parts(range(count), set(used))
    return [region for region in regions if len(region) >= _LEAST_MATCHES]


def _best_place(script: Script, lines: Sequence[int], table: Table, regions: Sequence[Sequence[int]]) -> list[Pair]:
    """Pairs of the region that fits `lines` best; none where it does not fit well."""
    units = [unit for line in lines for unit in script.lines[line].units]
    best: list[Pair] = []
    if len(units) < _LEAST_MATCHES:
        return best
    for region in regions:
        pairs = [(region[h], units[t]) for h, t in best_part(table.part(region, units))]
        if _is_good(pairs, table) and len(pairs) > len(best):
            best = pairs
    return best


def _is_good(pairs: Sequence[Pair], table: Table) -> bool:
    if not pairs:
        return False
    exact = sum(table.scores[table.heard[h], table.text[t]] == MATCH for h, t in pairs)
    spanned = min(pairs[-1][1] - pairs[0][1], pairs[-1][0] - pairs[0][0]) + 1
    return exact >= _LEAST_MATCHES and len(pairs) >= max(_LEAST_SHARE, LEAST_HEARD) * spanned
