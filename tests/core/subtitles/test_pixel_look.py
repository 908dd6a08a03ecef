"""Looks in pixels: units of the header, a cue's own margins and place, fonts by script, numbers without sense."""

from __future__ import annotations

import math
from dataclasses import astuple

import pytest

from core.cue import Cue
from core.fonts import Choice
from core.subtitles.ass_header import play_size
from core.subtitles.look import DEFAULT, Look
from core.subtitles.pixel_look import Looks
from core.transcript import Source, shared_out, split_text


class Faces:
    """Arial for all but Arabic, whose lines are twice as high for the same letters."""

    def called(self, name: str) -> str:
        return name

    def choose(self, text: str, language: str = "", wanted: str = "") -> Choice:
        return Choice("Naskh" if language == "ar" else wanted)

    def missing_letters(self, text: str, language: str = "", wanted: str = "") -> str:
        return ""

    def height_ratio(self, family: str) -> float:
        return 2.0 if family == "Naskh" else 1.0


def cue(language: str = "en", style: str = "", **settings: str) -> Cue:
    words = shared_out(split_text("a boat"), 0, 900, source=Source.IMPORTED)
    named = {key.replace("_", "-"): value for key, value in settings.items()}
    return Cue(words, 0, 900, language, style=style, settings=named)


def test_the_usual_look_is_in_lines_of_1080_whatever_the_picture() -> None:
    look = Looks(faces=Faces()).of(cue(), 640, 360)
    assert (look.font, look.line_px, look.edge_px) == ("Arial", 25, 18)
    assert look.outline_px == pytest.approx(4 / 3)
    assert (look.ink, look.edge, look.place, look.box, look.bold) == ("#ffffffff", "#ff000000", 2, False, False)
    assert look.left_px == look.right_px == 32
    tall = Looks(faces=Faces()).of(cue(), 360, 640)
    assert (tall.line_px, tall.edge_px) == (25, 18), "the shorter side counts"


def test_a_script_s_own_units_count_and_rims_only_where_it_scales_them() -> None:
    head = "[Script Info]\nScriptType: v4.00+\nPlayResX: 320\nPlayResY: 240\n"
    styles = {DEFAULT: Look(size=20, outline=2, margin=10).ass_fields()}
    plain, scaled = (
        Looks(head + more, styles, Faces()).of(cue(), 640, 480) for more in ("", "ScaledBorderAndShadow: yes")
    )
    assert (plain.line_px, plain.edge_px, plain.outline_px) == (40, 20, 2)
    assert scaled.outline_px == 4


def test_fonts_and_pictures_that_a_header_brings_along_change_no_look() -> None:
    head, sign = "[Script Info]\nScriptType: v4.00+\nPlayResY: 720\n", Look(size=33, place=8).ass_fields()
    styles = f"\n[V4+ Styles]\nStyle: Sign,{sign}\n"
    bulk = "\n[Fonts]\nfontname: a.ttf\n[AB!\nPLAYRESX: 9\n\n[Graphics]\nfilename: a.bmp\n!!!\n"
    plain, before, behind = (
        Looks(text, {}, Faces()).of(cue(style="Sign"), 640, 480)
        for text in (head + styles, head + bulk + styles, head + styles + bulk)
    )
    assert plain == before == behind
    assert (plain.line_px, plain.place) == (22, 8)


def test_a_script_in_another_font_has_letters_of_the_same_size() -> None:
    looks = Looks("", {DEFAULT: Look(bold=True, colour="#102030").ass_fields()}, Faces())
    look = looks.of(cue("ar"), 1920, 1080)
    assert (look.font, look.line_px, look.bold, look.ink) == ("Naskh", 150, True, "#ff102030")
    assert looks.of(cue(""), 1920, 1080, "ar").font == "Naskh", "of cues that say no language"
    assert looks.of(cue(), 1920, 1080).line_px == 75


def test_a_cue_s_own_place_and_margins_go_before_its_style_s() -> None:
    looks = Looks("", {"up": Look(place=8, margin=100).ass_fields()}, Faces())
    assert [looks.of(cue(style=style), 1920, 1080).place for style in ("", "up", "unknown")] == [2, 8, 2]
    assert looks.of(cue(srt="{\\an7}"), 1920, 1080).place == 7
    assert looks.of(cue(vtt="line:0"), 1920, 1080).place == 8
    own = looks.of(cue(style="up", ass="0,10,0,30,"), 1920, 1080)
    assert (own.left_px, own.right_px, own.edge_px) == (10, 96, 30)


def test_a_header_that_does_not_say_its_picture_is_taken_as_libass_takes_it() -> None:
    said = {"": (384, 288), "PlayResX: 640": (640, 480), "PlayResY: 1024": (1280, 1024), "PlayResY: 480": (640, 480)}
    assert {text: play_size(f"[Script Info]\n{text}") for text in said} == said


@pytest.mark.parametrize("wild", ["nan", "inf", "-1e9", "1e300", "", "x"])
def test_numbers_that_make_no_sense_stay_within_bounds(wild: str) -> None:
    fields = ["Arial", *[wild] * 21]
    look = Looks("", {DEFAULT: ",".join(fields)}, Faces()).of(cue(), 640, 360)
    assert 0 < look.line_px <= 4 * 360
    assert 0 <= look.outline_px <= 360
    assert 1 <= look.place <= 9
    assert all(math.isfinite(value) for value in astuple(look) if isinstance(value, float))
