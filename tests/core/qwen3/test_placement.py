"""Where a model runs, in which format, and the reason the user reads."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.errors import BadArgument
from core.qwen3.linear import Linear
from core.qwen3.placement import Machine, Placement, choose, rows_at_once, sound_at_once_ms, this_machine
from core.qwen3.runtime import torch, worker_threads

H200 = Machine("NVIDIA H200", (9, 0), False, True)
T4 = Machine("Tesla T4", (7, 5), False, True)
MAC = Machine("", (0, 0), True, False)
SERVER = Machine(processor_bfloat16=True)
LAPTOP = Machine()


@pytest.mark.parametrize(
    ("machine", "device", "dtype", "reason"),
    [
        (H200, "cuda:0", "bfloat16", "NVIDIA H200"),
        (T4, "cuda:0", "float16", "not in bfloat16"),
        (MAC, "cpu", "float32", "no bfloat16 instructions"),
        (SERVER, "cpu", "bfloat16", "has bfloat16 instructions"),
        (LAPTOP, "cpu", "float32", "no bfloat16 instructions"),
    ],
)
def test_the_best_place_is_taken_and_the_reason_said(machine: Machine, device: str, dtype: str, reason: str) -> None:
    found = choose(machine=machine)
    assert (found.device, found.dtype) == (device, dtype)
    assert reason in found.reason


def test_an_apple_graphics_processor_is_used_only_when_asked_for() -> None:
    found = choose("mps", machine=MAC)
    assert (found.device, found.dtype) == ("mps", "float16")
    assert "You chose" in found.reason


def test_both_can_be_chosen_also_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose("cpu", "float16", H200).dtype == "float16"
    assert choose("cuda", machine=H200).device == "cuda:0"
    monkeypatch.setenv("CUESMITH_DEVICE", "cpu")
    monkeypatch.setenv("CUESMITH_DTYPE", "float32")
    found = choose(machine=H200)
    assert (found.device, found.dtype) == ("cpu", "float32")


@pytest.mark.parametrize("device", ["cuda:2", "cuda:first", "cuda:-1", "cpu:1", "tpu"])
def test_a_card_that_is_not_there_is_refused(device: str) -> None:
    two = Machine("NVIDIA H200", (9, 0), False, True, cards=2)
    assert choose("cuda:1", machine=two).device == "cuda:1"
    assert choose("cpu:0", machine=two).device == "cpu"
    with pytest.raises(BadArgument, match=f"no device “{device}”"):
        choose(device, machine=two)


def test_each_of_several_cards_gets_the_format_that_is_best_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [("NVIDIA H200", (9, 0)), ("Tesla T4", (7, 5))]
    monkeypatch.setattr("core.qwen3.placement.torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("core.qwen3.placement.torch.cuda.device_count", lambda: len(cards))
    monkeypatch.setattr("core.qwen3.placement.torch.cuda.get_device_name", lambda card: cards[card][0])
    monkeypatch.setattr("core.qwen3.placement.torch.cuda.get_device_capability", lambda card: cards[card][1])
    assert [choose(device).dtype for device in ("", "cuda", "cuda:0", "cuda:1")] == [*["bfloat16"] * 3, "float16"]
    assert "Tesla T4" in choose("cuda:1").reason
    with pytest.raises(BadArgument, match="no device “cuda:2”"):
        choose("cuda:2")


@pytest.mark.parametrize(
    ("free_gib", "seconds"), [(100, 480), (1, 256), (0, 30)], ids=["room", "little", "next to nothing"]
)
def test_a_card_aligns_as_much_at_once_as_its_free_memory_bears(
    free_gib: int, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.qwen3.placement.torch.cuda.mem_get_info", lambda _device: (free_gib * 2**30, 0))
    assert sound_at_once_ms(Placement("cuda:0", "bfloat16", "")) == 1000 * seconds


def test_matrices_are_not_packed_where_the_processor_cannot_take_them(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = torch.eye(16, dtype=torch.bfloat16)
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: False)
    monkeypatch.setattr(torch.ops.mkldnn, "_reorder_linear_weight", None)
    assert torch.equal(Linear([matrix])(matrix), matrix)


def test_a_processor_aligns_half_a_minute_at_once() -> None:
    assert sound_at_once_ms(Placement("cpu", "bfloat16", "")) == 30_000


@pytest.mark.parametrize(("cores", "allowed", "threads"), [(8, 16, 7), (2, 4, 1), (1, 1, 1), (None, 4, 1), (32, 4, 3)])
def test_a_model_leaves_one_physical_core_of_those_it_may_use_to_the_window(
    cores: int | None, allowed: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.qwen3.runtime.psutil.cpu_count", lambda logical: None if logical else cores)
    monkeypatch.setattr("core.qwen3.runtime.os.sched_getaffinity", lambda _pid: set(range(allowed)), raising=False)
    assert worker_threads() == threads


@pytest.mark.parametrize(("device", "dtype", "said"), [("cuda", "", "no device “cuda”"), ("", "int8", "“int8”")])
def test_what_is_not_there_is_refused_with_what_is(device: str, dtype: str, said: str) -> None:
    with pytest.raises(BadArgument, match=said):
        choose(device, dtype, LAPTOP)


def test_this_machine_is_looked_at_without_a_model() -> None:
    assert choose(machine=this_machine()).dtype in ("bfloat16", "float16", "float32")
    assert worker_threads() >= 1


@pytest.mark.parametrize(
    ("device", "free_gib", "rows"), [("cpu", 16, 20), ("cpu", 3, 8), ("cuda:0", 3, 32)], ids=["room", "little", "card"]
)
def test_as_many_clips_are_decoded_together_as_memory_bears(
    device: str, free_gib: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = SimpleNamespace(available=free_gib * 2**30)
    monkeypatch.setattr("core.qwen3.placement.psutil.virtual_memory", lambda: free)
    assert rows_at_once(Placement(device, "bfloat16", "")) == rows
