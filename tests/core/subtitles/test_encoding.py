"""Any encoding is found out from the bytes, and broken bytes never stop reading."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from core.subtitles.encoding import decoded, encoded
from core.subtitles.files import read_file

SENTENCES = {
    "sv": ("Jag vet inte vad jag ska göra åt det här, sa han.\nVar är älgen?", ["cp1252", "mac_roman", "cp850"]),
    "hu": ("Az őszi esők után a folyó megáradt.\nMűvészet és tűz, kérem szépen!", ["cp1250", "iso8859_2"]),
    "uk": ("Ще не вмерла України і слава, і воля.\nУсміхнеться доля.", ["cp1251", "koi8_u", "iso8859_5"]),
    "ar": ("لا أعرف ماذا أقول لك يا صديقي.\nإلى أين تذهب الآن؟", ["cp1256", "iso8859_6"]),
    "zh": ("我不知道該怎麼辦才好。\n你要去哪裡？請告訴我。", ["big5", "utf-16", "utf-16-le", "utf-32"]),
    "ja": ("私は学生です。\nどこへ行きますか？", ["euc_jp", "cp932", "iso2022_jp"]),
    "ko": ("어디로 가십니까? 저는 모르겠습니다.", ["euc_kr", "iso2022_kr"]),
    "lt": ("Kur tu eini, mano drauge? Aš nežinau, ką daryti.\nĄžuolas šlama.", ["cp1257", "iso8859_13"]),
    "da": ("Hvor går du hen? Jeg ved det ikke, sagde hun. Æblet er rødt.", ["cp1252", "cp865"]),
    "fr": ("C'est déjà l'été.\nÀ bientôt, mon élève préféré !", ["cp1252", "cp850", "mac_roman"]),
    "en": ("It’s a café — naïve “quotes”…", ["cp1252", "mac_roman", "utf-8", "utf-8-sig"]),
    "el": ("Πού πας τώρα; Δεν ξέρω τι να κάνω, φίλε μου.", ["cp1253", "iso8859_7"]),
}  # fmt: skip
CASES = [(text, name) for text, names in SENTENCES.values() for name in names]


def test_every_text_of_the_corpus_is_exact(material: Path) -> None:
    folder = material / "E_subtitles" / "encodings"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert len(expected) >= 33
    for name, case in expected.items():
        found = [{"start_ms": c.start_ms, "end_ms": c.end_ms, "text": c.text} for c in read_file(folder / name).cues]
        assert found == case["cues"], name


@pytest.mark.parametrize(("text", "encoding"), CASES, ids=[f"{name}-{text[:5]}" for text, name in CASES])
def test_a_short_file_in_any_encoding_is_exact(text: str, encoding: str) -> None:
    lines = enumerate(text.split("\n"), 1)
    srt = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n\n" for n, line in lines)
    assert decoded(srt.encode(encoding)).text == srt


def test_a_guess_is_said_and_certainty_is_not() -> None:
    assert [notice.code for notice in decoded("übel und größer".encode("cp1252")).notices] == ["subtitle.encoding"]
    assert decoded("übel".encode()).notices == ()
    assert decoded(b"plain").notices == ()


def test_a_declaration_is_believed_where_it_can_be() -> None:
    data = '<?xml version="1.0" encoding="iso-8859-2"?><tt>žluťoučký kůň</tt>'.encode("iso-8859-2")
    assert decoded(data).encoding == "iso8859-2"
    assert "žluťoučký" in decoded(data).text


@pytest.mark.parametrize(
    "declared", ["utf-8", "no-such-thing", "rot13", "hex", "undefined", "idna", "punycode", "unicode_escape", "utf_7"]
)
def test_a_false_declaration_does_no_harm(declared: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?><tt>größer und übler</tt>'.encode("cp1252")
    assert "größer und übler" in decoded(data).text


@pytest.mark.parametrize("name", ["no-such-thing", "hex", "undefined", "unicode_escape"])
def test_a_name_that_is_no_files_encoding_is_refused(name: str) -> None:
    with pytest.raises(LookupError):
        decoded(b"abc", name)
    with pytest.raises(LookupError):
        encoded("abc", name)


def test_one_line_longer_than_the_sample_is_found_out_too() -> None:
    text = "床前明月光疑是地上霜举头望明月低头思故乡" * 20_000
    assert decoded(b" " + text.encode("gb18030")).text == " " + text


def test_a_few_broken_bytes_in_utf8_do_not_make_it_another_encoding() -> None:
    data = "größer, übler, älter, öfter, süßer, späte Vögel".encode() + b"\xff\n"
    found = decoded(data)
    assert found.text.startswith("größer, übler")
    assert [(notice.code, notice.finding) for notice in found.notices] == [("subtitle.bytes", True)]


def test_a_named_encoding_is_used_even_if_bytes_do_not_fit() -> None:
    assert decoded(b"caf\xe9", "utf-8").text == "caf\ufffd"
    assert decoded(b"caf\xe9", "latin-1").text == "café"


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"\xfe\xff", b"\0", b"\0\0\0\0", bytes(range(256)), b"\x81" * 50, b"\x1b$B"]
)
def test_no_bytes_stop_reading(data: bytes) -> None:
    assert isinstance(decoded(data).text, str)


@pytest.mark.parametrize(
    "mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE]
)
def test_a_byte_order_mark_is_never_part_of_the_text(mark: bytes) -> None:
    assert decoded(mark).text == ""


def test_characters_an_encoding_lacks_are_named() -> None:
    assert encoded("a 床 b 床 é", "cp1252") == (b"a ? b ? \xe9", ["床"])
    assert encoded("床", "utf-8") == ("床".encode(), ())
