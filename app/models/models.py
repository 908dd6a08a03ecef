"""The models as the window knows them: what is here, what is offered, the download under way. Knows no widget.

All work is the models' child's; looking at what is here is short and done in the background. A download that is not
under way is paused as long as something of it lies on the disk, also after the program was closed.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.messages import Messages
from app.models.chores import Chores
from core.errors import CuesmithError
from core.settings import Settings
from core.weights.progress import FetchProgress
from core.weights.suggest import Offer, Speed, offers
from core.worker.messages import JobCancelled, JobFailed, JobFinished, JobRestarted, Reply, new_job_id
from core.worker.model_messages import (
    GetModel,
    ModelNotice,
    ModelProgress,
    ModelRequest,
    ProbeSpeed,
    RemoveModel,
    SpeedFound,
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


class Models(QObject):
    """See above.

    Attributes:
        look: what was found on the disk; None = not looked yet.
        speeds: what the probe found; () = not yet.
        download: the one under way, paused or failed, or None.
        chores: imports, checks, removals, moves.

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
        self.chores = Chores(engines, messages, self.held, self)
        self.chores.changed.connect(self.changed)
        self.chores.over.connect(self._chore_over)
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

    def in_short(self) -> str:
        """The download in a few words, for the status bar; "" while there is none."""
        download = self.download
        if download is None or download.course is Course.PAUSED:
            return ""
        if download.course is Course.FAILED:
            return tr("Download failed: File, Models")
        progress = download.progress
        percent = int(100 * progress.done_bytes / max(1, progress.total_bytes)) if progress is not None else 0
        name = next((one.name for offer in self.offers() for one in offer.models if one.id == self._current()), "")
        return tr("Downloading {0}: {1} %").format(name, percent)

    def _current(self) -> str:
        download = self.download
        return download.model_ids[download.at] if download is not None else ""

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
                download.notice = notice.said(tr)
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

    def _chore_over(self) -> None:
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
        if self.chores.current is None and (self.download is None or self.download.course is not Course.RUNNING):
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
