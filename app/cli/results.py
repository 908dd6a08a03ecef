"""Where a command keeps what engines made of chunks, so that a stopped run goes on. Knows no command.

Where the home folder takes no files, as in a container or on a borrowed machine, the work is done all the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from app.cli.console import Console
from core.document.chunk_results import open_results
from core.files import why_not_writable
from core.media.identity import media_id
from core.paths import results_file
from core.progress import Notice
from core.results import MemoryResults, Results


@contextlib.contextmanager
def results_of(media: str | Path, name: str, console: Console) -> Iterator[Results]:
    """What is kept of this media: on disk, or while the command runs, which is said before the work begins.

    Raises:
        FileMissing, FileEmpty, FileUnreadable: the media cannot be read.
    """
    file = results_file(media_id(media))
    why_not = why_not_writable(file)
    if not why_not:
        with open_results(file) as results:
            yield results
        return
    folder = str(file.parent)
    text = f"{folder} takes no files ({why_not}): the work is done, but a run that is stopped begins anew"
    console.notice(name, Notice("results.memory", text, {"folder": folder, "cause": why_not}))
    yield MemoryResults()
