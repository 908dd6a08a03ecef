"""What is said about films: to and from the media child. Part of `messages`, which names them all.

Knows no transport and no behaviour; what is said while films are made is in `render_messages`.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.media.info import MediaInfo
from core.progress import Notice
from core.worker.render_messages import RenderReply, RenderRequest

# ── requests ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Probe:
    """Look into a file: `Probed`."""

    job_id: str
    path: str


@dataclass(frozen=True, slots=True)
class BuildPeaks:
    """Build a track's peaks in the cache: `PeaksProgress`, the last one with done_ms = total_ms. track: 1 = first."""

    job_id: str
    path: str
    track: int = 1


@dataclass(frozen=True, slots=True)
class FindSpeech:
    """Find where a track has speech: `SpeechProgress`, then `SpeechFound`. track: 1 = first."""

    job_id: str
    path: str
    track: int = 1


@dataclass(frozen=True, slots=True)
class BuildSpectrum:
    """Build a track's spectrum in the cache: `SpectrumProgress`, the last one with done_ms = total_ms."""

    job_id: str
    path: str
    track: int = 1


@dataclass(frozen=True, slots=True)
class FindShots:
    """Find where a film cuts: `ShotsProgress`, then `ShotsFound`; at once where it is known already.

    Attributes:
        only_known: do not look, tell only what is known: no `ShotsFound` where nobody looked yet.
    """

    job_id: str
    path: str
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class ShowFrame:
    """The picture shown at `ms`, made to fit into width × height pixels: `FrameShown`."""

    job_id: str
    path: str
    ms: int
    width: int = 0
    height: int = 0


# ── replies ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Probed:
    """What is in the file."""

    job_id: str
    info: MediaInfo


@dataclass(frozen=True, slots=True)
class PeaksProgress:
    """Peaks up to `done_ms` may be read from `cache_file`; `total_ms` 0 = not known yet."""

    job_id: str
    cache_file: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class SpeechProgress:
    """The search for speech has come to `done_ms`; `total_ms` 0 = not known yet."""

    job_id: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class SpeechFound:
    """Where speech is: (start_ms, end_ms) on the media's clock, half-open, in order."""

    job_id: str
    spans_ms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SpectrumProgress:
    """The spectrum up to `done_ms` may be read from `cache_file`; `total_ms` 0 = not known yet."""

    job_id: str
    cache_file: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class ShotsProgress:
    """The search for cuts has come to `done_ms`; `total_ms` 0 = not known yet."""

    job_id: str
    done_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class ShotsFound:
    """The first ms of each shot but the first, in order."""

    job_id: str
    cuts_ms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FrameShown:
    """A picture: `width` × `height` pixels of 4 bytes (blue, green, red, 255) in `file`, which who reads it deletes.

    Attributes:
        rotation: degrees to turn it counterclockwise.
        start_ms, end_ms: while it is shown.
    """

    job_id: str
    file: str
    width: int
    height: int
    rotation: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class MediaNotice:
    """Something about the file the user should know: bad packets, an early end."""

    job_id: str
    notice: Notice


MediaRequest = Probe | BuildPeaks | FindSpeech | BuildSpectrum | FindShots | ShowFrame | RenderRequest
MediaResult = (
    Probed
    | PeaksProgress
    | SpeechProgress
    | SpeechFound
    | SpectrumProgress
    | ShotsProgress
    | ShotsFound
    | FrameShown
    | MediaNotice
    | RenderReply
)
