"""What cues say: correct, replace, mark. Knows no times of its own: `text_diff` keeps those of the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from core.collector import no_collecting
from core.cue import Cue
from core.document.bulk import copies
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.rows import replaced_each, valid_rows
from core.document.text_diff import rewritten
from core.errors import BadArgument


def set_text(document: Document, row: int, text: str, *, merge_key: str = "") -> Edit | None:
    """Correct a cue's text; words that stay keep everything, see `core.document.text_diff`.

    Args:
        text: newlines are line breaks inside the cue; "" leaves a cue without words.
        merge_key: successive typing in one cue, to be one step.
    """
    return replaced_each(document, {row: _said(document.cues[row], text)}, "Edit text", merge_key=merge_key)


def replace_all(
    document: Document,
    pattern: re.Pattern[str],
    replacement: str | Callable[[re.Match[str]], str],
    rows: Iterable[int] | None = None,
) -> Edit | None:
    """Replace every match in the cues' texts; where the count of words is the same, all times stay.

    Args:
        pattern: of `search_pattern`.
        replacement: a `re` template, or what gives the text for a match.
        rows: None = all.

    Raises:
        BadArgument: the template names a group that the pattern does not have.
    """
    chosen = range(len(document.cues)) if rows is None else valid_rows(document, rows)
    with no_collecting():
        texts = _replaced_texts([document.cues[row] for row in chosen], pattern, replacement)
        changed = [(row, text) for row, text in zip(chosen, texts, strict=True) if text is not None]
        old = [document.cues[row] for row, _ in changed]
        words = [
            rewritten(cue.words, text, cue.start_ms, cue.end_ms, keep_times=True)
            for cue, (_, text) in zip(old, changed, strict=True)
        ]
        new = dict(zip([row for row, _ in changed], copies(old, words=words), strict=True))
        return replaced_each(document, new, "Replace all")


def replace_one(
    document: Document,
    row: int,
    offset: int,
    pattern: re.Pattern[str],
    replacement: str | Callable[[re.Match[str]], str],
) -> Edit | None:
    """Replace the match that begins at character `offset` of a cue's text; None where there is none any more.

    Raises:
        BadArgument: as `replace_all`.
    """
    cue = document.cues[row]
    found = pattern.search(cue.text, offset)
    if found is None or found.start() != offset:
        return None
    try:
        new = replacement(found) if callable(replacement) else found.expand(replacement)
    except (re.error, IndexError) as error:
        raise BadArgument(what=f"“{replacement}” cannot be filled in ({error}).", hint=_GROUPS_HINT) from error
    text = cue.text[: found.start()] + new + cue.text[found.end() :]
    words = rewritten(cue.words, text, cue.start_ms, cue.end_ms, keep_times=True)
    return replaced_each(document, {row: replace(cue, words=words)}, "Replace")


def _replaced_texts(
    cues: Sequence[Cue], pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
) -> list[str | None]:
    """The new text of each cue; None where it stays."""
    try:
        old = [cue.text for cue in cues]
        found = [pattern.sub(replacement, text) for text in old]
        return [new if new != text else None for new, text in zip(found, old, strict=True)]
    except (re.error, IndexError) as error:
        raise BadArgument(what=f"“{replacement}” cannot be filled in ({error}).", hint=_GROUPS_HINT) from error


def search_pattern(
    wanted: str, *, regex: bool = False, whole_word: bool = False, match_case: bool = False
) -> re.Pattern[str]:
    """What `replace_all` looks for.

    Raises:
        BadArgument: no regular expression, or empty.
    """
    source = wanted if regex else re.escape(wanted)
    if whole_word:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    try:
        if not wanted:
            raise re.error("nothing to search for")
        return re.compile(source, re.MULTILINE | (0 if match_case else re.IGNORECASE))
    except (re.error, OverflowError, RecursionError) as error:
        raise BadArgument(
            what=f"“{wanted}” is not a search pattern ({error}).", hint="Correct it, or search for plain text."
        ) from error


def set_mark(
    document: Document, rows: Iterable[int], mark: str, *, on: bool, words: range | None = None
) -> Edit | None:
    """Give words a mark ("i", "b", "u", "c:#rrggbb") or take it; a new colour takes the place of the old.

    Args:
        words: indexes of the words meant, for one row; None = all words of all rows.
    """
    new: dict[int, Cue] = {}
    for row in valid_rows(document, rows):
        cue = document.cues[row]
        chosen = range(len(cue.words)) if words is None else words
        marked = (
            replace(word, marks=_marks(word.marks, mark, on)) if index in chosen else word
            for index, word in enumerate(cue.words)
        )
        new[row] = replace(cue, words=tuple(marked))
    return replaced_each(document, new, _MARK_LABELS.get(mark, "Change marks"))


def clear_marks(document: Document, rows: Iterable[int]) -> Edit | None:
    """Take all marks from the words of these rows."""
    new = {
        row: replace(cue, words=tuple(replace(word, marks=frozenset()) for word in cue.words))
        for row in valid_rows(document, rows)
        for cue in [document.cues[row]]
    }
    return replaced_each(document, new, "Clear marks")


_MARK_LABELS = {"i": "Italic", "b": "Bold", "u": "Underline"}
_GROUPS_HINT = "Use \\1, \\2, … for groups that the pattern has, and \\\\ for a backslash."


def _said(cue: Cue, text: str) -> Cue:
    return replace(cue, words=rewritten(cue.words, text, cue.start_ms, cue.end_ms))


def _marks(marks: frozenset[str], mark: str, on: bool) -> frozenset[str]:
    if not on:
        return marks - {mark}
    kept = {other for other in marks if not (mark.startswith("c:") and other.startswith("c:"))}
    return frozenset(kept | {mark})
