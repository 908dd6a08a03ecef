"""EBU STL files for tests, put together byte by byte from EBU Tech 3264: one head and a block for each subtitle."""

from __future__ import annotations

import struct

Block = tuple[int, int, bytes]
"""(start_ms, end_ms, text field)"""


def small_stl(*blocks: Block, start: str = "00000000", rate: int = 25, language: str = "08", table: str = "00") -> str:
    """The file, its bytes as characters of the same number. Text fields longer than a block are not needed here."""
    fields = {
        0: "850", 3: f"STL{rate}.01", 11: "0", 12: table, 14: language, 238: f"{len(blocks):05d}",
        243: f"{len(blocks):05d}", 248: "001", 251: "40", 253: "23", 255: "1", 256: start, 264: start,
    }  # fmt: skip
    data = bytearray(b" " * 1024)
    for at, text in fields.items():
        data[at : at + len(text)] = text.encode("ascii")
    for number, (start_ms, end_ms, text) in enumerate(blocks, 1):
        times = (*_timecode(start_ms, rate), *_timecode(end_ms, rate))
        data += struct.pack("<BHBB8BBBB", 0, number, 0xFF, 0, *times, 20, 2, 0) + text.ljust(112, b"\x8f")
    return data.decode("latin-1")


def _timecode(ms: int, rate: int) -> tuple[int, int, int, int]:
    seconds, rest = divmod(ms, 1000)
    return seconds // 3600, seconds // 60 % 60, seconds % 60, rest * rate // 1000
