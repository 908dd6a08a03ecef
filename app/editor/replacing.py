"""Find and replace, as the bar does it: what is looked for, where it is found, one step at a time. Knows no widget."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from app.editor.session import Session
from core.document import edits
from core.document.document import Document
from core.document.search import Match, matches, next_match
from core.errors import BadArgument


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for and what stands in its place.

    Attributes:
        regex: `text` is a regular expression and `replacement` its template; else both are taken as they are.
        selected: only in the selected cues.
    """

    text: str = ""
    replacement: str = ""
    regex: bool = False
    whole_word: bool = False
    match_case: bool = False
    selected: bool = False


@dataclass(slots=True)
class Replacing:
    """The search in one session's document.

    Attributes:
        found: every place, in order of the document as it was when last asked for.
        problem: why nothing can be looked for, or None.
    """

    session: Session
    wanted: Wanted = field(default_factory=Wanted)
    found: tuple[Match, ...] = ()
    problem: BadArgument | None = None
    _pattern: re.Pattern[str] | None = None
    _seen: tuple[Document, Wanted, tuple[int, ...]] | None = None

    def look_for(self, wanted: Wanted) -> None:
        """Look for something else."""
        self.wanted = wanted
        self.refresh()

    def refresh(self) -> None:
        """Look again where the document, the selection or what is wanted changed."""
        rows = self.session.bridge.selected_rows() if self.wanted.selected else ()
        now = (self._document, self.wanted, rows)
        if self._seen is not None and self._seen[0] is now[0] and self._seen[1:] == now[1:]:
            return
        self._seen, self._pattern, self.found, self.problem = now, None, (), None
        if not self.wanted.text:
            return
        try:
            self._pattern = _pattern(self.wanted)
        except BadArgument as error:
            self.problem = error
            return
        self.found = matches(self._document, self._pattern, rows if self.wanted.selected else None)

    @property
    def cues(self) -> int:
        """In how many cues it is found."""
        return len({one.row for one in self.found})

    def place_of(self, at: Match | None) -> int:
        """The match's number, from 1; 0 where it is none of those found."""
        return self.found.index(at) + 1 if at in self.found else 0

    def next(self, row: int, offset: int, *, back: bool = False) -> Match | None:
        """The next place from there, or the one before."""
        self.refresh()
        return next_match(self.found, row, offset, back=back)

    def replace(self, at: Match) -> Match | None:
        """Replace one place, if it is still there; the next one behind it.

        Raises:
            BadArgument: the replacement names a group that there is not.
            WriteError: it could not be kept.
        """
        self.refresh()
        if self._pattern is None or at not in self.found:
            return self.next(at.row, at.first)
        behind = len(self._document.cues[at.row].text) - at.last
        self.session.bridge.apply(
            edits.replace_one(self._document, at.row, at.first, self._pattern, self._replacement())
        )
        return self.next(at.row, len(self._document.cues[at.row].text) - behind)

    def replace_all(self) -> int:
        """Replace every place as one step; how many there were.

        Raises:
            BadArgument, WriteError: as `replace`.
        """
        self.refresh()
        count = len(self.found)
        if self._pattern is None or not count:
            return 0
        rows = sorted({one.row for one in self.found})
        self.session.bridge.apply(edits.replace_all(self._document, self._pattern, self._replacement(), rows))
        self.refresh()
        return count

    @property
    def _document(self) -> Document:
        return self.session.bridge.document

    def _replacement(self) -> str | Callable[[re.Match[str]], str]:
        plain = self.wanted.replacement
        return plain if self.wanted.regex else lambda _match: plain


def _pattern(wanted: Wanted) -> re.Pattern[str]:
    return edits.search_pattern(
        wanted.text, regex=wanted.regex, whole_word=wanted.whole_word, match_case=wanted.match_case
    )
