"""Where a film cuts from one shot to another. Knows no window and no speech.

The measure is that of ffmpeg's filter scdet: the mean difference between two pictures, or by how much it leaps, where
that is less, so that steady movement is no cut; both in percent. Pictures are compared at 64 × 36 in grey. What was
found is kept in the cache by media id.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import av.container
import av.error
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from core import paths
from core.errors import NoPicture, WriteError
from core.files import write_atomically
from core.media.clock import ms_of, origin_us
from core.media.files import file_name
from core.media.identity import media_id
from core.media.opening import open_container
from core.media.probe import is_cover, probe
from core.progress import CancelToken, Progress, Stage
from core.timecode import ms_of_frame, nearest_frame

_log = logging.getLogger(__name__)

THRESHOLD = 10.0
"""From how much on it is a cut, in percent: scdet's own."""

_WIDTH, _HEIGHT = 64, 36
_SHORTEST_SHOT_MS = 200
"""A flash is two leaps and no cut: of leaps this near the first counts."""

_TELL_EVERY_MS = 5_000
_MAX_FILE_BYTES = 4 * 1024**2
_FORM = 1

Grey = npt.NDArray[np.int16]
"""(_HEIGHT, _WIDTH), 0…255."""


def shots_path(media: str) -> Path:
    """Where the cuts of a film are kept, whether they are there or not."""
    return paths.cache_dir() / "shots" / f"{media}.json"


def kept_shots(media: str) -> tuple[int, ...] | None:
    """The cuts of a film that were found before, in ms; None where nobody looked yet, or the file is damaged."""
    try:
        with shots_path(media).open("rb") as file:
            found = json.loads(file.read(_MAX_FILE_BYTES))
        if found["form"] != _FORM:
            return None
        return tuple(int(ms) for ms in found["cuts_ms"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_shots(
    path: str | os.PathLike[str], cancel: CancelToken | None = None
) -> Generator[Progress, None, tuple[int, ...]]:
    """Look for cuts, telling how far it is; the cuts at the end, in ms, each the start of a frame.

    Raises:
        MediaError: the film cannot be opened; `NoPicture` where it has none.
        Cancelled: the token was set; nothing is kept.
    """
    media = media_id(path)
    there = kept_shots(media)
    if there is not None:
        return there
    info = probe(path)
    cuts = CutFinder()
    told_ms = 0
    for ms, picture in _pictures(path, cancel or CancelToken()):
        cuts.add(ms, picture)
        if ms >= told_ms + _TELL_EVERY_MS:
            told_ms = ms
            yield Progress(Stage.READ, ms, max(info.duration_ms, ms))
    rate = info.frame_rate if not info.variable_rate else None
    found = tuple(ms_of_frame(nearest_frame(ms, rate), rate) if rate else ms for ms in cuts.found_ms)
    _keep(shots_path(media), found)
    return found


def _keep(target: Path, found: tuple[int, ...]) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, json.dumps({"form": _FORM, "cuts_ms": found}).encode(), overwrite=True)
    except (WriteError, OSError) as error:
        # Where the cache takes no files, the next look costs as much as this one and must not fail for it.
        _log.info("the cuts in %s could not be kept: %s", target.name, error)


class CutFinder:
    """Takes pictures in order and finds the cuts between them.

    Attributes:
        found_ms: the first ms of each new shot.
    """

    def __init__(self) -> None:
        self.found_ms: list[int] = []
        self._before: Grey | None = None
        self._change = 0.0

    def add(self, ms: int, picture: Grey) -> None:
        """The next picture, shown from `ms` on."""
        before, self._before = self._before, picture
        if before is None:
            return
        change_before, self._change = self._change, float(np.abs(picture - before).mean()) * 100 / 255
        score = min(self._change, abs(self._change - change_before))
        near = bool(self.found_ms) and ms - self.found_ms[-1] < _SHORTEST_SHOT_MS
        if score >= THRESHOLD and not near:
            self.found_ms.append(ms)


def _pictures(path: str | os.PathLike[str], cancel: CancelToken) -> Iterator[tuple[int, Grey]]:
    with open_container(path) as container:
        stream = next((one for one in container.streams.video if not is_cover(one)), None)
        if stream is None or stream.time_base is None:
            raise NoPicture(file=file_name(path))
        stream.thread_type = "AUTO"
        zero_us = origin_us(container)
        for frame in _frames(container, stream.index, cancel):
            if frame.pts is not None:
                small = frame.reformat(_WIDTH, _HEIGHT, "gray").to_ndarray()
                yield max(0, ms_of(frame.pts, stream.time_base, zero_us)), small.astype(np.int16)


def _frames(container: av.container.InputContainer, index: int, cancel: CancelToken) -> Iterator[VideoFrame]:
    """Every picture that can be decoded."""
    for packet in container.demux(container.streams[index]):
        cancel.check()
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            continue
        yield from (frame for frame in frames if isinstance(frame, VideoFrame))
