"""A person's own styles: kept as files, read with care, and found wherever a style's id is taken."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.cues import own_styles
from core.cues.own_styles import every_style, find_style, folder, remove, save_as
from core.cues.styles import STYLES, Style
from core.errors import BadArgument, FileMissing, StyleUnreadable, UnknownStyle

NETFLIX = STYLES["netflix-en"]
NARROW = replace(NETFLIX, max_line_chars=30, max_duration_ms=5_000)


def put(name: str, text: str) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("based_on", STYLES.values(), ids=lambda style: style.id)
def test_every_limit_of_a_style_comes_back_from_its_file(based_on: Style) -> None:
    made = save_as("Mine", replace(based_on, max_line_chars=31))
    assert made == replace(based_on, id="own-mine", name="Mine", max_line_chars=31)
    assert find_style("own-mine") == made
    assert every_style() == (*STYLES.values(), made)


@pytest.mark.parametrize(
    ("name", "style_id"),
    [
        ("Für die Bahn", "own-für-die-bahn"),
        ("短片", "own-短片"),
        ("../../../etc/passwd", "own-etc-passwd"),
        ("?!", "own-style"),
    ],
)
def test_any_name_gives_an_id_that_is_a_file_of_the_folder(name: str, style_id: str) -> None:
    made = save_as(name, NARROW)
    assert (made.id, made.name) == (style_id, name)
    assert find_style(style_id) == made
    assert [path.stem for path in folder().iterdir()] == [style_id]


def test_two_names_of_the_same_letters_get_ids_of_their_own() -> None:
    made = [save_as(name, NARROW) for name in ("A b", "A-b", "A/b")]
    assert [one.id for one in made] == ["own-a-b", "own-a-b-2", "own-a-b-3"]
    assert {one.id for one in own_styles.own_styles().good} == {one.id for one in made}


def test_a_name_is_given_once_and_no_style_of_the_program_is_replaced() -> None:
    first = save_as("Mine", NARROW)
    for name in ("mine", " MINE ", NETFLIX.name, NETFLIX.name.upper()):
        with pytest.raises(BadArgument, match="already"):
            save_as(name, NARROW)
    assert own_styles.own_styles().good == (first,)


def test_an_own_style_that_is_changed_takes_the_place_of_what_it_was() -> None:
    first = save_as("Mine", NARROW)
    changed = save_as("Mine", replace(first, max_line_chars=25))
    assert changed == replace(first, max_line_chars=25)
    assert own_styles.own_styles().good == (changed,)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x07b"])
def test_a_name_that_nobody_could_read_is_refused(name: str) -> None:
    with pytest.raises(BadArgument):
        save_as(name, NARROW)
    assert every_style() == tuple(STYLES.values())


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("broken.json", "{", "truncated"),
        ("list.json", "[]", "object"),
        ("deep.json", '{"a":' * 12_000, "recursion"),
        ("large.json", " " * 70_000, "too large"),
        ("nameless.json", "{}", "name"),
        ("kind.json", '{"name": "A", "max_lines": "two"}', "max_lines"),
        ("kinds.json", '{"name": "A", "counting": "odd"}', "counting"),
        ("wide.json", '{"name": "A", "max_line_chars": 0}', "max_line_chars"),
        ("brief.json", '{"name": "A", "min_duration_ms": 9000}', "longest"),
        ("typo.json", '{"name": "A", "max_line_char": 30}', "max_line_char"),
        ("bbc.json", '{"name": "A"}', "another name"),
        ("netflix.json", '{"name": "A"}', "another name"),
        ("a b.json", '{"name": "A"}', "another name"),
    ],
)
def test_a_damaged_file_is_an_error_that_names_it_and_stands_in_no_ones_way(file: str, text: str, said: str) -> None:
    good = save_as("Good", NARROW)
    put(file, text)
    found = own_styles.own_styles()
    assert found.good == (good,)
    (problem,) = found.problems
    assert str(folder() / file) in str(problem)
    assert said in str(problem)
    assert find_style(good.id) == good


def test_asking_for_a_damaged_style_says_what_is_wrong_with_it() -> None:
    put("mine.json", "{")
    with pytest.raises(StyleUnreadable, match=r"mine\.json"):
        find_style("mine")
    with pytest.raises(UnknownStyle):
        find_style("yours")


def test_of_two_files_with_one_name_the_first_counts_and_the_other_is_named() -> None:
    made = save_as("Mine", NARROW)
    put("z.json", json.dumps({"name": "mine"}))
    found = own_styles.own_styles()
    assert found.good == (made,)
    assert [problem.params["file"] for problem in found.problems] == [str(folder() / "z.json")]


def test_a_style_written_by_hand_needs_only_what_differs() -> None:
    put("club.json", '{"name": "The club", "max_line_chars": 28}')
    assert find_style("club") == Style("club", "The club", max_line_chars=28)


def test_a_removed_style_is_gone_and_those_of_the_program_stay() -> None:
    made = save_as("Mine", NARROW)
    remove(made.id)
    assert every_style() == tuple(STYLES.values())
    with pytest.raises(UnknownStyle):
        find_style(made.id)
    for gone in (made.id, "bbc"):
        with pytest.raises(FileMissing):
            remove(gone)


def test_netflix_alone_still_means_the_language() -> None:
    assert find_style("netflix", "de").id == "netflix-de"
