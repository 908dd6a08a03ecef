"""Which passages of the open work an engine had to hear again: read from what it stored. Knows no pane."""

from __future__ import annotations

from collections.abc import Callable

from app.background import Background
from app.editor.opening import Opening
from app.editor.works import Work
from app.jobs.jobs import Jobs
from core.document.doubts import Spans
from core.errors import CuesmithError


def passages_of(work: Work) -> tuple[tuple[int, int], ...]:
    """(start_ms, end_ms) of the passages with trouble, in order; reads the project, so not in the window's thread."""
    if work.project is None:
        return ()
    from core.recognition.guard import CUT_SHORT, REPEATED, RETRIED  # brings NumPy, which the window starts without

    return work.project.results.spans_noted({REPEATED, RETRIED, CUT_SHORT})


class RetriedPassages:
    """Reads them whenever other work is shown or a job has ended, and hands them on."""

    def __init__(self, opening: Opening, jobs: Jobs, background: Background, show: Callable[[Spans], object]) -> None:
        self._opening, self._background, self._show = opening, background, show
        opening.opened.connect(self.read)
        jobs.ended.connect(lambda _run: self.read())

    def read(self) -> None:
        """Look again."""
        work = self._opening.work
        if work is not None:
            self._background.run(lambda: passages_of(work), self._show, _nothing)


def _nothing(_error: CuesmithError) -> None:
    """Damaged results were told of when the project was opened; the list of doubts is whole without them."""
