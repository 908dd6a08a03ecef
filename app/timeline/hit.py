"""What lies under the pointer: edges and bodies of blocks. Pure arithmetic: knows no Qt, no painter and no document.

The measures are the interface's (section 5): a free edge takes 13 px, 5 outside and 8 inside, 4 inside in blocks
under 32 px; a shared edge takes 10 px; the body keeps at least 8 px. Selected wins, then nearer.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OUTSIDE_PX = 5.0
INSIDE_PX = 8.0
NARROW_INSIDE_PX = 4.0
NARROW_BLOCK_PX = 32.0
BODY_PX = 8.0
SHARED_PX = 5.0
"""To either side of an edge that two blocks share."""

_TOUCHING_PX = 0.5


class Part(enum.StrEnum):
    """Which part of a block was hit."""

    START = "start"
    END = "end"
    BODY = "body"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Block:
    """A block on the screen.

    Attributes:
        id: of the cue or word.
        left, right: pixels, left <= right.
    """

    id: str
    left: float
    right: float
    selected: bool = False

    @property
    def width(self) -> float:
        """In pixels."""
        return self.right - self.left

    @property
    def inside(self) -> float:
        """How far an edge's area reaches into the block; negative where edges cannot be taken (under 8 px)."""
        wanted = NARROW_INSIDE_PX if self.width < NARROW_BLOCK_PX else INSIDE_PX
        return min(wanted, (self.width - BODY_PX) / 2)


@dataclass(frozen=True, slots=True)
class Hit:
    """What was hit; for a shared edge, `id` is the block to its left and `other` the one to its right."""

    id: str
    part: Part
    other: str = ""


def hit_block(x: float, blocks: Iterable[Block]) -> Hit | None:
    """The block and part under `x`. Among equals the block that holds `x`, then the later one, painted on top, wins."""
    best: tuple[tuple[bool, bool, float, bool], Hit] | None = None
    for block in blocks:
        for part, distance in _parts_at(x, block):
            rank = (not block.selected, part is Part.BODY, distance, not block.left <= x <= block.right)
            if best is None or rank <= best[0]:
                best = (rank, Hit(block.id, part))
    return best[1] if best else None


def hit_shared_edge(x: float, blocks: Sequence[Block]) -> Hit | None:
    """The edge that two neighbouring blocks share within 5 px of `x`, the nearest; blocks in order of time."""
    best: tuple[float, Hit] | None = None
    for left, right in itertools.pairwise(blocks):
        distance = abs(x - left.right)
        touching = abs(right.left - left.right) <= _TOUCHING_PX
        keeps_bodies = min(left.width, right.width) >= BODY_PX + SHARED_PX
        if touching and keeps_bodies and distance <= SHARED_PX and (best is None or distance < best[0]):
            best = (distance, Hit(left.id, Part.SHARED, right.id))
    return best[1] if best else None


def _parts_at(x: float, block: Block) -> list[tuple[Part, float]]:
    """The parts of a block that take `x`, with the distance to them in pixels."""
    parts: list[tuple[Part, float]] = []
    inside = block.inside
    if inside >= 0:
        if block.left - OUTSIDE_PX <= x <= block.left + inside:
            parts.append((Part.START, abs(x - block.left)))
        if block.right - inside <= x <= block.right + OUTSIDE_PX:
            parts.append((Part.END, abs(x - block.right)))
    if block.left <= x <= block.right:
        parts.append((Part.BODY, 0.0))
    return parts
