"""Python's search for reference cycles, held off while very many objects are made. Knows nothing of what they are.

Making 50,000 words sets off dozens of searches through all that was made so far, and finds nothing: words hold no
cycles. Opening a project of three hours takes 0.12 s without them and 0.28 to 0.6 s with them.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_holding = 0


@contextmanager
def no_collecting() -> Iterator[None]:
    """While it lasts, in any thread, no cycles are searched for; reference counts free as ever. May be nested.

    Where somebody has turned the search off before, it stays off.
    """
    global _holding  # one collector a process
    with _lock:
        mine = _holding > 0 or gc.isenabled()
        if mine:
            _holding += 1
            gc.disable()
    try:
        yield
    finally:
        if mine:
            with _lock:
                _holding -= 1
                if not _holding:
                    gc.enable()
