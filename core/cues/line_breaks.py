"""How well two neighbouring words can be parted, by language. Knows no lengths, no times and no cues.

One judgement serves both breaks, that between two lines and that between two cues: `partings` gives a `Parting` for the
place behind every word, and `core.cues.costs` puts a price on each. Rules: Netflix's and the BBC's line treatment
(behind punctuation, before conjunctions and prepositions, never behind an article, a possessive, an auxiliary), JIS X
4051 kinsoku for what may not begin or end a line in Chinese and Japanese.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import replace

from core.cues.break_words import BreakWords, break_words
from core.cues.phrases import parted_phrases
from core.cues.scripts import is_cjk, is_spaceless
from core.transcript import Word

_SENTENCE_MARKS = frozenset(".!?…。！？｡؟۔।॥‽")
_CLAUSE_MARKS = frozenset(",;:、，；：､،؛–—―")
_CLOSING = frozenset("\"'”’»›)]}）］｝〉》」』】〕〗〙〟｣")
_OPENING = frozenset("“‘„‚«‹([{（［｛〈《「『【〔〖〘〝｢¿¡")
# May not begin a line: closing marks, marks that end something, small kana, the long-vowel mark, iteration marks.
_NOT_FIRST = (
    _SENTENCE_MARKS
    | _CLAUSE_MARKS
    | _CLOSING
    | frozenset("・‐゠〜～‼⁇⁈⁉%％‰℃°ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーゝゞヽヾ々〻")
)
# Of these, the ones that also open something when more of the word follows: "quote", 'tis, »Haus«.
_OPENS_AS_WELL = frozenset("\"'’»›")
# Opening marks that also close something when they end a word: „Haus“, »Haus«.
_CLOSES_AS_WELL = frozenset("“‘«‹")
_DASHES = frozenset("–—―")
_BEHIND = "".join(_CLOSING | _CLOSES_AS_WELL)
_BEFORE = "".join(_OPENING | _OPENS_AS_WELL)
_APOSTROPHES = str.maketrans("’", "'")


class Parting(enum.IntEnum):
    """How well the place behind a word can be a break, best first."""

    SENTENCE = 0
    """A sentence ends."""
    CLAUSE = 1
    """A clause ends: comma, semicolon, colon, dash."""
    PHRASE = 2
    """A phrase begins: a conjunction or preposition follows, or a Chinese or Japanese phrase ends."""
    PLAIN = 3
    """Nothing speaks for or against."""
    HELD = 4
    """The words should stay together: article and noun, auxiliary and verb, parts of a name, number and unit."""
    FORBIDDEN = 5
    """A break would be wrong: inside a written word, before a closing mark, behind an opening one."""


def partings(words: Sequence[Word], language: str) -> list[Parting]:
    """The `Parting` behind each word of one passage; behind the last word it is always SENTENCE.

    `words` must have the white space that `spaced` gives them.
    """
    if not words:
        return []
    lists = break_words(language)
    inside = parted_phrases(words, language)
    found = [_parting(words, index, lists, index in inside) for index in range(len(words) - 1)]
    return [*found, Parting.SENTENCE]


def ends_sentence(text: str, following: str, lists: BreakWords) -> bool:
    """Whether a word ends a sentence, given the word behind it ("" = none)."""
    bare = text.rstrip(_BEHIND)
    if not bare or bare[-1] not in _SENTENCE_MARKS:
        return False
    if bare[-1] not in ".…":
        # "Why?" he asked: the sentence goes on in lower case behind a closed quotation.
        return not (len(bare) < len(text) and following[:1].islower())
    if following[:1].islower():
        return False
    return bare.endswith(("..", "…")) or not _dot_ends_no_sentence(bare, lists)


def spaced(words: Sequence[Word], language: str) -> list[Word]:
    """`words` without line breaks, and with no space between two Chinese or Japanese characters.

    Only `after` changes, and only where it must; a word that is right is returned as it is.
    """
    result: list[Word] = []
    for index, word in enumerate(words):
        following = words[index + 1].text if index + 1 < len(words) else ""
        after = _space_behind(word, following, language)
        result.append(word if after == word.after else replace(word, after=after))
    return result


def _space_behind(word: Word, following: str, language: str) -> str:
    if not word.after:
        return ""
    if following and language != "ko" and is_cjk(word.text[-1]) and is_cjk(following[0]):
        return ""
    return " " if "\n" in word.after else word.after


def _parting(words: Sequence[Word], index: int, lists: BreakWords, inside_phrase: bool) -> Parting:
    word, following = words[index], words[index + 1]
    if _forbidden(word, following):
        return Parting.FORBIDDEN
    text, lower = _with_what_it_closes(words, index), word.text.lower().translate(_APOSTROPHES)
    if ends_sentence(text, following.text, lists):
        return Parting.SENTENCE
    bare = text.rstrip(_BEHIND)
    if bare[-1:] in _CLAUSE_MARKS or following.text[0] in _DASHES:
        return Parting.CLAUSE
    if bare[-1:] in _SENTENCE_MARKS and not _dot_ends_no_sentence(bare, lists):
        return Parting.CLAUSE
    next_lower = following.text.lower().translate(_APOSTROPHES).lstrip(_BEFORE)
    if inside_phrase or _held(words, index, lower, next_lower, lists):
        return Parting.HELD
    if _stem(next_lower) in lists.leading:
        # "… my heart And all …": a capital where none is due begins a line of verse or a sentence nobody ended.
        return Parting.CLAUSE if _is_capitalised(following.text.lstrip(_BEFORE)) else Parting.PHRASE
    return Parting.PHRASE if _ends_phrase(word, following) else Parting.PLAIN


def _with_what_it_closes(words: Sequence[Word], index: int) -> str:
    """The word's text; where it is nothing but closing marks (「。」 given sign by sign), what stands before it too."""
    text = words[index].text
    while index > 0 and not text.rstrip(_BEHIND):
        index -= 1
        text = words[index].text + text
    return text


