"""Spelling by Hunspell dictionaries that are on this machine, read by spylls. Knows no window; downloads nothing.

Dictionaries of LibreOffice, of Firefox and of the system are all of this form. Where none is there for a language, the
next step says where to get one.
"""

from __future__ import annotations

import functools
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import paths
from core.collector import no_collecting
from core.errors import Param
from core.spelling_words import forms, runs_together, words_in

_MOST_BYTES = 32 * 1024**2
"""The largest dictionaries in use have a third of this; a larger file is something else."""
_LONGEST, _LONGEST_ROW = 100, 1_000
"""Characters of the longest word that is looked up (Hunspell's own limit), and of the longest text without spaces.
spylls parts a compound by calling itself: with 4,000 letters it fails, with others it does not come to an end."""
_LONGEST_IN_A_ROW = 24
"""Characters of the longest word looked for in text without spaces; Thai's have 20."""

_IN_DEBIAN = """
af an ar be bg bn bo br bs ca cs da de dz el en es eu fr gd gl gu he hi hr hu id is it kk ko ku lo lt lv ml mn ne nl
no oc pl pt ro ru si sk sl sr sv sw te th tr uk uz vi
"""
"""Languages Debian has a dictionary for."""
_PACKAGES = {"de": "de-de", "en": "en-us", "ku": "kmr", "pt": "pt-pt"}
"""Debian's packages hunspell-…, where they are not called after the code."""
_NOBODY_MAKES = frozenset(("zh", "yue", "ja"))
_UNCHECKED = "Nobody makes a dictionary of this kind for it, so it is not checked."
_PUT = "Put the .aff and .dic files of a LibreOffice dictionary into {folder}."
_INSTALL = (
    "On Debian and Ubuntu: apt install {package}. "
    "Elsewhere: put the .aff and .dic files of a LibreOffice dictionary into {folder}."
)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary that is here.

    Attributes:
        tag: as its file is called, e.g. "de_DE".
        path: without ending; ".aff" and ".dic" lie there.
    """

    tag: str
    path: Path


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, said to the user.

    Attributes:
        sentence: in English, with places for `params`: what a translation is found by.
    """

    sentence: str
    params: dict[str, Param] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The English sentence, filled."""
        return self.sentence.format_map(self.params)


def folders() -> tuple[Path, ...]:
    """Where dictionaries lie; the person's own first."""
    own = (paths.data_dir() / "dictionaries",)
    if sys.platform == "win32":
        return (*own, Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "LibreOffice/share/extensions")
    if sys.platform == "darwin":
        return (*own, Path.home() / "Library/Spelling", Path("/Library/Spelling"))
    return (*own, Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))


def dictionaries() -> tuple[Dictionary, ...]:
    """Every dictionary that is here, in order of their names."""
    found: dict[str, Dictionary] = {}
    for folder in folders():
        for words in sorted(folder.rglob("*.dic")) if folder.is_dir() else ():
            if words.with_suffix(".aff").exists():
                found.setdefault(words.stem, Dictionary(words.stem, words.with_suffix("")))
    return tuple(found[tag] for tag in sorted(found))


def dictionary_for(language: str) -> Dictionary | None:
    """The dictionary for a language code ("de"): the one called so, else the first of its countries; None = none."""
    code = language.lower().replace("-", "_")
    known = {one.tag.lower(): one for one in dictionaries()}
    of_it = (one for tag, one in known.items() if tag.split("_")[0] == code.split("_")[0])
    return known.get(code) or known.get(f"{code}_{code}") or next(of_it, None)


def where_to_get(language: str) -> Advice:
    """What to do where there is none for a language."""
    code = language.lower().replace("_", "-").split("-")[0] or "en"
    if code in _NOBODY_MAKES:
        return Advice(_UNCHECKED)
    folder = str(paths.data_dir() / "dictionaries")
    if not sys.platform.startswith("linux") or code not in _IN_DEBIAN.split():
        return Advice(_PUT, {"folder": folder})
    return Advice(_INSTALL, {"package": f"hunspell-{_PACKAGES.get(code, code)}", "folder": folder})


def misspelt(text: str, language: str) -> tuple[str, ...]:
    """Words of `text` that the language's dictionary does not have, each once, in order; () where there is none.

    Words in capitals (names of agencies) and single letters are passed over.
    """
    dictionary = dictionary_for(language)
    if dictionary is None:
        return ()
    return tuple(unknown(dict.fromkeys(word for word, _, _ in words_in(text)), dictionary))


