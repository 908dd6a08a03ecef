"""Imports torch and transformers so that they behave: waiting threads, bounded caches, no chatter, no downloads.

Everything in this package takes torch from here, because OpenMP reads its settings once, when torch is loaded. With
spinning threads one busy neighbour made a decode step ten times slower (70 times, in training).
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from typing import Any

_WAITING = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0", "KMP_BLOCKTIME": "0"}
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
# oneDNN keeps what it made for each of the last 1,024 shapes, in torch's cache and in its own. Every ragged batch has
# shapes of its own, so that an hour of speech in bfloat16 grew by 100 MB; the layers of a batch share some twenty.
_BOUNDED = {"LRU_CACHE_CAPACITY": "64", "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "256"}
for _name, _value in (_WAITING | _BOUNDED | _OFFLINE).items():
    os.environ.setdefault(_name, _value)

import psutil  # noqa: E402 - behind the settings, as all imports here
import torch  # noqa: E402
import torch.nn.functional as functional  # noqa: E402

__all__ = [
    "functional",
    "give_memory_back",
    "out_of_memory",
    "quiet_transformers",
    "torch",
    "use_threads",
    "worker_threads",
]


_FULL = ("can't allocate memory", "out of memory", "_STATUS_ALLOC_FAILED")
"""What full memory is called by those that have no class for it: the processor's allocator (alloc_cpu.cpp); the CUDA
driver (cudaErrorMemoryAllocation) and Apple's allocator (MPSAllocator.mm); cuBLAS and cuDNN."""


_trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


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


def give_memory_back() -> None:
    """Let the system have what the allocator keeps between blocks; some milliseconds, for the end of a batch.

    Only glibc is known to keep it, so nothing happens elsewhere.
    """
    if _trim is not None:
        _trim(0)


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
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _FULL)
