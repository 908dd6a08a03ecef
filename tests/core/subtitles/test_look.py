"""The style of the picture is carried into ASS and TTML as it was chosen, and onto the picture with fonts that fit."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from app.editor.export_plan import material_of, preview
from core import fonts
from core.cue import Cue
from core.document.document import Document
from core.subtitles import ass_header, embedded_fonts
from core.subtitles.ass import Ass
from core.subtitles.look import DEFAULT, Look, look_of
from core.subtitles.picture import on_picture
from core.subtitles.protocol import Subtitles
from core.subtitles.ttml import Ttml
from core.transcript import Source, shared_out, split_text

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
LOOKS = st.builds(
    Look,
    font=st.sampled_from(["Arial", "Noto Sans CJK SC", "Ünï"]),
    size=st.integers(1, 1000).map(float),
    colour=COLOURS,
    outline_colour=COLOURS,
    outline=st.integers(0, 100).map(float),
    box=st.booleans(),
    bold=st.booleans(),
    italic=st.booleans(),
    place=st.integers(1, 9),
    margin=st.integers(0, 1080),
)
CHOSEN = Look("Noto Serif", 48, "#ffee00", "#102030", 4, bold=True, place=8, margin=80)


def cue(text: str) -> Cue:
    return Cue(shared_out(split_text(text), 0, 1_000, source=Source.IMPORTED), 0, 1_000)


def chosen(look: Look) -> Subtitles:
    return Subtitles((cue("Hello"),), styles={DEFAULT: look.ass_fields()})


@given(LOOKS)
def test_every_look_survives_ass(look: Look) -> None:
    written = Ass().write(chosen(look))
    assert look_of(Ass().read(written).styles) == look


def test_where_nobody_chose_a_look_ass_has_the_usual_one() -> None:
    """With it each line's direction goes by its letters: in Arial, too, an Arabic full stop is on the left."""
    (written,) = ass_header.styles_of(Ass().write(Subtitles((cue("آخر."),)))).values()
    assert written.rsplit(",", 1)[1] == "-1"
    assert Look.of_ass(written) == Look()


def test_a_look_is_carried_into_ttml() -> None:
    written = Ttml().write(chosen(CHOSEN))
    for wanted in (
        "tts:fontFamily=\"'Noto Serif', proportionalSansSerif\"", 'tts:fontSize="107%"', 'tts:color="#ffee00"',
        'tts:textOutline="#102030 8%"', 'tts:fontWeight="bold"', 'tts:displayAlign="before"',
    ):  # fmt: skip
        assert wanted in written
    assert [one.text for one in Ttml().read(written).cues] == ["Hello"]


def test_without_a_choice_files_have_the_usual_look() -> None:
    plain = Subtitles((cue("Hello"),))
    assert "Style: Default,Arial,75" in Ass().write(plain)
    assert 'tts:fontFamily="proportionalSansSerif" tts:fontSize="100%"' in Ttml().write(plain)


def test_a_choice_replaces_the_default_of_a_header_that_was_read_and_nothing_else() -> None:
    read = Ass().read(Ass().write(Subtitles((cue("Hello"),), styles={"Sign": Look(size=20).ass_fields()})))
    again = Ass().read(Ass().write(Subtitles(read.cues, read.header, styles={DEFAULT: CHOSEN.ass_fields()})))
    assert look_of(again.styles) == CHOSEN
    assert Look.of_ass(again.styles["Sign"]).size == 20


def test_damaged_fields_are_a_plain_look() -> None:
    assert Look.of_ass("") == Look()
    assert Look.of_ass("a,b,c") == Look()
    strange = ",".join(["x"] * 22)
    assert Look.of_ass(strange) == Look(font="x")


def test_a_font_name_cannot_begin_another_field_or_line() -> None:
    fields = Look(font="a,b\nStyle: Evil,c").ass_fields()
    assert (fields.count(","), "\n" in fields) == (21, False)


def test_a_tall_film_gets_letters_for_its_width() -> None:
    tall = on_picture(chosen(Look()), 720, 1280).ass
    assert "PlayResX: 1080\nPlayResY: 1920" in tall
    assert ass_header.fitted("PlayResX: 640\nPlayResY: 480", 720, 1280) == "PlayResX: 640\nPlayResY: 480"


