"""While a film plays its cues stand as libass draws them where it stops, in many looks and scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from core import fonts
from core.cue import Cue
from core.subtitles.look import DEFAULT, Look
from core.transcript import Source, shared_out, split_text
from tests.app.editor.pictures import Cover, alike, by_libass, by_window, ink_box

SCRIPTS = {
    "en": "The last boat, AVATAR & To\nleaves at nine.",
    "ar": "كلَّ صباحٍ أفتحُ البابَ\nقبلَ الفجر.",
    "zh": "最后一班船九点开，\n谁也不说话。",
}
LONG = "The wind is strong tonight, much stronger than the harbour master had promised us, but the moon is bright"
ARABIC_INSIDE = "He said that the word سلام عليكم means peace be upon you and that the other word مرحبا means hello"
LATIN_INSIDE = "ראיתי אתמול את הסרט Star Wars בקולנוע עם החברים שלי ואחר כך הלכנו ל Pizza Hut הקרוב"
MOST_PX = 1
"""How far an edge of the ink may be from where libass has it."""
MOST_INK = 0.05
"""libass rounds the width of an outline to a quarter of a pixel and less (`STROKER_PRECISION`)."""
LEAST_ALIKE = 0.88
"""Share of ink both have: both smooth edges in their own ways, and letters are small."""
A_PIXEL_OFF = {"two on top": 0.8}
"""Where the height of a cue is a fraction, the one below it may stand a pixel lower than libass has it."""


def cue(text: str, language: str = "en", style: str = "", **settings: str) -> Cue:
    words = shared_out(split_text(text), 0, 900, source=Source.IMPORTED)
    return Cue(words, 0, 900, language, style=style, settings={key.replace("_", "-"): v for key, v in settings.items()})


def family(language: str) -> str:
    return fonts.choose(SCRIPTS[language], language).family


LOOKS = {
    "bold": Look(bold=True),
    "italic": Look(italic=True),
    "large": Look(size=90.0),
    "thick": Look(outline=8.0),
    "bare": Look(outline=0.0),
    "box": Look(box=True, outline=12.0),
    "low": Look(margin=10),
    **{f"place{place}": Look(place=place) for place in (1, 3, 5, 7, 8)},
}


def marked(text: str, marks: dict[int, str]) -> Cue:
    plain = cue(text)
    words = [
        replace(word, marks=frozenset({marks[n]}) if n in marks else word.marks) for n, word in enumerate(plain.words)
    ]
    return replace(plain, words=tuple(words))


def looks() -> dict[str, tuple[Cue, ...]]:
    """Every look in every script."""
    return {
        f"{name}-{language}": (cue(text, language, f"{name} {language}"),)
        for name in LOOKS
        for language, text in SCRIPTS.items()
    }


GROUPS = {
    **{f"default-{language}": (cue(text, language),) for language, text in SCRIPTS.items()},
    **looks(),
    "too long": (cue(LONG),),
    "too long in Arabic": (cue(SCRIPTS["ar"].replace("\n", " ") * 3, "ar"),),
    "a line left blank": (cue("over\n\nunder"),),
    "two at once": (cue("First"), cue("Second\nand third")),
    "two on top": (cue("First", srt="{\\an8}"), cue("Second", srt="{\\an8}")),
    "a margin of its own": (cue("Higher", ass="0,0,0,300,"),),
    "marks": (marked("one two three four", {0: "i", 1: "b", 3: "u"}),),
    "shadow": (cue("Shadow", style="shadow"),),
    "a direction of its own": (cue("نعم, he said.\nYes.", "en"),),
    "Arabic inside English": (cue(ARABIC_INSIDE, "en", "three lines of English"),),
    "Latin inside Hebrew": (cue(LATIN_INSIDE, "he", "three lines of Hebrew"),),
    "a line under a word of two directions": (marked("To مرحبا. הקרוב", {1: "u"}),),
}


def styles() -> dict[str, str]:
    made = {
        f"{name} {language}": replace(look, font=family(language)).ass_fields()
        for name, look in LOOKS.items()
        for language in SCRIPTS
    }
    shadow = replace(Look(), font=family("en")).ass_fields().split(",")
    shadow[16] = "6"
    for language, size in (("English", 103.0), ("Hebrew", 125.0)):
        made[f"three lines of {language}"] = Look(size=size, outline=3, font=family("en")).ass_fields()
    return {**made, "shadow": ",".join(shadow)}


@pytest.fixture(scope="module")
def film() -> dict[str, Cover]:
    """What libass draws."""
    return dict(zip(GROUPS, by_libass(tuple(GROUPS.values()), styles=styles()), strict=True))


@pytest.mark.parametrize("name", GROUPS)
def test_nothing_jumps_where_the_film_stops(qapp: QApplication, film: dict[str, Cover], name: str) -> None:
    live = by_window(GROUPS[name], styles=styles())
    assert ink_box(live) == pytest.approx(ink_box(film[name]), abs=MOST_PX)
    assert live.sum() == pytest.approx(film[name].sum(), rel=MOST_INK)
    assert alike(live, film[name]) > A_PIXEL_OFF.get(name, LEAST_ALIKE)


def test_a_chosen_look_and_a_strangers_header_hold_while_it_plays(qapp: QApplication) -> None:
    """The dialog's look counts for cues that name no style; a header with a picture of its own has its own units."""
    header = "[Script Info]\nScriptType: v4.00+\nPlayResX: 1280\nPlayResY: 720\nScaledBorderAndShadow: yes"
    chosen = {DEFAULT: Look(size=60, outline=4, margin=50, bold=True).ass_fields()}
    group = (cue(SCRIPTS["ar"], "ar"), cue(SCRIPTS["en"]))
    (film,) = by_libass((group,), header, chosen)
    live = by_window(group, header, chosen)
    assert ink_box(live) == pytest.approx(ink_box(film), abs=MOST_PX)
    assert alike(live, film) > LEAST_ALIKE
