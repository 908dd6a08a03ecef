"""Making and opening projects: the guards in their order, and what happens when one does not hold. Knows no window.

A file is looked at before it is opened to write: header, declarations, pages, checksums, and that every step fits. What
is damaged is left as it is; what can be taken out of it goes on as new work without a name.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from core import paths
from core.collector import no_collecting
from core.document.document import Document
from core.document.owner import Owner, is_held
from core.document.project import connection as database
from core.document.project.connection import UNREADABLE, Mode, check_header, connect, sentences, transaction, unfinished
from core.document.project.folders import home_of
from core.document.project.held import own, real
from core.document.project.project import HOME, Project
from core.document.project.reading import Loaded, check_ours, read
from core.document.project.repair import Salvaged, salvage
from core.document.project.schema import VERSION, migrate
from core.document.project.store import Store, Tables, keep_meta
from core.document.project.values import Damaged
from core.document.stack import Stack
from core.errors import CannotWrite, CuesmithError, FileMissing, OutputExists, Param, ProjectUnreadable
from core.files import sync_folder, write_error
from core.progress import Notice
from core.transcript import new_id

SUFFIX = ".cuesmith"


def create_project(
    path: Path | None = None, *, document: Document | None = None, stack: Stack | None = None, created: str = ""
) -> Project:
    """A new project, on disk when this returns.

    Args:
        path: None = work without a name, in `paths.recovery_dir()`.
        document: what it begins with; or `stack`, a document with its steps.
        created: when the work began, ISO 8601; "" = now.

    Raises:
        OutputExists: there is a file of that name.
        WriteError: it could not be made.
    """
    wanted = path.absolute() if path is not None else new_path()
    created = created or datetime.now(UTC).isoformat(timespec="seconds")
    owner = own(wanted)
    try:
        _make_file(wanted)
        store = _made(wanted, stack if stack is not None else Stack(document or Document()), created)
    except BaseException:
        owner.release()
        raise
    return Project(wanted, store, owner, created=created, named=path is not None)


def open_project(path: Path, *, read_only: bool = False) -> Project:
    """Open a project with its undo list.

    A damaged one is left as it is: what can be read of it is new work without a name, and `notices` says what is lost.
    One that cannot be written is opened to read, and `notices` says why.

    Raises:
        ProjectInUse: another window has it; `read_only=True` opens it all the same.
        ProjectUnreadable: it is no project, of a later version, or nothing in it can be read.
    """
    path = real(path)
    if not path.exists():
        raise FileMissing(file=str(path))
    check_header(path)
    if read_only:
        return _to_read(path, ())
    try:
        owner = own(path)
    except CannotWrite as error:
        return _to_read(path, (_cannot_write(path, error),))
    try:
        return _to_write(path, owner)
    except BaseException:
        owner.release()
        raise


def new_path() -> Path:
    """A name for new work without a name, by date and chance."""
    return paths.recovery_dir() / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{new_id()[:8]}{SUFFIX}"


def _to_write(path: Path, owner: Owner) -> Project:
    with sentences(path, looking=True):
        _bring_up_to_date(path)
        with contextlib.closing(looking(path, ours=True)) as connection:
            found = _looked_at(path, connection)
    if isinstance(found, Salvaged):
        owner.release()
        return _repaired(path, found)
    try:
        connection = _tried(path)
    except sqlite3.Error as error:
        owner.release()
        return _to_read(path, (_cannot_write(path, database.as_sentence(path, error)),))
    return Project(
        path,
        Store(connection, found.tables),
        owner,
        created=found.created,
        named=path.parent != paths.recovery_dir().absolute(),
    )


def _tried(path: Path) -> sqlite3.Connection:
    connection = connect(path, Mode.WRITE)
    try:
        database.try_writing(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _to_read(path: Path, notices: tuple[Notice, ...]) -> Project:
    """From a copy in memory: what is read must be of one moment, for another window may write meanwhile, and no lock
    may keep that one from it."""
    with sentences(path, looking=True):
        with contextlib.closing(looking(path)) as file:
            copy = database.in_memory(file)
        try:
            _migrated(path, copy)
            found = _looked_at(path, copy)
        except BaseException:
            copy.close()
            raise
    if isinstance(found, Salvaged):
        copy.close()
        return _repaired(path, found)
    return Project(path, Store(copy, found.tables), None, created=found.created, notices=notices)


def _looked_at(path: Path, connection: sqlite3.Connection) -> Loaded | Salvaged:
    """Everything in the file, checked; or what is whole of it."""
    try:
        with no_collecting():
            return read(connection)
    except (Damaged, *UNREADABLE):
        found = salvage(connection)
    if found.empty:
        raise ProjectUnreadable(file=str(path), cause="it is damaged, and nothing in it could be read")
    return found


def _bring_up_to_date(path: Path) -> None:
    """Refuse what is not exactly a project; one of an earlier version gets today's tables."""
    with contextlib.closing(looking(path, ours=True)) as connection:
        version = _version_of(path, connection)
    if version < VERSION:
        with contextlib.closing(connect(path, Mode.WRITE)) as connection:
            _migrated(path, connection)