def test_letters_no_font_has_are_a_finding_with_the_letters() -> None:
    (notice,) = [one for one in on_picture(Subtitles((cue("a\U000e0fffb"),)), 640, 360).notices if one.finding]
    assert notice.code == "render.letters"
    assert "\U000e0fff" in notice.text


def test_scripts_on_one_picture_have_letters_of_one_size() -> None:
    """A line of an Arabic font is higher for the same letters: libass fits lines, so sizes must differ."""
    text = on_picture(Subtitles((cue("Hello"), cue("آخر"))), 640, 360).ass
    sizes = {name: float(size) for name, size in re.findall(r"Style: Default ([^,]+),[^,]+,([\d.]+)", text)}
    assert sizes
    for name, size in sizes.items():
        assert abs(size / fonts.height_ratio(name) - 75 / 1.117) < 0.1


SMALL = "[Script Info]\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360"


def test_a_script_with_units_of_its_own_gets_letters_of_the_same_size() -> None:
    """Where nobody chose a look, cues are as high on a script of 360 lines as on ours of 1080."""
    cue = Cue(shared_out(split_text("最后"), 0, 1_000, source=Source.IMPORTED), 0, 1_000)
    ours, small = (on_picture(Subtitles((cue,), header), 640, 360).ass for header in ("", SMALL))
    sizes = [
        max(float(fields.split(",")[1]) for fields in ass_header.styles_of(text).values()) for text in (ours, small)
    ]
    assert "PlayResY: 360" in small
    assert abs(sizes[1] - sizes[0] / 3) < 0.1


def test_units_of_a_header_go_with_it_and_stay_behind_without_it(tmp_path: Path) -> None:
    styles = {DEFAULT: Look(size=20, margin=18).ass_fields()}
    material = material_of(Document(header={"ass": SMALL}, styles=styles))
    assert 'tts:fontSize="133%"' in preview(material, "ttml"), "60 of 1080 lines, 45 being 100 %"
    assert "Style: Default,Arial,20," in preview(material, "ass")
    assert ass_header.scale("[Script Info]\nTitle: no size") == 288 / 1080
    for columns, lines in ((640, 480), (1280, 1024), (0, 288)):
        assert ass_header.scale(f"[Script Info]\nPlayResX: {columns}") == lines / 1080
    assert ass_header.scale("WEBVTT") == 1


NAMED = """[Script Info]
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,{here},60,&H00FFFFFF,&H00969696,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,3,0,2,96,96,54,1
Style: Sign,{sign},40,&H0000FFFF,&H00969696,&H00000000,&H80000000,-1,0,0,0,90,100,2,7.5,1,3,4,8,96,96,54,1
"""


def named(sign: str, text: str, *, style: str = "Sign", more: str = "") -> Subtitles:
    """One cue in a style whose font is `sign`; the default's font is here."""
    header = NAMED.format(here=fonts.choose("abc").family, sign=sign) + more
    return Subtitles((replace(cue(text), style=style),), header, styles=ass_header.styles_of(header), format="ass")


def test_a_named_style_whose_font_is_not_here_is_told_and_drawn_in_one_that_is() -> None:
    drawn = on_picture(named("Nothing of the kind", "Hello"), 640, 360)
    (notice,) = drawn.notices
    used = fonts.choose("Hello").family
    assert (notice.code, notice.params) == ("render.font", {"font": "Nothing of the kind", "used": used})
    fields = ass_header.styles_of(drawn.ass)[f"Sign {used}"].split(",")
    assert fields[0] == used
    assert abs(float(fields[1]) / fonts.height_ratio(used) - 40 / 1.117) < 0.1
    assert fields[2:] == named("x", "x").styles["Sign"].split(",")[2:], "all else of the style stays"
    assert f",Sign {used},," in drawn.ass
    assert on_picture(named("Nothing of the kind", "Hello", style=""), 640, 360).notices == (), "no cue uses it"


