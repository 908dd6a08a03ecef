"""The one door through which films and recordings are opened. Knows no tracks and decodes nothing.

Both white lists of `core.media.containers` are set on every opening, names are given as absolute `file:` addresses (so
a name that starts with "-" or holds ":", "%" or "#" is only a name), and anything but a regular file is refused before
ffmpeg sees it: a FIFO would hang. Every error comes out as a class of `core.errors` that names the file.
"""

from __future__ import annotations

import os

import av
import av.container
import av.error

from core.errors import ContainerRefused, FileMissing, FileUnreadable, MediaError, NotMedia
from core.media.containers import FORMAT_WHITELIST, PROTOCOL_WHITELIST, refused_kind
from core.media.files import file_name, plain_cause, read_head

_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (av.error.InvalidDataError, "the data is damaged or of an unknown kind"),
    (av.error.EOFError, "it ends before the first picture or sound"),
    (av.error.PatchWelcomeError, "it uses a feature that is not supported"),
    # EINVAL is what a demuxer outside the white list gives: pictures, subtitles, game formats.
    (av.error.ArgumentError, "it is of a kind that is not opened"),
)


def open_container(path: str | os.PathLike[str]) -> av.container.InputContainer:
    """Open a film or recording for reading. The caller closes it (`with`).

    Raises:
        FileMissing, FileEmpty, FileUnreadable: no such file, 0 bytes, or the system does not let us read it.
        ContainerRefused: a playlist or manifest, under whatever name.
        NotMedia: nothing we can read.
    """
    full = os.path.abspath(os.fspath(path))
    head = read_head(full)
    kind = refused_kind(head)
    if kind:
        raise ContainerRefused(file=file_name(full), container=kind)
    options = {"format_whitelist": FORMAT_WHITELIST, "protocol_whitelist": PROTOCOL_WHITELIST}
    try:
        container = av.open(f"file:{full}", options=options, metadata_errors="replace")
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise _translated(full, error) from error
    if not container.streams:
        container.close()
        raise NotMedia(file=file_name(full), cause="there is neither sound nor picture in it")
    return container


def _translated(path: str, error: Exception) -> MediaError:
    """What ffmpeg or the system said, as one of our errors."""
    name = file_name(path)
    if isinstance(error, FileNotFoundError):
        return FileMissing(file=name)
    if isinstance(error, PermissionError):
        return FileUnreadable(file=name, cause=plain_cause(error))
    known = next((cause for kind, cause in _CAUSES if isinstance(error, kind)), "")
    return NotMedia(file=name, cause=known or plain_cause(error))
