"""Where a log beside the file may lie, and what happens where it may not."""

from __future__ import annotations

from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from core.document import edits
from core.document.project import create_project, open_project
from core.document.project.folders import bears_wal, is_network, is_synced
from tests.core.document.builders import cue, document

Mount = namedtuple("Mount", "mountpoint fstype opts")


@pytest.mark.parametrize(
    ("folder", "synced"),
    [
        ("OneDrive", True),
        ("OneDrive - Firma GmbH/Filme", True),
        ("Dropbox/a/b", True),
        ("Google Drive", True),
        ("Library/Mobile Documents/com~apple~CloudDocs", True),
        ("Films/Dropboxes", False),
        ("megastructure", False),
    ],
)
def test_folders_of_sync_services_are_known_by_name(tmp_path: Path, folder: str, synced: bool) -> None:
    assert is_synced(tmp_path / folder) is synced


def test_folders_of_sync_services_are_known_by_their_marks(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert is_synced(tmp_path / "a" / "b")


@pytest.mark.parametrize(
    ("fstype", "opts", "network"),
    [("nfs4", "rw", True), ("CIFS", "rw", True), ("NTFS", "rw,remote", True), ("ext4", "rw", False)],
)
def test_the_nearest_mount_decides_whether_a_folder_is_on_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fstype: str, opts: str, network: bool
) -> None:
    mounts = [Mount("/", "ext4", "rw"), Mount(str(tmp_path.resolve()), fstype, opts), Mount("/x", "nfs", "rw")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda *, all: mounts)
    assert is_network(tmp_path / "a") is network
    assert bears_wal(tmp_path / "a") is not network


def test_in_a_synced_folder_a_project_is_one_plain_file_all_the_time(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = folder / "film.cuesmith"
    with create_project(path, document=document(cue("one", 0))) as project:
        history = project.history()
        history.apply(edits.insert(history.document, 5_000, 6_000, "two"))
        assert [entry.name for entry in sorted(folder.iterdir())] == [path.name, path.name + ".lock"]
        copy = tmp_path / "copy.cuesmith"
        copy.write_bytes(path.read_bytes())
        live = history.stack
    for name in (path, copy):
        with open_project(name) as again:
            assert again.restored == live
