"""What a film or recording holds, from its headers: length, frame rate, tracks. Decodes no sound.

Takes 10–20 ms, most of it ffmpeg's look at the first packets and 3 MiB of hashing.
"""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING

import av.container
import av.stream

from core.language import code_or_empty
from core.media.clock import ms_of, origin_us
from core.media.identity import media_id
from core.media.info import AudioTrack, MediaInfo
from core.media.opening import open_container

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.video.stream import VideoStream


def probe(path: str | os.PathLike[str]) -> MediaInfo:
    """What is in the file at `path`.

    Raises:
        MediaError: `core.media.opening.open_container`'s kinds. A file without sound is no error here.
    """
    identity = media_id(path)
    with open_container(path) as container:
        video = next((s for s in container.streams.video if not is_cover(s)), None)
        return MediaInfo(
            path=os.fspath(path),
            media_id=identity,
            container=container.format.name,
            duration_ms=_container_ms(container),
            start_ms=origin_us(container) // 1000,
            audio_tracks=tuple(_track(container, n, s) for n, s in enumerate(container.streams.audio, start=1)),
            has_video=video is not None,
            video_codec=_codec(video) if video else "",
            frame_rate=_frame_rate(video) if video else None,
            variable_rate=_is_variable(video) if video else False,
            width=video.width if video and video.codec_context else 0,
            height=video.height if video and video.codec_context else 0,
        )


def _track(container: av.container.InputContainer, number: int, stream: AudioStream) -> AudioTrack:
    known = stream.codec_context is not None
    base = stream.time_base
    start_ms = ms_of(stream.start_time, base, origin_us(container)) if base and stream.start_time is not None else 0
    return AudioTrack(
        number=number,
        codec=_codec(stream),
        channels=stream.codec_context.channels if known else 0,
        sample_rate=stream.codec_context.sample_rate if known else 0,
        language=code_or_empty(stream.metadata.get("language", "")),
        title=stream.metadata.get("title", ""),
        start_ms=max(0, start_ms),
        duration_ms=ms_of(stream.duration, base, 0) if base and stream.duration else _container_ms(container),
        default=av.stream.Disposition.default in stream.disposition,
    )


def _codec(stream: av.stream.Stream) -> str:
    return stream.codec_context.name if stream.codec_context is not None else ""


def _container_ms(container: av.container.InputContainer) -> int:
    return max(0, (container.duration or 0) + 500) // 1000


def is_cover(stream: VideoStream) -> bool:
    """Whether a picture track is only a cover."""
    return av.stream.Disposition.attached_pic in stream.disposition


def _frame_rate(stream: VideoStream) -> Fraction | None:
    rate = stream.average_rate or stream.guessed_rate
    return rate if rate else None


def _is_variable(stream: VideoStream) -> bool:
    """ffmpeg's base rate is the finest grid all stamps fit; more than 1 % over the average means uneven spacing."""
    average, base = stream.average_rate, stream.base_rate
    return bool(average and base and abs(base / average - 1) > Fraction(1, 100))
