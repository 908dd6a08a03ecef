"""While the film stands, its cues are drawn by the renderer that burns them in. Knows the picture, and no renderer.

The player's own drawing shows first; a moment later the true one takes its place. Asked for when nothing has moved for
a moment, one at a time. What could not be drawn is asked for again after a while, a longer one each time: a full disk
and a child that died pass, and a film or a font the renderer dies of must not end the child again and again.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtGui import QImage

from app.editor.export_plan import main_language
from app.editor.picture_view import PictureView
from app.editor.playback import Playback
from app.editor.session import Session
from app.engine_bridge import EngineBridge
from app.pixels import BYTES_A_PIXEL, image_of_pixels
from core.cue import Cue
from core.media.picture_files import take_picture
from core.subtitles.protocol import Subtitles
from core.worker.messages import JobFailed, LastWord, Reply
from core.worker.render_messages import CuesDrawn

_REST_MS = 120
_PAUSE_MS = 2_000
_MOST_DOUBLINGS = 7

_Key = tuple[tuple[Cue, ...], tuple[tuple[str, str], ...], QSize]


class CuePicture(QObject):
    """Asks for the cues of the playhead whenever the film stands."""

    def __init__(
        self,
        session: Session,
        playback: Playback,
        engines: EngineBridge,
        view: PictureView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent if parent is not None else view)  # it goes with the picture it draws on
        self._session, self._playback, self._engines, self._view = session, playback, engines, view
        self._job = ""
        self._asked: _Key | None = None
        self._failures = 0
        self._not_before_s = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._look)
        session.playheadMoved.connect(self._wait)
        session.bridge.changed.connect(self._wait)
        session.mediaChanged.connect(self._begin_anew)
        playback.playingChanged.connect(self._wait)
        view.resized.connect(self._wait)

    def _wait(self, _of: object = None) -> None:
        if not self._playback.playing:
            pause_ms = round((self._not_before_s - time.monotonic()) * 1000)
            self._rest.start(max(_REST_MS, pause_ms))

    def _begin_anew(self) -> None:
        """Another film: what failed before says nothing about it."""
        self._failures, self._not_before_s = 0, 0.0
        self._wait()

    def _look(self) -> None:
        """Ask, where what stands there is not drawn yet and nothing is under way."""
        info, cues, size = self._session.info, self._view.cues, self._view.room()
        if info is None or not info.has_video or not cues or self._playback.playing or self._job:
            return
        document = self._session.bridge.document
        key = (cues, tuple(sorted(document.styles.items())), size)
        if key == self._asked or size.isEmpty():
            return
        self._asked = key
        header, language = document.header.get("ass", ""), main_language(document)
        subtitles = Subtitles(tuple(sorted(cues, key=_start)), header, language, styles=dict(document.styles))
        place = (size.width(), size.height())
        self._job = self._engines.draw_cues(subtitles, self._session.playhead_ms, place, self._hear)

    def _hear(self, reply: Reply) -> None:
        if isinstance(reply, CuesDrawn):
            self._show(reply)
        elif isinstance(reply, LastWord):
            self._job = ""
            if isinstance(reply, JobFailed):
                self._try_later()
            else:
                self._failures = 0
                self._look()

    def _try_later(self) -> None:
        """The player's own drawing is there meanwhile."""
        self._asked = None
        self._not_before_s = time.monotonic() + (_PAUSE_MS << min(self._failures, _MOST_DOUBLINGS)) / 1000
        self._failures += 1
        self._wait()

    def _show(self, reply: CuesDrawn) -> None:
        pixels = take_picture(reply.file, reply.width * reply.height * BYTES_A_PIXEL)
        if pixels is None or self._asked is None:
            return
        made = image_of_pixels(pixels, reply.width, reply.height, QImage.Format.Format_RGBA8888_Premultiplied)
        self._view.show_drawn(made, self._asked[0])


def _start(cue: Cue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms
