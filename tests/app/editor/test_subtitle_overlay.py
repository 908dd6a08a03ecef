"""Cues over a picture: where the ink is, in which direction, outlined, in many scripts.

That it is where libass has it: `test_overlay_agrees`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.editor.cue_faces import CueFaces
from app.editor.subtitle_overlay import SubtitleOverlay
from app.shots.cues import long_cues, script_cues
from core.cue import Cue
from core.subtitles.pixel_look import Looks
from core.transcript import Source, shared_out, split_text

GROUND = (64, 96, 128)
SIZE = (640, 360)

Pixels = npt.NDArray[np.uint8]


def cue(text: str, language: str = "en") -> Cue:
    return Cue(shared_out(split_text(text), 0, 1000, source=Source.ALIGNED), 0, 1000, language)


def drawn(*cues: Cue, size: tuple[int, int] = SIZE, scale: float = 1.0) -> Pixels:
    """(height, width, 3) as it looks over a plain ground."""
    image = QImage(round(size[0] * scale), round(size[1] * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(*GROUND))
    painter = QPainter(image)
    SubtitleOverlay("#FFFFFF", "#000000").draw(painter, QRectF(0, 0, *size), cues)
    painter.end()
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return flat[:, : image.width(), 2::-1].copy()


def ink(pixels: Pixels) -> npt.NDArray[np.bool_]:
    """(height, width): where it is white."""
    return (pixels > 220).all(axis=2)


def span(mask: npt.NDArray[np.bool_], axis: int) -> tuple[int, int]:
    """First and last place with ink along an axis."""
    places = np.flatnonzero(mask.any(axis=axis))
    return int(places[0]), int(places[-1])


@pytest.mark.usefixtures("qapp")
class TestOverlay:
    @pytest.mark.parametrize("shown", script_cues(), ids=lambda shown: f"{shown.language}-{shown.start_ms}")
    def test_every_script_is_drawn_in_the_lower_part_and_in_the_middle(self, shown: Cue) -> None:
        white = ink(drawn(shown))
        assert white.sum() > 150
        top, bottom = span(white, 1)
        left, right = span(white, 0)
        assert top > SIZE[1] * 0.6
        assert bottom < SIZE[1] * 0.97
        assert abs((left + right) / 2 - SIZE[0] / 2) < 12

    def test_ink_has_a_dark_outline(self) -> None:
        pixels = drawn(cue("Boat"))
        dark = (pixels < 20).all(axis=2)
        assert dark.sum() > ink(pixels).sum() * 0.3

    def test_a_break_makes_two_lines(self) -> None:
        one = span(ink(drawn(cue("The wind is strong"))), 1)
        two = span(ink(drawn(cue("The wind\nis strong"))), 1)
        assert two[0] < one[0] - 15

    def test_a_line_too_long_for_the_picture_is_broken_and_stays_inside(self) -> None:
        for shown in long_cues():
            left, right = span(ink(drawn(shown)), 0)
            one_word_fills_it = len(shown.words) == 1
            assert (left > SIZE[0] * 0.03) is not one_word_fills_it, "as in the film: a word is never broken"
            assert (right < SIZE[0] * 0.97) is not one_word_fills_it

    def test_a_look_that_makes_no_sense_draws_what_it_can_and_breaks_nothing(self) -> None:
        for wild in ("1e300", "nan", "-5", "0", "x", "99999999"):
            overlay = SubtitleOverlay()
            fields = (
                f"Arial,{wild},&H0,&H0,&H0,&H0,{wild},0,0,0,100,100,0,0,1,{wild},{wild},{wild},{wild},{wild},{wild},1"
            )
            overlay.dress(Looks("", {"Default": fields}, CueFaces()))
            image = QImage(*SIZE, QImage.Format.Format_RGB32)
            painter = QPainter(image)
            overlay.draw(painter, QRectF(0, 0, *SIZE), (cue("Boat"),))
            painter.end()

    def test_arabic_ends_with_its_full_stop_on_the_left(self) -> None:
        plain, stopped = cue("القهوة", "ar"), cue("القهوة.", "ar")
        grown = span(ink(drawn(stopped)), 0)
        before = span(ink(drawn(plain)), 0)
        middle_of_new_ink = np.flatnonzero(ink(drawn(stopped)).any(axis=0))[0]
        assert grown[1] - grown[0] > before[1] - before[0]
        low = ink(drawn(stopped))[:, middle_of_new_ink : middle_of_new_ink + 3]
        assert low.sum() <= 12  # the dot alone, no letter

    def test_two_cues_at_once_lie_above_each_other(self) -> None:
        alone = span(ink(drawn(cue("First"))), 1)
        both = ink(drawn(cue("First"), cue("Second")))
        assert span(both, 1)[0] < alone[0] - 15
        assert span(both, 1)[1] == alone[1]

    def test_the_type_grows_with_the_picture(self) -> None:
        small = span(ink(drawn(cue("Boat"))), 1)
        large = span(ink(drawn(cue("Boat"), size=(1280, 720))), 1)
        assert (large[1] - large[0]) > 1.7 * (small[1] - small[0])

    def test_a_finer_screen_gets_finer_letters_at_the_same_place(self) -> None:
        once, twice = span(ink(drawn(cue("Boat"))), 0), span(ink(drawn(cue("Boat"), scale=2.0)), 0)
        assert twice[0] == pytest.approx(2 * once[0], abs=4)
        assert twice[1] == pytest.approx(2 * once[1], abs=4)

    def test_words_keep_their_own_colour(self) -> None:
        shown = cue("red boat")
        words = (replace(shown.words[0], marks=frozenset({"c:#ff0000"})), *shown.words[1:])
        pixels = drawn(replace(shown, words=words)).astype(int)
        red = (pixels[..., 0] > 200) & (pixels[..., 1] < 60) & (pixels[..., 2] < 60)
        assert red.sum() > 50

    def test_an_emoji_does_not_shift_the_marks_behind_it(self) -> None:
        shown = cue("🚣 red")
        words = (shown.words[0], replace(shown.words[1], marks=frozenset({"c:#ff0000"})))
        pixels = drawn(replace(shown, words=words)).astype(int)
        middle = SIZE[0] // 2
        red = (pixels[..., 0] > 200) & (pixels[..., 1] < 60) & (pixels[..., 2] < 60)
        assert red[:, middle:].sum() > 50
        white_right_of_it = ink(pixels.astype(np.uint8))[:, middle + 20 :]
        assert white_right_of_it.sum() == 0

    @pytest.mark.parametrize("shown", [(), (Cue((), 0, 1000),)], ids=["no cue", "a cue without words"])
    def test_nothing_is_drawn_for_nothing(self, shown: tuple[Cue, ...]) -> None:
        assert (drawn(*shown) == np.array(GROUND)).all()

    def test_a_picture_without_size_is_no_trouble(self, qapp: QApplication) -> None:
        assert (drawn(cue("Boat"), size=(1, 1)) >= 0).all()

    def test_of_many_cues_at_one_time_none_lies_on_another(self) -> None:
        """Typeset files have dozens at once; each goes up, or down from the top, past all that are there."""
        shown = [
            replace(cue("A sign\nof two lines" if number % 3 else "A sign"), settings={"srt": f"{{\\an{place}}}"})
            for number, place in enumerate([2, 8, 1, 2, 3, 9, 7, 2, 8] * 3)
        ]
        rooms = [shape.room for shape in SubtitleOverlay()._shapes(QSizeF(1920, 8 * 1080), shown, "en")]
        assert len(rooms) == len(shown)
        assert not any(one.intersects(other) for one, other in combinations(rooms, 2))
