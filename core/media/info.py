"""What is known about a film or recording before its sound is decoded: plain data, for every process.

Knows no ffmpeg: the window and the worker border read these shapes without importing PyAV (`probe` fills them).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from core.errors import NoAudioTrack, TrackMissing


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """One audio track.

    Attributes:
        number: 1 = first.
        codec: ffmpeg's name ("aac", "mp3float", …); "" where there is no decoder for it.
        channels, sample_rate: as stored; 0 where the header does not say.
        language: a code of `core.language`, "" where not tagged.
        title: as tagged, "" where not.
        start_ms: where its sound starts on the media's clock.
        duration_ms: by its header, or the container's length where the track has none; 0 = unknown.
        default: the file marks it as the one to play.
    """

    number: int
    codec: str
    channels: int
    sample_rate: int
    language: str
    title: str
    start_ms: int
    duration_ms: int
    default: bool


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What is in a media file.

    Attributes:
        path: as it was given.
        media_id: `core.media.identity.media_id`.
        container: ffmpeg's name, e.g. "mov,mp4,m4a,3gp,3g2,mj2".
        duration_ms: by the header; 0 = unknown.
        start_ms: the container's own first time stamp; time 0 of everything in the program is this moment.
        audio_tracks: in the file's order.
        has_video: a moving picture (a cover is none).
        video_codec: "" without a picture.
        frame_rate: pictures a second (average, 24000/1001), None without a picture or where unknown.
        variable_rate: the spacing of pictures varies, so frame numbers of `frame_rate` are not exact.
        width, height: in pixels, 0 without a picture.
    """

    path: str
    media_id: str
    container: str
    duration_ms: int
    start_ms: int
    audio_tracks: tuple[AudioTrack, ...]
    has_video: bool
    video_codec: str
    frame_rate: Fraction | None
    variable_rate: bool
    width: int
    height: int

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return Path(self.path).name

    def audio_track(self, number: int) -> AudioTrack:
        """The audio track with this number, 1 = first.

        Raises:
            NoAudioTrack, TrackMissing: it is not there.
        """
        if not self.audio_tracks:
            raise NoAudioTrack(file=self.name)
        if not 1 <= number <= len(self.audio_tracks):
            raise TrackMissing(file=self.name, track=number, count=len(self.audio_tracks))
        return self.audio_tracks[number - 1]
