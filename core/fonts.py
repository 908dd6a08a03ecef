"""Which installed font can show a text. Knows no renderer and no window; reads font files and nothing else.

A renderer that lacks a letter draws a box, or takes any font that has it: Chinese with Japanese shapes. So the font is
chosen here by language and by the letters that are really there, before a picture is made.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

_CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei UI")
_TAIWANESE = ("Noto Sans CJK TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei UI")
_CANTONESE = ("Noto Sans CJK HK", "Noto Sans CJK TC", "PingFang HK", "Microsoft JhengHei UI")
_ARABIC = ("Noto Sans Arabic", "Noto Naskh Arabic", "Geeza Pro", "Segoe UI")

FAMILIES: dict[str, tuple[str, ...]] = {
    "zh": _CHINESE,
    "zh-hant": _TAIWANESE,
    "zh-tw": _TAIWANESE,
    "zh-hk": _CANTONESE,
    "yue": _CANTONESE,
    "ja": ("Noto Sans CJK JP", "Source Han Sans", "Hiragino Sans", "Yu Gothic UI"),
    "ko": ("Noto Sans CJK KR", "Source Han Sans K", "Apple SD Gothic Neo", "Malgun Gothic"),
    "ar": _ARABIC,
    "fa": _ARABIC,
    "ur": ("Noto Nastaliq Urdu", *_ARABIC),
    "he": ("Noto Sans Hebrew", "Arial Hebrew", "Segoe UI"),
    "th": ("Noto Sans Thai", "Thonburi", "Leelawadee UI"),
    "hi": ("Noto Sans Devanagari", "Kohinoor Devanagari", "Nirmala UI"),
}
"""Families by language, the best first: Linux, then macOS, then Windows."""

_USUAL = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "ARABIC": "ar", "HEBREW": "he", "THAI": "th",
    "DEVANAGARI": "hi",
}  # fmt: skip
"""Languages by the script that gives them away, as Unicode names its letters; Japanese before Chinese."""

_LATIN = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Helvetica Neue", "Segoe UI", "Arial")
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_MOST_FACES = 40
"""A collection has a few dozen faces at most; a file that says more is damaged."""
_CALLED = (1, 4, 6, 16)
"""Numbers of the names fonts are asked for by: family, full name, PostScript name, family of all its weights."""
_BEGINNINGS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
"""Of font files as they are; packed ones (WOFF) could unpack to anything."""


Face = tuple[Path, int]
"""A file, and the number of the face in it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A family for a text.

    Attributes:
        family: "" where no font is installed at all.
        missing: letters it cannot show, in order; "" = all can be shown.
    """

    family: str
    missing: str = ""


class Faces(Protocol):
    """Fonts that are here, whoever knows them: this module from their files, a window from its own system."""

    def called(self, name: str) -> str:
        """The family renderers find by this name; "" = none."""
        ...

    def choose(self, text: str, language: str = "", wanted: str = "") -> Choice:
        """The family to show `text` in."""
        ...

    def missing_letters(self, text: str, language: str = "", wanted: str = "") -> str:
        """Letters of `text` that no font here can show."""
        ...

    def height_ratio(self, family: str) -> float:
        """How high libass takes a line of this family to be, in ems."""
        ...


def families_of(language: str) -> tuple[str, ...]:
    """Families for a language code or tag ("zh", "zh-Hant"), best first; () where any will do."""
    tag = language.lower().replace("_", "-")
    return FAMILIES.get(tag) or FAMILIES.get(tag.split("-")[0], ())


def usual_language(text: str) -> str:
    """The language whose fonts suit a text where nobody says which it is in; "" = any will do.

    >>> usual_language("你好, Berlin"), usual_language("Gruß")
    ('zh', '')
    """
    return _usual_language(_letters(text))


def choose(text: str, language: str = "", wanted: str = "") -> Choice:
    """The family to show `text` in: `wanted` where it has all letters, else the first that has, else the best.

    Args:
        language: a code; decides between families that share letters (Chinese and Japanese).
    """
    return first_that_has(text, language, wanted, _lacking, sorted(_faces()))


def first_that_has(
    text: str,
    language: str,
    wanted: str,
    lacking: Callable[[str, frozenset[str]], frozenset[str] | None],
    others: Iterable[str] = (),
) -> Choice:
    """The same where somebody else knows which fonts are here.

    Args:
        lacking: (family, letters) → those of them it cannot show; None = the family is not here.
        others: families to try behind those the language and the letters suggest.
    """
    letters = _letters(text)
    near = (wanted, *families_of(language), *families_of(_usual_language(letters)), *_LATIN)
    best = Choice("", "".join(sorted(letters)))
    for family in dict.fromkeys((*filter(None, near), *others)):
        missing = lacking(family, letters)
        if missing is None:
            continue
        if not missing:
            return Choice(family)
        if not best.family or len(missing) < len(best.missing):
            best = Choice(family, "".join(sorted(missing)))
    return best


def _lacking(family: str, letters: frozenset[str]) -> frozenset[str] | None:
    return letters - _coverage(family) if family in _faces() else None


def _usual_language(letters: frozenset[str]) -> str:
    """The language whose fonts suit a text of these letters, where nobody says one; "" = any will do."""
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in letters}
    return next((code for script, code in _USUAL.items() if script in scripts), "")


def missing_letters(text: str, language: str = "", wanted: str = "") -> str:
    """Letters of `text` that no installed font can show, in order; "" = all can be shown."""
    missing = set(choose(text, language, wanted).missing)
    for family in _faces():
        if not missing:
            break
        missing -= _coverage(family)
    return "".join(sorted(missing))


def height_ratio(family: str) -> float:
    """How high libass takes a line of this family to be, in ems: it fits that into a style's size, and not the letters.

    1.0 where the family is not here, or does not say.
    """
    return _height_ratio(family) if family in _faces() else 1.0


def called(name: str) -> str:
    """The family renderers find by this name, in any case: its own, or a face's full or PostScript name; "" = none."""
    return _scanned()[1].get(name.casefold(), "")


