"""A text gets a font that has its letters, by its language; a damaged font file stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import fonts

NOWHERE = "\U000e0fff"
"""A character no font has."""


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    whole = next(path for path, _ in fonts._faces().values() if path.suffix == ".ttf").read_bytes()
    for name, data in {
        "empty.ttf": b"", "text.otf": b"no font", "cut.ttf": whole[: len(whole) // 3], "short.ttf": whole[:300],
        "many.ttc": b"ttcf\0\1\0\0\xff\xff\xff\xff" + bytes(4000), "flipped.ttf": whole[:60] + bytes(200) + whole[260:],
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    monkeypatch.setattr(fonts, "folders", lambda: (tmp_path,))
    fonts._scanned.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    fonts._scanned.cache_clear()


@pytest.mark.parametrize(
    ("text", "language", "family"),
    [
        ("最后一班船", "zh", "Noto Sans CJK SC"),
        ("最後の船", "ja", "Noto Sans CJK JP"),
        ("آخر قارب", "ar", "Noto Sans Arabic"),
    ],
)
def test_the_language_decides_between_fonts_that_share_letters(text: str, language: str, family: str) -> None:
    if not fonts.called(family):
        pytest.skip(f"{family} is not installed")
    assert fonts.choose(text, language, "Nothing of the kind") == fonts.Choice(family)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("最后一班船", "Noto Sans CJK SC"),
        ("最後の船", "Noto Sans CJK JP"),
        ("마지막 배", "Noto Sans CJK KR"),
        ("آخر قارب 9", "Noto Sans Arabic"),
    ],
)
def test_where_no_language_is_said_the_script_decides(text: str, family: str) -> None:
    if not fonts.called(family):
        pytest.skip(f"{family} is not installed")
    assert fonts.choose(text).family == fonts.choose(text, "en").family == family


def test_the_wanted_font_stays_where_it_has_all_letters() -> None:
    wanted = fonts.choose("abc", "en").family
    assert fonts.choose("Last boat, 9 o’clock", "zh", wanted).family == wanted


def test_what_no_font_can_show_is_named_and_marks_and_spaces_need_none() -> None:
    assert fonts.missing_letters(f"a{NOWHERE}b") == NOWHERE
    assert fonts.choose(f"a{NOWHERE}b").missing == NOWHERE
    assert fonts.missing_letters("a\u200d\ufe0f\u2060 \u00a0\n") == ""


def test_damaged_font_files_are_passed_over(damaged: Path) -> None:
    choice = fonts.choose("abc", "en")
    assert choice.family in {"", *fonts.installed()}
    assert fonts.height_ratio("Nothing of the kind") == 1.0


def test_a_family_is_found_by_all_names_of_its_faces_in_any_case() -> None:
    family, (path, _) = next((family, face) for family, face in fonts._faces().items() if face[0].suffix == ".ttf")
    names = fonts.names_in(path.read_bytes())
    assert family.casefold() in names
    assert {fonts.called(name.upper()) for name in names} == {family}
    assert fonts.called("Nothing of the kind") == ""


@pytest.mark.parametrize(
    "data", [b"", b"no font", b"wOFF" + bytes(400), b"\0\1\0\0" + b"\xff" * 400, b"ttcf" + b"\xff" * 99]
)
def test_what_is_no_font_file_has_no_names(data: bytes) -> None:
    assert fonts.names_in(data) == frozenset()
