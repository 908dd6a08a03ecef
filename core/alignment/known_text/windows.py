"""Stretches of sound and text between anchors, for an aligner. Knows no aligner and no samples.

A window begins and ends where the text was surely heard: in a pause, or inside running speech, where it then takes two
more words along on that side (sentinels), whose times are thrown away: so the words at its edges are never squeezed.
Sound in which something else is said stays outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.alignment.known_text.anchors import Anchors
from core.alignment.known_text.hearing import HeardWord
from core.alignment.known_text.script import Script

_PAD_MS = 300
_PAUSE_MS = 200
"""From here on a pause is a good place to part windows."""
_UNIT_MS = 700
"""A slowly spoken unit: how much sound unheard words may need."""
_LONG_GAP_MS = 2_000
"""More sound than unheard words need, by this much, lies outside windows."""
_FEW_OTHERS = 2
"""More heard units than this that the text does not have are speech of another text, not words misheard."""
_GOOD_MS = 12_000
_SENTINELS = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Text and the sound it lies in.

    Attributes:
        tokens: indices in `Script.tokens`, in the order spoken.
        before, behind: tokens taken along on either side, whose times are thrown away.
        start_ms, end_ms: the sound, on the media's clock.
    """

    tokens: tuple[int, ...]
    start_ms: int
    end_ms: int
    before: tuple[int, ...] = ()
    behind: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a token was heard; `first`, `last`: indices of heard units."""

    token: int
    start_ms: int
    end_ms: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place between two anchored tokens where windows may be parted.

    Attributes:
        position: how many tokens stand before it.
        end_ms, start_ms: where the window before it ends and the one behind it starts.
        must: something else lies between.
        joined: speech runs on, so both sides need sentinels.
        gap_ms: how long the pause is.
    """

    position: int
    end_ms: int
    start_ms: int
    must: bool
    joined: bool
    gap_ms: int


