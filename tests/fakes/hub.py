"""A hub and a ModelScope in one real HTTP server of this machine, with what goes wrong on the way when a test says so.

Speaks as much of both as is asked of them: the list of a pinned revision with object ids, HEAD with etags, redirects to
a storage under another host name, ranges. Counts every byte it gives.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

_PIECE_BYTES = 64 * 1024
LFS_FROM_BYTES = 12_000_000
"""The hub keeps large files in LFS; tokenizer.json (11.4 MB) of the real repositories is not."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def blob_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


@dataclass
class Fault:
    """What goes wrong: in requests whose path holds `where`, so many `times` (-1 = always).

    Attributes:
        kind: a status ("403", "429", …), or reset, short, flip, long, whole (a range answered with 200), loop, login,
            hang (no answer until the hub closes), other_range.
        at: for reset, short and flip: the byte where.
        headers: added to the answer of a status.
    """

    where: str
    kind: str
    times: int = -1
    at: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    method: str = ""


class FakeHub:
    """Use `running_hub`.

    Attributes:
        address: of the hub and of the ModelScope.
        faults: what goes wrong; the first that fits is taken.
        asked: (method, path) of every request.
        served: bytes given, by path. ranges: where answers with bytes began.
        on_bytes: called with the sum of bytes of storage given so far, after each piece.
    """

    def __init__(self, address: str, storage: str) -> None:
        self.address, self._storage = address, storage
        self.faults: list[Fault] = []
        self.asked: list[tuple[str, str]] = []
        self.served: Counter[str] = Counter()
        self.ranges: list[int] = []
        self.on_bytes: Callable[[int], object] = lambda _sum: None
        self.closed = threading.Event()
        self.mirrored = True
        self.repos: dict[str, tuple[str, dict[str, bytes]]] = {}
        self._digests: dict[bytes, tuple[str, str]] = {}

    def put(self, repo: str, revision: str, files: dict[str, bytes]) -> None:
        """Publish a repository at one revision."""
        self.repos[repo] = (revision, files)
        self._digests |= {data: (sha256(data), blob_id(data)) for data in files.values()}

    def fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.where in path and fault.times and fault.method in ("", method):
                fault.times -= 1
                return fault
        return None

    # ── what it says ──

    def info(self, repo: str, revision: str) -> dict[str, object] | None:
        there, files = self.repos.get(repo, ("", {}))
        if revision != there:
            return None
        return {"id": repo, "sha": revision, "siblings": [self._sibling(name, data) for name, data in files.items()]}

    def _sibling(self, name: str, data: bytes) -> dict[str, object]:
        said: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": self.digests(data)[1]}
        if self.is_large(name, data):
            said["lfs"] = {"sha256": self.digests(data)[0], "size": len(data), "pointerSize": 135}
        return said

    def is_large(self, name: str, data: bytes) -> bool:
        return name.endswith(".safetensors") or len(data) >= LFS_FROM_BYTES

    def listing(self, repo: str) -> dict[str, object] | None:
        if repo not in self.repos or not self.mirrored:
            return None
        files = [
            {"Path": name, "Name": name, "Type": "blob", "Size": len(data), "Sha256": self.digests(data)[0]}
            for name, data in self.repos[repo][1].items()
        ]
        return {"Code": 200, "Success": True, "Data": {"Files": [{"Path": "x", "Type": "tree", "Size": 0}, *files]}}

    def data(self, repo: str, name: str) -> bytes | None:
        return self.repos.get(repo, ("", {}))[1].get(name)

    def stored(self, digest: str) -> bytes | None:
        files = (data for _, files in self.repos.values() for name, data in files.items() if self.is_large(name, data))
        return next((data for data in files if self.digests(data)[0] == digest), None)

    def digests(self, data: bytes) -> tuple[str, str]:
        """SHA-256 and git's object id; computed when it was put there."""
        return self._digests[data]

    def storage_url(self, data: bytes) -> str:
        return f"{self._storage}/storage/{self.digests(data)[0]}?signature=abc"

    def given(self) -> int:
        """Bytes of storage given."""
        served = list(self.served.items())  # in one go: the threads that serve go on
        return sum(count for path, count in served if path.startswith("/storage"))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: FakeHub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        with contextlib.suppress(ConnectionError):
            path = unquote(urlsplit(self.path).path)
            self.hub.asked.append((self.command, path))
            fault = self.hub.fault(self.command, path)
            if fault is not None and self._refused(fault):
                return
            parts = path.strip("/").split("/")
            if parts[:2] == ["api", "models"]:
                self._json(self.hub.info("/".join(parts[2:4]), parts[5] if len(parts) > 5 else ""))
            elif parts[:3] == ["api", "v1", "models"]:
                self._json(self.hub.listing("/".join(parts[3:5])))
            elif parts[0] == "storage":
                self._bytes(path, self.hub.stored(parts[1]), fault)
            elif parts[0] == "models" and "resolve" in parts:
                self._file("/".join(parts[1:3]), parts[5], fault, path)
            elif "resolve" in parts:
                self._resolve("/".join(parts[:2]), parts[3], parts[4], fault, path)
            else:
                self._status(404)

    def _refused(self, fault: Fault) -> bool:
        """Whether the fault is an answer of its own."""
        if fault.kind.isdigit():
            self._status(int(fault.kind), fault.headers)
        elif fault.kind == "loop":
            self._status(302, {"Location": self.path})
        elif fault.kind == "login":
            self._body(b"<html>Please sign in to this network</html>", "text/html")
        elif fault.kind == "hang":
            self.hub.closed.wait(60)
            self.close_connection = True
        elif fault.kind == "close":
            self._reset()
        else:
            return False
        return True

    def _resolve(self, repo: str, revision: str, name: str, fault: Fault | None, path: str) -> None:
        there, _ = self.hub.repos.get(repo, ("", {}))
        data = self.hub.data(repo, name) if revision == there else None
        if data is None:
            self._status(404, {"X-Error-Code": "EntryNotFound"})
        elif self.hub.is_large(name, data):
            headers = {
                "Location": self.hub.storage_url(data),
                "X-Linked-Etag": f'"{self.hub.digests(data)[0]}"',
                "X-Linked-Size": str(len(data)),
                "X-Repo-Commit": revision,
            }
            self._status(302, headers)
        else:
            self._bytes(path, data, fault, {"ETag": f'"{self.hub.digests(data)[1]}"', "X-Repo-Commit": revision})

    def _file(self, repo: str, name: str, fault: Fault | None, path: str) -> None:
        data = self.hub.data(repo, name)
        if data is not None and self.hub.is_large(name, data):
            self._status(302, {"Location": self.hub.storage_url(data)})
        else:
            self._bytes(path, data, fault)

    def _bytes(self, path: str, data: bytes | None, fault: Fault | None, headers: dict[str, str] | None = None) -> None:
        if data is None:
            self._status(404)
            return
        kind = fault.kind if fault is not None else ""
        first = self._first(len(data)) if kind != "whole" else 0
        if kind == "other_range" and first:
            first -= 1
        total = len(data) + (7 if kind == "long" else 0)
        self.send_response(206 if first else 200)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if first:
            self.send_header("Content-Range", f"bytes {first}-{total - 1}/{total}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(total - first))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.hub.ranges.append(first)
        if kind == "flip" and fault is not None:
            data = data[: fault.at] + bytes([data[fault.at] ^ 1]) + data[fault.at + 1 :]
        self._send(path, data, first, fault.at if fault is not None and kind in ("reset", "short") else -1, kind)

    def _first(self, size: int) -> int:
        asked = self.headers.get("Range", "")
        first = int(asked.removeprefix("bytes=").partition("-")[0]) if asked.startswith("bytes=") else 0
        return first if first < size else 0

    def _send(self, path: str, data: bytes, first: int, stop_at: int, kind: str) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * _PIECE_BYTES)
        view = memoryview(data)
        while first < len(data):
            end = min(first + _PIECE_BYTES, len(data))
            if 0 <= stop_at < end:
                end = max(first, stop_at)
            self.connection.sendall(view[first:end])
            self.hub.served[path] += end - first
            if path.startswith("/storage"):
                self.hub.on_bytes(self.hub.given())
            if end == stop_at:
                self._reset() if kind == "reset" else self._end()
                return
            first = end

    def _reset(self) -> None:
        """Break the connection as a firewall does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._end()

    def _end(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _json(self, said: dict[str, object] | None) -> None:
        if said is None:
            self._status(404, {"X-Error-Code": "RepoNotFound"})
        else:
            self._body(json.dumps(said).encode(), "application/json")

    def _body(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _status(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 32

    def handle_error(self, request: object, client_address: object) -> None:
        """Connections break here on purpose."""


@contextlib.contextmanager
def running_hub() -> Iterator[FakeHub]:
    """A hub on a free port; ended, with its threads, afterwards."""
    server = _Server(("127.0.0.1", 0), _Handler)
    port = server.server_address[1]
    hub = FakeHub(f"http://127.0.0.1:{port}", f"http://localhost:{port}")
    server.RequestHandlerClass = type("_HandlerOfHub", (_Handler,), {"hub": hub, "timeout": 20})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="fake hub")
    thread.start()
    try:
        yield hub
    finally:
        hub.closed.set()
        server.shutdown()
        thread.join()
        server.server_close()


def dead_address() -> str:
    """An address on this machine where nothing answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
