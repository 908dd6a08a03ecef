"""Script: the mean of several checkpoints of one training, which is a little better than each.

python -m tests.data.toy.average OUT CHECKPOINT CHECKPOINT…
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

from core.qwen3.runtime import torch

_WEIGHTS = "model.safetensors"


def main() -> None:
    """Writes the mean, with the other files of the last one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    wanted = parser.parse_args()
    parts = [load_file(folder / _WEIGHTS) for folder in wanted.checkpoints]
    mean = {
        name: torch.stack([part[name].float() for part in parts]).mean(0).to(parts[0][name].dtype) for name in parts[0]
    }
    shutil.copytree(wanted.checkpoints[-1], wanted.out, dirs_exist_ok=True)
    save_file(mean, wanted.out / _WEIGHTS, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