class WindowMaker:
    """Makes the windows of one script. `total_ms`: length of the media."""

    def __init__(self, script: Script, heard: Sequence[HeardWord], anchors: Anchors, *, total_ms: int) -> None:
        self._script, self._heard, self._anchors = script, heard, anchors
        self._total_ms = total_ms
        self._tokens = self._spoken_order()
        self._places = {place.token: place for token in self._tokens if (place := self._place(token)) is not None}

    def windows(self) -> list[Window]:
        """The windows in order of time, with every token of every found line in one of them."""
        if not self._places:
            return []
        cuts = [self._cut(*pair) for pair in pairwise(self._anchored())]
        chosen = list(self._chosen([cut for cut in cuts if cut is not None]))
        return list(self._between(chosen))

    def heard_at(self, token: int) -> tuple[int, int] | None:
        """Start and end in ms where a token was heard; None where it was not."""
        place = self._places.get(token)
        return None if place is None else (place.start_ms, place.end_ms)

    def _spoken_order(self) -> list[int]:
        """Tokens of the found lines; lines in the order in which they were heard."""
        found = self._anchors.found(self._script)
        lines = [self._script.lines[index] for index in found]
        lines.sort(
            key=lambda line: min(self._anchors.heard[unit] for unit in line.units if unit in self._anchors.heard)
        )
        return [token for line in lines for token in line.tokens]

    def _place(self, token: int) -> _Place | None:
        units = self._script.tokens[token].units
        if not units or any(unit not in self._anchors.heard for unit in units):
            return None
        if any(self._heard[self._anchors.heard[unit]].text != self._script.units[unit] for unit in units):
            return None  # words that only sound alike may be others: good enough to find a line, not to cut there
        first, last = (self._anchors.heard[unit] for unit in (units[0], units[-1]))
        if first > last:
            return None
        return _Place(token, self._heard[first].start_ms, self._heard[last].end_ms, first, last)

    def _anchored(self) -> list[tuple[int, _Place]]:
        """(position in the spoken order, place) of the anchored tokens, rising in time."""
        found: list[tuple[int, _Place]] = []
        for position, token in enumerate(self._tokens):
            place = self._places.get(token)
            if place is None:
                continue
            if found and place.first <= found[-1][1].last:
                del self._places[token]
                continue
            found.append((position, place))
        return found

    # ── cuts ─────────────────────────────────────────────────────────────────────────────────────

    def _cut(self, before: tuple[int, _Place], behind: tuple[int, _Place]) -> _Cut | None:
        """The cut between two anchored tokens next to each other, or None where unheard words fill the gap."""
        (at, a), (then, b) = before, behind
        gap_ms = b.start_ms - a.end_ms
        between = self._tokens[at + 1 : then]
        tail, head = self._shared(between, a.token)
        end_ms, start_ms = a.end_ms + self._room_ms(tail), b.start_ms - self._room_ms(head)
        others = b.first - a.last - 1
        if between and others - self._units(between) > _FEW_OTHERS:
            # Something else is said there: unheard words get as many heard ones as they have units, and one more.
            end_ms = min(end_ms, self._heard[a.last + 1 + self._units(tail)].end_ms)
            start_ms = max(start_ms, self._heard[b.first - 1 - self._units(head)].start_ms)
            if end_ms <= start_ms:
                return _Cut(at + 1 + len(tail), end_ms, start_ms, must=True, joined=False, gap_ms=gap_ms)
        if between and end_ms + _LONG_GAP_MS > start_ms:
            return None
        if not between:
            end_ms = self._quiet_end(a, b)
            start_ms = self._quiet_start(a, b)
        joined = not between and not others and gap_ms < _PAUSE_MS
        must = end_ms + _LONG_GAP_MS < start_ms or (others > _FEW_OTHERS and not between)
        return _Cut(at + 1 + len(tail), end_ms, start_ms, must=must, joined=joined, gap_ms=gap_ms)

    def _shared(self, between: Sequence[int], token: int) -> tuple[list[int], list[int]]:
        """Unheard tokens between two anchors: those of the first one's line, and the others."""
        line = self._script.tokens[token].line
        tail = [index for index in between if self._script.tokens[index].line == line]
        return tail, [index for index in between if self._script.tokens[index].line != line]

    def _room_ms(self, tokens: Sequence[int]) -> int:
        return _PAD_MS + _UNIT_MS * self._units(tokens)

    def _units(self, tokens: Sequence[int]) -> int:
        return sum(len(self._script.tokens[token].units) for token in tokens)

    def _quiet_end(self, a: _Place, b: _Place) -> int:
        """Behind a's word, before anything else is said."""
        next_ms = self._heard[a.last + 1].start_ms
        return min(a.end_ms + _PAD_MS, max(a.end_ms, (a.end_ms + next_ms) // 2 if a.last + 1 == b.first else next_ms))

    def _quiet_start(self, a: _Place, b: _Place) -> int:
        before_ms = self._heard[b.first - 1].end_ms
        middle_ms = (before_ms + b.start_ms) // 2 if b.first - 1 == a.last else before_ms
        return max(b.start_ms - _PAD_MS, min(b.start_ms, middle_ms))

    def _chosen(self, cuts: Sequence[_Cut]) -> Iterator[_Cut]:
        """The cuts to make: all that must be, and so many that windows are short enough."""
        begins_ms = next(iter(self._places.values())).start_ms
        waiting: list[_Cut] = []
        for cut in cuts:
            while waiting and cut.end_ms - begins_ms > 2 * _GOOD_MS:
                best = max(waiting, key=_goodness)
                yield best
                begins_ms = best.start_ms
                waiting = [other for other in waiting if other.position > best.position]
                waiting = [other for other in waiting if other.end_ms - begins_ms >= _GOOD_MS // 2]
            if cut.must:
                yield cut
                begins_ms, waiting = cut.start_ms, []
            elif cut.end_ms - begins_ms >= _GOOD_MS // 2:
                waiting.append(cut)

    def _between(self, cuts: Sequence[_Cut]) -> Iterator[Window]:
        start_ms, position = self._first_ms(), 0
        before: tuple[int, ...] = ()
        for cut in cuts:
            tokens = tuple(self._tokens[position : cut.position])
            behind = (
                self._sentinels(range(cut.position, min(cut.position + _SENTINELS, len(self._tokens))))
                if cut.joined
                else ()
            )
            end_ms = self._places[behind[-1]].end_ms + 50 if behind else cut.end_ms
            yield Window(tokens, max(0, start_ms), end_ms, before, behind)
            reach = range(cut.position - 1, max(-1, cut.position - 1 - _SENTINELS), -1)
            before = tuple(reversed(self._sentinels(reach))) if cut.joined else ()
            start_ms = self._places[before[0]].start_ms - 50 if before else cut.start_ms
            position = cut.position
        yield Window(tuple(self._tokens[position:]), max(0, start_ms), self._last_ms(), before)

    def _sentinels(self, positions: range) -> tuple[int, ...]:
        """The tokens at `positions` as far as they were heard without a break."""
        found: list[int] = []
        for position in positions:
            token = self._tokens[position]
            if token not in self._places:
                break
            found.append(token)
        return tuple(found)

    def _first_ms(self) -> int:
        position, place = self._anchored()[0]
        return place.start_ms - self._room_ms(self._tokens[:position])

    def _last_ms(self) -> int:
        position, place = self._anchored()[-1]
        return min(self._total_ms, place.end_ms + self._room_ms(self._tokens[position + 1 :]))


def _goodness(cut: _Cut) -> tuple[bool, int]:
    return (not cut.joined, cut.gap_ms)
