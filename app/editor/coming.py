"""Projects on their way from the disk to the window. Knows neither the film nor what is shown of them.

One that comes when another file is wanted by then is closed again: while it is open, no other window may have it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.background import Background
from app.editor.works import Work, Works
from core.document.project.films import Found
from core.errors import CuesmithError


class Coming:
    """Opens projects beside the window's thread, where it is asked and answers."""

    def __init__(self, works: Works, background: Background, shown: Callable[[], Work | None]) -> None:
        """`shown`: the work that is shown, which stays open whatever comes."""
        self._works, self._background, self._shown = works, background, shown
        self._under_way = 0
        self._late: list[Work] = []

    def open(
        self,
        path: Path,
        *,
        read_only: bool,
        is_wanted: Callable[[], bool],
        then: Callable[[Work, Found | None], object],
        failed: Callable[[CuesmithError], object],
    ) -> None:
        """Open a project and look for its film, then call `then`, where it is still wanted, or `failed`."""

        def opened() -> tuple[Work, Found | None]:
            work = self._works.go_on(path, read_only=read_only)
            return work, work.find_film()

        def came(found: tuple[Work, Found | None]) -> None:
            if is_wanted():
                then(*found)
            else:
                self._late.append(found[0])
            self._over()

        def refused(error: CuesmithError) -> None:
            failed(error)
            self._over()

        self._under_way += 1
        self._background.run(opened, came, refused)

    def _over(self) -> None:
        """Close what came late, once nothing is under way any more: what still comes may be the same project."""
        self._under_way -= 1
        if self._under_way:
            return
        for work in self._late:
            if work is not self._shown():
                self._works.leave(work)
        self._late.clear()
