"""Imports torch and transformers so that they behave: threads that wait instead of spinning, no chatter, no downloads.

Everything in this package takes torch from here, because OpenMP reads its settings once, when torch is loaded. With
spinning threads one busy neighbour made a decode step ten times slower (70 times, in training).
"""

from __future__ import annotations

import importlib
import os
from typing import Any

_WAITING = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0", "KMP_BLOCKTIME": "0"}
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
for _name, _value in (_WAITING | _OFFLINE).items():
    os.environ.setdefault(_name, _value)

import psutil  # noqa: E402 - behind the settings, as all imports here
import torch  # noqa: E402
import torch.nn.functional as functional  # noqa: E402

__all__ = ["functional", "out_of_memory", "quiet_transformers", "torch", "use_threads", "worker_threads"]


def worker_threads() -> int:
    """Threads for the model: physical cores − 1, at least 1, so that the window keeps one.

    Counted are those this process may use: in a container they are often fewer than the machine has.
    """
    cores = psutil.cpu_count(logical=False) or 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else cores
    return max(1, min(cores, allowed) - 1)


def use_threads(count: int = 0) -> int:
    """Let torch use `count` threads (0 = `worker_threads`); the number used."""
    count = count or worker_threads()
    torch.set_num_threads(count)
    return count


def quiet_transformers() -> Any:
    """The transformers package, without progress bars and without its advice in our log."""
    transformers: Any = importlib.import_module("transformers")
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    return transformers


def out_of_memory(error: BaseException) -> bool:
    """Whether `error` says that memory, of the machine or of the graphics card, is full."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    # The processor's allocator has no class of its own (c10/core/impl/alloc_cpu.cpp).
    return isinstance(error, RuntimeError) and "can't allocate memory" in str(error)
