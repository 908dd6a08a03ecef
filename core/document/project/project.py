"""A project that is open: a `Journal` whose every step is in the file before it shows. Made by `opening`; no window.

While it is worked on, steps go to a log beside the file (one flush each); `rest` makes it one plain file again, after
`IDLE_S` without a step and when it is closed.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from core.document.edit import Edit
from core.document.history import History
from core.document.journal import Step
from core.document.owner import Owner
from core.document.project import connection as database
from core.document.project.connection import Mode, connect, sentences
from core.document.project.folders import home_of
from core.document.project.held import Standing, Turns, own, real, same_file
from core.document.project.results import ProjectResults
from core.document.project.store import Store, back_up, in_memory_of, keep_meta
from core.document.project.values import ANYTHING, Damaged, unpacked
from core.document.stack import Stack
from core.errors import CannotWrite, CuesmithError
from core.files import whole_file
from core.progress import Notice

IDLE_S = 30
"""So long after the last step the window calls `rest`."""

HOME = "home"
"""The folder the project was in when its film was last known: a film moved with it is found by that."""

_SETTING = "setting."


class Project:
    """An open project; close it or use it with `with`. Lives in one thread, but for its `results`.

    Attributes:
        path: the file.
        named: whether a person gave it its name; False for work in the recovery folder.
        read_only: steps are refused.
        created: when the work began, ISO 8601, UTC.
        results: what engines made of chunks.
        standing: whether the file was taken away; SQLite would go on writing to the one that is gone.
        notices: what could not be read, and why it is open to read only.
    """

    def __init__(
        self,
        path: Path,
        store: Store,
        owner: Owner | None,
        *,
        created: str,
        named: bool = True,
        notices: tuple[Notice, ...] = (),
    ) -> None:
        """`owner` None = to read only."""
        self.path = path
        self.named = named
        self.created = created
        self.notices = notices
        # Held while the connection is used: a statement of another thread in the middle of `rest`, or of waking, would
        # make these fail, and one in the middle of `close` would keep the file open.
        self._alone = Turns(self._begin_turn, lambda: self.standing.note())
        self.results = ProjectResults(self._alone, lambda: self._connection, self._writable, lambda: self.path)
        self._store = store
        self._owner = owner
        self._resting = True
        self._closed = False
        self.standing = Standing(path, watched=owner is not None)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether steps are refused."""
        return self._owner is None

    @property
    def restored(self) -> Stack:
        """Document and steps as they are in the file."""
        return self._store.tables.stack

    @property
    def resting(self) -> bool:
        """Whether it is one plain file now."""
        return self._resting

    def history(self) -> History:
        """The history, which goes on writing here. Call its `close_step` before `close`: it ends a drag."""
        history = History(journal=self, restored=self.restored)
        if self.named:
            history.mark_saved()
        return history

    def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
        """Keep this step; when it returns, the step survives a crash.

        Raises:
            WriteError: it could not be kept, and the file is as it was.
        """
        media = self.restored.document.media
        with self._alone:
            with sentences(self.path):
                self._writable()
                self._store.record(step, edit, above)
            if self.restored.document.media is not media:
                with contextlib.suppress(sqlite3.Error):  # the step is kept; the film is then found by its name
                    keep_meta(self._connection, {HOME: home_of(self.path)})

    # ── settings of this project ─────────────────────────────────────────────────────────────────

    def setting(self, name: str, default: Any = None) -> Any:
        """What was kept under a name, made of dicts, lists and scalars; `default` where nothing was."""
        return self._meta(_SETTING + name, ANYTHING, default)

    def keep_setting(self, name: str, value: Any) -> None:
        """Keep a value made of dicts, lists and scalars.

        Raises:
            WriteError: it could not be kept.
        """
        with self._alone, sentences(self.path):
            keep_meta(self._writable(), {_SETTING + name: value})

    @property
    def home(self) -> str:
        """The folder the project was in when its film was last known, or ""."""
        return str(self._meta(HOME, str, ""))

    def _meta(self, name: str, shape: type[Any], default: Any) -> Any:
        with self._alone, sentences(self.path):
            row = self._connection.execute("SELECT body, crc FROM meta WHERE name = ?", (name,)).fetchone()
        body, crc = row if row is not None else (None, None)
        try:
            return unpacked(body, crc, shape)
        except Damaged:
            return default

    # ── the file ─────────────────────────────────────────────────────────────────────────────────

    def rest(self) -> None:
        """Make it one plain file that can be copied whole; the next step wakes it.

        Raises:
            CuesmithError: it cannot be now; every step is safe all the same.
        """
        with self._alone:
            if not self._resting:
                with sentences(self.path):
                    database.rest(self._connection)
                self._resting = True

    def copy_to(self, target: Path) -> None:
        """Write a copy that is whole, with everything up to the last step.

        Raises:
            OutputExists: there is a file of that name.
            WriteError: it could not be written.
        """
        with self._alone:
            self._copy(target, overwrite=False)

    def _copy(self, target: Path, *, overwrite: bool) -> None:
        if not self.standing.taken_away:
            with contextlib.suppress(CuesmithError):  # another program reads it now; the copy is put right below
                self.rest()
        with sentences(target), whole_file(target, overwrite=overwrite) as temporary:
            copy = connect(temporary, Mode.CREATE)
            try:
                copy.execute("PRAGMA journal_mode = MEMORY")  # a copy that fails is thrown away whole
                back_up(self._store, self.created, copy)
                database.rest(copy)
                keep_meta(copy, {HOME: home_of(target)})
            finally:
                copy.close()

    def move_to(self, target: Path, *, overwrite: bool = False) -> None:
        """Save As: go on under another name. Work that had no name before is no longer in the recovery folder.

        Raises:
            ProjectInUse: another window has a project of that name open.
            WriteError: it could not be written; the work goes on under its old name.
        """
        with self._alone:
            self._move_to(real(target), overwrite=overwrite)

    def _move_to(self, target: Path, *, overwrite: bool) -> None:
        taken_away = self.standing.taken_away
        if same_file(target, self.path) and not taken_away:
            self.rest()
            return
        ours = taken_away and target == self.path.absolute()
        owner = self._owner if ours and self._owner is not None and self._owner.holds else own(target)
        try:
            database.finish(target)
            self._copy(target, overwrite=overwrite)
            with sentences(target):
                connection = connect(target, Mode.WRITE)
        except BaseException:
            if owner is not self._owner:
                owner.release()
            raise
        if owner is self._owner:
            self._owner = None
        self._let_go(keep=self.named)
        self.path, self.named, self._owner = target, True, owner
        self._resting = True
        self._store = Store(connection, self._store.tables)
        self.standing = Standing(target, watched=True)

    def leave_name(self) -> None:
        """Where its file was taken away, let what stands under its name now be opened, or the file under its new one.
        What is in here stays in memory until it is closed, and can be saved under another name."""
        with self._alone, contextlib.suppress(sqlite3.Error):  # what cannot be read any more stays as it is
            if self._owner is not None and self._owner.holds and self.standing.taken_away:
                copy = database.in_memory(self._connection)
                self._shut()  # now: SQLite would take the log of the next one for its own, for it has that name
                self._store.connection, self._resting = copy, True
                self.standing.leave()
                self._owner.release()

    def close(self) -> None:
        """Make it one plain file and let go; it stays. Work without a name and without a cue goes."""
        with self._alone:
            if self._owner is not None and not self._closed and not self.standing.taken_away:
                with contextlib.suppress(sqlite3.Error, CuesmithError):  # only space is lost
                    self._store.tidy()
            self._end(keep=self.named or not self.restored.empty)

    def delete(self) -> None:
        """The person does not want it: let go and take the file away."""
        with self._alone:
            self._end(keep=False)

    def _end(self, *, keep: bool) -> None:
        """Let go for good; a second time does nothing, for the file may be another window's by then."""
        if not self._closed:
            self._closed = True
            self._let_go(keep=keep)

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._store.connection

    def _begin_turn(self) -> None:
        """Where another program wrote to the file, what is in here is in memory only: SQLite would mix the two."""
        if self.standing.look():
            held, self._store = self._connection, in_memory_of(self.restored, self.created)
            database.drop(held, self.path)
            self._resting = True

    def _writable(self) -> sqlite3.Connection:
        """The connection, awake.

        Raises:
            CannotWrite: it is open to read only.
        """
        if self._closed:
            raise CannotWrite(file=str(self.path), cause="it is closed")
        if self._owner is None:
            raise CannotWrite(file=str(self.path), cause="it is open to read only")
        if self.standing.taken_away:
            raise CannotWrite(file=str(self.path), cause="it was moved, replaced, changed or deleted while it was open")
        if self._resting:
            self._store.connection = database.start_writing(self._connection, self.path)
            self._resting = False
        return self._connection

    def _shut(self) -> None:
        with contextlib.suppress(CuesmithError):  # everything is in the log beside it, which the next opening reads
            self.rest()
        self._connection.close()

    def _let_go(self, *, keep: bool) -> None:
        taken_away = self.standing.taken_away
        self._shut()
        self.standing.close()
        if self._owner is None:
            return
        if taken_away:
            self._owner.release()
            return
        if not keep or not database.unfinished(self.path):
            # A full disk can leave the memory's file behind, with nothing in it.
            for end in ("-shm",) if keep else ("", "-wal", "-shm", "-journal"):
                with contextlib.suppress(OSError):
                    self.path.with_name(self.path.name + end).unlink()
        self._owner.release()
