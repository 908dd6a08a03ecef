"""Opening a project's database so that a file of a stranger's hand can do no harm. Knows no tables.

Nothing in the file is run (trusted_schema off, no extensions), cell sizes are checked, values are bounded, and SQLite's
errors become ours with a sentence.
"""

from __future__ import annotations

import contextlib
import enum
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from core.document.project.folders import bears_wal
from core.document.project.schema import APPLICATION_ID, MAX_FILE_BYTES, MAX_VALUE_BYTES
from core.errors import CannotWrite, CuesmithError, DiskFull, ProjectUnreadable

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_APPLICATION_ID_AT = 68
_BUSY_S = 2.0
"""How long to wait for another program that reads the file (a backup, a virus scanner)."""

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 100),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
)
_PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "synchronous = FULL",
    "fullfsync = ON",  # on macOS fsync alone leaves the bytes in the drive's cache
    "checkpoint_fullfsync = ON",
    "temp_store = MEMORY",
    "mmap_size = 0",
)


_LONGEST_NAME_BYTES = 500
"""SQLite gives up on names of more than 512 bytes, those of the files beside it included, and does not say why."""

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises. SQLite quotes what it finds in its messages, which need not be text then."""


class Mode(enum.Enum):
    """How a file is opened."""

    WRITE = "mode=rw"
    CREATE = "mode=rwc"
    READ = "mode=ro"
    ALONE = "mode=rw&cache=private"
    """To read what was left written ahead where no shared memory can be made: the disk is full."""
    MEND = "mode=rw&nolock=0"
    """To read where a step was being written when the program ended: SQLite takes it back. Of a step that is being
    written now it waits for the end."""
    STILL = "mode=ro&immutable=1"
    """Nobody writes it: no lock is taken and no file appears beside it."""


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """Open a database, with every guard on. Transactions are the caller's (`BEGIN`).

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode.value}",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_S,
        check_same_thread=False,  # opened in the background, then used by the window's thread alone
    )
    try:
        _bound(connection)
        if mode in (Mode.WRITE, Mode.ALONE, Mode.CREATE):
            # Alone, SQLite opens a file that was left written ahead without the shared memory it asks for.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _guard(connection)
        if mode is Mode.WRITE:
            rest(connection)
            _share(connection)
        elif mode is not Mode.CREATE:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory(file: sqlite3.Connection) -> sqlite3.Connection:
    """What `file` shows at one moment, as a database of its own with every guard on.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        _bound(connection)
        file.backup(connection)
        _guard(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _bound(connection: sqlite3.Connection) -> None:
    for category, value in _LIMITS:
        connection.setlimit(category, value)


def _guard(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def check_header(path: Path) -> None:
    """Look at the first bytes: is this a project at all?

    Raises:
        ProjectUnreadable: it is not, is too large, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise ProjectUnreadable(file=str(path), cause=error.strerror or str(error)) from error
    found = int.from_bytes(head[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big")
    if not head.startswith(_MAGIC) or len(head) < _HEADER_BYTES or found != APPLICATION_ID:
        raise ProjectUnreadable(file=str(path), cause="it is no Cuesmith project")
    if size > MAX_FILE_BYTES:
        raise ProjectUnreadable(file=str(path), cause="it is larger than any project can be")


def unfinished(path: Path) -> bool:
    """Whether a crash, or a window that has it open, left the last steps in a file beside it."""
    return any(_has_bytes(path.with_name(path.name + end)) for end in ("-wal", "-journal"))


def finish(path: Path) -> None:
    """What a crash left beside a project that is to be replaced goes into it: SQLite would add it to the new one."""
    if unfinished(path):
        with contextlib.suppress(*UNREADABLE), contextlib.closing(connect(path, Mode.WRITE)):
            pass  # connecting is enough
    if unfinished(path):  # too damaged for that, and chosen to be replaced
        for end in ("-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                path.with_name(path.name + end).unlink()


def start_writing(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Write ahead where the folder bears it, so that a step costs one flush; else straight into the file.

    Returns:
        The connection, or another in its place.

    Raises:
        sqlite3.Error: it cannot be written at all.
    """
    if not bears_wal(path.parent) or _writes_ahead(connection):
        return connection
    connection.close()  # it looks for shared memory for as long as it lives
    return connect(path, Mode.WRITE)


def try_writing(connection: sqlite3.Connection) -> None:
    """Change nothing, as a write.

    Raises:
        sqlite3.OperationalError: it may not be written.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version = {int(version)}")
    finally:
        connection.execute("ROLLBACK")


def _writes_ahead(connection: sqlite3.Connection) -> bool:
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if is_full(error):
            raise
        return False
    except sqlite3.ProgrammingError:  # closed: the last try to open it anew found the disk full
        return False
    return bool(mode == "wal")


def rest(connection: sqlite3.Connection) -> None:
    """Make it one plain file, whole without anything beside it.

    Raises:
        sqlite3.Error: it cannot be now; what was written is safe all the same.
    """
    if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")


def drop(connection: sqlite3.Connection, path: Path) -> None:
    """Close it and write nothing more: what was written ahead belongs to a file that is another's now.

    SQLite would write it there on closing, page by page.
    """
    log = path.with_name(path.name + "-wal")
    with contextlib.suppress(OSError):
        os.truncate(log, 0)
    connection.close()
    for beside in (log, path.with_name(path.name + "-shm")):
        with contextlib.suppress(OSError):
            beside.unlink()


def _share(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only an access lets go of the lock


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; on disk when it ends."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # after a full disk SQLite has often rolled back by itself
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def sentences(path: Path, *, looking: bool = False) -> Iterator[None]:
    """SQLite's errors inside become ours; `looking`: nothing is written, so the file is at fault."""
    try:
        yield
    except sqlite3.Error as error:
        said = as_sentence(path, error)
        if looking and isinstance(said, CannotWrite):
            said = ProjectUnreadable(file=str(path), cause=str(said.params["cause"]))
        raise said from error
    except UnicodeDecodeError as error:
        raise ProjectUnreadable(file=str(path), cause="it is damaged") from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program has it locked just now."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_full(error: sqlite3.Error) -> bool:
    """Whether there is no space left."""
    return _code(error) == sqlite3.SQLITE_FULL


def as_sentence(path: Path, error: sqlite3.Error) -> CuesmithError:
    """What went wrong with `path`, as an error with a sentence."""
    code = _code(error)
    if code == sqlite3.SQLITE_CANTOPEN and len(os.fsencode(path.absolute())) > _LONGEST_NAME_BYTES:
        cause = f"with its folders it has too many letters: a project has room for {_LONGEST_NAME_BYTES}"
        return CannotWrite(file=path.name, cause=cause)
    if is_full(error):
        return DiskFull(file=str(path))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT):
        return ProjectUnreadable(file=str(path), cause="it is damaged")
    if is_busy(error):
        return CannotWrite(file=str(path), cause="another program has it locked")
    if code == sqlite3.SQLITE_TOOBIG:  # a stranger's file; ours are measured before they are written
        return CannotWrite(file=str(path), cause=f"one value in it has more than {MAX_VALUE_BYTES >> 20} MiB")
    return CannotWrite(file=str(path), cause=str(error))


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
