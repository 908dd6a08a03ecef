"""Which folders bear a write-ahead log: not those that other machines see, nor those a service copies. Opens nothing.

A log beside the file needs memory shared by all that open it, which network drives do not give, and a sync service
would copy the file without its log.
"""

from __future__ import annotations

import os
from pathlib import Path

import psutil

_NETWORK = frozenset({
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.rclone", "fuse.sshfs", "fuse.s3fs",
    "glusterfs", "lustre", "nfs", "nfs3", "nfs4", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
})  # fmt: skip
_SYNC_NAMES = (
    "onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "cloudstorage", "nextcloud",
    "owncloud", "syncthing", "box sync", "pcloud", "mega", "seafile", "creative cloud files", "yandex.disk",
)  # fmt: skip
_SYNC_MARKS = (".stfolder", ".dropbox", ".dropbox.cache", ".owncloudsync.log", ".sync")
"""Files and folders that services put where they sync."""


def bears_wal(folder: Path) -> bool:
    """Whether a write-ahead log may lie in `folder`."""
    return not is_synced(folder) and not is_network(folder)


def home_of(path: Path) -> str:
    """A project's folder as it is written down; "" where its name is no text, as on disks of older systems."""
    home = os.fsdecode(path.parent.absolute())
    try:
        home.encode()
    except UnicodeEncodeError:
        return ""
    return home


def is_synced(folder: Path) -> bool:
    """Whether a sync service copies this folder, by the names on the way to it and the marks it leaves."""
    whole = folder.absolute()
    parts = [part.casefold() for part in whole.parts]
    if any(part == name or part.startswith((name + " ", name + "-")) for part in parts for name in _SYNC_NAMES):
        return True
    return any(_exists(parent / mark) for parent in (whole, *whole.parents) for mark in _SYNC_MARKS)


def is_network(folder: Path) -> bool:
    """Whether the folder lies on a drive of another machine."""
    where = os.path.realpath(folder)
    if where.startswith("\\\\"):
        return True
    try:
        mounts = psutil.disk_partitions(all=True)
    except (OSError, RuntimeError, ValueError):
        return False  # a system that does not tell: SQLite finds out itself when it makes the log
    inside = [mount for mount in mounts if _inside(where, mount.mountpoint)]
    nearest = max(inside, key=lambda mount: len(mount.mountpoint), default=None)
    return nearest is not None and (nearest.fstype.lower() in _NETWORK or "remote" in nearest.opts.split(","))


def _inside(path: str, mountpoint: str) -> bool:
    return path == mountpoint or path.startswith(mountpoint.rstrip(os.sep) + os.sep)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
