"""TTML (.ttml, .xml, .dfxp): IMSC and EBU-TT-D. Read through ttconv, written here. Knows no document and no files.

What is written is at once IMSC 1.1 text profile and EBU-TT-D: media time, one region at the bottom, looks as named
styles, spans never inside spans. Characters XML cannot carry become U+FFFD. A cue of no length is never shown in TTML
and gets one millisecond, so that its text is not lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from ttconv.imsc import reader

from core.cue import Cue
from core.language import code_or_empty
from core.subtitles import timed_text
from core.subtitles.colours import MARK
from core.subtitles.look import Look, look_of
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.repairs import at_zero
from core.timecode import format_ms
from core.transcript import Word

_DEEPEST = 64
"""Elements nested deeper than this are no subtitles; ttconv reads by recursion."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOOKS = {"i": 'tts:fontStyle="italic"', "b": 'tts:fontWeight="bold"', "u": 'tts:textDecoration="underline"'}
_LOOK_NAMES = {"i": "italic", "b": "bold", "u": "underline"}

_TOP = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" \
xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ebuttm="urn:ebu:tt:metadata" xml:lang={language} \
ttp:timeBase="media" ttp:cellResolution="40 24">
<head>
<metadata>
<ebuttm:documentMetadata>
<ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04</ebuttm:conformsToStandard>
<ebuttm:conformsToStandard>http://www.w3.org/ns/ttml/profile/imsc1.1/text</ebuttm:conformsToStandard>
</ebuttm:documentMetadata>
</metadata>
<styling>
<style xml:id="text" {look}/>
{styles}</styling>
<layout>
<region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="{align}" tts:overflow="visible"/>
</layout>
</head>
<body>
<div region="bottom" style="text">
"""
_PLAIN = 'tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:lineHeight="125%" tts:textAlign="center" \
tts:color="#ffffff"'
"""The look where nobody chose one."""
_SIDES = ("left", "center", "right")
_ALIGNS = ("after", "center", "before")
"""Of a number pad's columns and rows, from the bottom."""
_CELL_LINES = 1080 / 24
"""Lines of a picture of 1080 that 100 % is: the height of a cell."""

_END = "</div>\n</body>\n</tt>\n"


class Ttml:
    """TTML as streaming services and broadcasters take it."""

    id = "ttml"
    name = "TTML, IMSC, EBU-TT-D"
    extensions: tuple[str, ...] = (".ttml", ".dfxp", ".xml")
    keeps = frozenset(
        {
            Feature.STYLED_TEXT,
            Feature.COLOURS,
            Feature.LOOK,
            Feature.LANGUAGE,
            Feature.LINE_BREAKS,
            Feature.OVERLAPS,
            Feature.MILLISECONDS,
        }
    )
    reads = True
    writes = True
    utf8_only = True

    def read(self, text: str) -> Subtitles:
        """A cue for each paragraph with text; parts with times of their own become word times.

        Raises:
            ValueError: it is no XML, no TTML, or has declarations that subtitles do not need and bombs do.
        """
        tree = ElementTree.ElementTree(_root(_NO_XML.sub("\ufffd", text.removeprefix("\ufeff").lstrip())))
        return timed_text.read(lambda: reader.to_model(tree))

    def write(self, subtitles: Subtitles) -> str:
        """TTML with a paragraph a cue; cues without words are left out, since there is nothing to show."""
        cues = [at_zero(cue) for cue in subtitles.cues if cue.words]
        styles = "".join(f"<style xml:id={quoteattr(_look_name(mark))} {_look(mark)}/>\n" for mark in _marks(cues))
        look = look_of(subtitles.styles)
        top = _TOP.format(
            language=quoteattr(code_or_empty(subtitles.language)),
            styles=styles,
            look=_chosen(look) if look is not None else _PLAIN,
            align=_ALIGNS[(look.place - 1) // 3] if look is not None else "after",
        )
        return top + "".join(f"{_paragraph(number, cue)}\n" for number, cue in enumerate(cues, 1)) + _END

    def looks_like(self, text: str) -> bool:
        """Whether its first element is <tt> of TTML."""
        return re.search(r"<(?:\w{1,20}:)?tt[\s>]", text[:5000]) is not None and "/ttml" in text[:5000]


def _root(text: str) -> ElementTree.Element:
    """The document's root element.

    Raises:
        ValueError: no XML, no TTML, nested too deeply, or with a document type of its own.
    """
    if _ENTITY.search(text):
        raise ValueError("it has a document type of its own, which subtitles do not need")
    target = _Tree()
    parser = ElementTree.XMLParser(target=target)
    try:
        parser.feed(text)
        root = parser.close()
    except ElementTree.ParseError as error:
        raise ValueError(f"it is no well-formed XML: {error}") from error
    if not isinstance(root, ElementTree.Element) or not root.tag.endswith("}tt"):
        raise ValueError("its first element is not <tt> of TTML")
    return root


class _Tree(ElementTree.TreeBuilder):
    """Builds the tree as long as it does not get too deep."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"its elements are nested more than {_DEEPEST} deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def _marks(cues: Sequence[Cue]) -> list[str]:
    return sorted({mark for cue in cues for word in cue.words for mark in _own(word)})


def _own(word: Word) -> frozenset[str]:
    """The marks TTML is written with here."""
    return frozenset(mark for mark in word.marks if mark in _LOOKS or MARK.fullmatch(mark))


def _chosen(look: Look) -> str:
    """A look as TTML's attributes; the family a person chose, else any without serifs."""
    # A box would belong to each line's span, and spans hold marks here: it becomes an outline, as dark and as readable.
    outline = "none" if not look.outline else f"{look.outline_colour} {look.outline / look.size:.0%}"
    family = _NO_XML.sub("", look.font).replace(",", " ").replace("'", " ").strip()
    found = {
        "fontFamily": f"'{family}', proportionalSansSerif",
        "fontSize": f"{look.size / _CELL_LINES:.0%}",
        "lineHeight": "125%",
        "textAlign": _SIDES[(look.place - 1) % 3],
        "color": look.colour,
        "textOutline": outline,
        "fontWeight": "bold" if look.bold else "normal",
        "fontStyle": "italic" if look.italic else "normal",
    }
    return " ".join(f"tts:{name}={quoteattr(value)}" for name, value in found.items())


def _look(mark: str) -> str:
    return _LOOKS.get(mark) or f'tts:color="{mark[2:]}"'


def _look_name(mark: str) -> str:
    return _LOOK_NAMES.get(mark) or f"colour-{mark[3:]}"


def _paragraph(number: int, cue: Cue) -> str:
    end_ms = max(cue.end_ms, cue.start_ms + 1)
    begin, end = format_ms(cue.start_ms), format_ms(end_ms)
    return f'<p xml:id="cue{number}" begin="{begin}" end="{end}">{_content(cue.words)}</p>'


def _content(words: Sequence[Word]) -> str:
    """Text with a span round each stretch of words under the same marks."""
    parts: list[str] = []
    stretches = [(marks, list(run)) for marks, run in groupby(words, key=_own)]
    for index, (marks, run) in enumerate(stretches):
        text = "".join(_xml(word.text + word.after) for word in run[:-1]) + _xml(run[-1].text)
        names = " ".join(_look_name(mark) for mark in sorted(marks))
        parts.append(f'<span style="{names}">{text}</span>' if names else text)
        parts.append(_xml(run[-1].after) if index < len(stretches) - 1 else "")
    return "".join(parts)


def _xml(text: str) -> str:
    lines = _NO_XML.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return escape(lines).replace("\n", "<br/>")
