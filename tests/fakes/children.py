"""Children that speak nonsense, for the parent's side of the border. Each is a `main` for `ChildSpec`."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from typing import Any

from core.worker.framing import INLINE_LIMIT_BYTES, pack
from core.worker.messages import JobFinished

SAYINGS: dict[str, bytes] = {
    "no JSON": b"\x00\xff no JSON",
    "a pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x07os.exit\x94.",
    "an unknown class": b'["FormatDisk",{}]',
    "a wrong type": b'["JobFinished",{"job_id":5}]',
    "a missing field": b'["JobFailed",{"job_id":"x"}]',
    "an unknown event": b'["EventHappened",{"job_id":"x","event":["Explosion",{}]}]',
    "a file outside the cache": b'["InFile","../../../etc/passwd"]',
    "nothing": b"",
    "too much": b" " * (INLINE_LIMIT_BYTES + 1),
}


def says(connection: Connection[Any, Any], log_file: str, saying: str) -> None:
    """Wait for the first request, say one thing, then wait for ever."""
    connection.recv_bytes()
    connection.send_bytes(SAYINGS[saying])
    time.sleep(60)


def stops_in_the_middle(connection: Connection[Any, Any], log_file: str) -> None:
    """Announce a message of 100 bytes, send three, and die."""
    connection.recv_bytes()
    os.write(connection.fileno(), b"\x00\x00\x00\x64abc")
    os._exit(9)


def comes_late(connection: Connection[Any, Any], log_file: str) -> None:
    """Says its first word, which is the job's last, after a second."""
    connection.recv_bytes()
    time.sleep(1)
    connection.send_bytes(pack(JobFinished("x")))
    time.sleep(60)


def never_speaks(connection: Connection[Any, Any], log_file: str) -> None:
    """Read nothing and say nothing."""
    time.sleep(60)


def dies_at_once(connection: Connection[Any, Any], log_file: str) -> None:
    """As when a library is missing."""
    os.write(2, b"")
    os._exit(5)
