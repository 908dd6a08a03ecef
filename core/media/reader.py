"""Packets of one track to stretches of frames with their place on the media's clock. Knows no mixing and no blocks.

Places count samples at the track's own rate from time 0 of `core.media.clock`. Frames follow each other end to end
while their time stamps agree within a few ms: containers round them, and phones stamp sound as it arrives, unevenly.
Beyond that a later stamp leaves a gap, an earlier one cuts what was already there, and a leap to where no sound can be
is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av.container
import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.stream import Discard

from core.media.clock import US_PER_S, origin_us, position_of, stamp_of_ms
from core.progress import CancelToken

AGREES_MS = 5
"""Stamps further than this from the running place are believed, where they are as fine as samples (MP4, WAV, TS)."""

COARSE_AGREES_MS = 20
"""The same where they are rounded to a millisecond or worse (Matroska, FLV, ASF); a lost packet of AAC is 21–23 ms."""

_BACK_MS = 1000
"""A stamp that lies further back than this starts a new count (joined recordings) and is no overlap."""

_LEAP_MS = 3_600_000
"""The longest gap believed where the file does not state its length."""

_AFTER_END_MS = 10_000
"""The furthest past the stated end that a stamp is believed."""

_PREROLL_MS = 500
"""Decoded and thrown away after a seek: Opus needs 80 ms to settle, MP3 borrows bits from up to ten frames back."""

_READ_ERRORS = 16
"""Read errors in a row after which a file counts as ended."""


_BATCH_FRAMES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Frames of one rate, format and layout that follow each other end to end.

    Attributes:
        frames: at least one, at most 64 and those of one packet.
        position: of the first sample, at the frames' own rate.
        gap: samples of silence between what came before and this.
        cut: samples at the start of the first frame that were there already.
    """

    frames: list[AudioFrame]
    position: int
    gap: int = 0
    cut: int = 0


