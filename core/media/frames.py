"""The picture of a film at a certain time, exactly: decoded from the key frame before it. Knows no player, no window.

The picture at `ms` is the last one whose stamp is not after it, so the ms that `core.timecode.ms_of_frame` gives for a
frame shows that frame. Pictures decoded on the way are kept, so stepping on and back costs one or none.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import av.container
import av.error
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from av.video.stream import VideoStream

from core.errors import NoPicture
from core.media.clock import US_PER_S, origin_us, stamp_of_ms
from core.media.files import file_name
from core.media.opening import open_container
from core.media.probe import is_cover

_KEPT_BYTES = 96 * 1024**2
"""What kept pictures may hold as decoded: 30 of 1080p, 7 of 4K."""

_AHEAD_MS = 2_000
"""So far ahead it is decoded on rather than sought: a key frame is rarely nearer."""

_BACK_MS = (0, 2_000, 12_000, 60_000)
"""How much earlier a seek aims when the one before came out behind the place, as in transport streams, which have no
index; then the film is read from its beginning."""

_HIGH_DEFINITION_FROM = 576
"""Rows above which a picture that does not name its colours is taken as BT.709, as players do."""

_ROUNDED_US = 1
"""By so much the film's beginning may be rounded, which is stated in µs while stamps are finer."""

