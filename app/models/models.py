"""The models as the window knows them: what is here, what is offered, the download under way. Knows no widget.

All work is the models' child's; looking at what is here is short and done in the background. A download that is not
under way is paused as long as something of it lies on the disk, also after the program was closed.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.messages import Message, Messages
from core.errors import CuesmithError
from core.settings import Settings
from core.weights.progress import FetchProgress
from core.weights.suggest import Offer, Speed, offers
from core.worker.messages import JobCancelled, JobFailed, JobFinished, JobRestarted, Reply, new_job_id
from core.worker.model_messages import (
    GetModel,
    ImportModels,
    ModelNotice,
    ModelProgress,
    ModelRequest,
    MoveModels,
    ProbeSpeed,
    RemoveModel,
    SpeedFound,
    VerifyModel,
)

if TYPE_CHECKING:
    from core.weights.inventory import Held
    from core.weights.look import Look


class Course(enum.Enum):
    """How a download stands."""

    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"


@dataclass(slots=True)
class Download:
    """What was asked for, and how far it is.

    Attributes:
        model_ids: in the order they are got. at: which of them is under way.
        course: how it stands. error: why it failed. notice: what else there is to know.
        job_id: of the child, while it runs.
    """

    model_ids: tuple[str, ...]
    course: Course = Course.RUNNING
    at: int = 0
    progress: FetchProgress | None = None
    error: CuesmithError | None = None
    notice: str = ""
    job_id: str = ""


@dataclass(slots=True)
class Chore:
    """Something else that is being done: a sentence, and how far it is."""

    text: str
    job_id: str = ""
    progress: FetchProgress | None = None
    done: Callable[[], object] = field(default=lambda: None)


class Models(QObject):
    """See above.

    Attributes:
        look: what was found on the disk; None = not looked yet.
        speeds: what the probe found; () = not yet.
        download: the one under way, paused or failed, or None.
        chore: an import, a check, a move under way, or None.

    Signals:
        changed(): something that is shown has changed.
        installedChanged(): models came or went; other engines can be used now.
    """

    changed = Signal()
    installedChanged = Signal()

    def __init__(
        self,
        engines: EngineBridge,
        messages: Messages,
        background: Background,
        settings: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engines, self._messages, self._background, self._settings = engines, messages, background, settings
        self.look: Look | None = None
        self.speeds: tuple[Speed, ...] = ()
        self.download: Download | None = None
        self.chore: Chore | None = None
        self._probing = False

    # ── what there is ──

    def offers(self) -> tuple[Offer, ...]:
        """What a person can choose, the smaller first."""
        return offers(self.speeds)

    def held(self, model_id: str) -> Held | None:
        """How far this model is here; None while nobody has looked."""
        return next((one for one in self.look.models if one.model.id == model_id), None) if self.look else None

    def is_installed(self, offer: Offer) -> bool:
        """Whether all of an offer is here."""
        return all((held := self.held(model.id)) is not None and held.is_installed for model in offer.models)

    def missing_bytes(self, offer: Offer) -> int:
        """What of an offer is still to come."""
        kept = (self.held(model.id) for model in offer.models)
        here = sum(one.model.size_bytes if one.is_installed else one.done_bytes for one in kept if one is not None)
        return max(0, offer.size_bytes - here)

    def any_recognizer(self) -> bool:
        """Whether some Qwen3-ASR is here."""
        return self.look is not None and self.look.any_recognizer

    @property
    def is_probing(self) -> bool:
        """Whether speeds are being found out."""
        return self._probing and not self.speeds

    def refresh(self) -> None:
        """Look at the disk again, in the background."""
        from core.weights.look import look

        self._background.run(look, self._looked, self._messages.error)

    def probe(self) -> None:
        """Find out how quick this machine is, once."""
        if not self.speeds and not self._probing:
            self._probing = True
            self._ask(ProbeSpeed(new_job_id()), self._probed)

    # ── what a person does ──

    def get(self, offer: Offer) -> None:
        """Download what of an offer is missing."""
        ids = [model.id for model in offer.models if (one := self.held(model.id)) is None or not one.is_installed]
        self._begin(Download(tuple(ids)))

    def go_on(self) -> None:
        """Go on with the download that is paused or failed."""
        if self.download is not None and self.download.course is not Course.RUNNING:
            self._begin(Download(self.download.model_ids, at=self.download.at, progress=self.download.progress))

    def pause(self) -> None:
        """Stop the download; what has come stays."""
        if self.download is not None and self.download.course is Course.RUNNING:
            self._engines.cancel(self.download.job_id)

    def drop(self) -> None:
        """Give the download up, and throw away what has come of it."""
        dropped, self.download = self.download, None
        if dropped is None:
            return
        if dropped.job_id:
            self._engines.forget(dropped.job_id)
        # The child may still be closing its files: it says then that somebody is at them, and a look shows the rest.
        self._ask(RemoveModel(new_job_id(), dropped.model_ids[dropped.at]), self._dropped)
        self.changed.emit()

    def bring_in(self, path: Path) -> None:
        """Import models from a folder or a file in one."""
        self._do(ImportModels(new_job_id(), str(path)), tr("Bringing in {0}").format(path.name or str(path)))

    def verify(self, model_id: str) -> None:
        """Read every byte of a model, and say whether it is whole."""
        held = self.held(model_id)
        name = held.model.name if held is not None else model_id
        said = Message("weights.whole", tr("{0} is whole.").format(name), kind="info")
        self._do(
            VerifyModel(new_job_id(), model_id), tr("Checking {0}").format(name), lambda: self._messages.tell(said)
        )

    def remove(self, model_id: str) -> None:
        """Take a model from the disk."""
        held = self.held(model_id)
        name = held.model.name if held is not None else model_id
        self._do(RemoveModel(new_job_id(), model_id), tr("Removing {0}").format(name))

    def move(self, folder: Path) -> None:
        """Keep models in another folder, with all that are there."""
        self._do(MoveModels(new_job_id(), str(folder)), tr("Moving the models to {0}").format(str(folder)))

    def stop_chore(self) -> None:
        """Stop what else is being done."""
        if self.chore is not None:
            self._engines.cancel(self.chore.job_id)

    # ── inside ──

    def _looked(self, look: Look) -> None:
        self.look = look
        if self.download is None:
            self.download = _left_over(look.models)
        self.changed.emit()

    def _begin(self, download: Download) -> None:
        if not download.model_ids:
            return
        self.download = download
        settings = self._settings()
        request = GetModel(new_job_id(), download.model_ids[download.at], settings.hub_endpoint, settings.second_source)
        download.job_id = self._ask(request, self._fetching)
        self.changed.emit()

    def _fetching(self, reply: Reply) -> None:
        download = self.download
        if download is None:
            return
        match reply:
            case ModelProgress(progress=progress):
                download.progress = progress
            case ModelNotice(notice=notice):
                download.notice = tr(notice.text)
            case JobRestarted():
                return
            case JobFinished():
                self._came(download)
                return
            case JobCancelled():
                download.course, download.job_id = Course.PAUSED, ""
                self.refresh()
            case JobFailed(failure=failure):
                download.course, download.error, download.job_id = Course.FAILED, failure.error(), ""
                self.refresh()
            case _:
                return
        self.changed.emit()

    def _came(self, download: Download) -> None:
        """One model is here; the next one, or the end."""
        self.installedChanged.emit()
        if download.at + 1 < len(download.model_ids):
            self._begin(Download(download.model_ids, at=download.at + 1, notice=download.notice))
        else:
            self.download = None
        self.refresh()

    def _do(self, request: ModelRequest, text: str, done: Callable[[], object] = lambda: None) -> None:
        """One chore at a time."""
        if self.chore is None:
            self.chore = Chore(text, done=done)
            self.chore.job_id = self._ask(request, self._chore_heard)
            self.changed.emit()

    def _chore_heard(self, reply: Reply) -> None:
        chore = self.chore
        if chore is None:
            return
        match reply:
            case ModelProgress(progress=progress):
                chore.progress = progress
            case ModelNotice(notice=notice):
                self._messages.tell(Message(notice.code, tr(notice.text), kind="info"))
            case JobFinished():
                chore.done()
                self._chore_over()
            case JobFailed(failure=failure):
                self._messages.error(failure.error())
                self._chore_over()
            case JobCancelled():
                self._chore_over()
            case _:
                return
        self.changed.emit()

    def _chore_over(self) -> None:
        self.chore = None
        self.installedChanged.emit()
        self.refresh()

    def _dropped(self, reply: Reply) -> None:
        if isinstance(reply, JobFinished | JobFailed | JobCancelled):
            self.refresh()

    def _probed(self, reply: Reply) -> None:
        """A probe that fails says nothing: the offer stands without speeds."""
        if isinstance(reply, SpeedFound):
            self.speeds = reply.speeds
        elif isinstance(reply, JobFinished | JobFailed | JobCancelled):
            self._probing = False
            self._let_child_go()
        self.changed.emit()

    def _let_child_go(self) -> None:
        """End the child after the probe, which made it load torch: it would hold the memory for nothing."""
        if self.chore is None and (self.download is None or self.download.course is not Course.RUNNING):
            self._background.run(self._engines.let_models_go(), lambda _none: None, self._messages.error)

    def _ask(self, request: ModelRequest, handler: Callable[[Reply], object]) -> str:
        return self._engines.ask_models(request, handler)


def _left_over(models: Sequence[Held]) -> Download | None:
    """What an earlier run has left half here: a paused download of its offer."""
    half = next((one for one in models if one.done_bytes), None)
    if half is None:
        return None
    for offer in offers():
        ids = tuple(one.id for one in offer.models)
        if half.model.id in ids:
            place = ids.index(half.model.id)
            return Download(ids, Course.PAUSED, place)
    return None
