"""Files are written whole or not at all, and never over another one unasked."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.errors import CannotWrite, DiskFull, OutputExists
from core.files import whole_file, write_atomically


def test_a_new_file_holds_the_bytes_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.srt", b"one")
    assert (tmp_path / "a.srt").read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["a.srt"]


def test_an_existing_file_stays_unless_overwriting_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "a.srt"
    target.write_bytes(b"old")
    with pytest.raises(OutputExists, match=r"a\.srt"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    write_atomically(target, b"new", overwrite=True)
    assert target.read_bytes() == b"new"


def test_a_file_that_appears_while_we_write_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.srt"

    def write_while_someone_else_is_faster() -> None:
        with whole_file(target) as temporary:
            temporary.write_bytes(b"ours")
            target.write_bytes(b"theirs")

    with pytest.raises(OutputExists):
        write_while_someone_else_is_faster()
    assert target.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["a.srt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows renames without links")
def test_a_folder_without_hard_links_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_atomically(tmp_path / "a.srt", b"one")
    assert (tmp_path / "a.srt").read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["a.srt"]


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_full_disk_says_so_and_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, overwrite: bool
) -> None:
    target = tmp_path / "a.srt"
    if overwrite:
        target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"a\.srt"):
        write_atomically(target, b"new", overwrite=overwrite)
    assert os.listdir(tmp_path) == (["a.srt"] if overwrite else [])
    assert not overwrite or target.read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_the_systems_own_full_device_is_a_full_disk_to_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open
    monkeypatch.setattr(
        os,
        "open",
        lambda path, flags, mode=0o777: real("/dev/full", os.O_WRONLY) if flags & os.O_EXCL else real(path, flags),
    )
    with pytest.raises(DiskFull):
        write_atomically(tmp_path / "a.srt", b"x" * 100_000)


@pytest.mark.parametrize("name", ["missing/a.srt", "nul\0.srt", "x" * 300 + ".srt"])
def test_a_place_that_cannot_be_written_to_is_named_with_its_cause(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite, match=r"could not be written \(.+\)"):
        write_atomically(tmp_path / name, b"x")


def test_a_folder_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.srt").mkdir()
    with pytest.raises(CannotWrite):
        write_atomically(tmp_path / "a.srt", b"x", overwrite=True)
    assert (tmp_path / "a.srt").is_dir()


@pytest.mark.skipif(os.name == "nt", reason="links and modes are Posix here")
def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.srt"
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "link.srt").symlink_to(real)
    write_atomically(tmp_path / "link.srt", b"new", overwrite=True)
    assert (tmp_path / "link.srt").is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640
