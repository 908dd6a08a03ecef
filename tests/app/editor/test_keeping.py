"""Projects in the window: saved under a name, opened again with their film, told when they cannot be."""

from __future__ import annotations

import math
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editor.keeping import OLD, SAVED, Keeping
from app.engine_bridge import EngineBridge
from core import paths
from core.document import edits
from core.document.chunk_results import open_results
from core.document.project import create_project, open_project
from core.errors import CannotWrite, FileMissing, OutputExists, ProjectInUse, TooLarge
from core.results import ChunkKey
from core.transcript import Segment
from tests.app.editor.desk import SAMPLE, Desk, copy_of_sample, open_it
from tests.core.document.builders import cue, document


def insert(desk: Desk, text: str) -> None:
    bridge = desk.session.bridge
    start_ms = 2_000 * len(bridge.document.cues)
    bridge.apply(edits.insert(bridge.document, start_ms, start_ms + 500, text))


def test_a_project_goes_on_under_its_name_and_opens_again_with_film_and_undo_list(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    film = copy_of_sample(tmp_path)
    open_it(qtbot, desk, film)
    insert(desk, "one")
    assert not keeping.save()
    assert keeping.proposed() == tmp_path / "boat.cuesmith"
    with qtbot.waitSignal(keeping.named):
        assert keeping.save_as(tmp_path / "boat")
    insert(desk, "two")
    assert list(paths.recovery_dir().iterdir()) == []
    assert desk.opening.work is not None
    assert desk.opening.work.name == "boat.cuesmith"
    assert desk.remembered.recent()[0] == tmp_path / "boat.cuesmith"
    desk.close()
    again = Desk(EngineBridge())
    try:
        open_it(qtbot, again, tmp_path / "boat.cuesmith")
        assert again.texts() == ["one", "two"]
        assert again.session.bridge.undo() == "Insert cue"
        assert again.texts() == ["one"]
        assert again.player.open_now == "boat.mp4"
        assert again.codes == []
    finally:
        again.close()


def test_a_project_moved_with_its_film_finds_it(qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    open_it(qtbot, desk, copy_of_sample(old))
    insert(desk, "one")
    assert keeping.save_as(old / "boat.cuesmith")
    desk.opening.close()
    old.rename(new)
    open_it(qtbot, desk, new / "boat.cuesmith")
    assert desk.session.info is not None
    assert desk.session.info.path == str(new / "boat.mp4")
    media = desk.session.bridge.document.media
    assert media is not None
    assert media.path == str(new / "boat.mp4")


def test_a_film_that_is_not_found_joins_its_project_when_it_is_opened(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    folder, far = tmp_path / "a" / "b" / "c", tmp_path / "far"
    folder.mkdir(parents=True)
    far.mkdir()
    film = copy_of_sample(folder)
    open_it(qtbot, desk, film)
    insert(desk, "one")
    assert keeping.save_as(folder / "boat.cuesmith")
    desk.opening.close()
    shutil.move(film, far / "renamed.mp4")
    open_it(qtbot, desk, folder / "boat.cuesmith")
    assert desk.codes == [FileMissing.code]
    assert desk.texts() == ["one"]
    open_it(qtbot, desk, far / "renamed.mp4")
    assert desk.texts() == ["one"]
    assert desk.opening.work is not None
    assert desk.opening.work.name == "boat.cuesmith"
    media = desk.session.bridge.document.media
    assert media is not None
    assert media.path == str(far / "renamed.mp4")


def test_a_project_another_window_has_open_is_told_and_can_be_read(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "boat.cuesmith"
    with create_project(path, document=document(cue("theirs", 0))):
        open_it(qtbot, desk, path)
        assert desk.codes == [ProjectInUse.code]
        before = desk.ended
        desk.said[0].offers[0].run()
        qtbot.waitUntil(lambda: desk.ended > before)
        assert desk.texts() == ["theirs"]


def test_a_damaged_project_opens_as_new_work_with_a_report(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "boat.cuesmith"
    create_project(path, document=document(cue("first", 0), cue("second", 2_000))).close()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"text":"second"', b'"text":"sxcond"'))
    open_it(qtbot, desk, path)
    assert desk.codes == ["project.repaired"]
    assert desk.said[0].kind == "warning"
    assert desk.texts() == ["first"]
    assert desk.opening.work is not None
    assert desk.opening.work.name == ""


def test_saving_again_says_that_all_is_saved_and_the_file_is_plain(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    assert keeping.save_as(tmp_path / "a.cuesmith")
    insert(desk, "two")
    copy = tmp_path / "copy.cuesmith"
    assert keeping.save()
    assert desk.codes == [SAVED]
    shutil.copy(tmp_path / "a.cuesmith", copy)
    with open_project(copy) as project:
        assert len(project.restored.document.cues) == 2


def test_a_project_rests_after_a_while_without_a_step(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    keeping._idle.setInterval(50)
    open_it(qtbot, desk, SAMPLE)
    assert keeping.save_as(tmp_path / "a.cuesmith")
    insert(desk, "one")
    work = desk.opening.work
    assert work is not None
    assert work.project is not None
    qtbot.waitUntil(lambda: work.project is not None and work.project.resting)
    with open_project(Path(shutil.copy(tmp_path / "a.cuesmith", tmp_path / "copy.cuesmith"))) as copy:
        assert len(copy.restored.document.cues) == 1


def test_a_name_without_its_ending_replaces_no_project(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    """A dialog that asked about “boat” has not asked about “boat.cuesmith”."""
    other = tmp_path / "boat.cuesmith"
    create_project(other, document=document(cue("theirs", 0))).close()
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    assert not keeping.save_as(tmp_path / "boat")
    assert desk.codes == [OutputExists.code]
    with open_project(other) as untouched:
        assert untouched.restored.document.cues[0].text == "theirs"
    assert keeping.save_as(other), "a person was asked"


def test_what_was_nudged_by_key_is_on_disk_a_moment_later(qtbot: QtBot, desk: Desk, keeping: Keeping) -> None:
    """Not only with the next step, or after half a minute."""
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    bridge = desk.session.bridge
    for _ in range(3):
        bridge.apply(edits.shift(bridge.document, (0,), 100, merge_key="nudge"))
    keeping._idle.stop()
    assert desk.opening.work is not None
    assert desk.opening.work.project is not None
    path = desk.opening.work.project.path

    def start_ms() -> int:
        with open_project(path, read_only=True) as copy:
            return copy.restored.document.cues[0].start_ms

    qtbot.waitUntil(lambda: start_ms() == 300)


def test_what_can_never_be_kept_is_told_and_taken_back(
    qtbot: QtBot, desk: Desk, keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    bridge = desk.session.bridge
    monkeypatch.setattr("core.document.history.DRAG_WRITE_MS", math.inf)
    for text in ("a", "x" * 5_000):
        bridge.apply(edits.set_text(bridge.document, 0, text, merge_key="typing"))
    monkeypatch.setattr("core.document.project.values.LARGEST_BYTES", 4_000)
    qtbot.waitUntil(lambda: desk.codes == [TooLarge.code])
    assert desk.texts() == ["a"]
    insert(desk, "two")
    assert desk.texts() == ["a", "two"]


def test_a_name_that_cannot_be_written_is_told_and_the_work_goes_on(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    (tmp_path / "file").write_text("no folder")
    assert not keeping.save_as(tmp_path / "file" / "a.cuesmith")
    assert desk.codes == [CannotWrite.code]
    insert(desk, "two")
    assert desk.texts() == ["one", "two"]


def test_old_work_is_offered_for_deletion_and_kept_until_then(qtbot: QtBot, desk: Desk, keeping: Keeping) -> None:
    create_project(document=document(cue("young", 0))).close()
    with create_project(document=document(cue("old", 0))) as project:
        old = project.path
    month_ago = time.time() - 31 * 86_400
    os.utime(old, (month_ago, month_ago))
    keeping.offer_to_delete_old()
    qtbot.waitUntil(lambda: desk.codes == [OLD])
    assert old.exists()
    desk.said[0].offers[1].run()
    qtbot.waitUntil(lambda: len(list(paths.recovery_dir().iterdir())) == 1)
    assert not old.exists()


def test_what_an_engine_made_goes_where_the_project_goes(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    work = desk.opening.work
    assert work is not None
    key, segment = ChunkKey("recognise", work.media_id, 1, 0, 16_000, "builtin"), Segment(0, 1_000, "hello")
    store = paths.results_file(work.media_id)
    with open_results(store) as results:
        results.put(key, segment)
    keeping.take_results(work, work.media_id)
    project = work.project
    assert project is not None
    qtbot.waitUntil(lambda: project.results.get(key) == segment)
    assert keeping.save_as(tmp_path / "a.cuesmith")
    desk.opening.close()
    store.unlink()
    open_it(qtbot, desk, tmp_path / "a.cuesmith")
    qtbot.waitUntil(store.exists)

    def laid() -> bool:
        with open_results(store) as results:
            return results.get(key) == segment

    qtbot.waitUntil(laid)


def test_what_an_engine_made_of_a_film_stays_when_the_project_has_another(
    qtbot: QtBot, desk: Desk, keeping: Keeping, tmp_path: Path
) -> None:
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    work = desk.opening.work
    assert work is not None
    first_film, media = work.media_id, work.history.document.media
    assert media is not None
    key, segment = ChunkKey("recognise", first_film, 1, 0, 16_000, "builtin"), Segment(0, 1_000, "hello")
    store = paths.results_file(first_film)
    with open_results(store) as results:
        results.put(key, segment)
    other = replace(media, path=str(tmp_path / "other.mp4"), media_id="1-" + "0" * 64)
    desk.session.bridge.apply(edits.set_field(work.history.document, "media", other, label="Find film"))
    keeping.take_results(work, first_film)  # the job that ends now heard the film before
    project = work.project
    assert project is not None
    qtbot.waitUntil(lambda: project.results.get(key) == segment)
    desk.opening.close()
    store.unlink()
    open_it(qtbot, desk, project.path)
    assert desk.opening.work is not None
    assert desk.opening.work.media_id == other.media_id
    desk.session.bridge.undo()
    assert desk.opening.work.media_id == first_film
    assert _kept(store) == ((key, segment),)


def test_a_strangers_project_that_names_a_thousand_films_fills_no_folder(qtbot: QtBot, desk: Desk) -> None:
    open_it(qtbot, desk, SAMPLE)
    insert(desk, "one")
    work = desk.opening.work
    assert work is not None
    assert work.project is not None
    strangers = [f"{number}-{'0' * 64}" for number in range(1, 1_001)]
    segment = Segment(0, 1_000, "hello")
    work.project.results.put_all(
        (ChunkKey("recognise", media_id, 1, first, first + 1, "builtin"), segment)
        for media_id, first in [*((one, at) for one in strangers for at in range(2)), (work.media_id, 0)]
    )
    desk.opening.close()
    open_it(qtbot, desk, work.project.path)
    assert len(list(paths.results_dir().glob("*.jsonl"))) == 8
    assert paths.results_file(work.media_id).exists()


def _kept(store: Path) -> tuple[tuple[ChunkKey, Segment], ...]:
    with open_results(store) as results:
        return results.items()