def _forbidden(word: Word, following: Word) -> bool:
    return (
        _opens(word.text)
        or _closes(following.text, after_space=bool(word.after))
        or _inside_written_word(word, following)
    )


def _opens(text: str) -> bool:
    """Whether nothing may part `text` from what follows; a hyphen alone opens a line of dialogue."""
    return text == "-" or (text[-1] in _OPENING and not (len(text) > 1 and text[-1] in _CLOSES_AS_WELL))


def _closes(text: str, *, after_space: bool) -> bool:
    """Whether nothing may part `text` from what stands before; "...and" and ".5" behind a space are words."""
    first = text[0]
    if first not in _NOT_FIRST or first in _DASHES:
        return False
    is_word = after_space and any(map(str.isalnum, text))
    return not is_word and not (first in _OPENS_AS_WELL and len(text) > 1)


def _inside_written_word(word: Word, following: Word) -> bool:
    return not word.after and not (is_spaceless(word.text[-1]) or is_spaceless(following.text[0]))


def _held(words: Sequence[Word], index: int, lower: str, next_lower: str, lists: BreakWords) -> bool:
    bare = lower.lstrip(_BEFORE)
    if bare in lists.binding or bare in lists.leading or _dot_ends_no_sentence(lower, lists):
        return True
    if _stem(next_lower) in lists.trailing:
        return True
    return _number_and_unit(words, index, next_lower, lists) or _same_name(words, index, lists)


def _number_and_unit(words: Sequence[Word], index: int, next_lower: str, lists: BreakWords) -> bool:
    """ "5 | million", but not "in 1999 | and": a number and what it counts."""
    counts = words[index].text[-1].isdigit() and next_lower[:1].isalpha() and bool(words[index].after)
    return counts and _stem(next_lower) not in lists.leading


def _same_name(words: Sequence[Word], index: int, lists: BreakWords) -> bool:
    """ "Kathmandu | Valley": two capitals in a row where capitals mark names, the first not opening a sentence."""
    if lists.nouns_are_capital:
        return False
    text, following = words[index].text, words[index + 1].text
    if not (_is_capitalised(text) and _is_capitalised(following)):
        return False
    return index > 0 and not ends_sentence(words[index - 1].text, text, lists)


def _is_capitalised(text: str) -> bool:
    return text[:1].isupper() and text[1:2].islower()


def _dot_ends_no_sentence(bare: str, lists: BreakWords) -> bool:
    """ "Dr.", "J.", and in some languages "3."; but "So do I." ends one."""
    bare = bare.lstrip(_BEFORE)
    if not bare.endswith(".") or bare.endswith(".."):
        return False
    stem = bare[:-1]
    if lists.ordinal_dots and stem.isdigit() and len(stem) <= 2:
        return True
    if len(stem) == 1 and stem.isalpha() and not is_spaceless(stem):
        return stem.lower() not in lists.binding
    return bare.lower() in lists.abbreviations


def _ends_phrase(word: Word, following: Word) -> bool:
    """Between spaceless words, where a phrase model or the lists did not hold them: as good as a phrase's end."""
    return not word.after and is_spaceless(word.text[-1]) and is_spaceless(following.text[0])


def _stem(lower: str) -> str:
    return lower.rstrip(".,;:!?…。，、！？；：")
