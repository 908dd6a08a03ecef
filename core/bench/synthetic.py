"""A long recording made on the spot, so that a measure needs no file: ten seconds of AAC, copied. Only writes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.packet import Packet

RATE = 48_000
_PIECE_FRAMES = 470
_FRAME = 1024


def make_recording(path: Path, seconds: int) -> Path:
    """Write `seconds` of stereo AAC (48 kHz, 128 kbit/s) to an M4A: noise that swells like syllables, 4 a second."""
    packets, extradata = _encoded()
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo")
        stream.codec_context.extradata = extradata
        for number in range(seconds * RATE // _FRAME):
            packet = Packet(packets[number % len(packets)])
            packet.stream, packet.time_base = stream, Fraction(1, RATE)
            packet.pts = packet.dts = number * _FRAME
            packet.duration = _FRAME
            container.mux(packet)
    return path


def _encoded() -> tuple[list[bytes], bytes]:
    """Ten seconds of packets, and the encoder's header."""
    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate, encoder.time_base = 128_000, Fraction(1, RATE)
    rng = np.random.default_rng(1)
    packets: list[bytes] = []
    for number in range(_PIECE_FRAMES):
        at = (np.arange(_FRAME) + number * _FRAME) / RATE
        swell = 0.2 * np.abs(np.sin(2 * np.pi * 2 * at))
        sound = (rng.normal(0, 0.3, (2, _FRAME)) * swell).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(sound, "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, number * _FRAME, Fraction(1, RATE)
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets, encoder.extradata or b""
