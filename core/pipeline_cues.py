"""Words into cues while a run goes on: one cue builder after the other, as languages change. Part of `pipeline`."""

from __future__ import annotations

from dataclasses import replace

from core.cue import Cue
from core.cues import styles
from core.cues.builder import CueStream
from core.cues.own_styles import find_style
from core.events import Job, JobDone
from core.media.info import MediaInfo
from core.transcript import Segment


class CueBuilding:
    """Feeds words to the cue builder, a new one where the language changes."""

    def __init__(self, job: Job, info: MediaInfo, *, draft: bool) -> None:
        self._info = info
        self._mark = "draft" if draft else ""
        # Found once: an own style may be changed or removed while the job runs.
        self._chosen = find_style(job.style) if job.style not in ("", "netflix") else None
        self._stream: CueStream | None = None
        self._language = job.languages[0] if len(job.languages) == 1 else ""
        self._first_language = self._language
        self._words = 0

    def feed(self, segment: Segment) -> tuple[Cue, ...]:
        """Cues that are settled now that `segment` is there."""
        language = segment.languages[0] if segment.languages else self._language
        settled: tuple[Cue, ...] = ()
        if self._stream is not None and segment.words and language != self._language:
            settled = self._stream.finish(next_start_ms=segment.words[0].start_ms)
            self._stream = None
        if self._stream is None:
            self._language = language
            self._first_language = self._first_language or language
            self._stream = self._new_stream(spoken_ms=settled[-1].end_ms if settled else 0)
        self._words += len(segment.words)
        return settled + self._stream.feed(segment.words)

    def finish(self) -> tuple[Cue, ...]:
        """The cues still open; the last one ends with the film at the latest."""
        cues = self._stream.finish() if self._stream is not None else ()
        return tuple(self._inside(cue) for cue in cues)

    def _new_stream(self, spoken_ms: int) -> CueStream:
        rate = self._info.frame_rate
        return CueStream(self._style(), self._language, frame_rate=rate, mark=self._mark, spoken_ms=spoken_ms)

    def _inside(self, cue: Cue) -> Cue:
        end_ms = self._info.duration_ms
        if not end_ms or cue.end_ms <= end_ms:
            return cue
        spoken_ms = cue.words[-1].end_ms if cue.words else cue.start_ms
        return replace(cue, end_ms=max(spoken_ms, end_ms))

    def done(self, duration_ms: int) -> JobDone:
        """The end of the job."""
        return JobDone(self._first_language, self._style().id, duration_ms, self._words)

    def _style(self) -> styles.Style:
        return self._chosen if self._chosen is not None else styles.default_for(self._language)