def unknown(words: Iterable[str], dictionary: Dictionary) -> Iterator[str]:
    """Those of `words` (as `words_in` gives them) that the dictionary does not have; the first may take seconds."""
    return (word for word in words if not _known(dictionary, word))


def suggestions(word: str, language: str, most: int = 5) -> tuple[str, ...]:
    """What may have been meant, the likeliest first; takes up to a second."""
    dictionary = dictionary_for(language)
    loaded = _loaded(dictionary) if dictionary is not None else None
    if loaded is None:
        return ()
    return tuple(found for found, _ in zip(loaded.suggest(forms(word)[-1]), range(most), strict=False))


@functools.lru_cache(maxsize=100_000)
def _known(dictionary: Dictionary, word: str) -> bool:
    if len(word) > (_LONGEST_ROW if runs_together(word) else _LONGEST):
        return True
    loaded = _loaded(dictionary)
    if loaded is None or any(loaded.lookup(form) for form in forms(word)):
        return True
    if runs_together(word):
        return _is_row_of_words(loaded, word)
    return "-" in word and all(map(loaded.lookup, filter(None, word.split("-"))))


def _is_row_of_words(loaded: Any, text: str) -> bool:
    """Whether `text` can be parted into words of the dictionary: scripts without spaces show no other border."""
    ends = {0}
    for start in range(len(text)):
        if start in ends:
            ends |= {end for end in _ends(text, start) if end not in ends and loaded.lookup(text[start:end])}
    return len(text) in ends


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a word that begins at `start` may end: never before a sign that belongs to the letter before it."""
    for end in range(start + 1, min(start + _LONGEST_IN_A_ROW, len(text)) + 1):
        if end == len(text) or not unicodedata.category(text[end]).startswith("M"):
            yield end


@functools.cache
def _loaded(dictionary: Dictionary) -> Any:
    """The dictionary, read; None where it is damaged or too large. Takes seconds for a large one."""
    files = [dictionary.path.with_suffix(end) for end in (".aff", ".dic")]
    try:
        return None if any(file.stat().st_size > _MOST_BYTES for file in files) else _read(*map(str, files))
    except OSError:
        return None


def _read(rules: str, words: str) -> Any:
    """What `spylls.hunspell.Dictionary.from_files` does, but every file it opens is closed at once.

    Left to the search for cycles they would need one, and that stops the window's thread as well. Lines are composed,
    as the words that are looked up are: Hindi's dictionary has letters in both ways.
    """
    from spylls.hunspell import Dictionary as Hunspell
    from spylls.hunspell.readers import aff as aff_reader
    from spylls.hunspell.readers import read_aff, read_dic
    from spylls.hunspell.readers.file_reader import FileReader

    # WORKAROUND for spylls 0.1.7: it takes the flag of a directive ("FORBIDDENWORD 15") for the number of a row of the
    # table AF. Korean's dictionary has one, and most of its words were forbidden.
    aff_reader.Context.parse_flag = _flag

    with ExitStack() as opened, no_collecting():

        class Closing(FileReader):  # type: ignore[misc]  # spylls has no types
            def _open(self, path: str, encoding: str) -> Any:
                return opened.enter_context(super()._open(path, encoding))

            def readlines(self) -> Iterator[tuple[int, str]]:
                return ((number, _composed(line)) for number, line in super().readlines())

        try:
            aff, context = read_aff(Closing(rules))
            dic = read_dic(Closing(words, encoding=context.encoding), aff=aff, context=context)
            return Hunspell(aff, dic)
        except Exception:  # noqa: BLE001 - a damaged dictionary raises anything; then nothing is called misspelt
            return None


def _composed(line: str) -> str:
    """NFC; not where a dictionary of Korean works on the parts of syllables."""
    return line if any("\u1100" <= letter <= "\u11ff" for letter in line) else unicodedata.normalize("NFC", line)


def _flag(context: Any, text: str) -> str:
    """A directive's one flag, in the dictionary's own way of writing flags."""
    rows, context.flag_synonyms = context.flag_synonyms, {}
    try:
        return str(next(iter(context.parse_flags(text))))
    finally:
        context.flag_synonyms = rows
