"""ttconv's model of timed text into cues, for the formats it reads (TTML, EBU STL, SCC). Knows none of their syntax.

A paragraph is a cue. Parts of it that begin at times of their own become word times; the model's way of showing them
(one caption a change) would tear a sentence into pieces. Times are exact fractions until the end and then the first
whole millisecond at or after them, which is when a frame is shown.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ttconv import model
from ttconv.style_properties import FontStyleType, FontWeightType, StyleProperties

from core.cue import Cue
from core.language import code_or_empty
from core.subtitles.protocol import Subtitles
from core.subtitles.regions import place_in
from core.subtitles.repairs import Repairs, in_order
from core.subtitles.words import Run, words_of_runs

OPEN_END_MS = 4000
"""How long a cue without an end stands where none comes after it."""

_WHITE = re.compile(r"[ \t\r\n]+")
_DEFAULT_COLOUR = "c:#ffffff"
"""White is what captions are; a mark for it would put a tag round every word."""

_NO_LANGUAGE = frozenset(("", "und", "zxx", "mul", "mis"))

_complaints: ContextVar[list[str] | None] = ContextVar("complaints", default=None)
"""What ttconv has complained of while this thread reads a file."""


def _collect(record: logging.LogRecord) -> bool:
    """A filter on ttconv's loggers: what it logs is told to the user in one notice, and never logged line by line."""
    complaints = _complaints.get()
    if complaints is not None and record.levelno >= logging.WARNING:
        complaints.append(record.getMessage())
    return False


def read(make: Callable[[], Any]) -> Subtitles:
    """Cues of the model that `make` reads.

    Raises:
        ValueError: ttconv cannot make anything of it.
    """
    repairs = Repairs()
    document, complaints = _made(make)
    if document is None:
        raise ValueError("there is no timed text in it")
    if complaints:
        repairs.add("subtitle.against_rules", count=len(complaints))
    cues = tuple(_cues(document, repairs))
    said = (document.get_lang() or "").split("-")[0].lower()
    if said not in _NO_LANGUAGE and not code_or_empty(said):
        repairs.add("subtitle.language")
    return Subtitles(
        in_order(cues, Repairs()),  # any order is usual here
        language=code_or_empty(document.get_lang() or ""),
        notices=repairs.notices(),
    )


def _made(make: Callable[[], Any]) -> tuple[Any, list[str]]:
    """The model, and what ttconv complained of."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("ttconv."):
            logging.getLogger(name).addFilter(_collect)  # adding it again changes nothing
    complaints: list[str] = []
    before = _complaints.set(complaints)
    try:
        return make(), complaints
    except (ValueError, RecursionError) as error:
        raise ValueError(_first_line(error)) from error
    except Exception as error:  # a damaged file meets asserts, KeyErrors and more inside ttconv
        raise ValueError(f"it is damaged: {_first_line(error)}") from error
    finally:
        _complaints.reset(before)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200] or type(error).__name__


@dataclass(frozen=True, slots=True)
class _Here:
    """What holds at a place of the document: from the first whole document down to one span.

    Attributes:
        origin_s: what the times of its children count from.
        start_s, end_s: when it is shown; None = no end.
        marks: of the styles around it.
        region: of ttconv's model, the innermost that is named; None = none is.
    """

    origin_s: Fraction = Fraction(0)
    start_s: Fraction = Fraction(0)
    end_s: Fraction | None = None
    marks: frozenset[str] = frozenset()
    region: Any = None

    def inside(self, element: Any) -> _Here:
        """What holds inside a child."""
        origin_s = self.origin_s + (element.get_begin() or 0)
        starts = [self.start_s, origin_s]
        ends = [self.end_s, None if element.get_end() is None else self.origin_s + element.get_end()]
        region = element.get_region()
        if region is not None:
            starts.append(region.get_begin() or Fraction(0))
            ends.append(region.get_end())
        end_s = min((end for end in ends if end is not None), default=None)
        inner = self.region if region is None else region
        return _Here(origin_s, max(starts), end_s, _styled(self.marks, element), inner)

    @property
    def shown(self) -> bool:
        """Whether it is shown at all."""
        return self.end_s is None or self.end_s > self.start_s


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text of a paragraph, and what holds there."""

    text: str
    here: _Here


