"""Work without a name is listed with what and when, and nothing is deleted unasked."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core import paths
from core.document import edits
from core.document.document import MediaRef
from core.document.project import create_project, open_project, recoveries
from core.document.project.recoveries import OLD_DAYS, list_unnamed, look_into
from tests.core.document.builders import cue, document


def test_all_work_without_a_name_is_listed_with_what_and_when() -> None:
    with create_project() as project:
        history = project.history()
        history.apply(edits.insert(history.document, 0, 500, "one"))
        history.apply(edits.set_field(history.document, "media", MediaRef("/films/a.mkv", 1, "m"), label="Open film"))
        history.apply(edits.insert(history.document, 900, 950, "two"))
        history.undo()
        (info,) = list_unnamed()
        assert (info.path, info.in_use, info.cues) == (project.path, True, 0)
    bad = project.path.with_name("bad.cuesmith")
    bad.write_bytes(b"nothing\n")
    os.utime(bad, (1, 1))
    info, other = list_unnamed()
    assert (info.media, info.cues, info.steps, info.last_step, info.in_use, info.problem) == (
        "/films/a.mkv",
        1,
        2,
        "Open film",
        False,
        "",
    )
    assert info.created == project.created
    assert info.size_bytes > 10_000
    assert "bad.cuesmith" in other.problem


def test_work_whose_every_step_was_taken_back_is_listed_for_it_can_be_done_again() -> None:
    with create_project() as project:
        history = project.history()
        history.apply(edits.insert(history.document, 0, 500, "one"))
        history.undo()
    (info,) = list_unnamed()
    assert (info.path, info.cues, info.steps, info.undone) == (project.path, 0, 0, 1)


def test_what_a_killed_window_left_is_listed(tmp_path: Path) -> None:
    with create_project(document=document(cue("one", 0))) as project:
        history = project.history()
        history.apply(edits.insert(history.document, 5_000, 6_000, "two"))
        left = tmp_path / project.path.name
        for end in ("", "-wal"):
            left.with_name(left.name + end).write_bytes(project.path.with_name(project.path.name + end).read_bytes())
    assert (look_into(left).cues, look_into(left).steps) == (2, 1)


def test_a_project_that_was_never_finished_being_made_is_no_work() -> None:
    paths.recovery_dir().mkdir(parents=True)
    (paths.recovery_dir() / "x.cuesmith").write_bytes(b"")
    assert list_unnamed() == ()
    assert (paths.recovery_dir() / "x.cuesmith").exists()


@pytest.mark.parametrize("step", ["is_held", "check_header"])
def test_work_that_goes_while_it_is_listed_is_not_offered(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another window gives it a name, or deletes it, at any moment."""
    for text in ("one", "two"):
        create_project(document=document(cue(text, 0))).close()
    stays, goes = (one.path for one in list_unnamed())
    real = getattr(recoveries, step)

    def then_gone(path: Path) -> object:
        found = real(path)
        if path == goes:
            path.unlink()
        return found

    monkeypatch.setattr(recoveries, step, then_gone)
    assert [one.path for one in list_unnamed()] == [stays]
    assert not goes.exists()


@pytest.mark.parametrize("after_a_crash", [False, True], ids=["closed", "killed"])
def test_any_number_may_look_at_once_and_nobody_takes_another_for_its_window(after_a_crash: bool) -> None:
    """A list that leaves work out because another list was being made looks like lost work."""
    with create_project(document=document(cue("one", 0))) as project:
        path = project.path
    if after_a_crash:
        path.with_name(path.name + ".lock").touch()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: look_into(path), range(400)))
    assert {(info.in_use, info.problem, info.cues) for info in found} == {(False, "", 1)}


def test_work_can_be_opened_while_lists_are_made() -> None:
    create_project(document=document(cue("one", 0))).close()
    (info,) = list_unnamed()
    info.path.with_name(info.path.name + ".lock").touch()
    over = threading.Event()

    def look() -> set[str]:
        problems = set()
        while not over.is_set():
            problems.add(look_into(info.path).problem)
        return problems

    with ThreadPoolExecutor(4) as pool:
        looking = [pool.submit(look) for _ in range(4)]
        try:
            for _ in range(20):
                with open_project(info.path) as project:
                    assert (project.read_only, look_into(info.path).in_use) == (False, True)
                info.path.with_name(info.path.name + ".lock").touch()
        finally:
            over.set()
    assert set.union(*(one.result() for one in looking)) == {""}


def test_work_is_old_after_thirty_days_and_not_when_the_clock_goes_back() -> None:
    create_project(document=document(cue("one", 0))).close()
    (info,) = list_unnamed()
    assert not info.is_old()
    assert not info.is_old(info.changed - 10 * 86_400)
    assert info.is_old(info.changed + (OLD_DAYS + 1) * 86_400)
    assert info.path.exists()
