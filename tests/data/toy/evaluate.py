"""Script: measures a toy recogniser, through the program's own engine.

    python -m tests.data.toy.evaluate CHECKPOINT MATERIAL [--count 500] [--digits FOLDER]

MATERIAL is the folder of `make_speech`; FOLDER holds recordings of spoken digits, `*.flac` with `*.truth.json`. Prints
a JSON object: the word error (substituted, left out and added words by words said) of all, and of each group.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.media.decode import Decoder
from core.media.waveform import Samples
from core.progress import CancelToken
from core.recognition.protocol import Options
from core.recognition.qwen3 import ANY_SIZE
from core.speech.chunk import Chunk
from core.transcript import Segment


@dataclass(slots=True)
class Errors:
    """Counted words."""

    said: int = 0
    wrong: int = 0

    @property
    def share(self) -> float:
        """Wrong words by words said."""
        return round(self.wrong / max(1, self.said), 4)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("material", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--digits", type=Path)
    wanted = parser.parse_args()
    measured = {
        group: {"word_error": errors.share, "words": errors.said}
        for group, errors in held_back_errors(wanted.checkpoint, wanted.material, wanted.count).items()
    }
    if wanted.digits:
        errors = digit_errors(wanted.checkpoint, wanted.digits)
        measured["spoken digits"] = {"word_error": errors.share, "words": errors.said}
    print(json.dumps(measured, indent=2))


def held_back_errors(checkpoint: Path, material: Path, count: int) -> dict[str, Errors]:
    """Of `count` held-back utterances, evenly from all groups: "all", each group, and each side of the groups."""
    described = json.loads((material / "held_back.json").read_text(encoding="utf-8"))
    chosen = np.unique(np.linspace(0, len(described) - 1, count).astype(int))
    with np.load(material / "held_back.npz") as file:
        sounds = [file[f"u{number:03d}"].astype(np.float32) / 32768 for number in chosen]
    texts = [described[number]["text"] for number in chosen]
    errors: defaultdict[str, Errors] = defaultdict(Errors)
    for number, said, heard in zip(chosen, texts, recognised(checkpoint, sounds), strict=True):
        group = described[number]["group"]
        for name in ("all", group, group.split()[0]):
            count_errors(errors[name], said, heard)
    return dict(errors)


def digit_errors(checkpoint: Path, folder: Path) -> Errors:
    """Of recordings of people who say digits."""
    errors = Errors()
    for sound in sorted(folder.glob("*.flac")):
        with Decoder(sound) as decoder:
            samples = np.concatenate([block.samples for block in decoder])
        said = json.loads(sound.with_suffix(".truth.json").read_text(encoding="utf-8"))["text"]
        count_errors(errors, said, next(iter(recognised(checkpoint, [samples]))))
    return errors


def recognised(checkpoint: Path, sounds: Sequence[Samples]) -> Iterable[str]:
    """The text of each, in order, each decoded as one chunk."""
    engine = ANY_SIZE.create(str(checkpoint))
    chunks = (Chunk(sound, 0, index, ((0, len(sound)),)) for index, sound in enumerate(sounds))
    for item in engine.transcribe(chunks, Options(), CancelToken()):
        if isinstance(item, Segment):
            yield item.text


def count_errors(errors: Errors, said: str, heard: str) -> None:
    """Adds one utterance."""
    errors.said += len(said.split())
    errors.wrong += Levenshtein.distance(said.split(), heard.split())


if __name__ == "__main__":
    main()
