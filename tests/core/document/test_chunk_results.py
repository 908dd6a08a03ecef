"""Chunk results on disk: there after a crash, shared by processes, done again where they are damaged."""

from __future__ import annotations

import multiprocessing
import os
import zlib
from pathlib import Path

import pytest

from core.document.chunk_results import open_results
from core.errors import DiskFull
from core.results import ChunkKey
from core.transcript import Segment, Source, Word


def _key(n: int, options: str = "") -> ChunkKey:
    return ChunkKey("recognise", "m", 1, n * 16_000, (n + 1) * 16_000, "builtin", options=options)


def _segment(n: int) -> Segment:
    word = Word(f"w{n}", n, n + 1, source=Source.RECOGNISED, text_confidence=0.5)
    return Segment(n, n + 1, f"w{n}", ("en",), (word,), "builtin", ("retried",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results" / "media.jsonl"


def test_results_are_there_after_a_restart(path: Path) -> None:
    with open_results(path) as results:
        assert results.get(_key(0)) is None
        kept = _segment(0)
        results.put(_key(0), kept)
        results.put(_key(1, "other"), _segment(1))
    with open_results(str(path)) as again:
        assert again.get(_key(0)) == kept
        assert again.get(_key(1)) is None
        assert again.get(_key(1, "other")) is not None
        assert again.notices == []


def test_the_latest_result_of_a_chunk_counts(path: Path) -> None:
    with open_results(path) as results:
        results.put(_key(0), _segment(0))
        results.put(_key(0), _segment(5))
    with open_results(path) as again:
        found = again.get(_key(0))
        assert found is not None
        assert found.text == "w5"


def test_a_result_of_another_process_is_seen_when_asked_for(path: Path) -> None:
    with open_results(path) as one, open_results(path) as other:
        one.put(_key(0), _segment(0))
        assert other.get(_key(0)) is not None


def _put_many(path: Path, first: int) -> None:
    with open_results(path) as results:
        for n in range(first, first + 50):
            results.put(_key(n), _segment(n))


def test_lines_of_several_processes_never_mix(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    children = [spawn.Process(target=_put_many, args=(path, n * 50)) for n in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    with open_results(path) as results:
        assert [n for n in range(150) if results.get(_key(n)) is None] == []
        assert results.notices == []


def test_a_damaged_result_is_done_again_and_the_others_stay(path: Path) -> None:
    _put_many(path, 0)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[7] = lines[7].replace(b"w7", b"w8")
    lines[-1] = lines[-1][:40]
    path.write_bytes(b"".join(lines))
    with open_results(path) as results:
        assert [n for n in range(50) if results.get(_key(n)) is None] == [7, 49]
        assert [notice.code for notice in results.notices] == ["results.damaged"]
        results.put(_key(49), _segment(49))
    with open_results(path) as again:
        assert again.get(_key(49)) is not None


def test_a_write_cut_short_is_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_results(path) as results:
        results.put(_key(0), _segment(0))
        size = path.stat().st_size
        write = os.write
        monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[: len(data) // 2]))
        with pytest.raises(DiskFull):
            results.put(_key(1), _segment(1))
        assert path.stat().st_size == size
        monkeypatch.undo()
        results.put(_key(2), _segment(2))
    with open_results(path) as again:
        assert [key for key, _ in again.items()] == [_key(0), _key(2)]
        assert again.notices == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "media.jsonl"
    path.symlink_to("/dev/full")
    with open_results(path) as results, pytest.raises(DiskFull):
        results.put(_key(0), _segment(0))


@pytest.mark.parametrize("hostile", [b"[" * 100_000, b"{}", b'{"result":{}}', b'{"result":{"key":1e999}}', b"\xff\xfe"])
def test_a_line_of_a_foreign_hand_is_passed_over(path: Path, hostile: bytes) -> None:
    with open_results(path) as results:
        results.put(_key(0), kept := _segment(0))
    with path.open("ab") as file:
        file.write(b"%08x " % zlib.crc32(hostile) + hostile + b"\n")
    with open_results(path) as again:
        assert again.get(_key(0)) == kept
        assert len(again.items()) == 1