_UNSPECIFIED = 2
_BYTES_A_PIXEL = 4


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture to be shown.

    Attributes:
        bgra: rows of 4 bytes a pixel, none between rows: blue, green, red, 255.
        width, height: of `bgra`, before it is turned.
        rotation: degrees to turn it counterclockwise: 0, 90, 180 or 270.
        start_ms, end_ms: while it is shown; the end is that of a mean frame where the film ends.
    """

    bgra: bytes
    width: int
    height: int
    rotation: int
    start_ms: int
    end_ms: int


class FrameReader:
    """Pictures of one film. Close it, or use it with `with`.

    Raises:
        MediaError: the file cannot be opened; `NoPicture` where it has none.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self._container = open_container(path)
        try:
            self._stream = _picture_of(self._container, self.path)
        except NoPicture:
            self._container.close()
            raise
        self._zero_us = origin_us(self._container)
        self._kept: deque[VideoFrame] = deque()
        self._coming: Iterator[VideoFrame] = iter(())
        self._at_end = False

    def __enter__(self) -> FrameReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._coming = iter(())
        self._kept.clear()
        self._container.close()

    def picture(self, ms: int, width: int = 0, height: int = 0) -> Picture:
        """The picture at `ms`, made smaller to fit into `width` × `height` as it is seen (0 = as it is).

        Before the first picture it is the first, behind the last the last.

        Raises:
            NoPicture: no picture there can be decoded.
        """
        frame, behind = self._frame_at(ms)
        return self._shown(frame, behind, width, height)

    # ── finding ──────────────────────────────────────────────────────────────────────────────────

    def _frame_at(self, ms: int) -> tuple[VideoFrame, VideoFrame | None]:
        """The frame shown at `ms` and the one behind it."""
        assert self._stream.time_base is not None
        base = self._stream.time_base
        limit = (ms * 1000 + self._zero_us + _ROUNDED_US) * base.denominator // (base.numerator * US_PER_S)
        found = self._among_kept(limit)
        if found is None and self._is_ahead(limit):
            found = self._decoded_up_to(limit)
        for back_ms in () if found is not None else (*_BACK_MS, None):
            self._go_back(ms, back_ms)
            found = self._decoded_up_to(limit)
            if found is not None:
                break
        if found is None and not self._kept:
            raise NoPicture(file=file_name(self.path))
        return found or (self._kept[0], self._kept[1] if len(self._kept) > 1 else None)

    def _among_kept(self, limit: int) -> tuple[VideoFrame, VideoFrame | None] | None:
        """The frame and the one behind it, where both are kept, or the film ends with it."""
        stamps = [frame.pts or 0 for frame in self._kept]
        if not stamps or limit < stamps[0] or (limit >= stamps[-1] and not self._at_end):
            return None
        place = max(n for n, stamp in enumerate(stamps) if stamp <= limit)
        return self._kept[place], self._kept[place + 1] if place + 1 < len(stamps) else None

    def _is_ahead(self, limit: int) -> bool:
        if not self._kept or self._stream.time_base is None:
            return False
        ahead = (limit - (self._kept[-1].pts or 0)) * self._stream.time_base
        return 0 <= ahead * 1000 <= _AHEAD_MS

    def _decoded_up_to(self, limit: int) -> tuple[VideoFrame, VideoFrame | None] | None:
        """Decode until the frame behind the wanted one is there; None where the first that came lies behind already."""
        for frame in self._coming:
            self._keep(frame)
            if (frame.pts or 0) > limit:
                return self._among_kept(limit)
        self._at_end = True
        return self._among_kept(limit)

    def _keep(self, frame: VideoFrame) -> None:
        self._kept.append(frame)
        most = max(2, _KEPT_BYTES // max(1, frame.width * frame.height * 3 // 2))
        while len(self._kept) > most:
            self._kept.popleft()

    def _go_back(self, ms: int, back_ms: int | None) -> None:
        """Stand before `ms`: `back_ms` earlier, or None = at the beginning."""
        assert self._stream.time_base is not None
        self._kept.clear()
        self._at_end = False
        if back_ms is None or not self._sought(stamp_of_ms(ms - back_ms, self._stream.time_base, self._zero_us)):
            self._container.close()
            self._container = open_container(self.path)
            self._stream = _picture_of(self._container, self.path)
        self._coming = _decoded(self._container, self._stream)

    def _sought(self, stamp: int) -> bool:
        try:
            self._container.seek(stamp, stream=self._stream)
        except av.error.FFmpegError:
            return False
        return True

    # ── showing ──────────────────────────────────────────────────────────────────────────────────

    def _shown(self, frame: VideoFrame, behind: VideoFrame | None, width: int, height: int) -> Picture:
        rotation = int(frame.rotation) % 360
        if rotation in (90, 270):
            width, height = height, width
        small_width, small_height = _fitted(frame.width, frame.height, width, height)
        unnamed = int(frame.colorspace) == _UNSPECIFIED and frame.height > _HIGH_DEFINITION_FROM
        image = frame.reformat(small_width, small_height, "bgra", src_colorspace=Colorspace.ITU709 if unnamed else None)
        start_ms = self._ms_of(frame)
        end_ms = self._ms_of(behind) if behind is not None else start_ms + self._mean_ms()
        return Picture(_rows(image), small_width, small_height, rotation, start_ms, end_ms)

    def _ms_of(self, frame: VideoFrame) -> int:
        """First whole ms at which it is shown."""
        assert self._stream.time_base is not None
        base = self._stream.time_base
        numerator = (frame.pts or 0) * base.numerator * US_PER_S - (self._zero_us + _ROUNDED_US) * base.denominator
        return max(0, -(-numerator * 1000 // (base.denominator * US_PER_S)))

    def _mean_ms(self) -> int:
        rate = self._stream.average_rate
        return round(1000 / rate) if rate else 40


def _picture_of(container: av.container.InputContainer, path: str) -> VideoStream:
    stream = next((one for one in container.streams.video if not is_cover(one)), None)
    if stream is None or stream.time_base is None or stream.codec_context is None:
        raise NoPicture(file=file_name(path))
    stream.thread_type = "AUTO"
    return stream


def _decoded(container: av.container.InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Frames in the order they are shown; what cannot be decoded is left out."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            return
        if packet is None:
            return
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            continue
        for frame in frames:
            if isinstance(frame, VideoFrame) and frame.pts is not None:
                yield frame


def _fitted(width: int, height: int, room_width: int, room_height: int) -> tuple[int, int]:
    """The size that fits into the room, its shape kept; never larger than it is."""
    if room_width < 1 or room_height < 1:
        return width, height
    share = min(1.0, room_width / width, room_height / height)
    return max(2, round(width * share)), max(2, round(height * share))


def _rows(image: VideoFrame) -> bytes:
    """The pixels without what the library puts between rows."""
    plane = image.planes[0]
    line, wanted = plane.line_size, image.width * _BYTES_A_PIXEL
    data = bytes(plane)
    if line == wanted:
        return data[: wanted * image.height]
    return b"".join(data[row * line : row * line + wanted] for row in range(image.height))