class Reader:
    """Stretches of one track in order.

    Attributes:
        bad_packets: packets that could not be read or decoded so far.
        jumps: leaps of the time stamps that were ignored.
    """

    def __init__(
        self,
        container: av.container.InputContainer,
        stream: AudioStream,
        cancel: CancelToken,
        *,
        end_ms: int | None,
    ) -> None:
        self.bad_packets = 0
        self.jumps = 0
        self._container = container
        self._stream = stream
        self._cancel = cancel
        self._limit_ms = _LEAP_MS if end_ms is None else end_ms + _AFTER_END_MS
        self._end_stated = end_ms is not None
        self._zero_us = origin_us(container)
        self._shift_us = 0
        for other in container.streams:
            if other.index != stream.index:
                other.discard = Discard.all

    def seek(self, ms: int) -> bool:
        """Go to `ms` or before it. False where the file cannot: then it stands nowhere and must be opened anew."""
        base = self._stream.time_base
        if base is None:
            return False
        wanted = max(0, ms - _PREROLL_MS)
        try:
            self._container.seek(stamp_of_ms(wanted, base, self._zero_us), stream=self._stream)
            first = next((p for p in self._container.demux(self._stream) if p.pts is not None), None)
            if first is None or first.pts is None:
                return False
            arrived = position_of(first.pts, base, self._zero_us, 1000)
            self._container.seek(stamp_of_ms(wanted, base, self._zero_us), stream=self._stream)
        except av.error.FFmpegError:
            return False
        return arrived <= ms

    def stretches(self) -> Iterator[Stretch]:
        """Every frame that can be decoded.

        Raises:
            Cancelled: the token was set; looked at for every packet.
        """
        found: Stretch | None = None
        shape: tuple[int, str, str] | None = None
        follows = self._follower(1)
        expected = 0
        for frame in self._decoded():
            now = (frame.sample_rate, frame.format.name, frame.layout.name)
            if found and now == shape and len(found.frames) < _BATCH_FRAMES and follows(frame.pts, expected):
                found.frames.append(frame)
                expected += frame.samples
                continue
            if found:
                yield found
            if shape is not None and now[0] != shape[0]:
                expected = expected * now[0] // shape[0]
            found = self._placed(frame, expected, first=shape is None)
            if found:
                shape, follows = now, self._follower(now[0])
                expected = found.position - found.cut + frame.samples
        if found:
            yield found

    def _follower(self, rate: int) -> _Follows:
        base = self._stream.time_base or Fraction(1)
        return _Follows(base, self._zero_us - self._shift_us, rate, self._tolerance(rate))

    def _tolerance(self, rate: int) -> int:
        """By how many samples a stamp may differ from the running place."""
        coarse = self._stream.time_base is None or self._stream.time_base * rate > 1
        return (COARSE_AGREES_MS if coarse else AGREES_MS) * rate // 1000

    def _decoded(self) -> Iterator[AudioFrame]:
        for packet in self._packets():
            self._cancel.check()
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.bad_packets += 1
                continue
            for frame in frames:
                if frame.samples:
                    yield frame

    def _packets(self) -> Iterator[Packet[AudioStream]]:
        """Every packet; after a read error reading goes on behind it, a few times in a row at most."""
        errors = 0
        while errors < _READ_ERRORS:
            try:
                for packet in self._container.demux(self._stream):
                    errors = 0 if packet.size else errors
                    yield packet
                return
            except av.error.FFmpegError:
                self.bad_packets += 1
                errors += 1

    def _placed(self, frame: AudioFrame, expected: int, *, first: bool) -> Stretch | None:
        """Where `frame` stands; None where all of it was there before."""
        stamped = self._stamped(frame)
        if stamped is None or (not first and abs(stamped - expected) <= self._tolerance(frame.sample_rate)):
            return Stretch([frame], expected)
        if not self._is_believable(stamped, expected, frame.sample_rate):
            self.jumps += 1
            self._shift_us += (expected - stamped) * US_PER_S // frame.sample_rate
            return Stretch([frame], expected)
        if first:
            return Stretch([frame], stamped)
        if stamped > expected:
            return Stretch([frame], stamped, gap=stamped - expected)
        overlap = expected - stamped
        return Stretch([frame], expected, cut=overlap) if overlap < frame.samples else None

    def _stamped(self, frame: AudioFrame) -> int | None:
        """Position of a frame by its time stamp; None without one."""
        base = self._stream.time_base
        if frame.pts is None or base is None:
            return None
        return self._on_frame_grid(
            position_of(frame.pts, base, self._zero_us - self._shift_us, frame.sample_rate), frame
        )

    def _on_frame_grid(self, stamped: int, frame: AudioFrame) -> int:
        """A rounded stamp moved to the multiple of the codec's frame length it stands for: then a seek lands exactly.

        Only where the container's stamps are coarser than samples (Matroska: 1 ms) and the codec's frames are equal.
        """
        base, rate = self._stream.time_base, frame.sample_rate
        length = self._stream.codec_context.frame_size or frame.samples
        if base is None or base * rate <= 1 or self._stream.start_time is None:
            return stamped
        start = position_of(self._stream.start_time, base, self._zero_us - self._shift_us, rate)
        exact = start + round((stamped - start) / length) * length
        return exact if abs(exact - stamped) <= max(1, round(base * rate)) else stamped

    def _is_believable(self, stamped: int, expected: int, rate: int) -> bool:
        """Whether sound can be at `stamped` when it is `expected` next (negative only for an encoder's lead-in)."""
        if stamped < expected:
            return (expected - stamped) * 1000 <= _BACK_MS * rate
        from_here = 0 if self._end_stated else expected
        return (stamped - from_here) * 1000 <= self._limit_ms * rate


class _Follows:
    """Whether a time stamp agrees with a position, in floats: exact arithmetic for half a million frames takes seconds.

    Off by less than a thousandth of a sample in a hundred hours.
    """

    def __init__(self, time_base: Fraction, zero_us: int, rate: int, tolerance: int) -> None:
        self._samples_per_stamp = float(time_base * rate)
        self._zero_samples = zero_us * rate / US_PER_S
        self._tolerance = tolerance

    def __call__(self, stamp: int | None, expected: int) -> bool:
        if stamp is None:
            return True
        off = stamp * self._samples_per_stamp - self._zero_samples - expected
        return -self._tolerance <= off <= self._tolerance
