"""The film as the player gets it: an open file, never a name. Knows no player.

A player that is given a name may follow what stands in the file to other files or to the network (DESIGN: hostile
files). So it gets a device to read from, no name to guess by, and only for the very bytes the media child looked into.
"""

from __future__ import annotations

from PySide6.QtCore import QFile, QIODevice, QObject

from core.errors import ContainerRefused, FileChanged, FileUnreadable
from core.media.containers import refused_kind
from core.media.files import read_head
from core.media.identity import media_id
from core.media.info import MediaInfo


def open_device(info: MediaInfo, parent: QObject) -> QFile:
    """The probed film, open for reading; the caller closes it.

    Reads at most 3 MiB to see that the file is still the one that was probed.

    Raises:
        FileMissing, FileEmpty, FileUnreadable: it cannot be read.
        ContainerRefused: it points to other files by now.
        FileChanged: it is another file than the one that was probed.
    """
    kind = refused_kind(read_head(info.path))
    if kind:
        raise ContainerRefused(file=info.name, container=kind)
    if media_id(info.path) != info.media_id:
        raise FileChanged(file=info.name)
    device = QFile(info.path, parent)
    if not device.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileUnreadable(file=info.name, cause=device.errorString())
    return device
