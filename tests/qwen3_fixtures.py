"""Small Qwen3 models that are in the project, or made on the spot: for tests that need no shared material."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.media.waveform import Samples

TOY = Path(__file__).parent / "data" / "toy" / "qwen3-asr-toy"


@pytest.fixture(scope="session")
def toy() -> Path:
    """The project's own small model, which truly recognises 22 words. Read only: copy it before you change it."""
    return TOY


@pytest.fixture(scope="session")
def tiny_aligner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A forced aligner with random weights: its times mean nothing, its arithmetic is the real one."""
    from tests.data.make_qwen3 import make_aligner

    return make_aligner(TOY, tmp_path_factory.mktemp("qwen3") / "tiny-aligner")


@pytest.fixture(scope="session")
def film_sound() -> Samples:
    """(n,) float32 at 16 kHz: the speech of the sample film, 66 s."""
    from core import paths
    from core.media.decode import Decoder

    with Decoder(paths.resource("sample", "last_boat.mp4")) as decoder:
        return np.concatenate([block.samples for block in decoder])


@pytest.fixture(scope="session")
def sentence(spoken: Callable[..., Samples]) -> Callable[..., Samples]:
    """`sentence(text, voice="en-us")`: (n,) float32 at 16 kHz that the toy understands, half a second around it."""

    def say(text: str, voice: str = "en-us") -> Samples:
        return np.pad(spoken(text, voice), 8_000)

    return say
