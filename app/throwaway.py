"""A home for the length of a measure or a picture: nothing is there from before, nothing of the person's is touched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = "CUESMITH_HOME"


@contextmanager
def throwaway_home() -> Iterator[Path]:
    """An empty folder in place of settings, caches and data; afterwards it is gone and all is as before."""
    before = os.environ.get(_NAME)
    with tempfile.TemporaryDirectory(prefix="cuesmith-") as folder:
        os.environ[_NAME] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                os.environ.pop(_NAME)
            else:
                os.environ[_NAME] = before
