"""A track of a film or recording to 16 kHz mono, block after block. Knows no speech and holds a few seconds at most.

    with open_track("talk.mp4", track=2) as decoder:
        for block in decoder:
            ...
    decoder.report

The blocks of one decode follow each other without a gap on the media's clock (`core.media.clock`): gaps between time
stamps are silence. The first block starts where the track starts (24,000 for one that starts 1.5 s late) or at
`from_ms`, whichever is later; the last ends where the track ends or at `to_ms`.

From the film's packets to blocks: `reader` (packets → frames with places), `grid` (→ mono at 16 kHz), here (→ blocks).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import TracebackType

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from core.errors import BadArgument, MediaError, MediaUnreadable, NoAudioTrack, TrackMissing
from core.media.files import file_name
from core.media.grid import Grid
from core.media.length import container_end_ms, declared_end_ms, last_packet_ms
from core.media.opening import open_container
from core.media.reader import Reader
from core.media.report import MISSING_FROM_MS, DecodeReport
from core.media.waveform import Samples, Waveform
from core.progress import CancelToken
from core.timecode import ms_from_samples, samples_from_ms

BLOCK_MS = 10_000

_LEAD_MS = 1000
"""A sought decode starts this much before the second it needs, so that the resampler and the fade have their past."""

_LONG_GAP_S = 2
"""A gap from here on ends a run; shorter ones are silence inside it."""

_RATES = range(1_000, 384_001)
_MOST_CHANNELS = 64


class Decoder:
    """One decode of one track: an iterator of blocks, once. Close it, or use it with `with`.

    Args:
        path: a film or recording.
        track: audio track, 1 = first.
        from_ms, to_ms: the part wanted, on the media's clock; `to_ms` None = to the end.
        block_ms: length of the blocks.
        cancel: looked at for every packet.

    Raises:
        MediaError: the file cannot be opened, has no sound, or has no such track.
        BadArgument: the part is empty.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        track: int = 1,
        from_ms: int = 0,
        to_ms: int | None = None,
        block_ms: int = BLOCK_MS,
        cancel: CancelToken | None = None,
    ) -> None:
        if from_ms < 0 or block_ms <= 0 or (to_ms is not None and to_ms <= from_ms):
            raise BadArgument(what="The part to decode is empty.", hint="Give an end after the start.")
        self._path, self._track = os.fspath(path), track
        self._name = file_name(path)
        self._cancel = cancel or CancelToken()
        self._from, self._to = samples_from_ms(from_ms), None if to_ms is None else samples_from_ms(to_ms)
        self._block_samples = max(1, samples_from_ms(block_ms))
        self._report = DecodeReport()
        self._tally = _Tally()
        self._at = self._from
        self._open()
        self._sought = from_ms > 0 and self._reader.seek(max(0, from_ms // 1000 * 1000 - _LEAD_MS))
        if from_ms > 0 and not self._sought:
            self.close()
            self._open()

    def __enter__(self) -> Decoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; blocks that came stay valid."""
        self._container.close()

    @property
    def report(self) -> DecodeReport:
        """How it went; whole once the last block was taken."""
        return self._report

    def __iter__(self) -> Iterator[Waveform]:
        """Blocks of `block_ms` (the last may be shorter), (n,) float32 in [-1, 1] at 16 kHz.

        Raises:
            MediaUnreadable: not one frame of sound could be decoded.
            Cancelled: the token was set.
        """
        kept: list[Samples] = []
        size = 0
        for piece in self._wanted():
            kept.append(piece.samples)
            size += len(piece.samples)
            if size >= self._block_samples:
                first = piece.last_sample - size
                joined = np.concatenate(kept)
                full = size - size % self._block_samples
                for start in range(0, full, self._block_samples):
                    yield Waveform(joined[start : start + self._block_samples], first + start)
                kept, size = [joined[full:]], size - full
        if size:
            yield Waveform(np.concatenate(kept), self._at - size)
        self._finish()

    def _open(self) -> None:
        self._container = open_container(self._path)
        try:
            stream = self._chosen_stream()
            self._declared_ms = declared_end_ms(self._path, self._container, stream)
            self._container_ms = None if self._declared_ms else container_end_ms(self._container)
        except MediaError:
            self.close()
            raise
        end_ms = self._declared_ms or self._container_ms
        self._reader = Reader(self._container, stream, self._cancel, end_ms=end_ms)

    def _chosen_stream(self) -> AudioStream:
        tracks = self._container.streams.audio
        if not tracks:
            raise NoAudioTrack(file=self._name)
        if not 1 <= self._track <= len(tracks):
            raise TrackMissing(file=self._name, track=self._track, count=len(tracks))
        stream = tracks[self._track - 1]
        if stream.codec_context is None:
            raise MediaUnreadable(file=self._name, cause="there is no decoder for its sound")
        return stream

    def _wanted(self) -> Iterator[Waveform]:
        """What lies in the wanted part, end to end, gaps inside the track filled."""
        # Where a seek found its place, the track began before the wanted part: silence at its start is a gap.
        heard = self._sought
        for piece in self._sound():
            self._tally.end = max(self._tally.end, piece.last_sample)
            if heard:
                yield from self._silence_up_to(piece.first_sample)
            heard = True
            first = max(piece.first_sample, self._at)
            last = piece.last_sample if self._to is None else min(piece.last_sample, self._to)
            if first < last:
                self._at = last
                cut = piece.samples[first - piece.first_sample : last - piece.first_sample]
                yield Waveform(np.clip(cut, -1, 1), first)
            if self._to is not None and piece.last_sample >= self._to:
                return

    def _silence_up_to(self, sample: int) -> Iterator[Waveform]:
        until = sample if self._to is None else min(sample, self._to)
        while self._at < until:
            self._cancel.check()
            first, self._at = self._at, min(until, self._at + self._block_samples)
            yield Waveform(np.zeros(self._at - first, np.float32), first)

    def _sound(self) -> Iterator[Waveform]:
        """Mono sound at 16 kHz as it comes, in order; long gaps are left out."""
        grid: Grid | None = None
        for stretch in self._reader.stretches():
            frame = stretch.frames[0]
            self._tally.frames += len(stretch.frames)
            self._tally.silence_ms += stretch.gap * 1000 // frame.sample_rate
            if grid is not None and (stretch.gap > _LONG_GAP_S * grid.rate or not grid.fits(frame)):
                yield from grid.finish()
                self._tally.add(grid)
                grid = None
            if grid is None:
                grid = self._new_grid(frame, stretch.position)
            elif stretch.gap:
                yield from grid.skip(stretch.gap)
            yield from grid.add(stretch.frames, stretch.cut)
        if grid is not None:
            yield from grid.finish()
            self._tally.add(grid)

    def _new_grid(self, frame: AudioFrame, position: int) -> Grid:
        rate, channels = frame.sample_rate, frame.layout.nb_channels
        if rate not in _RATES or not 1 <= channels <= _MOST_CHANNELS:
            cause = f"{channels} channels at {rate} samples a second are no sound"
            raise MediaUnreadable(file=self._name, cause=cause)
        return Grid(frame, position)

    def _finish(self) -> None:
        """Make the report, or say that there was nothing to decode."""
        bad = self._reader.bad_packets
        if not self._tally.frames:
            cause = f"all {bad} pieces of it are damaged" if bad else "the track is empty"
            raise MediaUnreadable(file=self._name, cause=cause)
        decoded_ms = ms_from_samples(self._tally.end)
        self._report = DecodeReport(
            decoded_ms=decoded_ms,
            declared_ms=self._declared_ms,
            missing_ms=self._missing_ms(decoded_ms),
            bad_packets=bad,
            bad_samples=self._tally.bad_samples,
            silence_ms=self._tally.silence_ms,
            cancelled_ms=self._tally.cancelled_ms,
            jumps=self._reader.jumps,
        )

    def _missing_ms(self, decoded_ms: int) -> int:
        """How much less came than the header states and the caller asked for; small ends are padding."""
        declared_ms = self._declared_ms or self._container_ms
        if declared_ms is None:
            return 0
        wanted_ms = declared_ms if self._to is None else min(declared_ms, ms_from_samples(self._to))
        missing_ms = wanted_ms - decoded_ms
        if missing_ms < MISSING_FROM_MS:
            return 0
        if self._declared_ms is None:
            # The container's length is that of its longest track: sound is missing only where all tracks end early.
            with open_container(self._path) as again:
                if last_packet_ms(again, declared_ms) > declared_ms - MISSING_FROM_MS:
                    return 0
        return missing_ms


class _Tally:
    """What is counted while a track is decoded."""

    def __init__(self) -> None:
        self.frames = self.end = self.silence_ms = self.bad_samples = self.cancelled_ms = 0

    def add(self, grid: Grid) -> None:
        """Take over the counts of a run that ended."""
        self.bad_samples += grid.mixer.bad_samples
        self.cancelled_ms += grid.mixer.cancelled_samples * 1000 // grid.rate


open_track = Decoder
"""Reads better where a track is opened: `with open_track("talk.mp4", track=2) as decoder:`."""


def decode(
    path: str | os.PathLike[str],
    *,
    track: int = 1,
    from_ms: int = 0,
    to_ms: int | None = None,
    block_ms: int = BLOCK_MS,
    cancel: CancelToken | None = None,
) -> Iterator[Waveform]:
    """The blocks of a `Decoder` alone, for those who need no report. Nothing is opened before the first block."""
    with Decoder(path, track=track, from_ms=from_ms, to_ms=to_ms, block_ms=block_ms, cancel=cancel) as decoder:
        yield from decoder
