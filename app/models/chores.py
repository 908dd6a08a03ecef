"""What is done to models beside downloading: bring in, check, remove, move. One at a time; knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.messages import Message, Messages
from core.weights.progress import FetchProgress
from core.worker.messages import JobCancelled, JobFailed, JobFinished, Reply, new_job_id
from core.worker.model_messages import (
    ImportModels,
    ModelNotice,
    ModelProgress,
    ModelRequest,
    MoveModels,
    RemoveModel,
    VerifyModel,
)

if TYPE_CHECKING:
    from core.weights.inventory import Held


@dataclass(slots=True)
class Chore:
    """What is being done: a sentence, how far it is, and what follows when it is through."""

    text: str
    job_id: str = ""
    progress: FetchProgress | None = None
    done: Callable[[], object] = field(default=lambda: None)


class Chores(QObject):
    """See above.

    Attributes:
        current: what is being done, or None.

    Signals:
        changed(): it has come further.
        over(): it has ended, one way or another; models may have come or gone.
    """

    changed = Signal()
    over = Signal()

    def __init__(
        self,
        engines: EngineBridge,
        messages: Messages,
        held: Callable[[str], Held | None],
        parent: QObject | None = None,
    ) -> None:
        """`held`: what is known of a model."""
        super().__init__(parent)
        self._engines, self._messages, self._held = engines, messages, held
        self.current: Chore | None = None

    def bring_in(self, path: Path) -> None:
        """Import models from a folder or a file in one."""
        self._do(ImportModels(new_job_id(), str(path)), tr("Bringing in {0}").format(path.name or str(path)))

    def verify(self, model_id: str) -> None:
        """Read every byte of a model, and say whether it is whole."""
        name = self._name(model_id)
        said = Message("weights.whole", tr("{0} is whole.").format(name), kind="info")
        self._do(
            VerifyModel(new_job_id(), model_id), tr("Checking {0}").format(name), lambda: self._messages.tell(said)
        )

    def remove(self, model_id: str) -> None:
        """Take a model from the disk."""
        self._do(RemoveModel(new_job_id(), model_id), tr("Removing {0}").format(self._name(model_id)))

    def move(self, folder: Path) -> None:
        """Keep models in another folder, with all that are there."""
        self._do(MoveModels(new_job_id(), str(folder)), tr("Moving the models to {0}").format(str(folder)))

    def stop(self) -> None:
        """Stop what is being done."""
        if self.current is not None:
            self._engines.cancel(self.current.job_id)

    def _name(self, model_id: str) -> str:
        held = self._held(model_id)
        return held.model.name if held is not None else model_id

    def _do(self, request: ModelRequest, text: str, done: Callable[[], object] = lambda: None) -> None:
        if self.current is None:
            self.current = Chore(text, done=done)
            self.current.job_id = self._engines.ask_models(request, self._heard)
            self.changed.emit()

    def _heard(self, reply: Reply) -> None:
        chore = self.current
        if chore is None:
            return
        match reply:
            case ModelProgress(progress=progress):
                chore.progress = progress
                self.changed.emit()
            case ModelNotice(notice=notice):
                self._messages.tell(Message(notice.code, notice.said(tr), kind="info"))
            case JobFinished():
                chore.done()
                self._end()
            case JobFailed(failure=failure):
                self._messages.error(failure.error())
                self._end()
            case JobCancelled():
                self._end()

    def _end(self) -> None:
        self.current = None
        self.changed.emit()
        self.over.emit()