def test_a_default_style_whose_font_is_not_here_keeps_its_margins_shadow_and_all_else() -> None:
    header = NAMED.format(here="Nothing of the kind", sign="x").replace("1,3,0,2,96,96,54,1", "1,3,4,2,10,10,54,1")
    read = Subtitles((cue("Hello"),), header, styles=ass_header.styles_of(header), format="ass")
    (name,) = (name for name in ass_header.styles_of(on_picture(read, 640, 360).ass) if name.startswith(f"{DEFAULT} "))
    fields = ass_header.styles_of(on_picture(read, 640, 360).ass)[name].split(",")
    assert fields[2:] == read.styles[DEFAULT].split(",")[2:]


def test_letters_a_named_styles_font_lacks_come_from_one_that_has_them() -> None:
    latin = next(one for one in fonts.installed() if not fonts.choose("abc", "", one).missing and _lacks(one, "最"))
    drawn = on_picture(named(latin, "最后一班船"), 640, 360)
    assert drawn.notices == (), "the font is here; only these letters are another's"
    assert ",Sign Noto Sans CJK SC,," in drawn.ass or fonts.missing_letters("最") == "最"
    (notice,) = on_picture(named(latin, "a\U000e0fffb"), 640, 360).notices
    assert (notice.code, notice.finding) == ("render.letters", True)


def _lacks(family: str, letter: str) -> bool:
    return family != fonts.choose(letter, "", family).family


@pytest.mark.parametrize("change", [str.upper, str.lower, "@{}".format], ids=["large", "small", "upright"])
def test_a_font_is_found_as_renderers_find_it(change: Callable[[str], str]) -> None:
    family = fonts.choose("abc").family
    drawn = on_picture(named(change(family), "Hello"), 640, 360)
    assert drawn.notices == ()
    assert ",Sign,," in drawn.ass


def test_a_font_the_file_brings_along_is_here() -> None:
    """The renderer takes it out of the header; its text may have lines that begin with a bracket."""
    font = renamed("Brought Along")
    encoded = base64.b64encode(font).decode().rstrip("=").translate(AS_ASS)
    lines = "\n".join(encoded[at : at + 80] for at in range(0, len(encoded), 80))
    more = f"\n[Fonts]\nfontname: bad.ttf\n[AB!\n!!!!!\nfontname: a_0.ttf\n{lines}\n\n[Graphics]\nfilename: a.bmp\n!!\n"
    assert embedded_fonts.names_of(NAMED + more) == {"brought along"}
    assert on_picture(named("Brought Along", "Hello", more=more), 640, 360).notices == ()
    assert on_picture(named("Brought Along", "Hello"), 640, 360).notices != ()


@pytest.mark.parametrize(
    "bulk",
    ["[Fonts]\n", "[fonts] \nfontname: a\n[AB!\n!!!!\n\n", "[Graphics]\nfilename: a\n!!!!\n[Fonts]\nfontname: b\n"],
    ids=["empty", "a line that begins with a bracket", "pictures before fonts"],
)
def test_without_its_fonts_and_pictures_a_header_has_every_other_line(bulk: str) -> None:
    """They may be megabytes, and a window that drew each cue from all of them stood still for a tenth of a second."""
    head, rest = "[Script Info]\nPlayResY: 720\n", "[V4+ Styles]\nStyle: Sign,Arial\n[Other]\nx: 1\n"
    lines = embedded_fonts.without(head + bulk + rest).split("\n")
    assert [line for line in lines if line] == (head + rest).split("\n")[:-1]
    assert embedded_fonts.without(head + rest) == head + rest


def renamed(name: str) -> bytes:
    """A small font that is here, by a name that no font here has."""
    path = min(
        (path for path, _ in fonts._faces().values() if path.suffix == ".ttf"), key=lambda one: one.stat().st_size
    )
    with TTFont(path) as font:
        for record in font["name"].names:
            record.string = name
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()


AS_ASS = str.maketrans({letter: chr(33 + bits) for bits, letter in enumerate(embedded_fonts._BASE64.decode())})


@given(st.text(alphabet="\n[]FontsName:!`a \u00e9\x00", max_size=60))
def test_whatever_stands_in_the_section_of_fonts_is_passed_over(text: str) -> None:
    assert embedded_fonts.names_of(f"[Script Info]\n\n[Fonts]\nfontname: a\n{text}") == frozenset()
