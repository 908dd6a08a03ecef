"""A drive that makes no locks: nobody is said to have what nobody has, and what engines made is kept."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.document import owner
from core.document.chunk_results import open_results
from core.document.owner import Owner, is_held
from core.document.project import create_project, open_project
from core.errors import CannotWrite
from core.results import ChunkKey
from core.transcript import Segment
from tests.core.document.builders import cue, document, texts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="locks are others there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "film.cuesmith"
    create_project(path, document=document(cue("one", 0))).close()
    return path


def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network drive whose server keeps none."""

    def refuse(_handle: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)


def test_a_project_opens_to_read_and_one_is_told_why(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_locks(monkeypatch)
    with open_project(path) as project:
        assert project.read_only
        assert texts(project.restored.document) == ["one"]
        assert os.strerror(errno.ENOLCK) in project.notices[0].text


def test_nobody_has_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.with_name(path.name + ".lock").touch()
    no_locks(monkeypatch)
    assert not is_held(path)


def test_where_there_are_locks_one_that_is_held_is_held(path: Path) -> None:
    owner = Owner(path)
    assert owner.take()
    assert is_held(path)
    assert not Owner(path).take()
    owner.release()
    assert not is_held(path)


def test_whoever_got_no_turn_while_another_looked_asks_once_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, real = [False], owner._locked
    seconds = itertools.count(step=10)

    def looked_at(handle: int, *, shared: bool = False) -> bool:
        return looks.pop() if looks else real(handle, shared=shared)

    monkeypatch.setattr(owner, "_locked", looked_at)
    monkeypatch.setattr(owner, "time", SimpleNamespace(monotonic=lambda: next(seconds), sleep=lambda _s: None))
    mine = Owner(path)
    assert mine.take()
    mine.release()


def test_a_project_is_not_made_and_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_locks(monkeypatch)
    with pytest.raises(CannotWrite, match=os.strerror(errno.ENOLCK)):
        create_project(tmp_path / "new.cuesmith")


def test_what_engines_made_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_locks(monkeypatch)
    key, segment = ChunkKey("recognise", "m", 1, 0, 16_000, "builtin"), Segment(0, 1_000, "hello")
    with open_results(tmp_path / "results.jsonl") as results:
        results.put(key, segment)
    with open_results(tmp_path / "results.jsonl") as again:
        assert again.get(key) == segment
