"""Lets models go that nobody used for a while: gigabytes that other programs, or the graphics card, may want.

Knows them by the modules that keep them, and touches none that was not loaded; the next job loads its model again.
"""

from __future__ import annotations

import gc
import logging
import sys
from typing import Final

AFTER_S: Final = 600.0
"""Without any job."""

_KEEPERS: Final = ("core.qwen3.shared", "core.pipeline_words")
_log = logging.getLogger(__name__)


def let_go() -> None:
    """Forget every model that is kept for the next job."""
    for name in _KEEPERS:
        module = sys.modules.get(name)
        if module is not None:
            module.forget()
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
    _log.info("idle: models let go")