def _styled(marks: frozenset[str], element: Any) -> frozenset[str]:
    """The marks with what the element's own styles set or unset."""
    found = set(marks)
    italic, weight = element.get_style(StyleProperties.FontStyle), element.get_style(StyleProperties.FontWeight)
    decoration, colour = element.get_style(StyleProperties.TextDecoration), element.get_style(StyleProperties.Color)
    switches = {
        "i": None if italic is None else italic is not FontStyleType.normal,
        "b": None if weight is None else weight is FontWeightType.bold,
        "u": None if decoration is None else decoration.underline,
    }
    found |= {mark for mark, on in switches.items() if on}
    found -= {mark for mark, on in switches.items() if on is False}
    if colour is not None:
        red, green, blue = colour.components[:3]
        mark = f"c:#{red:02x}{green:02x}{blue:02x}"
        found = {other for other in found if not other.startswith("c:")} | ({mark} - {_DEFAULT_COLOUR})
    return frozenset(found)


def _cues(document: Any, repairs: Repairs) -> Iterator[Cue]:
    body = document.get_body()
    paragraphs = [] if body is None else list(_paragraphs(body, _Here().inside(body), repairs))
    starts = sorted({_ms(start_s) for _, start_s, _ in paragraphs})
    following = dict(pairwise(starts))
    for number, (pieces, start_s, end_s) in enumerate(paragraphs, 1):
        start_ms = _ms(start_s)
        if end_s is None:
            repairs.add("subtitle.open_end", number)
            end_ms = following.get(start_ms, start_ms + OPEN_END_MS)
        else:
            end_ms = max(start_ms, _ms(end_s))
        region = next(piece.here.region for piece in pieces if piece.text.strip())
        words = words_of_runs(_runs(pieces), start_ms, end_ms)
        yield Cue(words, start_ms, end_ms, settings=place_in(region, document))


def _paragraphs(
    element: Any, here: _Here, repairs: Repairs
) -> Iterator[tuple[list[_Piece], Fraction, Fraction | None]]:
    """Every paragraph with text that is ever shown: its pieces, when the first of them begins and the last ends."""
    if not here.shown:
        return
    if isinstance(element, model.P):
        pieces = [piece for piece in _pieces(element, here, repairs) if piece.here.shown]
        texts = [piece.here for piece in pieces if piece.text.strip()]
        if texts:
            ends = [text.end_s for text in texts]
            end_s = None if None in ends else max(end for end in ends if end is not None)
            yield pieces, min(text.start_s for text in texts), end_s
        return
    for child in element:
        if isinstance(child, model.Div | model.P):
            yield from _paragraphs(child, here.inside(child), repairs)


def _pieces(element: Any, here: _Here, repairs: Repairs) -> Iterator[_Piece]:
    for child in element:
        if isinstance(child, model.Text):
            text = child.get_text()
            keeps_white = element.get_space() is model.WhiteSpaceHandling.PRESERVE
            yield _Piece(text if keeps_white else _WHITE.sub(" ", text), here)
        elif isinstance(child, model.Br):
            yield _Piece("\n", here)
        elif isinstance(child, model.Rt | model.Rp | model.Rtc):
            repairs.add("subtitle.ruby")
        else:
            yield from _pieces(child, here.inside(child), repairs)


def _runs(pieces: Sequence[_Piece]) -> list[Run]:
    """The pieces as runs; with stamps where they begin one after the other."""
    texts = [piece for piece in pieces if piece.text.strip()]
    starts = [piece.here.start_s for piece in texts]
    in_turn = len(set(starts)) > 1 and starts == sorted(starts)
    runs: list[Run] = []
    ended_ms: int | None = None
    for piece in pieces:
        run = Run(piece.text, piece.here.marks)
        if in_turn and piece.text.strip():
            start_ms = _ms(piece.here.start_s)
            if ended_ms is not None and ended_ms < start_ms:
                runs.append(Run("", at_ms=ended_ms))
            run = replace(run, at_ms=start_ms)
            ended_ms = None if piece.here.end_s is None else _ms(piece.here.end_s)
        runs.append(run)
    return runs


def _ms(seconds: Fraction) -> int:
    """First whole ms at or after `seconds`."""
    return -(-seconds.numerator * 1000 // seconds.denominator)
