"""Small checkpoints of the real classes for the tests of this room; torch on one thread."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.qwen3.placement import Placement
from core.qwen3.runtime import torch, use_threads
from tests.data.make_qwen3 import make_native, make_original

torch.set_num_interop_threads(1)


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.qwen3.runtime.worker_threads", lambda: 1)
    use_threads(1)


@pytest.fixture(scope="session")
def placement() -> Placement:
    return Placement("cpu", "float32", "Tests compare numbers.")


@pytest.fixture
def toy_copy(toy: Path, tmp_path: Path) -> Path:
    """A copy of the toy that a test may break."""
    place = tmp_path / "toy"
    shutil.copytree(toy, place, copy_function=shutil.copyfile)
    place.chmod(0o755)
    return place


@pytest.fixture(scope="session")
def tiny(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random recogniser with the published tokenizer."""
    place = tmp_path_factory.mktemp("qwen3") / "tiny"
    return make_native(material / "qwen3" / "Qwen3-ASR-0.6B-hf", place)


@pytest.fixture(scope="session")
def tiny_original(tiny: Path, material: Path) -> Path:
    """The same weights in the original layout."""
    return make_original(tiny, material / "qwen3" / "original" / "Qwen3-ASR-0.6B", tiny.with_name("tiny-original"))


@pytest.fixture(scope="session")
def speech(material: Path) -> Callable[..., object]:
    """`speech(path, from_s, to_s)`: (n,) float32 at 16 kHz of a file of the material."""
    import numpy as np

    from core.media.decode import Decoder

    def load(name: str, from_s: float = 0.0, to_s: float | None = None) -> object:
        to_ms = None if to_s is None else round(to_s * 1000)
        with Decoder(material / name, from_ms=round(from_s * 1000), to_ms=to_ms) as decoder:
            return np.concatenate([block.samples for block in decoder])

    return load
