"""Rows that TTML's regions and captions put their text on, and what other formats make of them."""

from __future__ import annotations

import pytest

from core.subtitles import registry
from core.subtitles.losses import losses
from core.subtitles.protocol import Feature, Subtitles

_TTML = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
 tts:extent="1920px 1080px" xml:lang="{0}">
<head><layout><region xml:id="r" {1}/></layout></head>
<body><div {2}><p {3} begin="1s" end="2s">Text</p></div></body></tt>"""


def read(region: str, *, of_div: str = "", of_paragraph: str = 'region="r"', language: str = "en") -> Subtitles:
    return registry.by_id("ttml").read(_TTML.format(language, region, of_div, of_paragraph))


def place(found: Subtitles) -> str:
    return found.cues[0].settings.get("srt", "")


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("", ""),
        ('tts:displayAlign="before"', "{\\an8}"),
        ('tts:displayAlign="after"', ""),
        ('tts:displayAlign="center"', "{\\an5}"),
        ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"', ""),
        ('tts:origin="10% 5%" tts:extent="80% 20%" tts:displayAlign="after"', "{\\an8}"),
        ('tts:origin="10% 75%" tts:extent="80% 20%"', ""),
        ('tts:origin="200px 800px" tts:extent="1500px 200px" tts:displayAlign="before"', ""),
        ('tts:position="center top" tts:extent="80% 20%"', "{\\an8}"),
        ('tts:position="center bottom" tts:extent="80% 20%"', ""),
        ('tts:origin="1em 1em" tts:extent="80% 20%"', ""),
    ],
)
def test_a_region_puts_its_text_into_a_row(region: str, expected: str) -> None:
    assert place(read(region)) == expected


def test_the_innermost_region_counts_and_no_region_says_nothing() -> None:
    top = 'tts:displayAlign="before"'
    assert place(read(top, of_div='region="r"', of_paragraph="")) == "{\\an8}"
    assert place(read(top, of_paragraph="")) == ""


def test_a_row_goes_over_to_formats_that_have_one_and_is_named_as_lost_elsewhere() -> None:
    found = read('tts:displayAlign="before"')
    assert "{\\an8}Text" in registry.by_id("srt").write(found)
    assert "line:0" in registry.by_id("vtt").write(found)
    assert Feature.POSITIONS not in losses(found, registry.by_id("srt"))
    assert Feature.POSITIONS in losses(found, registry.by_id("ttml"))


def test_captions_stand_on_the_rows_they_were_sent_to() -> None:
    found = registry.by_id("scc").read(
        "Scenarist_SCC V1.0\n\n"
        "01:00:01:00\t9420 9420 9470 9470 5468 6973 942f 942f\n\n"
        "01:00:03:00\t9420 9420 91d0 91d0 546f 7020 942f 942f\n\n"
        "01:00:05:00\t942c 942c\n"
    )
    assert [cue.settings.get("srt", "") for cue in found.cues] == ["", "{\\an8}"]


@pytest.mark.parametrize(("language", "codes"), [("nb", ["subtitle.language"]), ("", []), ("und", []), ("de-AT", [])])
def test_a_language_nobody_knows_here_is_said_to_be_left_out(language: str, codes: list[str]) -> None:
    assert [notice.code for notice in read("", language=language).notices] == codes
