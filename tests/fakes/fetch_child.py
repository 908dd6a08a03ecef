"""A process that gets a model and is killed while it does: what a person's program is to a system that ends it."""

from __future__ import annotations

import sys
from pathlib import Path

from core.codec import decode
from core.progress import CancelToken
from core.weights.catalogue import Model
from core.weights.fetch import fetch
from core.weights.hub import Hub
from core.weights.patience import Patience


def main() -> None:
    """Arguments: a file with the model, the hub's address, the models folder."""
    model = decode(Path(sys.argv[1]).read_bytes(), Model)
    patience = Patience(asks_s=(30.0, 30.0))  # this machine may be busy with other tests
    for _told in fetch(
        model, (Hub(sys.argv[2], patience),), CancelToken(), patience=patience, models=Path(sys.argv[3])
    ):
        pass


if __name__ == "__main__":
    main()
