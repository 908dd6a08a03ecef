"""What lies under the pointer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.hit import BODY_PX, Block, Hit, Part, hit_block, hit_shared_edge

WIDE = Block("a", 100, 200)


@pytest.mark.parametrize(
    ("x", "part"),
    [(94, None), (95, Part.START), (108, Part.START), (109, Part.BODY), (191, Part.BODY), (192, Part.END),
     (205, Part.END), (206, None)],
)  # fmt: skip
def test_an_edge_takes_five_pixels_outside_and_eight_inside(x: float, part: Part | None) -> None:
    hit = hit_block(x, [WIDE])
    assert (hit.part if hit else None) is part


@pytest.mark.parametrize(("x", "part"), [(104, Part.START), (105, Part.BODY), (125, Part.BODY), (126, Part.END)])
def test_a_block_under_thirty_two_pixels_gives_four_inside(x: float, part: Part) -> None:
    assert hit_block(x, [Block("a", 100, 130)]) == Hit("a", part)


@given(st.floats(0, 60), st.integers(0, 60))
def test_the_body_keeps_eight_pixels_or_the_edges_cannot_be_taken(width: float, step: int) -> None:
    block = Block("a", 0, width)
    xs = [width * n / 60 for n in range(61)]
    parts = {x: hit.part for x in xs if (hit := hit_block(x, [block]))}
    body = [x for x, part in parts.items() if part is Part.BODY]
    if width < BODY_PX:
        assert set(parts.values()) == {Part.BODY}
    else:
        assert body
        assert max(body) - min(body) >= BODY_PX - 3 * width / 60


def test_between_two_edges_the_nearer_wins() -> None:
    blocks = [Block("a", 0, 100), Block("b", 106, 200)]
    assert hit_block(102, blocks) == Hit("a", Part.END)
    assert hit_block(104, blocks) == Hit("b", Part.START)


def test_the_selected_block_wins_over_a_nearer_one() -> None:
    blocks = [Block("a", 0, 100, selected=True), Block("b", 103, 200)]
    assert hit_block(103, blocks) == Hit("a", Part.END)


def test_of_overlapping_bodies_the_one_on_top_is_hit() -> None:
    assert hit_block(50, [Block("a", 0, 100), Block("b", 20, 100)]) == Hit("b", Part.BODY)


def test_nothing_lies_on_the_ground() -> None:
    assert hit_block(300, [WIDE]) is None
    assert hit_block(300, []) is None


@pytest.mark.parametrize(
    ("x", "hit"),
    [(94, None), (95, Hit("a", Part.SHARED, "b")), (105, Hit("a", Part.SHARED, "b")), (106, None)],
)
def test_a_shared_edge_takes_five_pixels_on_either_side(x: float, hit: Hit | None) -> None:
    assert hit_shared_edge(x, [Block("a", 50, 100), Block("b", 100, 150)]) == hit


@pytest.mark.parametrize("right", [Block("b", 102, 150), Block("b", 100, 110)], ids=["apart", "too narrow"])
def test_an_edge_is_shared_only_by_blocks_that_touch_and_keep_a_body(right: Block) -> None:
    assert hit_shared_edge(100, [Block("a", 50, 100), right]) is None
