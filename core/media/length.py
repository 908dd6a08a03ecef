"""Where a track's sound should end by what its file declares, to notice a file that is cut short. Decodes nothing.

Only what a header states counts. Many formats state nothing (transport streams, Ogg, bare AAC and AC-3, MP3 without an
information frame), and ASF states a length that some writers get wrong by the preroll: there ffmpeg's length is taken
from the file's size or its last packets, and can show no loss.
"""

from __future__ import annotations

import struct
from fractions import Fraction

import av.container
import av.error
from av.audio.stream import AudioStream

from core.media.clock import ms_of, origin_us
from core.media.files import read_head

_NO_STATEMENT = frozenset(
    {"aac", "ac3", "alaw", "amr", "amrnb", "amrwb", "asf", "dts", "dtshd", "eac3", "gsm", "loas", "mlp", "mpeg",
     "mpegts", "mulaw", "ogg", "truehd", "tta"}
)  # fmt: skip

_CONTAINER_STATES = frozenset({"matroska", "webm", "flv", "avi"})
"""Formats whose header gives one length for the whole file, and often none for each track."""

_STREAMED_SIZE = 0xFFFF_FF00
"""A WAV whose data size is this or more was written to a pipe: the size was never filled in."""

_TAIL_MS = 2000


def declared_end_ms(path: str, container: av.container.InputContainer, stream: AudioStream) -> int | None:
    """Where `stream` ends on the media's clock by its file's header, in ms; None where nothing is stated."""
    names = set(container.format.name.split(","))
    if names & _NO_STATEMENT:
        return None
    if "wav" in names:
        return _riff_ms(read_head(path))
    if "mp3" in names and not _has_mp3_information(path):
        return None
    if stream.duration and stream.time_base:
        return ms_of((stream.start_time or 0) + stream.duration, stream.time_base, origin_us(container))
    return None


def container_end_ms(container: av.container.InputContainer) -> int | None:
    """Where the whole file ends by its header, for formats that state that; None for others."""
    if set(container.format.name.split(",")) & _CONTAINER_STATES and container.duration:
        return container.duration // 1000
    return None


def last_packet_ms(container: av.container.InputContainer, near_ms: int) -> int:
    """Where the last packet of any track ends, looking from `near_ms` − 2 s on. Moves the container's place."""
    zero_us = origin_us(container)
    last = 0
    try:
        container.seek(max(0, near_ms - _TAIL_MS) * 1000 + zero_us)
        for packet in container.demux():
            if packet.pts is not None and packet.time_base:
                last = max(last, ms_of(packet.pts + (packet.duration or 0), packet.time_base, zero_us))
    except av.error.FFmpegError:
        return last
    return last


def _riff_ms(head: bytes) -> int | None:
    """Length of a RIFF/WAVE file by its header: size of its data over bytes a second."""
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return None
    place, bytes_a_second = 12, 0
    while place + 8 <= len(head):
        kind, size = struct.unpack_from("<4sI", head, place)
        if kind == b"fmt " and place + 20 <= len(head):
            bytes_a_second = struct.unpack_from("<I", head, place + 16)[0]
        if kind == b"data":
            stated = 0 < size < _STREAMED_SIZE and bytes_a_second > 0
            return int(Fraction(size * 1000, bytes_a_second)) if stated else None
        place += 8 + size + size % 2
    return None


def _has_mp3_information(path: str) -> bool:
    """Whether the first frame, past an ID3v2 tag, is a Xing, Info or VBRI frame, which states the number of frames."""
    head = read_head(path, 10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10:
        start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    with open(path, "rb") as file:
        file.seek(start)
        first = file.read(2048)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))
