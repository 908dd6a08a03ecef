"""What dictation can be set to."""

from __future__ import annotations

import pytest

from core.errors import BadArgument
from core.recognition.streaming.settings import PAPER, PRESETS, StreamSettings


def test_the_paper_s_values_have_a_name() -> None:
    assert PRESETS["paper"] is PAPER
    assert (PAPER.chunk_ms, PAPER.unfixed_chunks, PAPER.rollback_tokens) == (2_000, 4, 5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"chunk_ms": 499},
        {"chunk_ms": 2_001},
        {"window_s": 0},
        {"window_s": 9},
        {"segment_s": 31},
        {"unfixed_chunks": -1},
        {"rollback_tokens": -1},
        {"pause_ms": 50},
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadArgument):
        StreamSettings(**wrong)