def names_in(data: bytes) -> frozenset[str]:
    """All names a font file's bytes can be asked for by, casefolded; a file that is no font has none."""
    if not data.startswith(_BEGINNINGS):
        return frozenset()
    with _opened(data, 0) as font:
        return frozenset(name.casefold() for name in _all_names(font)) if font is not None else frozenset()


def installed() -> tuple[str, ...]:
    """Families that are here, sorted."""
    return tuple(sorted(_faces()))


def folders() -> tuple[Path, ...]:
    """Where this system keeps fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home))
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local / "Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (
        Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts",
    )  # fmt: skip


def _letters(text: str) -> frozenset[str]:
    """Characters that need a shape: no white space, no controls, no joiners and variation selectors."""
    return frozenset(c for c in text if unicodedata.category(c) not in ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn"))


def _faces() -> dict[str, Face]:
    """Each family's plainest face."""
    return _scanned()[0]


@functools.cache
def _scanned() -> tuple[dict[str, Face], dict[str, str]]:
    """Each family's plainest face, and the families by all their names, casefolded."""
    found: dict[str, Face] = {}
    by_name: dict[str, str] = {}
    plain: set[str] = set()
    for path in _files(folders()):
        for number, family, style, names in _names(path):
            if family not in found or (family not in plain and style == "Regular"):
                found[family] = (path, number)
            if style == "Regular":
                plain.add(family)
            for name in names:
                by_name.setdefault(name.casefold(), family)
    return found, by_name


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        for folder, _, names in os.walk(place):
            yield from (Path(folder, name) for name in sorted(names) if Path(name).suffix.lower() in _SUFFIXES)


def _names(path: Path) -> Iterator[tuple[int, str, str, frozenset[str]]]:
    """(number, family, style, all names) of each face of a file; a file that is no font has none."""
    for number in range(_count(path)):
        with _opened(path, number) as font:
            if font is not None:
                names = font["name"]
                yield number, names.getBestFamilyName() or "", names.getBestSubFamilyName() or "", _all_names(font)


def _all_names(font: Any) -> frozenset[str]:
    return frozenset(one.toUnicode(errors="replace") for one in font["name"].names if one.nameID in _CALLED)


def _count(path: Path) -> int:
    """How many faces are in a file: one, or as many as a collection says it has."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        head = file.read(12)
        return min(int.from_bytes(head[8:12], "big"), _MOST_FACES) if head.startswith(b"ttcf") else 1
    return 0


@contextlib.contextmanager
def _opened(source: Path | bytes, number: int) -> Iterator[Any]:
    """A face; None where it is damaged, and what it does not have is as if it were not there."""
    from fontTools.ttLib import TTFont

    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(source.open("rb") if isinstance(source, Path) else io.BytesIO(source))
            font = stack.enter_context(TTFont(file, fontNumber=number, lazy=True))
            font["name"], font["head"]
        except Exception:  # noqa: BLE001 - a damaged font raises anything; it is passed over
            font = None
        yield font


@functools.cache
def _height_ratio(family: str) -> float:
    with _opened(*_faces()[family]) as font:
        if font is None or "OS/2" not in font or "hhea" not in font:
            return 1.0
        lines, table = font["OS/2"], font["hhea"]
        height = lines.usWinAscent + lines.usWinDescent or table.ascent - table.descent
        return float(height / font["head"].unitsPerEm) or 1.0


@functools.cache
def _coverage(family: str) -> frozenset[str]:
    with _opened(*_faces()[family]) as font:
        return frozenset(map(chr, font.getBestCmap() or ())) if font is not None else frozenset()
