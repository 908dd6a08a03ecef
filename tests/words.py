"""How much of a text a program found: measures that tests share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.cue import Cue


def plain_words(text: str) -> list[str]:
    """Words in lower case without punctuation."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.lower().replace("’", "'"))


def share_in_order(reference: Sequence[str], found: Sequence[str]) -> float:
    """Share of `reference` that stands in `found` in the same order (longest common subsequence)."""
    lengths = [0] * (len(found) + 1)
    for word in reference:
        before = 0
        for column, other in enumerate(found, start=1):
            here = before + 1 if word == other else max(lengths[column], lengths[column - 1])
            before, lengths[column] = lengths[column], here
    return lengths[-1] / max(1, len(reference))


def assert_deliverable(cues: Sequence[Cue], duration_ms: int) -> None:
    """Cues lie inside the media, in order, and do not overlap."""
    end_ms = 0
    for cue in cues:
        assert end_ms <= cue.start_ms < cue.end_ms, f"{cue.text!r} at {cue.start_ms} after {end_ms}"
        end_ms = cue.end_ms
    assert end_ms <= duration_ms
