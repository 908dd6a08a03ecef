"""When the paragraphs of a TTML file are shown, worked out from begin, end, dur and timeContainer alone.

An independent check of the reader: straight from TTML2 §12 and §13, without styles, profiles or white space rules.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

Span = tuple[int, int | None]

_TTP = "{http://www.w3.org/ns/ttml#parameter}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_CONTENT = {"body", "div", "p", "span", "br", "ruby", "set"}


def shown(path: Path) -> list[Span]:
    """(start, end) of every paragraph with text, in ms and in order; an end of None is open."""
    file = _File(ElementTree.parse(path).getroot())
    return sorted((_ms(a), None if b is None else _ms(b)) for a, b in file.paragraphs)


@dataclass
class _File:
    root: ElementTree.Element
    paragraphs: list[tuple[Fraction, Fraction | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        get = self.root.get
        scale = [int(n) for n in (get(_TTP + "frameRateMultiplier") or "1 1").split()]
        self.frame_rate = Fraction(int(get(_TTP + "frameRate") or 30)) * scale[0] / scale[1]
        plain_rate = Fraction(int(get(_TTP + "frameRate") or 0)) * scale[0] / scale[1]
        self.tick_rate = Fraction(int(get(_TTP + "tickRate") or 0)) or plain_rate or Fraction(1)
        self.regions = {e.get(_XML + "id"): e for e in self.root.iter() if _name(e) == "region"}
        for body in self.root:
            if _name(body) == "body":
                self._walk(body, Fraction(0), Fraction(0), None, None)

    def _walk(self, e, base, shown_from, shown_to, texts):  # type: ignore[no-untyped-def]
        """The element's own end on the time line (None = open); shown_* is where everything around it lets it show."""
        begin = base + (self._time(e.get("begin")) or 0)
        ends = [base + self._time(e.get("end"))] if e.get("end") else []
        ends += [begin + self._time(e.get("dur"))] if e.get("dur") else []
        end = min(ends, default=None)
        region = self.regions.get(e.get("region"))
        froms, tos = [shown_from, begin], [shown_to, end]
        if region is not None:
            froms.append(self._time(region.get("begin")) or Fraction(0))
            tos.append(self._time(region.get("end")))
        shown_from, shown_to = max(froms), min((t for t in tos if t is not None), default=None)
        own = [] if _name(e) == "p" else texts
        implicit = self._children(e, begin, shown_from, shown_to, own)
        if _name(e) == "p" and own:
            last = None if any(b is None for _, b in own) else max(b for _, b in own)
            self.paragraphs.append((min(a for a, _ in own), last))
        return end if ends else implicit

    def _children(self, e, begin, shown_from, shown_to, texts):  # type: ignore[no-untyped-def]
        in_turn = e.get("timeContainer") == "seq"
        mixed = _name(e) in ("p", "span")
        latest = begin
        pieces = [e.text, *(x for child in e for x in (child, child.tail))]
        for piece in pieces:
            if piece is None or isinstance(piece, str):
                if mixed and piece and not in_turn:
                    latest = None
                    if piece.strip() and (shown_to is None or shown_to > shown_from):
                        texts.append((shown_from, shown_to))
            elif _name(piece) in _CONTENT and not (in_turn and latest is None):
                after = self._walk(piece, latest if in_turn else begin, shown_from, shown_to, texts)
                if _name(piece) in ("br", "set") and not in_turn and not piece.get("end") and not piece.get("dur"):
                    after = None
                latest = None if after is None or latest is None else after if in_turn else max(latest, after)
        return latest

    def _time(self, text: str | None) -> Fraction | None:
        if not text:
            return None
        if match := re.fullmatch(r"([\d.]+)(h|m|s|ms|f|t)", text.strip()):
            number = Fraction(match[1])
            units = {"h": 3600, "m": 60, "s": 1, "ms": Fraction(1, 1000)}
            units |= {"f": 1 / self.frame_rate, "t": 1 / self.tick_rate}
            return number * units[match[2]]
        hours, minutes, seconds, *frames = text.strip().split(":")
        whole = int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)
        return whole + (Fraction(frames[0]) / self.frame_rate if frames else 0)


def _name(element: ElementTree.Element) -> str:
    namespace, _, name = element.tag.rpartition("}")
    return name if namespace.endswith("/ns/ttml") else ""


def _ms(seconds: Fraction) -> int:
    return math.ceil(seconds * 1000)
