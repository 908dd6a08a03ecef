"""A job's part of a film's sound, read as often as a run needs it. Part of `pipeline`; knows no engine."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from core.events import Event, Job
from core.media.decode import Decoder
from core.media.info import MediaInfo
from core.progress import CancelToken, Notice
from core.speech.chunk import Chunk
from core.speech.chunker import ChunkOptions, ChunkSpan, cut_chunks
from core.speech.plan import plan_key, plan_of_track


class JobSound:
    """The job's part of the chosen track, decoded anew for each pass.

    Sequential decoding is cheap (hours in seconds); holding hours of sound is not.
    """

    def __init__(self, job: Job, info: MediaInfo, cancel: CancelToken) -> None:
        self._job, self._info, self._cancel = job, info, cancel
        self._notices: tuple[Notice, ...] = ()

    def check_track(self) -> None:
        """Raise `NoAudioTrack` or `TrackMissing` before anything is loaded."""
        self._info.audio_track(self._job.track)

    def plan(self) -> Generator[Event, None, tuple[ChunkSpan, ...]]:
        """Where speech is, as chunks; keeps what decoding found wrong with the file."""
        job = self._job
        decoder = self._decoder()
        plan = yield from plan_of_track(
            lambda: decoder,
            lambda: decoder.report.notices(self._info.name),
            key=plan_key(self._info.media_id, job.track, job.from_ms, job.to_ms),
            start_ms=job.from_ms,
            total_ms=self._length_ms(),
            options=ChunkOptions(limit_ms=job.max_chunk_ms),
            cancel=self._cancel,
        )
        self._notices = plan.notices
        return plan.chunks

    def chunks(self, spans: Sequence[ChunkSpan]) -> Iterator[Chunk]:
        """The chunks of `spans` with their samples, in order."""
        return cut_chunks(self._decoder(), spans)

    def notices(self) -> Iterator[Notice]:
        """What decoding found wrong with the file."""
        yield from self._notices

    def _decoder(self) -> Decoder:
        job = self._job
        return Decoder(job.media, track=job.track, from_ms=job.from_ms, to_ms=job.to_ms, cancel=self._cancel)

    def _length_ms(self) -> int:
        end_ms = self._info.duration_ms if self._job.to_ms is None else min(self._job.to_ms, self._info.duration_ms)
        return max(0, end_ms - self._job.from_ms)
