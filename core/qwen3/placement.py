"""Decides where a model runs and in which number format, and says why in one sentence. Knows no model.

Sources: bfloat16 is what the checkpoints are in; Turing and older cards have no quick kernels for it
(github.com/QwenLM/Qwen3-ASR/pull/191), and processors without the instructions emulate it more slowly than float32.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

import psutil

from core.engine import EngineInfo
from core.errors import BadArgument
from core.qwen3.runtime import torch

DTYPES = ("bfloat16", "float16", "float32")
_AMPERE = (8, 0)
_ROWS_ON_CARD, _ROWS_WITH_ROOM, _ROWS_IN_LITTLE = 32, 20, 8
_ROOM_BYTES = 6 * 2**30
"""Free memory from which on a batch of `_ROWS_WITH_ROOM` leaves others enough."""
_SOUND_ON_CARD_MS, _SOUND_ELSEWHERE_MS = 480_000, 30_000
_BYTES_A_SECOND = 4 * 2**20
"""Of sound that is aligned, counted from the shapes: 21 tokens, of which a layer holds 20,000 numbers each, and the
chances of five edges; with room to spare."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a model runs.

    Attributes:
        device: "cpu", "cuda:0", "mps", …
        dtype: one of `DTYPES`.
        reason: one sentence for the user.
    """

    device: str
    dtype: str
    reason: str

    @property
    def torch_device(self) -> torch.device:
        """The device as torch names it."""
        return torch.device(self.device)

    @property
    def torch_dtype(self) -> torch.dtype:
        """The number format as torch names it."""
        found: torch.dtype = getattr(torch, self.dtype)
        return found


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is to run on.

    Attributes:
        cuda: name of the graphics card that is asked about, "" = none.
        capability: its compute capability.
        mps: whether there is an Apple graphics processor.
        processor_bfloat16: whether the processor multiplies bfloat16 itself.
        cards: how many graphics cards there are where `cuda` names one.
    """

    cuda: str = ""
    capability: tuple[int, int] = (0, 0)
    mps: bool = False
    processor_bfloat16: bool = False
    cards: int = 1


def this_machine(device: str = "") -> Machine:
    """What this machine has; of several graphics cards the one that `device` names ("cuda:1"), else the first."""
    cards = torch.cuda.device_count() if torch.cuda.is_available() else 0
    number = device.partition(":")[2]
    card = int(number) if _is_there(number, cards) else 0
    return Machine(
        torch.cuda.get_device_name(card) if cards else "",
        torch.cuda.get_device_capability(card) if cards else (0, 0),
        torch.backends.mps.is_available(),
        _processor_bfloat16(),
        cards,
    )


def choose(device: str = "", dtype: str = "", machine: Machine | None = None) -> Placement:
    """Where to run.

    Args:
        device: what the user wants, "" = CUESMITH_DEVICE or the best there is. "mps" is only taken when asked for.
        dtype: one of `DTYPES`, "" = CUESMITH_DTYPE or the best for the device.
        machine: None = this one.

    Raises:
        BadArgument: no such device here, or no such format.
    """
    device = device or os.environ.get("CUESMITH_DEVICE", "")
    machine = machine or this_machine(device)
    dtype = dtype or os.environ.get("CUESMITH_DTYPE", "")
    found = _best_format(_device(device, machine), machine)
    why_device = "You chose the device." if device else ""
    if dtype:
        if dtype not in DTYPES:
            raise BadArgument(what=f"There is no number format “{dtype}”.", hint=f"Choose one of: {', '.join(DTYPES)}.")
        return Placement(found.device, dtype, f"{why_device} You chose the number format.".strip())
    return Placement(found.device, found.dtype, f"{why_device} {found.reason}".strip())


def placed(info: EngineInfo, placement: Placement, checkpoint: str) -> EngineInfo:
    """`info` with where it runs and why, of this checkpoint (with the version of what is made from it)."""
    return replace(info, device=placement.device, dtype=placement.dtype, reason=placement.reason, checkpoint=checkpoint)


def rows_at_once(placement: Placement) -> int:
    """How many clips to decode together: as many as memory bears, up to where more bring nothing.

    A decode step reads the whole model however many rows it has: 8 rows cost a tenth more than one, 20 rows two thirds
    more (AVX512-BF16, one thread). A row's cache takes up to 70 MB (30 s and its answer, bfloat16, any model size).
    """
    if placement.device != "cpu":
        return _ROWS_ON_CARD
    return _ROWS_WITH_ROOM if psutil.virtual_memory().available > _ROOM_BYTES else _ROWS_IN_LITTLE


def sound_at_once_ms(placement: Placement) -> int:
    """How much sound to align together; a longer piece goes alone.

    A processor is busy enough with half a minute, and what a person waits for waits behind it. A card is not: the
    aligner's throughput is highest at eight minutes (Qwen3-ASR technical report, table 9), where its memory bears them.
    """
    if not placement.device.startswith("cuda"):
        return _SOUND_ELSEWHERE_MS
    free_bytes, _total = torch.cuda.mem_get_info(placement.torch_device)
    return max(_SOUND_ELSEWHERE_MS, min(_SOUND_ON_CARD_MS, 1000 * (free_bytes // _BYTES_A_SECOND)))


def _device(wanted: str, machine: Machine) -> str:
    if not wanted:
        return "cuda:0" if machine.cuda else "cpu"
    there = {"cpu": True, "cuda": bool(machine.cuda), "mps": machine.mps}
    kind, _, number = wanted.partition(":")
    if not there.get(kind, False) or (number and not _is_there(number, machine.cards if kind == "cuda" else 1)):
        known = ", ".join(name for name, is_there in there.items() if is_there)
        raise BadArgument(what=f"There is no device “{wanted}” on this machine.", hint=f"Choose one of: {known}.")
    return f"cuda:{number or 0}" if kind == "cuda" else kind


def _is_there(number: str, count: int) -> bool:
    """Whether `number` is one of `count` devices, counted from 0."""
    return number.isdecimal() and int(number) < count


def _best_format(device: str, machine: Machine) -> Placement:
    if device.startswith("cuda"):
        if machine.capability >= _AMPERE:
            return Placement(device, "bfloat16", f"The graphics card ({machine.cuda}) is the quickest here.")
        return Placement(
            device, "float16", f"The graphics card ({machine.cuda}) is the quickest here, but not in bfloat16."
        )
    if device == "mps":
        return Placement(device, "float16", "The Apple graphics processor is not tested with these models.")
    if machine.processor_bfloat16:
        return Placement(device, "bfloat16", "No graphics card is usable; this processor has bfloat16 instructions.")
    return Placement(device, "float32", "No graphics card is usable, and this processor has no bfloat16 instructions.")


def _processor_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself (x86: AVX512-BF16 or AMX; ARM: BF16).

    oneDNN's own answer is yes from AVX-512 on, where bfloat16 is only emulated.
    """
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name, False) for name in ("avx512_bf16", "amx_bf16", "bf16", "arm_bf16"))
