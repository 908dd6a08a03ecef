"""The parent's book: what a killed process had called done, and whether all of it is there. Knows no window.

A step that was being kept when the kill came may be there or not; a “Save as” that was under way may have happened or
not. Everything else must be there, exactly.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from core import paths
from core.document.chunk_results import open_results
from core.document.project import open_project
from core.document.project.recoveries import list_unnamed
from tests.app.storm.telling import NOTHING, state_of
from tests.fakes import quick_runs

Told = tuple[str, ...]


class Ledger:
    """What must be there after each kill.

    Attributes:
        states: what each file may hold now.
        passages: of each recording, how many count as done.
        steps, saves, opened: how many were acknowledged so far. told: errors that were shown.
    """

    def __init__(self, copies: Path) -> None:
        """`copies`: a folder to look at copies in, so that looking changes nothing."""
        self.states: dict[str, set[str]] = {}
        self.passages: dict[str, int] = {}
        self.steps = self.saves = self.opened = 0
        self.told: list[Told] = []
        self._copies = copies
        self._next: tuple[str, str] | None = None
        self._moving: tuple[str, str, str] | None = None
        self._heard = 0
        self._kept: dict[str, set[int]] = {}
        self._hearers: dict[str, Callable[..., None]] = {
            "next": self._take_next, "safe": self._take_safe, "shown": self._take_shown, "opened": self._take_opened,
            "moving": self._take_moving, "moved": self._take_moved, "chunks": self._take_chunks,
        }  # fmt: skip

    def hear(self, said: Iterable[Told]) -> None:
        """Write down what one life said until it was killed; fails where its order was wrong."""
        self._next = self._moving = None
        for kind, *parts in said:
            if kind in self._hearers:
                self._hearers[kind](*parts)
            elif kind == "told":
                self.told.append(tuple(parts))

    def check(self) -> None:
        """Look at everything on disk."""
        self._allow_what_was_under_way()
        for path in list(self.states):
            self._check_work(Path(path))
        self._check_offers()
        self._check_passages()

    # ── what was said ────────────────────────────────────────────────────────────────────────────

    def _take_next(self, path: str, state: str) -> None:
        self._next = (path, state)

    def _take_safe(self, path: str, state: str) -> None:
        assert self._next == (path, state), "kept something else than it said it would"
        self._next = None
        self.states[path] = {state}
        self.steps += 1

    def _take_shown(self, path: str, state: str) -> None:
        assert self.states[path] == {state}, "shown before it was on disk"

    def _take_opened(self, path: str, state: str) -> None:
        assert state in self.states.get(path, {state}), "the window brought back another state"
        self.states[path] = {state}
        self.opened += 1

    def _take_moving(self, path: str, to: str, state: str) -> None:
        self._moving = (path, to, state)

    def _take_moved(self, path: str, to: str, state: str) -> None:
        assert self._moving == (path, to, state)
        self._moving = None
        if path != to and is_unnamed(path):
            del self.states[path]
        self.states[to] = {state}
        self.saves += 1

    def _take_chunks(self, media: str, count: str) -> None:
        self.passages[media] = max(self.passages.get(media, 0), int(count))

    # ── what is on disk ──────────────────────────────────────────────────────────────────────────

    def _allow_what_was_under_way(self) -> None:
        if self._next is not None:
            path, state = self._next
            self.states.setdefault(path, set()).add(state)
        if self._moving is not None:
            self._settle_move(*self._moving)

    def _settle_move(self, path: str, to: str, state: str) -> None:
        """Where the new name has the work, the old place may have let go of it; else nothing has happened."""
        if path == to:
            return
        if Path(to).exists() and self._state_of(Path(to)) == state:
            self.states[to] = {state}
            if is_unnamed(path) and not Path(path).exists():
                del self.states[path]

    def _check_work(self, path: Path) -> None:
        allowed = self.states[str(path)]
        if not path.exists():
            assert NOTHING in allowed, f"{path.name} is gone"
            del self.states[str(path)]
            return
        state = self._state_of(path)
        assert state in allowed, f"{path.name} is in a state nobody acknowledged"
        self.states[str(path)] = {state}

    def _state_of(self, path: Path) -> str:
        """Of a copy, log and all, as the next start would find it."""
        copy = self._copies / path.name
        for end in ("", "-wal"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(path.with_name(path.name + end), copy.with_name(copy.name + end))
        with open_project(copy) as project:
            assert project.notices == ()
            state = state_of(project.restored)
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return state

    def _check_offers(self) -> None:
        """Every piece of work without a name is offered by the next start."""
        offered = {str(one.path) for one in list_unnamed() if not one.problem and not one.in_use}
        wanted = {path for path, allowed in self.states.items() if is_unnamed(path) and NOTHING not in allowed}
        assert wanted <= offered

    def _check_passages(self) -> None:
        """Finished passages are kept, and none of them was recognised again."""
        begun = quick_runs.heard()
        again = set(begun[self._heard :])
        for media, count in self.passages.items():
            assert not {first for of, first in again if of == media} & self._kept.get(media, set()), (
                "a finished passage was recognised twice"
            )
            kept = sorted(set(self._recognised(media)))
            assert len(kept) >= count, "a finished passage is not there"
            self._kept[media] = set(kept)
        self._heard = len(begun)

    def _recognised(self, media: str) -> Iterator[int]:
        with open_results(paths.results_file(media)) as results:
            assert results.notices == []
            keys = [key for key, _ in results.items()]
        yield from (key.first_sample for key in keys if key.stage == "recognise")


def is_unnamed(path: str) -> bool:
    """Whether work lies in the recovery folder."""
    return Path(path).parent == paths.recovery_dir()
