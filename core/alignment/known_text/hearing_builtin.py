"""Hears English with PocketSphinx and a small language model made of the text itself. Knows no lines and no windows.

The model makes the engine listen for the text's own word sequences: on a 4-minute film it hears 93 % of the words, with
its own general model 40 %. It does not force the text on: what was said otherwise comes out as other words of the text
in another order, which the matching then passes over.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from core import sphinx
from core.alignment.known_text.hearing import HeardWord
from core.alignment.known_text.script import Script
from core.alignment.pronounce import phones_of
from core.errors import EngineError
from core.progress import CancelToken
from core.speech.chunk import Chunk

_SETTINGS = {"ds": 2}
"""`ds`: the sounds' likelihoods are taken of every second frame. On the film named above 11.4 s instead of 17.5 s of
processor time, 30 instead of 28 wrong units of 417."""


class BuiltinHearing:
    """Follows `hearing.Hearing`. One thread at a time; `prepare` loads its model (0.3 s)."""

    def __init__(self) -> None:
        self._engine: Any = None

    def prepare(self, script: Script) -> None:
        """Make the language model of `script`.

        Raises:
            EngineMissing: PocketSphinx or its model is not installed.
        """
        with tempfile.TemporaryDirectory(prefix="cuesmith-") as folder:
            words, model = Path(folder) / "text.dict", Path(folder) / "text.arpa"
            _write_dictionary(script, words)
            _write_model(script, model)
            self._engine = sphinx.decoder(**{**_SETTINGS, "dict": str(words), "lm": str(model)})

    def hear(self, chunks: Iterable[Chunk], cancel: CancelToken) -> Iterator[tuple[HeardWord, ...]]:
        """What was heard in each chunk, in order; a cancel point each half second of sound."""
        utterances = sphinx.Utterances(self._engine)
        for chunk in chunks:
            for _ in utterances.decode(chunk.samples):
                cancel.check()
            yield tuple(
                HeardWord(heard.text, chunk.start_ms + heard.start_ms, chunk.start_ms + heard.end_ms)
                for heard in sphinx.heard(self._engine)
            )


_MOST_VARIANTS = 8


def _write_dictionary(script: Script, path: Path) -> None:
    """The script's words with all their pronunciations, one a line: "the DH AH", "the(2) DH IY".

    A dictionary of its own, because the engine puts every word of its dictionary into a table as large as the language
    model: 135,000 words took 12 s with a model of 20 words, 1.5 s with one of 300.
    """
    full = sphinx.decoder(lm=None)
    known = {word: list(_pronunciations(full, word)) for word in dict.fromkeys((*script.units, *sphinx.NEEDED))}
    known.update((word, [phones]) for word, phones in phones_of([w for w, found in known.items() if not found]).items())
    lines = [
        f"{word} {phones}" if number == 1 else f"{word}({number}) {phones}"
        for word, variants in known.items()
        for number, phones in enumerate(variants, 1)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pronunciations(engine: Any, word: str) -> Iterator[str]:
    for number in range(1, _MOST_VARIANTS + 1):
        phones = engine.lookup_word(word if number == 1 else f"{word}({number})")
        if phones is None:
            return
        yield str(phones)


def _write_model(script: Script, path: Path) -> None:
    from pocketsphinx.lm import ArpaBoLM

    lines = "\n".join(" ".join(script.units[u] for u in line.units) for line in script.lines)
    model = ArpaBoLM(text=lines, add_start=True)
    model.compute()
    if not model.write_file(str(path)):
        raise EngineError(engine="builtin", cause="the language model of the text could not be written")
