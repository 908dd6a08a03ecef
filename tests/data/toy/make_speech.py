"""Script: synthesises the speech of training and evaluation and keeps it as the features the model takes.

    python -m tests.data.toy.make_speech FOLDER [--whole 5000] [--spliced 5500] [--silence 350] [--held-back 500]

About ten hours of sound, five minutes on two quiet cores. FOLDER gets `train.mels` and `train.json`, and
`held_back.json` with its sound in `held_back.npz`. Everything comes from seeds: two runs give the same.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.qwen3.features import SoundEncoder
from core.qwen3.runtime import quiet_transformers, use_threads
from tests.data.toy import voices
from tests.data.toy.utterances import Bank, Utterance, silence, spliced, whole

MEL_BINS = 128
_PER_TASK = 50
_EACH_WORD = 100
_EACH_WORD_HELD_BACK = 25


def main() -> None:
    """Makes both sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for name, count in (("whole", 5000), ("spliced", 5500), ("silence", 350), ("held-back", 500)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    tasks = [
        (kind, min(_PER_TASK, count - first), seed)
        for kind, count in (("whole", wanted.whole), ("spliced", wanted.spliced), ("silence", wanted.silence))
        for seed, first in enumerate(range(0, count, _PER_TASK), start=1)
    ]
    random.Random(7).shuffle(tasks)
    with ProcessPoolExecutor(wanted.processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        _write_training(wanted.folder, pool.map(_training_part, tasks))
        held_back = [one for part in pool.map(_held_back_part, _held_back_tasks(wanted.held_back)) for one in part]
    _write_held_back(wanted.folder, held_back)


def _held_back_tasks(count: int) -> list[tuple[str, int]]:
    """(group, how many): texts never trained on, voices never heard, and plain voices without noise."""
    shares = {
        "texts whole": 0.3,
        "texts spliced": 0.2,
        "voices whole": 0.2,
        "voices spliced": 0.2,
        "clean whole": 0.05,
        "clean spliced": 0.05,
    }
    return [(group, round(count * share)) for group, share in shares.items()]


_bank: Bank | None = None


def _training_part(task: tuple[str, int, int]) -> list[tuple[np.ndarray, dict[str, object]]]:
    """Features (frames, 128) float16 and description of some utterances."""
    global _bank  # one a process: it costs a minute
    kind, count, seed = task
    if _bank is None:
        use_threads(1)
        _bank = Bank().fill(random.Random("bank"), voices.seen, _EACH_WORD)
    rng = random.Random(f"train {kind} {seed}")
    return [(_mel(one), _described(one)) for one in _made(rng, kind, count, _bank)]


def _made(rng: random.Random, kind: str, count: int, bank: Bank) -> Iterator[Utterance]:
    for _ in range(count):
        if kind == "whole":
            yield whole(rng, voices.seen)
        elif kind == "spliced":
            yield spliced(rng, bank)
        else:
            yield silence(rng)


def _held_back_part(task: tuple[str, int]) -> list[tuple[np.ndarray, dict[str, object]]]:
    """Sound (n,) int16 and description of one group."""
    group, count = task
    rng = random.Random(f"held back {group}")
    side, kind = group.split()
    pick = {"texts": voices.seen, "voices": voices.unseen, "clean": lambda rng: rng.choice(voices.DEFAULTS)}[side]
    held, clean = side == "texts", side == "clean"
    if kind == "whole":
        made = [whole(rng, pick, held_back=held, clean=clean) for _ in range(count)]
    else:
        bank = Bank().fill(rng, pick, _EACH_WORD_HELD_BACK)
        made = [spliced(rng, bank, held_back=held, clean=clean) for _ in range(count)]
    return [((one.samples * 32767).astype(np.int16), _described(one) | {"group": group}) for one in made]


@cache
def _extractor() -> Any:
    return quiet_transformers().Qwen3ASRFeatureExtractor()


def _mel(utterance: Utterance) -> np.ndarray:
    """(frames, 128) float16, without padding."""
    features, mask = SoundEncoder.features_of(_extractor(), utterance.samples)
    return features[0, :, : int(mask.sum())].T.numpy().astype(np.float16)


def _described(utterance: Utterance) -> dict[str, object]:
    return {
        "text": utterance.text,
        "words": utterance.words,
        "voice": utterance.voice,
        "kind": utterance.kind,
        "seconds": round(len(utterance.samples) / 16_000, 3),
    }


def _write_training(folder: Path, parts: Iterator[list[tuple[np.ndarray, dict[str, object]]]]) -> None:
    index, first = [], 0
    with (folder / "train.mels").open("wb") as file:
        for part in parts:
            for mel, described in part:
                file.write(mel.tobytes())
                index.append(described | {"first_frame": first, "frames": len(mel)})
                first += len(mel)
    (folder / "train.json").write_text(json.dumps(index), encoding="utf-8")


def _write_held_back(folder: Path, made: list[tuple[np.ndarray, dict[str, object]]]) -> None:
    np.savez(folder / "held_back.npz", **{f"u{n:03d}": sound for n, (sound, _) in enumerate(made)})
    (folder / "held_back.json").write_text(json.dumps([described for _, described in made]), encoding="utf-8")


if __name__ == "__main__":
    main()
