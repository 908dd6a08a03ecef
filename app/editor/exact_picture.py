"""While the film stands, its picture is the very frame of the playhead, decoded by the media child. Knows no widget.

The player shows a picture near the place first; a moment later the exact one lies over it. One picture is asked for at
a time; of the places wanted meanwhile the last one counts. While the film plays, the player's own pictures show.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QTransform

from app.editor.playback import Playback
from app.editor.session import Session
from app.engine_bridge import EngineBridge
from app.pixels import BYTES_A_PIXEL, image_of_pixels
from core.media.picture_files import take_picture
from core.worker.media_messages import FrameShown
from core.worker.messages import JobFailed, LastWord, Reply


class ExactPicture(QObject):
    """Asks for the picture of the playhead whenever the film stands.

    Attributes:
        room: how many pixels there are to show it in; nothing is asked for while that is none.

    Signals:
        shown(QImage, int, int): the picture, and from when to when (ms, half-open) it is the right one.
        dropped(): the player's pictures show again.
    """

    shown = Signal(QImage, int, int)
    dropped = Signal()

    def __init__(
        self, session: Session, playback: Playback, engines: EngineBridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._playback, self._engines = session, playback, engines
        self.room: Callable[[], QSize] = QSize
        self._job = ""
        self._span_ms = (0, 0)
        self._asked: tuple[int, QSize] | None = None
        self._failed = False
        session.playheadMoved.connect(self._look)
        session.mediaChanged.connect(self._forget)
        playback.playingChanged.connect(self._play_or_pause)
        playback.frameChanged.connect(self._look)

    def stop(self) -> None:
        """The window is closing: what would show a picture goes."""
        self._engines.forget(self._job)
        self.room = QSize

    def _play_or_pause(self, playing: bool) -> None:
        if playing:
            self._drop()
        else:
            self._look()

    def _forget(self) -> None:
        """Another film."""
        self._engines.forget(self._job)
        self._job, self._failed = "", False
        self._drop()

    def _drop(self) -> None:
        self._span_ms, self._asked = (0, 0), None
        self.dropped.emit()

    def _look(self, _of: object = None) -> None:
        """Ask for the picture, where it is not the one that shows and none is under way."""
        info, ms = self._session.info, self._session.playhead_ms
        stands = self._playback.has_picture and not self._playback.playing
        if info is None or not stands or self._job or self._failed:
            return
        room = self.room()
        if room.isEmpty() or self._span_ms[0] <= ms < self._span_ms[1] or self._asked == (ms, room):
            return
        self._asked = (ms, room)
        self._job = self._engines.show_frame(info.path, ms, (room.width(), room.height()), self._hear)

    def _hear(self, reply: Reply) -> None:
        if isinstance(reply, FrameShown):
            self._show(reply)
        elif isinstance(reply, LastWord):
            self._job = ""
            self._failed = isinstance(reply, JobFailed)  # the player's own pictures are there; asking again helps not
            self._look()

    def _show(self, reply: FrameShown) -> None:
        pixels = take_picture(reply.file, reply.width * reply.height * BYTES_A_PIXEL)
        wanted = reply.start_ms <= self._session.playhead_ms < reply.end_ms
        # Behind the last picture, and before the first, the asked place lies outside the span that comes.
        asked_here = self._asked is not None and self._asked[0] == self._session.playhead_ms
        if pixels is None or self._playback.playing or not (wanted or asked_here):
            return
        image = image_of_pixels(pixels, reply.width, reply.height, QImage.Format.Format_RGB32)
        if reply.rotation:
            image = image.transformed(QTransform().rotate(-reply.rotation))
        ms = self._session.playhead_ms
        self._span_ms = (min(reply.start_ms, ms), max(reply.end_ms, ms + 1))
        self.shown.emit(image, *self._span_ms)
