"""Where a command keeps what engines made of chunks, so that a stopped run goes on. Knows no command.

Where the home folder takes no files, as in a container or on a borrowed machine, the work is done all the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from app.cli.console import Console
from core.document.chunk_results import open_results
from core.media.identity import media_id
from core.paths import results_file
from core.results import MemoryResults, Results, not_kept


@contextlib.contextmanager
def results_of(media: str | Path, name: str, console: Console) -> Iterator[Results]:
    """What is kept of this media: on disk, or while the command runs, which is said before the work begins.

    Raises:
        FileMissing, FileEmpty, FileUnreadable: the media cannot be read.
    """
    file = results_file(media_id(media))
    notice = not_kept(file)
    if notice is None:
        with open_results(file) as results:
            yield results
        return
    console.notice(name, notice)
    yield MemoryResults()
