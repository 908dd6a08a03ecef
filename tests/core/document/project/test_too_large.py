"""What is larger than a project keeps in one piece is named before anything is written, and nothing is lost."""

from __future__ import annotations

import math
from contextlib import closing
from pathlib import Path

import pytest

from core.cue import Cue
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit, Splice
from core.document.project import create_project, open_project
from core.document.project.connection import Mode, connect, sentences
from core.document.project.schema import MAX_VALUE_BYTES
from core.document.project.values import LARGEST_BYTES
from core.errors import ProjectUnreadable, TooLarge
from core.transcript import Word
from tests.core.document.builders import cue


def test_a_header_with_too_many_fonts_is_named_with_its_size_the_limit_and_what_to_do(tmp_path: Path) -> None:
    header = "[Script Info]\n\n[Fonts]\nfontname: a.ttf\n" + "M" * LARGEST_BYTES
    with pytest.raises(TooLarge) as caught:
        create_project(tmp_path / "film.cuesmith", document=Document(header={"ass": header}))
    said = str(caught.value)
    assert said.startswith("What stands above the cues (styles, embedded fonts and pictures): 64 MiB, and a project")
    assert "at most 63 MiB" in said
    assert "Take fonts and pictures out of the file" in said
    assert list(tmp_path.iterdir()) == [], "nothing is half written"


def test_a_step_that_is_too_large_changes_nothing_here_and_there(tmp_path: Path) -> None:
    path = tmp_path / "film.cuesmith"
    giant = Cue((Word("x" * LARGEST_BYTES, 0, 100),), 0, 100)
    with create_project(path, document=Document(cues=(cue("The last boat", 1000),))) as project:
        history = project.history()
        before = history.document
        with pytest.raises(TooLarge, match="One cue: 64 MiB"):
            history.apply(Edit("Paste", (Splice(0, (), (giant,)),)))
        assert history.document is before
    with open_project(path) as again:
        assert again.restored.document == before


def test_typing_that_has_grown_too_large_to_be_kept_is_taken_back_once_and_work_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not written yet: every later step waited for it, and none could be done."""
    path = tmp_path / "film.cuesmith"
    monkeypatch.setattr("core.document.history.DRAG_WRITE_MS", math.inf)
    seen: list[str] = []
    with create_project(path, document=Document(cues=(cue("The last boat", 1000),))) as project:
        history = project.history()
        history.listen(lambda changed: seen.append(changed.after.cues[0].text))
        for text in ("a", "ab", "x" * 2_000):
            history.apply(edits.set_text(history.document, 0, text, merge_key="typing"))
        with monkeypatch.context() as small:
            small.setattr("core.document.project.values.LARGEST_BYTES", 1_000)
            with pytest.raises(TooLarge, match="One cue"):
                history.flush()
            assert seen == ["a", "ab", "x" * 2_000, "a"]
            history.apply(edits.set_text(history.document, 0, "ac", merge_key="typing"))
            history.close_step()
            assert history.undo() == "Edit text"
            assert history.document.cues[0].text == "The last boat"
            history.redo()
    with open_project(path) as again:
        assert again.restored.document.cues[0].text == "ac"
        assert again.restored == history.stack


def test_parts_of_a_drag_that_do_not_fit_together_are_kept_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.cuesmith"
    cues = tuple(cue("boat", n * 1000) for n in range(80))
    with create_project(path, document=Document(cues=cues)) as project:
        history = project.history()
        monkeypatch.setattr("core.document.history.DRAG_WRITE_MS", math.inf)
        history.apply(edits.shift(history.document, range(0, 40, 2), 5, merge_key="nudge"))
        history.apply(edits.shift(history.document, range(0, 40, 2), 5, merge_key="nudge"))
        monkeypatch.setattr("core.document.history.DRAG_WRITE_MS", 0)
        shift = edits.shift(history.document, range(40, 80, 2), 5, merge_key="nudge")
        with monkeypatch.context() as small:
            small.setattr("core.document.project.values.LARGEST_BYTES", 2_000)
            history.apply(shift)
        assert len(history.stack.done) == 1
    with open_project(path) as again:
        assert again.restored == history.stack


def test_steps_too_large_to_be_put_in_one_part_keep_no_project_from_being_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.cuesmith"
    project = create_project(path, document=Document(cues=(cue("The last boat", 1000),)))
    history = project.history()
    monkeypatch.setattr("core.document.history.DRAG_WRITE_MS", 0)
    for text in ("a", "b", "c"):
        history.drag("k", lambda document, text=text: edits.set_text(document, 0, text))  # type: ignore[misc]
    with monkeypatch.context() as small:
        small.setattr("core.document.project.values.LARGEST_BYTES", 30)
        project.close()
    with open_project(path) as again:
        assert not again.read_only
        assert again.restored.document == history.document


def test_a_value_too_large_in_a_strangers_project_is_told_in_our_words(tmp_path: Path) -> None:
    path = tmp_path / "film.cuesmith"
    create_project(path, document=Document(cues=(cue("The last boat"),))).close()
    with (
        pytest.raises(ProjectUnreadable, match="one value in it has more than 64 MiB"),
        closing(connect(path, Mode.READ)) as connection,
        sentences(path, looking=True),
    ):
        connection.execute("SELECT zeroblob(?)", (MAX_VALUE_BYTES + 1,)).fetchone()
