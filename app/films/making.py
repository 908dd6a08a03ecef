"""Films being made, one after the other, in the media child. Knows no widget; tells what became of each.

Cues go to the child in a file; it is deleted when its film is made, stopped or given up.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.engine_bridge import EngineBridge
from app.films.order import FilmOrder
from app.i18n import tr
from app.messages import Message, Messages, Offer
from core import paths
from core.codec import encode
from core.errors import CannotWrite
from core.media.render.wish import Wish
from core.progress import Notice
from core.worker.media_messages import MediaNotice
from core.worker.messages import JobCancelled, JobFailed, JobFinished, Reply
from core.worker.render_messages import RenderProgress

MADE = "films.made"


class Making(QObject):
    """Makes films.

    Attributes:
        order: the film being made, or None. share: how much of it is made, 0..1.

    Signals:
        changed(): another film, or more of it.
    """

    changed = Signal()

    def __init__(self, engines: EngineBridge, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines, self._messages = engines, messages
        self._waiting: deque[FilmOrder] = deque()
        self._job = ""
        self._cues: Path | None = None
        self._notices: list[Notice] = []
        self.order: FilmOrder | None = None
        self.share = 0.0

    @property
    def waiting(self) -> int:
        """How many films come behind the one being made."""
        return len(self._waiting)

    def begin(self, orders: Sequence[FilmOrder]) -> None:
        """Make these, behind those that were asked for before."""
        self._waiting.extend(orders)
        if self.order is None:
            self._next()

    def stop(self) -> None:
        """Stop the film being made, and make none of those behind it; nothing is left of it."""
        self._waiting.clear()
        if self.order is not None:
            self._engines.cancel(self._job)

    def _next(self) -> None:
        self.order, self.share, self._notices = (self._waiting.popleft() if self._waiting else None), 0.0, []
        if self.order is not None:
            try:
                self._cues = _kept(self.order)
            except OSError as error:
                self._messages.error(CannotWrite(file=self.order.target.name, cause=error.strerror or str(error)))
                self._next()
                return
            order = self.order
            wish = Wish(order.kind, order.film, str(order.target), str(self._cues), order.subtitles.language)
            self._job = self._engines.render(wish, self._hear)
        self.changed.emit()

    def _hear(self, reply: Reply) -> None:
        if isinstance(reply, RenderProgress):
            self.share = reply.done_ms / reply.total_ms if reply.total_ms else 0.0
            self.changed.emit()
        elif isinstance(reply, MediaNotice):
            self._notices.append(reply.notice)
        elif isinstance(reply, JobFinished | JobFailed | JobCancelled):
            self._over(reply)

    def _over(self, last: JobFinished | JobFailed | JobCancelled) -> None:
        if self._cues is not None:
            with contextlib.suppress(OSError):
                self._cues.unlink()
        order = self.order
        if isinstance(last, JobFailed):
            self._messages.error(last.failure.error())
        elif isinstance(last, JobFinished) and order is not None:
            self._messages.tell(_made(order, self._notices))
        self._next()


def _kept(order: FilmOrder) -> Path:
    folder = paths.cache_dir() / "messages"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("wb", dir=folder, prefix="cues-", suffix=".json", delete=False) as file:
        file.write(encode(order.subtitles))
    return Path(file.name)


def _made(order: FilmOrder, notices: Sequence[Notice]) -> Message:
    folder = QUrl.fromLocalFile(str(order.target.parent))
    show = Offer(tr("Show folder"), lambda: QDesktopServices.openUrl(folder))
    said = " ".join(notice.said(tr) for notice in notices)
    kind = "warning" if any(notice.finding for notice in notices) else "info"
    return Message(MADE, tr("Made “\u2068{0}\u2069”.").format(order.target.name), said, (show,), kind=kind)
