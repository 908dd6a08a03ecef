"""Every step of a history into the tables, as one transaction each. Knows no files beside the database and no window.

The store keeps the same `Stack` as the history does, moved by the same functions, so it knows what a step changes in
the tables without reading them. A step that cannot be written changes nothing, here and there.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.cue import Cue
from core.document import slide
from core.document.document import REPLACEABLE, BrokenInvariant, Document
from core.document.edit import Edit, Splice
from core.document.journal import Step
from core.document.project import places
from core.document.project.connection import is_full, transaction
from core.document.project.schema import migrate
from core.document.project.values import CUE, HEADER, OTHER, packed, packed_step
from core.document.stack import Stack

DEPTH = "depth"
CREATED = "created"
FIELD = "document."
_ABOVE = f"{FIELD}header"


@dataclass(slots=True)
class Tables:
    """What the tables hold, so far as writing needs to know.

    Attributes:
        stack: document and steps.
        places: of the rows, ascending.
        parts: of each step, in order of place: how many rows of `steps` make it.
        versions: id() of a cue → (the cue, its version); holding the cue keeps its id() its own.
        last_version: the highest there is.
    """

    stack: Stack = field(default_factory=lambda: Stack(Document()))
    places: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    versions: dict[int, tuple[Cue, int]] = field(default_factory=dict)
    last_version: int = 0


class Store:
    """Writes steps. Lives in one thread.

    Attributes:
        connection: where to.
    """

    def __init__(self, connection: sqlite3.Connection, tables: Tables) -> None:
        self.connection = connection
        self._tables = tables
        self._fresh: dict[int, tuple[Cue, int]] = {}

    @property
    def tables(self) -> Tables:
        """What is written."""
        return self._tables

    def begin(self, stack: Stack, created: str) -> None:
        """Write what the work begins with into empty tables, inside the caller's transaction.

        Raises:
            sqlite3.Error, WriteError: it could not be; the caller's transaction must not go on.
        """
        self._keep_meta({CREATED: created, DEPTH: len(stack.done)})
        self._keep_meta({FIELD + name: getattr(stack.document, name) for name in REPLACEABLE})
        dealt = places.fresh(len(stack.document.cues))
        self._insert_rows(dealt, stack.document.cues)
        steps = timeline(stack)
        for index, step in enumerate(steps):
            self._insert_step(index, 1, step)
        self._settle(Tables(stack, dealt, [1] * len(steps), self._tables.versions, self._tables.last_version))

    def record(self, step: Step, edit: Edit, above: int) -> None:
        """Write one step; when it returns, the step survives a crash.

        Raises:
            sqlite3.Error, WriteError: it could not be written; nothing has changed.
        """
        before = self._tables
        after, applied, part = moved(before.stack, step, edit, above)
        self._fresh = {}
        with transaction(self.connection):
            dealt = self._write_rows(before, after.document, applied)
            parts = self._write_steps(before, after, part, len(before.stack.done) - 1 - above)
            self._write_fields(before.stack.document, after.document)
            if len(after.done) != len(before.stack.done):
                self._keep_meta({DEPTH: len(after.done)})
        self._settle(Tables(after, dealt, parts, before.versions, before.last_version))

    def tidy(self) -> None:
        """Write each step in one part, and take away versions of cues that none can bring back any more.

        Raises:
            sqlite3.Error: it could not be; nothing has changed.
        """
        held = self._tables
        steps = timeline(held.stack)
        grown = [index for index, parts in enumerate(held.parts) if parts > 1]
        unused = _unused(held, steps)
        if not grown and not unused:
            return
        self._fresh = {}
        with transaction(self.connection):
            for index in grown:
                self.connection.execute("DELETE FROM steps WHERE place = ?", (index + 1,))
                self._insert_step(index, 1, steps[index])
            self.connection.executemany("DELETE FROM cues WHERE version = ?", [(n,) for n in unused.values()])
        versions = {key: kept for key, kept in held.versions.items() if key not in unused}
        self._settle(Tables(held.stack, held.places, [1] * len(steps), versions, held.last_version))

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────

    def _write_rows(self, before: Tables, after: Document, applied: Edit) -> list[int]:
        dealt = before.places
        for change in applied.changes:
            if not isinstance(change, Splice):
                continue
            now = places.spliced(dealt, change.first, len(change.removed), len(change.inserted))
            dealt = now.places
            if now.anew:
                return self._write_all_rows(after)
            self.connection.executemany("DELETE FROM rows WHERE place = ?", [(place,) for place in now.gone])
            self._insert_rows(dealt[change.first : change.last_after], change.inserted)
        return dealt

    def _write_all_rows(self, document: Document) -> list[int]:
        dealt = places.fresh(len(document.cues))
        self.connection.execute("DELETE FROM rows")
        self._insert_rows(dealt, document.cues)
        return dealt

    def _insert_rows(self, dealt: Sequence[int], cues: Sequence[Cue]) -> None:
        rows = [(place, self._version_of(cue)) for place, cue in zip(dealt, cues, strict=True)]
        self.connection.executemany("INSERT OR REPLACE INTO rows (place, version) VALUES (?, ?)", rows)

    def _version_of(self, cue: Cue) -> int:
        """The number of this cue as it is now; a new one is written."""
        known = self._tables.versions.get(id(cue)) or self._fresh.get(id(cue))
        if known is not None:
            return known[1]
        version = self._tables.last_version + len(self._fresh) + 1
        body, crc = packed(cue, CUE)
        self.connection.execute("INSERT INTO cues (version, body, crc) VALUES (?, ?, ?)", (version, body, crc))
        self._fresh[id(cue)] = (cue, version)
        return version

    # ── steps ────────────────────────────────────────────────────────────────────────────────────

    def _write_steps(self, before: Tables, after: Stack, part: Edit | None, target: int) -> list[int]:
        """Write the steps that are others now; `part` is what came to the one at index `target`."""
        old, new = timeline(before.stack), timeline(after)
        parts = before.parts[: len(new)]
        for index, step in enumerate(new):
            if index < len(old) and old[index] is step:
                continue
            if part is not None and index == target:
                parts[index] += 1
                self._insert_step(index, parts[index], part)
            elif index >= len(old):
                parts.append(1)
                self._insert_step(index, 1, step)
            elif not _same(old[index], step):
                self.connection.execute("DELETE FROM steps WHERE place = ?", (index + 1,))
                parts[index] = 1
                self._insert_step(index, 1, step)
        if len(old) > len(new):
            self.connection.execute("DELETE FROM steps WHERE place > ?", (len(new),))
        return parts

    def _insert_step(self, index: int, part: int, edit: Edit) -> None:
        body, crc = packed_step(edit, self._version_of)
        row = (index + 1, part, body, crc)
        self.connection.execute("INSERT INTO steps (place, part, body, crc) VALUES (?, ?, ?, ?)", row)

    # ── fields ───────────────────────────────────────────────────────────────────────────────────

    def _write_fields(self, before: Document, after: Document) -> None:
        names = [name for name in REPLACEABLE if getattr(before, name) is not getattr(after, name)]
        self._keep_meta({FIELD + name: getattr(after, name) for name in names})

    def _keep_meta(self, values: dict[str, Any]) -> None:
        keep_meta(self.connection, values)

    def _settle(self, after: Tables) -> None:
        after.versions.update(self._fresh)
        after.last_version += len(self._fresh)
        self._fresh = {}
        self._tables = after


def in_memory_of(stack: Stack, created: str) -> Store:
    """A store of this work in memory, from which it can be copied to a file."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    store = Store(connection, Tables())
    with transaction(connection):
        migrate(connection, 0)
        store.begin(stack, created)
    return store


def back_up(store: Store, created: str, target: sqlite3.Connection) -> None:
    """Copy all of it; where its file cannot be read any more, for its drive was pulled out, what was written to it.

    Raises:
        sqlite3.Error: it could not be copied.
    """
    try:
        store.connection.backup(target)
    except sqlite3.Error as error:
        if is_full(error):
            raise
        with contextlib.closing(in_memory_of(store.tables.stack, created).connection) as again:
            again.backup(target)


def keep_meta(connection: sqlite3.Connection, values: dict[str, Any]) -> None:
    """Write values by name."""
    rows = [(name, *packed(value, HEADER if name == _ABOVE else OTHER)) for name, value in values.items()]
    connection.executemany("INSERT OR REPLACE INTO meta (name, body, crc) VALUES (?, ?, ?)", rows)


def timeline(stack: Stack) -> tuple[Edit, ...]:
    """The steps done and then those that can be redone, in order of time."""
    return (*stack.done, *reversed(stack.undone))


def _unused(held: Tables, steps: Sequence[Edit]) -> dict[int, int]:
    """id() of cues that neither the document nor a step has, with their versions."""
    used = {id(cue) for cue in held.stack.document.cues}
    for step in steps:
        used.update(_cues_in(step))
    return {key: version for key, (_, version) in held.versions.items() if key not in used}


def _same(old: Edit, new: Edit) -> bool:
    """Whether what is written for `old` is `new`, down to the versions of its cues.

    A step that was undone and done again is equal, but of other cues: the old ones' versions are taken away one day,
    and a step that still named them could not be read.
    """
    return _cues_in(old) == _cues_in(new) and old == new


def _cues_in(step: Edit) -> list[int]:
    """id() of each cue that a step takes away or puts in."""
    splices = [change for change in step.changes if isinstance(change, Splice)]
    return [id(cue) for splice in splices for cue in (*splice.removed, *splice.inserted)]


def folded(parts: Iterable[Edit]) -> Edit:
    """One step of its parts."""
    whole, *more = parts
    for part in more:
        whole = whole.then(part)
    return whole


def moved(stack: Stack, step: Step, edit: Edit, above: int) -> tuple[Stack, Edit, Edit | None]:
    """(the stack after a step, what that does to the document, for a join the part that comes to a step)."""
    if step is Step.UNDO:
        return stack.undo(), stack.done[-1].reversed(), None
    if step is Step.REDO:
        return stack.redo(), stack.undone[-1], None
    if step is Step.DO:
        return stack.do(edit), edit, None
    if step is Step.COME:
        return stack.come(edit), edit, None
    after = stack.join(edit, above)
    lowered = slide.lowered(stack.document, stack.done[len(stack.done) - above :], edit) if after else None
    if after is None or lowered is None:
        raise BrokenInvariant("an edit joins a step that is not there")
    return after, edit, lowered[0]
