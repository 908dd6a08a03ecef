"""Spelling by Hunspell dictionaries that are on this machine, read by spylls. Knows no window; downloads nothing.

Dictionaries of LibreOffice, of Firefox and of the system are all of this form. Where none is there for a language, the
next step says where to get one.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import paths
from core.collector import no_collecting

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_MOST_BYTES = 32 * 1024**2
"""The largest dictionaries in use have a third of this; a larger file is something else."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary that is here.

    Attributes:
        tag: as its file is called, e.g. "de_DE".
        path: without ending; ".aff" and ".dic" lie there.
    """

    tag: str
    path: Path


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


def where_to_get(language: str) -> str:
    """What to do where there is none for a language."""
    code = language or "en"
    return (
        f"On Debian: apt install hunspell-{code.split('-')[0].lower()}. Elsewhere: put the .aff and .dic files of a"
        f" LibreOffice dictionary into {paths.data_dir() / 'dictionaries'}."
    )


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
    return tuple(found for found, _ in zip(loaded.suggest(word), range(most), strict=False)) if loaded else ()


def words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word that is looked up, as dictionaries write it, with its first character and one past its last.

    Words in capitals and single letters are not.
    """
    for match in _WORD.finditer(text):
        if len(match[0]) > 1 and not match[0].isupper():
            yield match[0].replace("’", "'"), match.start(), match.end()


@functools.lru_cache(maxsize=100_000)
def _known(dictionary: Dictionary, word: str) -> bool:
    loaded = _loaded(dictionary)
    return loaded is None or bool(loaded.lookup(word)) or all(map(loaded.lookup, word.split("-")))


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

    Left to the search for cycles they would need one, and that stops the window's thread as well.
    """
    from spylls.hunspell import Dictionary as Hunspell
    from spylls.hunspell.readers import read_aff, read_dic
    from spylls.hunspell.readers.file_reader import FileReader

    with ExitStack() as opened, no_collecting():

        class Closing(FileReader):  # type: ignore[misc]  # spylls has no types
            def _open(self, path: str, encoding: str) -> Any:
                return opened.enter_context(super()._open(path, encoding))

        try:
            aff, context = read_aff(Closing(rules))
            dic = read_dic(Closing(words, encoding=context.encoding), aff=aff, context=context)
            return Hunspell(aff, dic)
        except Exception:  # noqa: BLE001 - a damaged dictionary raises anything; then nothing is called misspelt
            return None
