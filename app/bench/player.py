"""`cuesmith bench player`: how soon a picture is there, and what a frame costs the window's thread. Knows no window.

The sample film, and films of 1080p and 4K that it makes; the real backend, offscreen, so frames are turned into images
by the processor: the worst case.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import ffmpeg
import imageio_ffmpeg
from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.editor.document_bridge import DocumentBridge
from app.editor.frame_image import image_of
from app.editor.playback import Playback
from app.editor.session import Session
from core.media.info import MediaInfo
from core.paths import resource
from core.worker.client import MediaClient
from core.worker.media_messages import Probed

SHOWN = QSize(640, 360)

_OPENINGS, _JUMPS, _SECONDS = 5, 40, 2
_PATIENCE_S = 10.0
_SIZES = {"1080p": "1920x1080", "2160p": "3840x2160"}


def measure(jumps: int = _JUMPS, sizes: Sequence[str] = tuple(_SIZES), seed: int = 20261120) -> dict[str, Any]:
    """First picture and jumps in ms; cost of a frame shown in 640 × 360, whole and thinned, in ms.

    Returns:
        {"first_picture_ms": {"median", "max"}, "jump_ms": {"median", "p95", "max"},
        "frame_ms": {"360p": …, "1080p": …, "2160p": {"whole", "thinned"}}}
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["cuesmith"])
    cinema = _Cinema()
    sample = _info(resource("sample", "last_boat.mp4"))
    firsts = [cinema.open(sample) for _ in range(_OPENINGS)]
    shuffle = random.Random(seed)
    jumps_ms = [cinema.jump(shuffle.randrange(sample.duration_ms)) for _ in range(jumps)]
    frames = {"360p": cinema.cost()}
    with tempfile.TemporaryDirectory(prefix="cuesmith-bench-") as folder:
        for name in sizes:
            cinema.open(_info(_film(Path(folder) / f"{name}.mp4", _SIZES[name])))
            frames[name] = cinema.cost()
        cinema.playback.close()
    del application
    return {
        "first_picture_ms": {"median": round(median(firsts), 1), "max": round(max(firsts), 1)},
        "jump_ms": {
            "median": round(median(jumps_ms), 1),
            "p95": round(quantiles(jumps_ms, n=20)[-1], 1),
            "max": round(max(jumps_ms), 1),
        },
        "frame_ms": frames,
    }


class _Cinema:
    """A player and the frame it gave last."""

    def __init__(self) -> None:
        self._session = Session(DocumentBridge())
        self.playback = Playback(self._session)
        self._frame: Any = None
        self.playback.frameChanged.connect(self._keep)

    def open(self, info: MediaInfo) -> float:
        """Open a film; ms until its first picture."""
        self._session.set_media(info)
        return self._until_picture(lambda: self.playback.open(info))

    def jump(self, ms: int) -> float:
        """Go elsewhere; ms until the picture of there."""
        return self._until_picture(lambda: self.playback.seek(ms), ms)

    def cost(self) -> dict[str, float]:
        """What the frames of a second and a half of playing cost, turned whole or thinned."""
        frames: list[Any] = []
        self.playback.frameChanged.connect(frames.append)
        self.playback.play()
        self._wait(lambda: len(frames) >= 30)
        self.playback.pause()
        self.playback.frameChanged.disconnect(frames.append)
        half = len(frames) // 2
        whole = [_timed(partial(_whole, frame)) for frame in frames[1:half]]
        thinned = [_timed(partial(image_of, frame, SHOWN)) for frame in frames[half:]]
        return {"whole": round(median(whole), 1), "thinned": round(median(thinned), 1)}

    def _until_picture(self, begin: Callable[[], object], at_ms: int = 0) -> float:
        self._frame = None
        began = time.perf_counter()
        begin()
        self._wait(lambda: self._frame is not None and self._stands_at(at_ms))
        return (time.perf_counter() - began) * 1000

    def _wait(self, until: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not until() and time.monotonic() < deadline:
            loop = QEventLoop()
            QTimer.singleShot(1, loop.quit)
            loop.exec()

    def _stands_at(self, ms: int) -> bool:
        """Whether the frame that came last is the one of this moment; both ends count, as for the backend."""
        return bool(self._frame.startTime() <= ms * 1000 <= self._frame.endTime())

    def _keep(self, frame: Any) -> None:
        self._frame = frame


def _whole(frame: Any) -> QImage:
    image: QImage = frame.toImage().scaled(SHOWN)
    return image


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _film(path: Path, size: str) -> Path:
    picture = ffmpeg.input(f"testsrc2=size={size}:rate=25:duration={_SECONDS}", f="lavfi")
    made = ffmpeg.output(picture, str(path), vcodec="libx264", preset="ultrafast", pix_fmt="yuv420p")
    made.run(cmd=imageio_ffmpeg.get_ffmpeg_exe(), quiet=True, overwrite_output=True)
    return path


def _info(path: Path) -> MediaInfo:
    """What the media child would say; asked of it, as the window does."""
    found: list[MediaInfo] = []
    client = MediaClient(lambda reply: found.append(reply.info) if isinstance(reply, Probed) else None)
    client.probe(path)
    deadline = time.monotonic() + 6 * _PATIENCE_S
    while not found and time.monotonic() < deadline:
        time.sleep(0.01)
    client.close()
    return found[0]
