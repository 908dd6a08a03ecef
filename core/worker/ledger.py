"""The parent's book of jobs asked for and not yet answered, in the order they were asked. Knows no process.

Every job leaves the book once, with one last word; what comes for a job that is not in the book is stale.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.worker.messages import WorkRequest
from core.worker.sound_messages import ChooseMicrophone, OpenMicrophone


@dataclass(slots=True)
class Entry:
    """A job in the book.

    Attributes:
        begun: the child said that it runs.
        cancelled: it shall stop.
        told: something was said to it that a fresh child would not know.
        starts: how many children ended before they came to begin it.
        cancel_by_s: on the client's clock, when patience with its cancel ends; None while nobody told the child.
    """

    request: WorkRequest
    begun: bool = False
    starts: int = 0
    cancelled: bool = False
    told: bool = False
    cancel_by_s: float | None = None


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What becomes of the jobs of a child that ended.

    Attributes:
        cancelled: were to stop, and have.
        failed: ran, and went down with it.
        restarted: ran, go on in the next child.
        waiting: had not begun, go to the next child.
        unheard: those of `waiting` that were told something already: it has to be said again.
    """

    cancelled: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    restarted: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()


class Ledger:
    """The book. Used by one thread."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, request: WorkRequest) -> None:
        """A job was asked for."""
        self._entries[request.job_id] = Entry(request)

    def amend(self, said: object) -> None:
        """Something was said to a job: who chose another microphone does not want the first one of a fresh child."""
        entry = self._entries.get(getattr(said, "job_id", ""))
        if entry is None:
            return
        entry.told = True
        if isinstance(said, ChooseMicrophone):
            entry.request = OpenMicrophone(said.job_id, said.device)

    def begin(self, job_id: str) -> None:
        """The child said that the job runs."""
        if (entry := self._entries.get(job_id)) is not None:
            entry.begun = True

    def close(self, job_id: str) -> Entry | None:
        """Take the job out of the book; None where it is not in it."""
        return self._entries.pop(job_id, None)

    def cancel(self, job_id: str, *, by_s: float) -> bool:
        """The job shall stop by then; whether it is in the book and was not to stop before."""
        entry = self._entries.get(job_id)
        if entry is None or entry.cancelled:
            return False
        entry.cancelled, entry.cancel_by_s = True, by_s
        return True

    def overdue(self, now_s: float, *, running: str, grace_s: float) -> bool:
        """Whether patience with a cancelled job is over.

        A job that lies under another one (`running`, "" = none in particular) cannot hear its cancel: its grace
        begins when it runs again.
        """
        late = False
        for job_id, entry in self._entries.items():
            if entry.cancel_by_s is None:
                continue
            if running not in ("", job_id):
                entry.cancel_by_s = now_s + grace_s
            late = late or now_s >= entry.cancel_by_s
        return late

    def any_cancelled(self) -> bool:
        """Whether a job shall stop."""
        return any(entry.cancelled for entry in self._entries.values())

    def requests(self) -> tuple[WorkRequest, ...]:
        """What was asked, in order."""
        return tuple(entry.request for entry in self._entries.values())

    def ids(self) -> tuple[str, ...]:
        """The jobs in the book, in order."""
        return tuple(self._entries)

    def child_ended(self, *, for_cancel: bool) -> Aftermath:
        """What becomes of the jobs, none of which is begun any more. The book keeps those that go on.

        Args:
            for_cancel: we ended it because a job did not stop: the others are innocent and go on. Else those that
                had begun fail. Where none had, the next child is the last try, because it may never begin one either;
                those that were told something fail at once, for only their owner can say it again.
        """
        cancelled = tuple(job_id for job_id, entry in self._entries.items() if entry.cancelled)
        self._drop(cancelled)
        begun = tuple(job_id for job_id, entry in self._entries.items() if entry.begun)
        failed = () if for_cancel else begun or self._not_to_be_tried_again()
        self._drop(failed)
        waiting = tuple(job_id for job_id in self._entries if job_id not in begun)
        unheard = tuple(job_id for job_id in waiting if self._entries[job_id].told)
        for entry in self._entries.values():
            entry.begun = entry.told = False
            entry.starts += 0 if for_cancel or begun else 1
        return Aftermath(cancelled, failed, begun if for_cancel else (), waiting, unheard)

    def _not_to_be_tried_again(self) -> tuple[str, ...]:
        return tuple(job_id for job_id, entry in self._entries.items() if entry.starts or entry.told)

    def _drop(self, job_ids: Collection[str]) -> None:
        for job_id in job_ids:
            del self._entries[job_id]
