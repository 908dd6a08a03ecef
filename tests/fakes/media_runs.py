"""Media work that needs no media: paths say what happens. Runs inside a real media child.

A path is words: "steps=10 step_ms=5". `crash=1` crashes at the first step, `stubborn=1` ignores a cancel.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Generator
from fractions import Fraction

from core.errors import NotMedia
from core.media.info import MediaInfo
from core.progress import CancelToken
from core.worker.media_messages import BuildPeaks, MediaRequest, MediaResult, PeaksProgress, Probe, Probed, SpeechFound


def info(path: str) -> MediaInfo:
    """A film's description."""
    return MediaInfo(
        path=path,
        media_id="id",
        container="matroska",
        duration_ms=60_000,
        start_ms=0,
        audio_tracks=(),
        has_video=True,
        video_codec="h264",
        frame_rate=Fraction(24000, 1001),
        variable_rate=False,
        width=1920,
        height=1080,
    )


def work_for(request: MediaRequest, cancel: CancelToken) -> Generator[MediaResult, None, None]:
    """The replies to a request."""
    wanted = dict(word.split("=") for word in request.path.split() if "=" in word)
    if "missing" in wanted:
        raise NotMedia(file=request.path, cause="asked to")
    if "crash" in wanted:
        ctypes.string_at(0)
    if "stubborn" in wanted:
        time.sleep(60)
    steps = int(wanted.get("steps", "1"))
    for step in range(1, steps + 1):
        time.sleep(int(wanted.get("step_ms", "0")) / 1000)
        if isinstance(request, BuildPeaks):
            yield PeaksProgress(request.job_id, f"/cache/{request.job_id}", step, steps)
    if isinstance(request, Probe):
        yield Probed(request.job_id, info(request.path))
    elif not isinstance(request, BuildPeaks):
        yield SpeechFound(request.job_id, ((0, 500), (1000, 1500)))
