"""Recovery files: what was acknowledged is there, whatever was killed, cut or damaged; the file itself stays."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import zlib
from fractions import Fraction
from pathlib import Path

import pytest

from core.codec import encode
from core.document import edits
from core.document.document import Bookmark, Document, MediaRef, Unmatched
from core.document.edit import Edit, Replace, Splice
from core.document.history import Step
from core.document.records import EditRecord, Stepped, edit_record, text_of
from core.document.recovery import list_recoveries, open_recovery
from core.document.replay import replayed
from core.errors import CannotWrite, DiskFull, ProjectUnreadable
from core.transcript import Source, Word
from tests.core.document.builders import cue, document, texts
from tests.core.document.recorder import digest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.jsonl"


def _work(path: Path, count: int = 5) -> None:
    """A file of `count` steps, each inserting a cue w0, w1, …"""
    with open_recovery(path) as recovery:
        history = recovery.history()
        for n in range(count):
            history.apply(edits.insert(history.document, n * 1000, n * 1000 + 500, f"w{n}"))


def test_every_field_comes_back_as_it_was(path: Path) -> None:
    word = Word("né", 1, 2, "\n", Source.TAPPED, 0.1, None, frozenset({"i", "c:#ff0000"}), (("n", 1, 1), ("é", 1, 2)))
    one = cue("x", 0, 900)
    values = {
        "header": {"ass": "[Script Info]\n"},
        "media": MediaRef("/films/ä b.mkv", 5, "m", 2, 9000),
        "frame_rate": Fraction(24000, 1001),
        "start_timecode": 3_600_000,
        "styles": {"a": "b"},
        "bookmarks": (Bookmark(5, "here"),),
        "unmatched": (Unmatched(3, "line"),),
    }
    with open_recovery(path) as recovery:
        history = recovery.history()
        history.apply(Edit("Put", (Splice(0, (), (one.__class__((word,), 0, 900, settings={"vtt": "line:0"}),)),)))
        for field, value in values.items():
            history.apply(edits.set_field(history.document, field, value))
        live = history.stack
    with open_recovery(path) as again:
        assert again.restored == live
        assert type(again.restored.document.bookmarks[0]) is Bookmark


def test_what_the_work_began_with_is_kept_at_once(path: Path) -> None:
    opened = document(cue("from a file", 0))
    open_recovery(path, document=opened).close()
    with open_recovery(path) as again:
        assert again.restored.document == opened


def test_a_window_without_work_leaves_no_file(path: Path) -> None:
    open_recovery(path).close()
    assert list(path.parent.iterdir()) == []


def test_a_torn_last_line_is_dropped_with_a_notice(path: Path) -> None:
    _work(path)
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in (last + 1, last + 9, (last + len(whole)) // 2, len(whole) - 2):
        path.write_bytes(whole[:cut])
        found = replayed(path)
        assert (found.steps, found.whole) == (4, True)
        assert [notice.code for notice in found.notices] == ["recovery.torn"]


def test_work_goes_on_behind_a_torn_line(path: Path) -> None:
    _work(path)
    path.write_bytes(path.read_bytes()[:-20])
    with open_recovery(path) as recovery:
        history = recovery.history()
        history.apply(edits.insert(history.document, 9000, 9500, "new"))
    found = replayed(path)
    assert texts(found.stack.document) == ["w0", "w1", "w2", "w3", "new"]
    assert found.notices == ()


def test_a_last_line_that_lacks_only_its_newline_counts(path: Path) -> None:
    _work(path)
    path.write_bytes(path.read_bytes()[:-1])
    _work(path, 1)
    assert replayed(path).steps == 6


def test_replay_stops_at_a_damaged_step_and_leaves_the_file(path: Path) -> None:
    _work(path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b"w2", b"w9")
    path.write_bytes(b"".join(lines))
    damaged = path.read_bytes()
    with open_recovery(path) as recovery:
        assert texts(recovery.restored.document) == ["w0", "w1"]
        assert [(notice.code, notice.finding) for notice in recovery.notices] == [("recovery.damaged", True)]
        assert recovery.path != path
        history = recovery.history()
        history.apply(edits.insert(history.document, 9000, 9500, "new"))
        other = recovery.path
    assert path.read_bytes() == damaged
    found = replayed(other)
    assert texts(found.stack.document) == ["w0", "w1", "new"]
    assert (len(found.stack.done), found.whole) == (3, True)


def test_a_damaged_line_between_that_was_no_step_is_passed_over(path: Path) -> None:
    _work(path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines.insert(3, b"00000000 noise\n")
    path.write_bytes(b"".join(lines))
    found = replayed(path)
    assert (found.steps, found.whole, found.notices) == (5, True, ())


@pytest.mark.parametrize("seed", range(3))
def test_any_damage_gives_a_prefix_of_the_work_or_a_sentence(path: Path, seed: int) -> None:
    _work(path, 8)
    whole = path.read_bytes()
    rng = random.Random(seed)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(rng.randrange(1, 4)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        broken = broken[: rng.choice([len(broken), rng.randrange(len(broken))])]
        path.write_bytes(broken)
        try:
            found = replayed(path)
        except ProjectUnreadable:
            continue
        assert texts(found.stack.document) == [f"w{n}" for n in range(found.steps)]
        assert found.notices or found.steps == 8 or not broken.endswith(b"\n")


def _line(data: bytes) -> bytes:
    return b"%08x " % zlib.crc32(data) + data + b"\n"


def _overlapping() -> bytes:
    word = Word("x", 0, 500)
    bad = cue("y", 0, 400)
    made = Edit("bad", (Splice(0, (), (bad.__class__((word, word), 0, 400),)),))
    return text_of(Stepped(1, "do", edit_record(made)))


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" * 100_000,
        b"{}",
        b'{"stepped":{"number":1,"step":"do"}}',
        b'{"stepped":{"number":1,"step":"undo"}}',
        b'{"stepped":{"number":1,"step":"explode"}}',
        b'{"stepped":{"number":2,"step":"do"}}',
        b'{"stepped":{"number":1,"step":"join","above":-1,"edit":{"label":"x","changes":[]}}}',
        b'{"stepped":{"number":1,"step":"do","edit":{"label":"x","changes":[{}]}}}',
        text_of(Stepped(1, "do", EditRecord("x", edit_record(Edit("x", (Replace("__class__", 1, 2),))).changes))),
        text_of(Stepped(1, "do", edit_record(Edit("x", (Replace("bookmarks", (), "no"),))))),
        text_of(Stepped(1, "do", edit_record(Edit("x", (Replace("frame_rate", None, "1/0"),))))),
        text_of(Stepped(1, "do", edit_record(Edit("x", (Splice(-5, (), ()),))))),
        text_of(Stepped(1, "do", edit_record(Edit("x", (Splice(3, (), ()),))))),
        _overlapping(),
        b'{"stepped":{"number":1e999,"step":"do"}}',
        b"\xff\xfe",
    ],
)
def test_a_line_of_a_foreign_hand_changes_nothing(path: Path, hostile: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Document, "checking", False)  # as it is outside of tests
    header = b'{"header":{"version":1,"created":"2026-11-20T00:00:00+00:00"}}'
    path.write_bytes(_line(header) + _line(hostile))
    before = path.read_bytes()
    found = replayed(path)
    assert found.stack.document == Document()
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"hello\n", b"\x00" * 4096, b"SQLite format 3\x00", b"1\n00:00:01,000 -->\n"])
def test_another_kind_of_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ProjectUnreadable):
        open_recovery(path)
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_file_of_a_later_version_is_refused(path: Path) -> None:
    path.write_bytes(_line(encode({"header": {"version": 99, "created": "x"}})))
    with pytest.raises(ProjectUnreadable, match="newer"):
        open_recovery(path)


def test_a_second_window_is_told(path: Path) -> None:
    with open_recovery(path) as first:
        first.begin()
        with pytest.raises(ProjectUnreadable, match="another window"):
            open_recovery(path)
    open_recovery(path).close()


def test_all_recoveries_are_listed_with_what_and_when(home: Path) -> None:
    with open_recovery() as recovery:
        history = recovery.history()
        history.apply(edits.insert(history.document, 0, 500, "one"))
        history.apply(edits.set_field(history.document, "media", MediaRef("/films/a.mkv", 1, "m"), label="Open film"))
        (info,) = list_recoveries()
        assert (info.path, info.in_use) == (recovery.path, True)
    bad = recovery.path.with_name("bad.jsonl")
    bad.write_bytes(b"nothing\n")
    os.utime(bad, (1, 1))
    info, other = list_recoveries()
    assert (info.media, info.cues, info.steps, info.last_step, info.in_use) == (
        "/films/a.mkv",
        1,
        2,
        "Open film",
        False,
    )
    assert info.created
    assert info.changed > 1
    assert "bad.jsonl" in other.problem


def test_a_recovery_that_is_no_longer_needed_is_deleted(path: Path) -> None:
    recovery = open_recovery(path)
    recovery.begin()
    recovery.delete()
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_sentence_and_the_step_does_not_happen(tmp_path: Path) -> None:
    path = tmp_path / "work.jsonl"
    path.symlink_to("/dev/full")
    with open_recovery(path) as recovery:
        history = recovery.history()
        with pytest.raises(DiskFull):
            history.apply(edits.insert(history.document, 0, 500, "one"))
        assert history.document == Document()


def test_a_write_cut_short_is_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_recovery(path) as recovery:
        history = recovery.history()
        history.apply(edits.insert(history.document, 0, 500, "one"))
        size = path.stat().st_size
        write = os.write
        monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[: len(data) // 2]))
        with pytest.raises(DiskFull):
            history.apply(edits.insert(history.document, 900, 950, "two"))
        assert path.stat().st_size == size
        monkeypatch.undo()
        history.apply(edits.insert(history.document, 900, 950, "three"))
    assert texts(replayed(path).stack.document) == ["one", "three"]


def test_a_character_that_is_no_text_is_a_sentence(path: Path) -> None:
    with open_recovery(path) as recovery, pytest.raises(CannotWrite):
        recovery.record(Step.DO, edits.insert(Document(), 0, 1, "\udc80"))


def _killed_after(path: Path, seed: int, lines: int) -> list[str]:
    """States a child acknowledged before it was killed with signal 9."""
    command = [sys.executable, "-m", "tests.core.document.recorder", str(path), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline().strip() for _ in range(lines)]
        child.kill()
        acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
    return acknowledged


def _states_near_the_end(path: Path, scratch: Path) -> list[str]:
    """Digests of the last states the file goes through; one step of the child writes at most a few lines."""
    lines = path.read_bytes().splitlines(keepends=True)
    digests = []
    for dropped in range(min(8, len(lines))):
        scratch.write_bytes(b"".join(lines[: len(lines) - dropped]))
        digests.append(digest(replayed(scratch).stack))
    return digests


def test_a_killed_program_loses_nothing_it_acknowledged(path: Path, tmp_path: Path) -> None:
    rng = random.Random(20261120)
    for seed in range(10):
        acknowledged = _killed_after(path, seed, rng.randrange(1, 40))
        assert acknowledged[-1] in _states_near_the_end(path, tmp_path / "scratch.jsonl"), seed
        assert replayed(path).whole
