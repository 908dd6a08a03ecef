"""Small models of made-up bytes, published on the test's hub."""

from __future__ import annotations

import random

from core.weights.catalogue import Model, PublishedFile
from tests.fakes.hub import FakeHub, blob_id, sha256

REVISION = "7f1569a48a89f3e3f4dc3a5c9d28bddd903bc76c"
REPO = "Qwen/Tiny-hf"


def bytes_of(size: int, seed: int = 1) -> bytes:
    """Bytes that no part of is like another."""
    return random.Random(seed).randbytes(size)


def model_of(files: dict[str, bytes], *, model_id: str = "qwen3-asr-0.6b", repo: str = REPO) -> Model:
    """A catalogue's model with these files: weights with their SHA-256, the rest with git's object ids."""
    published = tuple(
        PublishedFile(name, len(data), sha256(data))
        if name.endswith(".safetensors")
        else PublishedFile(name, len(data), blob_id=blob_id(data))
        for name, data in files.items()
    )
    return Model(
        model_id, "Tiny", False, repo, REVISION, "Qwen/Tiny", "0" * 40, published, ("en",), 1, "Apache-2.0", "Tests."
    )


def published(hub: FakeHub, weights: int = 3_000_000) -> Model:
    """A model of two small files and weights of so many bytes, on the hub."""
    files = {
        "config.json": b'{"a": 1}',
        "tokenizer.json": bytes_of(50_000, 2),
        "model.safetensors": bytes_of(weights),
    }
    hub.put(REPO, REVISION, files)
    return model_of(files)