def _migrated(path: Path, connection: sqlite3.Connection) -> None:
    version = _version_of(path, connection)
    if version < VERSION:
        with transaction(connection):
            migrate(connection, version)


def _version_of(path: Path, connection: sqlite3.Connection) -> int:
    try:
        return check_ours(connection, path)
    except UNREADABLE as error:
        raise ProjectUnreadable(file=str(path), cause="it is damaged at its beginning") from error


def looking(path: Path, *, ours: bool = False) -> sqlite3.Connection:
    """A connection to look with: one that leaves no trace where it can, and keeps no window from its work.

    Args:
        ours: the caller holds it; else a window may have it, or open it at any moment.
    """
    if not unfinished(path) and (ours or not is_held(path)):
        return connect(path, Mode.STILL)
    if path.with_name(path.name + "-journal").exists():
        return connect(path, Mode.MEND)
    try:
        return connect(path, Mode.READ)
    except sqlite3.OperationalError as error:
        if database.is_busy(error):
            raise
        return connect(path, Mode.ALONE)


def _repaired(path: Path, found: Salvaged) -> Project:
    project = create_project(stack=found.stack, created=found.created)
    if found.results:
        with contextlib.suppress(CuesmithError):  # they are made again
            project.results.put_rows(found.results)
    project.notices = (_what_is_lost(path, found),)
    return project


def _what_is_lost(path: Path, found: Salvaged) -> Notice:
    kept, lost = len(found.stack.document.cues), found.cues_lost
    parts = ["{kept} cues were read, " + ("{lost} or more are lost or doubtful" if lost else "none is lost")]
    if found.fields_lost:
        parts.append("lost: {fields}")
    if found.steps_lost:
        parts.append("the undo list is gone")
    text = "{file} is damaged: " + "; ".join(parts) + ". This is new work now; the file is left as it is."
    fields = ", ".join(name.replace("_", " ") for name in found.fields_lost)
    params: dict[str, Param] = {"file": path.name, "kept": kept, "lost": lost, "fields": fields}
    return Notice("project.repaired", text, params, finding=True)


def _cannot_write(path: Path, error: CuesmithError) -> Notice:
    cause = error.params.get("cause", "the disk is full")
    text = "{file} can only be read ({cause}). Save it under another name to work on it."
    return Notice("project.read_only", text, {"file": path.name, "cause": cause})


def _make_file(path: Path) -> None:
    """An empty file that only its owner reads; SQLite fills it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
        os.close(os.open(path, flags, 0o600))
        sync_folder(path.parent)
    except FileExistsError as error:
        raise OutputExists(file=str(path)) from error
    except (OSError, ValueError) as error:
        raise write_error(path, error) from error


def _made(path: Path, stack: Stack, created: str) -> Store:
    """The tables with what the work begins with; where that fails, no file is left."""
    connection: sqlite3.Connection | None = None
    try:
        with sentences(path):
            connection = connect(path, Mode.WRITE)
            store = Store(connection, Tables())
            with transaction(connection):
                migrate(connection, 0)
                store.begin(stack, created)
                keep_meta(connection, {HOME: home_of(path)})
    except BaseException:
        if connection is not None:
            connection.close()
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    return store
