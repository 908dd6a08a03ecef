"""Plain files as strangers hand them over: their start, their name, why they cannot be read. Knows no ffmpeg.

Anything but a regular file is refused before it is opened: a FIFO would hang.
"""

from __future__ import annotations

import errno
import os
import stat

from core.errors import FileEmpty, FileMissing, FileUnreadable

_HEAD_BYTES = 4096

_PLAIN: dict[int, str] = {
    errno.EACCES: "there is no permission to read it",
    errno.EPERM: "there is no permission to read it",
    errno.EIO: "the disk reports a read error",
    errno.ELOOP: "its links lead in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOTDIR: "a folder in its path is a file",
    errno.EMFILE: "too many files are open",
}

_KINDS: tuple[tuple[int, str], ...] = (
    (stat.S_IFDIR, "it is a folder"),
    (stat.S_IFIFO, "it is a pipe, not a file"),
    (stat.S_IFSOCK, "it is a socket, not a file"),
    (stat.S_IFCHR, "it is a device, not a file"),
    (stat.S_IFBLK, "it is a device, not a file"),
)


def read_head(path: str | os.PathLike[str], size: int = _HEAD_BYTES) -> bytes:
    """The first `size` bytes of a regular file, never waiting for one that is none.

    Raises:
        FileMissing, FileEmpty, FileUnreadable: as their names say.
    """
    name = file_name(path)
    try:
        _refuse_what_is_no_file(os.stat(path).st_mode, name)
        # O_NONBLOCK: should a FIFO have taken the file's place since, opening it must not wait for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            _refuse_what_is_no_file(os.fstat(handle).st_mode, name)
            head = file.read(size)
    except FileNotFoundError as error:
        raise FileMissing(file=name) from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(file=name, cause=plain_cause(error)) from error
    if not head:
        raise FileEmpty(file=name)
    return head


def file_name(path: str | os.PathLike[str]) -> str:
    """The base name as it is shown: unprintable bytes of foreign names replaced, folders left out."""
    name = os.path.basename(os.path.normpath(os.fspath(path))) or os.fspath(path)
    shown = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "�" for c in shown)


def plain_cause(error: BaseException) -> str:
    """Why the system failed, in plain words and without a path, for the sentence of an error."""
    number = getattr(error, "errno", None)
    if isinstance(number, int) and number in _PLAIN:
        return _PLAIN[number]
    if isinstance(error, ValueError) and "null" in str(error):
        return "the name holds a null character"
    text = str(getattr(error, "strerror", None) or type(error).__name__)
    return text[:1].lower() + text[1:]


def _refuse_what_is_no_file(mode: int, name: str) -> None:
    """Raises `FileUnreadable` for folders, pipes, sockets and devices."""
    if not stat.S_ISREG(mode):
        cause = next((words for kind, words in _KINDS if stat.S_IFMT(mode) == kind), "it is no ordinary file")
        raise FileUnreadable(file=name, cause=cause)
