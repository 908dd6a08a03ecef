"""Bytes of a text file into text, whatever encoding it is in. Knows no format.

In order: byte order mark, zero bytes (UTF-16 and UTF-32 without a mark), ISO-2022 escapes, an XML declaration, UTF-8,
and then statistics: chardet and charset-normalizer each name what it could be, and the reading with the fewest
unlikely letters wins. Both libraries alone misread short files: charset-normalizer takes Turkish cp1254 for cp1250,
chardet takes Russian cp1251 for MacCyrillic, which differs in one letter.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import chardet
import charset_normalizer

from core.progress import Notice
from core.subtitles.text import BOM

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z][\w.:-]{0,39})[\"']")
_EBU_STL = re.compile(rb"[\s\S]{3}STL\d\d\.01")
"""The one binary format: its bytes are handed on as characters of the same number, whatever encoding is asked for."""
_ISO_2022 = re.compile(rb"\x1b(?:\$[@B]|\$\([CD]|\([BJI]|\$\)C)")

_NO_FILE_ENCODINGS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SAMPLE_BYTES = 1 << 16
"""Enough text for statistics. Numbers and times are left out of it, since they tell nothing of the language."""
_ALTERNATIVES = 6
"""How many of chardet's guesses are read and compared."""

_TWINS = {
    "maccyrillic": "cp1251", "mac_cyrillic": "cp1251", "maclatin2": "cp1250", "mac_latin2": "cp1250",
    "macturkish": "cp1254", "mac_turkish": "cp1254", "macgreek": "cp1253", "mac_greek": "cp1253",
    "maciceland": "cp1252", "mac_iceland": "cp1252", "macroman": "cp1252", "mac_roman": "cp1252",
    "iso-8859-1": "cp1252", "iso8859_1": "cp1252", "latin_1": "cp1252", "iso-8859-9": "cp1254",
    "tis-620": "cp874", "cp437": "cp850",
}  # fmt: skip
"""A commoner encoding that a file may be in when a library names this one; tried too, and wins when as likely."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of the encoding it was in, and what the user should know of it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file, its encoding found out unless `encoding` names it. Never fails on odd bytes.

    Raises:
        LookupError: `encoding` is none that Python knows.
    """
    if _EBU_STL.match(data):
        return Decoded(data.decode("latin-1"), "iso8859-1")
    if encoding is not None:
        return _with_losses(data, _known(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with_losses(data[len(mark) :], name)
    for name in _certain(data):
        try:
            return Decoded(data.decode(_known(name)).removeprefix(BOM), _known(name))
        except (UnicodeDecodeError, LookupError):
            continue
    if _mostly_utf8(data):
        return _with_losses(data, "utf-8")
    name = _likeliest(_sample(data))
    notice = Notice("subtitle.encoding", "The text was read as {encoding}, the likeliest encoding.", {"encoding": name})
    result = _with_losses(data, name)
    return Decoded(result.text, name, (notice, *result.notices))


def _certain(data: bytes) -> Iterator[str]:
    """Encodings the bytes themselves point to; each is taken only if it decodes without an error."""
    if wide := _without_mark(data[:4096]):
        yield wide
    if _ISO_2022.search(data):
        yield from ("iso2022_jp_ext", "iso2022_kr")
    if match := _DECLARATION.search(data[:1024]):
        yield match[1].decode("ascii")
    yield "utf-8"


def _known(name: str) -> str:
    """Python's name of an encoding of text files.

    Raises:
        LookupError: it knows none of that name, or it is one of Python's own inventions, which run other rules.
    """
    found = codecs.lookup(name)
    if found.name in _NO_FILE_ENCODINGS or not found._is_text_encoding:
        raise LookupError(f"{name} is no encoding of text files")
    return found.name


def _without_mark(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by where zero bytes stand: digits, arrows and newlines have them in any language."""
    length = len(head) - len(head) % 4
    if length == 0 or head.count(0) * 8 < length:
        return None
    zeros = [head[start:length:4].count(0) * 4 / length for start in range(4)]
    if zeros[2] > 0.9 and zeros[3] > 0.9 and zeros[0] < 0.2:
        return "utf-32-le"
    if zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.2:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) < 4 * min(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _mostly_utf8(data: bytes) -> bool:
    """Whether broken bytes are few among well-formed UTF-8: a damaged file, not another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - broken >= 8 * broken


def _with_losses(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace").removeprefix(BOM)
    lost = text.count("\ufffd")
    if not lost:
        return Decoded(text, name)
    sentence = "Bytes that are no {encoding} text stand as � now: {count}."
    return Decoded(text, name, (Notice("subtitle.bytes", sentence, {"count": lost, "encoding": name}, finding=True),))


def _sample(data: bytes) -> bytes:
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if line.isascii() and not any(byte in _LETTERS for byte in line):
            continue
        lines.append(line)
        size += len(line)
        if size > _SAMPLE_BYTES:
            break
    return b"".join(lines)[: 4 * _SAMPLE_BYTES]


def _likeliest(sample: bytes) -> str:
    readings = [(name, text) for name in _candidates(sample) if (text := _try(sample, name)) is not None]
    if not readings:
        return "cp1252"
    return min(readings, key=lambda reading: _unlikely(reading[1]))[0]  # min keeps the first of equals


def _candidates(sample: bytes) -> list[str]:
    """Names to try, the most trusted first: chardet's, each behind its commoner twin, then charset-normalizer's."""
    names: list[str] = []
    guesses = [guess.get("encoding") for guess in chardet.detect_all(sample)[:_ALTERNATIVES]]
    for name in filter(None, [*guesses, *_normalizers(sample)]):
        twin = _TWINS.get(name.lower())
        names += [twin, name] if twin else [name]
    return list(dict.fromkeys(_python_name(name) for name in names))


def _normalizers(sample: bytes) -> Iterator[str]:
    best = charset_normalizer.from_bytes(sample).best()
    if best is not None:
        yield best.encoding


def _python_name(name: str) -> str:
    try:
        return _known(name)
    except LookupError:
        return "cp1252"


def _try(sample: bytes, name: str) -> str | None:
    """The sample's text, or None where it cannot be that; a character cut off at its end is no objection."""
    try:
        return codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return None


def _unlikely(text: str) -> int:
    """How odd a reading is: a capital behind a small letter, two scripts in a word, controls and symbols in words."""
    points = 0
    for before, here in pairwise(f" {text} "):
        if here.isascii() and before.isascii():
            continue
        if before.isalpha() and here.isalpha():
            points += 2 * (before.islower() and here.isupper()) + 3 * (_script(before) != _script(here))
        elif before.isalpha() or here.isalpha():
            points += _unlikely_beside_a_letter(before) + _unlikely_beside_a_letter(here)
        points += 8 * (unicodedata.category(here) in ("Cc", "Co", "Cn"))
    return points


def _unlikely_beside_a_letter(character: str) -> int:
    if character.isascii() or character.isalpha():
        return 0
    return 2 * (unicodedata.category(character) in ("So", "Sm", "Sk", "Sc", "No"))


def _script(character: str) -> str:
    """The script of a letter by its name; the CJK ones count as one, since they mix."""
    first = unicodedata.name(character, "?").split(" ")[0]
    return "CJK" if first in {"HIRAGANA", "KATAKANA", "HALFWIDTH", "FULLWIDTH", "HANGUL", "CJK"} else first


def encoded(text: str, encoding: str) -> tuple[bytes, Iterable[str]]:
    """Bytes in `encoding`, and the characters it does not have, which become “?”.

    Raises:
        LookupError: no such encoding.
    """
    name = _known(encoding)
    try:
        return text.encode(name), ()
    except UnicodeEncodeError:
        missing = [c for c in dict.fromkeys(text) if not _fits(c, name)]
        return text.encode(name, "replace"), missing


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
