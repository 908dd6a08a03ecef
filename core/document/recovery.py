"""Work that has no name yet, safe on disk: a recovery file is the journal of a document's history.

`open_recovery(path).history()` is a history whose every step is on disk before it shows; after a crash the same call
gives the document and the undo list back. Knows no window and no subtitle format; the project file takes this place
for work that has a name.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import paths
from core.document.chunk_results import FileResults
from core.document.document import Document
from core.document.edit import Edit
from core.document.history import History
from core.document.journal import Step
from core.document.lines import LineFile
from core.document.owner import Owner
from core.document.records import VERSION, Header, Stepped, edit_record, text_of
from core.document.replay import Replayed, replayed
from core.document.stack import Stack
from core.errors import CannotWrite, CuesmithError, ProjectUnreadable
from core.files import write_atomically
from core.transcript import new_id

SUFFIX = ".jsonl"


class Recovery:
    """A recovery file that is open: a `Journal`. Made by `open_recovery`; close it or use it with `with`.

    Attributes:
        path: where it writes; another than was asked for where that one is damaged.
        notices: what could not be restored.
    """

    def __init__(self, path: Path, owner: Owner, state: Replayed, *, begun: bool) -> None:
        self.path = path
        self.notices = state.notices
        self._owner = owner
        self._file = LineFile(path)
        self._stack = state.stack
        self._steps = state.steps
        self._begun = begun

    def __enter__(self) -> Recovery:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def restored(self) -> Stack:
        """What was in the file when it was opened."""
        return self._stack

    def history(self) -> History:
        """The restored history, which goes on writing here. Call its `close_step` before `close`: it ends a drag."""
        return History(journal=self, restored=self._stack if self._begun else None, document=self._stack.document)

    def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
        """Keep this step; when it returns, the step survives a crash.

        Raises:
            WriteError: it could not be kept, and the file is as it was.
        """
        self.begin()
        known = step in (Step.UNDO, Step.REDO)
        self._append(Stepped(self._steps + 1, step.value, None if known else edit_record(edit), above))
        self._steps += 1

    def begin(self) -> None:
        """Write the first line, which holds what the work begins with; the first step does it where nobody did.

        Raises:
            WriteError: it could not be kept.
        """
        if not self._begun:
            created = datetime.now(UTC).isoformat(timespec="seconds")
            self._append(Header(VERSION, created, self._stack.document))
            self._begun = True

    def close(self) -> None:
        """Let go of the file; it stays."""
        self._file.close()
        self._owner.release()

    def delete(self) -> None:
        """The work has a name now, or the person does not want it: let go and take the file away."""
        self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
        self._owner.release()

    def _append(self, record: Header | Stepped) -> None:
        try:
            data = text_of(record)
        except UnicodeEncodeError as error:
            raise CannotWrite(file=str(self.path), cause="a character in it is no text") from error
        self._file.append(data)


@dataclass(frozen=True, slots=True)
class RecoveryInfo:
    """A recovery file, to be offered.

    Attributes:
        created: ISO 8601, UTC; "" where the first line is damaged.
        changed: seconds since 1970 of the last step.
        media: path of the film, or "".
        cues, steps: how many.
        last_step: label of the last step, or "".
        in_use: another window has it open.
        problem: why it cannot be read, or "".
    """

    path: Path
    created: str = ""
    changed: float = 0.0
    media: str = ""
    cues: int = 0
    steps: int = 0
    last_step: str = ""
    in_use: bool = False
    problem: str = ""


def open_recovery(path: Path | str | None = None, *, document: Document | None = None) -> Recovery:
    """Begin or go on with a recovery file.

    Args:
        path: None = a new one in `paths.recovery_dir()`.
        document: what a new one begins with; on disk at once where it has cues.

    Raises:
        ProjectUnreadable: it is no recovery file, or another window has it.
        WriteError: it cannot be made.
    """
    wanted = Path(path) if path is not None else new_path()
    owner = _owned(wanted)
    try:
        if not _has_bytes(wanted):
            recovery = Recovery(wanted, owner, Replayed(Stack(document or Document())), begun=False)
            if document is not None and document.cues:
                recovery.begin()
            return recovery
        state = replayed(wanted)
        if state.whole:
            return Recovery(wanted, owner, state, begun=True)
        return _continued(wanted, owner, state)
    except BaseException:
        owner.release()
        raise


def open_results(path: Path | str) -> FileResults:
    """The chunk results kept in a file, which is made by the first; usable in a `with` statement."""
    return FileResults(Path(path))


def list_recoveries(folder: Path | None = None) -> tuple[RecoveryInfo, ...]:
    """All recovery files, the latest first; `folder` None = `paths.recovery_dir()`."""
    found = (folder if folder is not None else paths.recovery_dir()).glob("*" + SUFFIX)
    return tuple(sorted(map(_info, found), key=lambda info: info.changed, reverse=True))


def new_path() -> Path:
    """A name for a new recovery file, by date and chance."""
    return paths.recovery_dir() / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{new_id()[:8]}{SUFFIX}"


def _continued(damaged: Path, owner: Owner, state: Replayed) -> Recovery:
    """A new file that goes on from what could be read of a damaged one, which stays as it is."""
    fresh = damaged.with_name(f"{damaged.stem}-{new_id()[:4]}{SUFFIX}")
    with damaged.open("rb") as file:
        data = file.read(state.good_bytes)
    write_atomically(fresh, data)
    new_owner = _owned(fresh)
    owner.release()
    return Recovery(fresh, new_owner, state, begun=bool(state.created or state.steps))


def _owned(path: Path) -> Owner:
    owner = Owner(path)
    try:
        taken = owner.take()
    except OSError as error:
        raise CannotWrite(file=str(path), cause=error.strerror or str(error)) from error
    if not taken:
        raise ProjectUnreadable(file=str(path), cause="another window has it open")
    return owner


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ProjectUnreadable(file=str(path), cause=error.strerror or str(error)) from error


def _info(path: Path) -> RecoveryInfo:
    in_use = _in_use(path)
    try:
        changed = path.stat().st_mtime
        state = replayed(path)
    except (CuesmithError, OSError) as error:
        return RecoveryInfo(path, in_use=in_use, problem=str(error))
    document, done = state.stack.document, state.stack.done
    return RecoveryInfo(
        path,
        created=state.created,
        changed=changed,
        media=document.media.path if document.media is not None else "",
        cues=len(document.cues),
        steps=state.steps,
        last_step=done[-1].label if done else "",
        in_use=in_use,
    )


def _in_use(path: Path) -> bool:
    owner = Owner(path)
    try:
        return not owner.take()
    except OSError:
        return False  # no lock can be made there, so nobody has one
    finally:
        owner.release()
