"""From the lines of a recovery file back to the document with its undo list. Knows no locks and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from core.document.document import BrokenInvariant, Document, check_cues
from core.document.edit import Edit, Splice
from core.document.journal import Step
from core.document.lines import Line, read_lines
from core.document.records import VERSION, DecodeError, Header, Stepped, edit_of, parse
from core.document.stack import Stack
from core.errors import ProjectUnreadable
from core.progress import Notice


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a recovery file holds.

    Attributes:
        stack: the document, and the steps behind and ahead of it.
        created: when the work began, ISO 8601, or "" where the first line is damaged.
        steps: how many steps were replayed.
        good_bytes: how far the file was understood.
        whole: False where steps are lost: the file must stay as it is.
        notices: what was lost or dropped.
    """

    stack: Stack
    created: str = ""
    steps: int = 0
    good_bytes: int = 0
    whole: bool = True
    notices: tuple[Notice, ...] = ()


def replayed(path: Path) -> Replayed:
    """Read and replay a recovery file as far as it is safe.

    A torn last line is dropped. A damaged line is passed over where the steps are numbered without a gap all the same;
    otherwise it ends there, because a later edit says nothing without the one before.

    Raises:
        ProjectUnreadable: no recovery file, or of a later version.
    """
    state = Replayed(Stack(Document()))
    damaged = torn = False
    for line in read_lines(path):
        after = _one_more(state, line, path)
        if after is not None:
            damaged = damaged and after.steps == state.steps
            state = after
        elif line.data is not None:
            return _stopped(state, path, line)
        elif line.torn:
            torn = True
        else:
            damaged = True
    if not state.created and not state.steps:
        raise ProjectUnreadable(file=str(path), cause="it is no recovery file")
    if damaged:
        return _stopped(state, path, None)
    return _torn(state, path) if torn else state


def _one_more(state: Replayed, line: Line, path: Path) -> Replayed | None:
    """The state after a line; None where it is damaged or does not go on from here."""
    if line.data is None:
        return None
    try:
        record = parse(line.data)
        if isinstance(record, Header):
            return _begun(state, record, line, path)
        if isinstance(record, Stepped):
            if record.number != state.steps + 1:
                return None
            stack = _step(state.stack, record)
            return replace(state, stack=stack, steps=record.number, good_bytes=line.end)
    except (DecodeError, BrokenInvariant, IndexError):
        return None
    return replace(state, good_bytes=line.end)


def _begun(state: Replayed, header: Header, line: Line, path: Path) -> Replayed | None:
    if header.version > VERSION:
        raise ProjectUnreadable(file=str(path), cause="it was made by a newer version of the program")
    if state.created or state.steps:
        return None
    check_cues(header.document.cues)
    return replace(state, stack=Stack(header.document), created=header.created, good_bytes=line.end)


def _step(stack: Stack, record: Stepped) -> Stack:
    step = Step(record.step) if record.step in set(Step) else None
    if step is Step.UNDO:
        return stack.undo()
    if step is Step.REDO:
        return stack.redo()
    if step is None or record.edit is None:
        raise DecodeError("a step without an edit")
    edit = edit_of(record.edit)
    _check(stack.document, edit)
    if step is Step.JOIN:
        joined = stack.join(edit, record.above)
        if joined is None:
            raise BrokenInvariant("an edit joins a step that is not there")
        return joined
    return stack.do(edit) if step is Step.DO else stack.come(edit)


def _check(document: Document, edit: Edit) -> None:
    """Assert the invariants after each change: the file may come from anywhere."""
    for change in edit.changes:
        document = document.apply_change(change)
        if isinstance(change, Splice):
            check_cues(document.cues, change.first - 1, change.last_after + 1)


def _torn(state: Replayed, path: Path) -> Replayed:
    text = f"The last step in {path.name} was being written when the program ended; it was dropped."
    return replace(state, notices=(Notice("recovery.torn", text, {"file": path.name}),))


def _stopped(state: Replayed, path: Path, line: Line | None) -> Replayed:
    where = f" from line {line.number} on" if line is not None else ""
    text = f"{path.name} is damaged{where}: {state.steps} steps were restored. The file is left as it is."
    notice = Notice("recovery.damaged", text, {"file": path.name, "steps": state.steps}, finding=True)
    return replace(state, whole=False, notices=(notice,))
