"""Sound for a dictation: however much of it waits, all is heard before its end is told."""

from __future__ import annotations

import queue

import numpy as np
import pytest

from core.errors import CuesmithError, DiskFull
from core.listening import Item, _next
from core.progress import Notice

HEARD = np.ones(800, np.float32)


@pytest.mark.parametrize("end", [None, DiskFull(file="sound.flac")], ids=["its end", "a full disk"])
def test_sound_that_waits_together_with_the_end_is_heard_before_it(end: CuesmithError | None) -> None:
    """On a busy machine both are there when somebody looks."""
    items: queue.SimpleQueue[Item | CuesmithError | None] = queue.SimpleQueue()
    for item in (HEARD, HEARD, Notice("microphone.opened", "listening"), HEARD, end, None):
        items.put(item)
    batch = _next(items)
    assert batch is not None
    assert [len(item) if isinstance(item, np.ndarray) else item.code for item in batch] == [
        1_600, "microphone.opened", 800,
    ]  # fmt: skip
    if end is None:
        assert _next(items) is None
    else:
        with pytest.raises(DiskFull):
            _next(items)
