"""A disk that is full from the n-th write on: SQLite's own calls of the system are taken in between, on Linux.

SQLite's unix layer lets its system calls be replaced (`xSetSystemCall`), for tests like these. Everything else is real:
the library, the file, the folder.
"""

from __future__ import annotations

import _sqlite3
import contextlib
import ctypes
import errno
import os
from collections.abc import Iterator

_Call = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_Short = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, use_errno=True)
_Open = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, use_errno=True)
_Set = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int), ("file_bytes", ctypes.c_int), ("most_name", ctypes.c_int), ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p), ("data", ctypes.c_void_p), *((f"call_{n}", ctypes.c_void_p) for n in range(13)),
        ("set_system_call", _Set),
    ]  # fmt: skip


class FullDisk:
    """Counts writes, and refuses them from one on.

    Attributes:
        writes: how many there were.
        full_from: the first write that is refused (1 = the first); 0 = there is space.
        no_shared_memory: files of shared memory cannot be opened, as on some network drives.
    """

    def __init__(self) -> None:
        self.writes = 0
        self.full_from = 0
        self.no_shared_memory = False

    def refuses(self) -> bool:
        """Count a write, and say whether the disk is full."""
        self.writes += 1
        return 0 < self.full_from <= self.writes


@contextlib.contextmanager
def full_disk() -> Iterator[FullDisk]:
    """Takes SQLite's writes in between while inside."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None)
    disk = FullDisk()
    system = ctypes.CDLL(None, use_errno=True)
    calls = {b"pwrite64": _pwrite(disk, system), b"pwrite": _pwrite(disk, system), b"write": _write(disk, system),
             b"open": _open(disk)}  # fmt: skip
    try:
        for name, call in calls.items():
            vfs.contents.set_system_call(vfs, name, ctypes.cast(call, ctypes.c_void_p))
        yield disk
    finally:
        for name in calls:
            vfs.contents.set_system_call(vfs, name, None)


def _pwrite(disk: FullDisk, system: ctypes.CDLL) -> object:
    real = system.pwrite64
    real.restype, real.argtypes = ctypes.c_ssize_t, [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64]

    def call(handle: int, data: int, count: int, offset: int) -> int:
        if disk.refuses():
            ctypes.set_errno(errno.ENOSPC)
            return -1
        return int(real(handle, data, count, offset))

    return _Call(call)


def _write(disk: FullDisk, system: ctypes.CDLL) -> object:
    real = system.write
    real.restype, real.argtypes = ctypes.c_ssize_t, [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t]

    def call(handle: int, data: int, count: int) -> int:
        if disk.refuses():
            ctypes.set_errno(errno.ENOSPC)
            return -1
        return int(real(handle, data, count))

    return _Short(call)


def _open(disk: FullDisk) -> object:
    def call(path: bytes, flags: int, mode: int) -> int:
        if disk.no_shared_memory and path.endswith(b"-shm"):
            ctypes.set_errno(errno.ENOTSUP)
            return -1
        try:
            return os.open(path, flags, mode)
        except OSError as error:
            ctypes.set_errno(error.errno or errno.EIO)
            return -1

    return _Open(call)
