"""Folders whose files are well-formed and still of no use: refused in one line too, whatever goes wrong with them."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import CheckpointUnusable, EngineError, EngineMemory
from core.qwen3 import convert, shared
from core.qwen3.checkpoint import examine
from core.qwen3.loading import load_aligner, named
from core.qwen3.placement import Placement
from core.qwen3.runtime import out_of_memory, torch


def _change(path: Path, *where: str, to: object) -> None:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    inner = values
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = to
    path.write_text(json.dumps(values), encoding="utf-8")


def _strange_numbers(folder: Path) -> None:
    weights = folder / "model.safetensors"
    raw = weights.read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    header = raw[8 : 8 + length].replace(b'"F32"', b'"F99"').replace(b'"BF16"', b'"BF99"').replace(b'"F16"', b'"F99"')
    weights.write_bytes(struct.pack("<Q", len(header)) + header + raw[8 + length :])


def _bytes_behind(folder: Path) -> None:
    with (folder / "model.safetensors").open("ab") as file:
        file.write(b"more")


def _names_no_list(folder: Path) -> None:
    _change(folder / "config.json", "architectures", to=3)


def _nested_names(folder: Path) -> None:
    _change(folder / "config.json", "architectures", to=[["Qwen3ASRForConditionalGeneration"]])


def _width_no_number(folder: Path) -> None:
    _change(folder / "config.json", "text_config", "hidden_size", to=[])


def _no_base(folder: Path) -> None:
    _change(folder / "config.json", "text_config", "rope_parameters", to=None)


def _stretched(folder: Path) -> None:
    _change(folder / "config.json", "text_config", "rope_parameters", "rope_type", to="linear")
    _change(folder / "config.json", "text_config", "rope_parameters", "factor", to=4.0)


def _short_sighted(folder: Path) -> None:
    for name, value in {"use_sliding_window": True, "sliding_window": 16, "max_window_layers": 0}.items():
        _change(folder / "config.json", "text_config", name, to=value)
    _change(folder / "config.json", "text_config", "layer_types", to=None)


def _no_heads(folder: Path) -> None:
    _change(folder / "config.json", "audio_config", "encoder_attention_heads", to=0)


def _windows_of_nothing(folder: Path) -> None:
    _change(folder / "config.json", "audio_config", "n_window_infer", to=3)


def _strange_end(folder: Path) -> None:
    _change(folder / "generation_config.json", "eos_token_id", to=[[1]])


def _another_ear(folder: Path) -> None:
    _change(folder / "processor_config.json", "feature_extractor", "dither", to="much")


STRANGE = {
    _strange_numbers: "transformers cannot load it",
    _bytes_behind: "transformers cannot load it",
    _names_no_list: "names no model that is known",
    _nested_names: "names no model that is known",
    _width_no_number: "hidden_size",
    _no_base: "names no rope_theta",
    _stretched: "rope_parameters are not those",
    _short_sighted: "attention has a window",
    _no_heads: "transformers cannot load it",
    _windows_of_nothing: "it fails at a test sound",
    _strange_end: "no token that ends an answer",
    _another_ear: "it fails at a test sound",
}


@pytest.mark.parametrize(("damage", "cause"), STRANGE.items(), ids=[damage.__name__.strip("_") for damage in STRANGE])
def test_a_strange_folder_is_refused_in_one_line(
    damage: Callable[[Path], None], cause: str, toy_copy: Path, placement: Placement
) -> None:
    damage(toy_copy)
    with pytest.raises(CheckpointUnusable, match=cause) as caught:
        shared.transcriber(toy_copy, placement)
    assert "\n" not in str(caught.value)


def test_an_aligner_whose_classes_have_no_length_is_refused(
    tiny_aligner: Path, tmp_path: Path, placement: Placement
) -> None:
    folder = tmp_path / "aligner"
    shutil.copytree(tiny_aligner, folder)
    _change(folder / "processor_config.json", "timestamp_segment_time", to=0)
    with pytest.raises(CheckpointUnusable, match="classes of time have no length"):
        load_aligner(folder, placement)


def test_a_name_that_is_too_long_is_no_folder() -> None:
    with pytest.raises(CheckpointUnusable, match="there is no such folder"):
        examine("a" * 300)


def test_two_processes_that_convert_at_once_share_what_is_made_first(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is done, and reads its copy, while this one still converts."""
    place = tmp_path / "converted"

    def converts_while_another_is_done(_checkpoint: object, made: Path) -> None:
        for copy in (place, made):
            shutil.copytree(toy, copy)
        (place / "from the other").touch()

    monkeypatch.setattr(convert, "convert", converts_while_another_is_done)
    assert convert._converted(examine(toy), place) == place
    assert (place / "from the other").exists()


def test_what_goes_wrong_on_a_card_is_not_the_folders_fault(toy: Path) -> None:
    card = Placement("cuda:0", "bfloat16", "")
    with pytest.raises(EngineError, match="no kernel image") as told, named(examine(toy), card, "it fails"):
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device\nCompile with …")
    assert "\n" not in str(told.value)
    with pytest.raises(EngineMemory, match="cuda:0"), named(examine(toy), card, "it fails"):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")


@pytest.mark.parametrize(
    "said",
    [
        "[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.",
        "CUDA error: out of memory",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "MPS backend out of memory (MPS allocated: 17.00 GiB, other allocations: 1.00 GiB, max allowed: 18.00 GiB).",
    ],
)
def test_full_memory_is_known_by_what_its_owners_say(said: str) -> None:
    assert out_of_memory(RuntimeError(said))
    assert not out_of_memory(ValueError(said))
