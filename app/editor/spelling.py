"""Which words of the open document no dictionary has, found off the window's thread. Knows no widget.

Words are looked up once a document: what is known of them is answered at once, the rest a moment later (`changed`).
No dictionary is looked for, and nothing of their library is loaded, before somebody wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.editor.session import Session
from core import spelling
from core.cue import Cue
from core.spelling_words import words_in

_AT_ONCE = 300
"""Words looked up in one go: answers come while the rest of a long document is still looked at."""

Key = tuple[str, str]
"""(language, word)"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look into the dictionaries gave.

    Attributes:
        wrong: words that are in none, of those that were asked.
        without: languages there is no dictionary for.
    """

    wrong: frozenset[Key]
    without: frozenset[str]


class Spelling(QObject):
    """Spelling of the session's document, while it is wanted.

    Signals:
        changed(frozenset): misspelt words were found in the cues with these ids.
        switched(bool): it is wanted now, or not any more.
        missingChanged(): a language without a dictionary was met, or another document was opened.
        failed(CuesmithError): it broke, and nothing is called misspelt.
    """

    changed = Signal(object)
    switched = Signal(bool)
    missingChanged = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._background = Background(self)
        self._wanted = self._busy = False
        self._right: dict[Key, bool] = {}
        self._asked: dict[Key, set[str]] = {}  # ids of the cues that have the word
        self._missing: frozenset[str] = frozenset()
        self._round = 0
        session.bridge.replaced.connect(self._forget)

    # ── what is known ────────────────────────────────────────────────────────────────────────────

    @property
    def wanted(self) -> bool:
        """Whether words are looked up at all."""
        return self._wanted

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of languages in the document there is no dictionary for; "" = cues that name no language."""
        return tuple(sorted(self._missing)) if self._wanted else ()

    def places(self, text: str, language: str) -> list[tuple[str, int, int]]:
        """Words known to be misspelt, each with its first character and one past its last."""
        if not self._wanted:
            return []
        return [place for place in words_in(text) if not self._right.get((language, place[0]), True)]

    def misspelt(self, text: str, language: str) -> Sequence[str]:
        """Words known to be misspelt, each once, in order."""
        return tuple(dict.fromkeys(word for word, _, _ in self.places(text, language)))

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    def set_wanted(self, wanted: bool) -> None:
        """Switch it; switched on again, dictionaries that were put there meanwhile are found."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._forget()
        self.switched.emit(wanted)

    def ask(self, cues: Iterable[Cue]) -> None:
        """Look up what is not known yet of these cues' words."""
        if not self._wanted:
            return
        for cue in cues:
            if cue.language in self._missing:
                continue
            for word, _, _ in words_in(cue.text):
                if (cue.language, word) not in self._right:
                    self._asked.setdefault((cue.language, word), set()).add(cue.id)
        self._go_on()

    def suggest(self, word: str, language: str, then: Callable[[Sequence[str]], object]) -> None:
        """Call `then` with what may have been meant, the likeliest first; () where nothing is near."""
        self._background.run(lambda: spelling.suggestions(word, language), then, self.failed.emit)

    def close(self) -> None:
        """Wait for what is being looked up, which is at most the reading of one dictionary and a few hundred words."""
        self._asked.clear()
        self._background.close()

    def _go_on(self) -> None:
        if self._busy or not self._asked:
            return
        asked = {key: self._asked[key] for key in islice(self._asked, _AT_ONCE)}
        for key in asked:
            del self._asked[key]
        self._busy, now = True, self._round
        keys = sorted(asked)
        self._background.run(lambda: _look_up(keys), lambda answer: self._take(now, asked, answer), self._broke)

    def _take(self, asked_in: int, asked: dict[Key, set[str]], answer: Answer) -> None:
        self._busy = False
        if asked_in == self._round:
            self._right.update((key, key not in answer.wrong) for key in asked if key[0] not in answer.without)
            if not answer.without <= self._missing:
                self._missing |= answer.without
                self.missingChanged.emit()
            if answer.wrong:
                self.changed.emit(frozenset().union(*(asked[key] for key in answer.wrong)))
        self._go_on()

    def _broke(self, error: object) -> None:
        """Once told it is not asked again: each batch would break the same way."""
        self._busy = False
        self._asked.clear()
        self.failed.emit(error)

    def _forget(self) -> None:
        """Another document: its words are others, and its languages."""
        self._round += 1
        self._right, self._asked, self._missing = {}, {}, frozenset()
        self.missingChanged.emit()


def spelling_of(session: Session) -> Spelling:
    """The spelling of this session, kept once for all panes."""
    made = session.findChild(Spelling)
    return made if isinstance(made, Spelling) else Spelling(session)


def _look_up(keys: Sequence[Key]) -> Answer:
    """In the background's thread; `keys` sorted."""
    wrong: set[Key] = set()
    without: set[str] = set()
    for language, of_it in groupby(keys, lambda key: key[0]):
        dictionary = spelling.dictionary_for(language)
        if dictionary is None:
            without.add(language)
        else:
            words = [word for _, word in of_it]
            wrong.update((language, word) for word in spelling.unknown(words, dictionary))
    return Answer(frozenset(wrong), frozenset(without))
