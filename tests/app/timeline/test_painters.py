"""What is on the picture, looked at pixel by pixel where it carries meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.theme.tokens import DARK, LIGHT, Tokens
from app.timeline.index import CueIndex
from app.timeline.layout import Band, Density, laid_out
from app.timeline.model import Notes, PlainModel, Severity
from app.timeline.painters import Picture
from app.timeline.painters.overlays import pull_text
from app.timeline.painters.tiles import TILE_PX
from app.timeline.painters.wave import wave_pixels
from app.timeline.scene import Scene
from app.timeline.snapping import Kind, Pull, Target
from app.timeline.texts import Texts
from app.timeline.viewport import Viewport
from core.document.document import Document
from core.transcript import Source
from tests.app.timeline.films import DURATION_MS, cue, document, film

WIDTH, HEIGHT = 900, 300

Pixels = npt.NDArray[np.uint32]

pytestmark = pytest.mark.usefixtures("qapp")


def scene(model: PlainModel | None = None, *, tokens: Tokens = DARK, px_per_s: float = 100, **changes: Any) -> Scene:
    model = model or film()
    layout = laid_out(WIDTH, HEIGHT, changes.pop("density", Density.NORMAL))
    view = Viewport(changes.pop("start_ms", 0), 1000 / px_per_s, layout.lanes_width_px, DURATION_MS)
    return Scene(
        view, layout, tokens, model.document, CueIndex(model.document.cues), model.peaks, model.speech, model.notes,
        **{"playhead_ms": DURATION_MS, **changes},
    )  # fmt: skip


def picture(shown: Scene, dirty: QRect | None = None, drawer: Picture | None = None) -> Pixels:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    (drawer or Picture()).draw(painter, shown, dirty or QRect(0, 0, WIDTH, HEIGHT))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(HEIGHT, WIDTH).copy() & 0xFFFFFF


def rgb(colour: str) -> int:
    return int(colour[1:], 16)


def part(pixels: Pixels, shown: Scene, band: Band, from_ms: int, to_ms: int) -> Pixels:
    left = shown.layout.gutter_px + round(shown.view.x_of(from_ms))
    right = shown.layout.gutter_px + round(shown.view.x_of(to_ms))
    return pixels[band.top : band.bottom, left:right]


def has(pixels: Pixels, colour: str) -> bool:
    return bool((pixels == rgb(colour)).any())


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_the_wave_shows_its_rms_inside_its_peak(tokens: Tokens) -> None:
    shown = scene(tokens=tokens)
    lane = part(picture(shown), shown, shown.layout.sound, 100, 900)
    peak, rms = lane == rgb(tokens.wave), lane == rgb(tokens.waverms)
    assert rms.any(axis=0).all()
    assert (peak.argmax(axis=0) < rms.argmax(axis=0)).all()


def test_sound_that_is_not_read_yet_leaves_the_ground_empty() -> None:
    shown = scene(film(built_ms=5000))
    pixels = picture(shown)
    assert has(part(pixels, shown, shown.layout.sound, 4000, 4900), DARK.waverms)
    assert not has(part(pixels, shown, shown.layout.sound, 5100, 7000), DARK.waverms)


def test_more_sound_read_shows_at_the_next_drawing() -> None:
    drawer, shown = Picture(), scene(film(built_ms=5000))
    picture(shown, drawer=drawer)
    later = replace(shown, peaks=film(built_ms=DURATION_MS).peaks)
    assert has(part(picture(later, drawer=drawer), later, later.layout.sound, 5100, 7000), DARK.waverms)


def test_tiles_join_without_a_seam_wherever_the_view_begins() -> None:
    for start_ms in (0, 3, 1234.5, TILE_PX * 10 - 1):
        shown = scene(start_ms=start_ms)
        lane = part(picture(shown), shown, shown.layout.sound, round(start_ms), round(start_ms) + 8000)
        assert (lane == rgb(DARK.waverms)).any(axis=0).all()


def test_silence_is_a_line_and_not_nothing() -> None:
    pixels = wave_pixels(np.zeros((5, 3), np.int8), 41, 1.0, 1, 2)
    assert (pixels == 1).sum(axis=0).tolist() == [1] * 5
    assert not (pixels == 2).any()


def test_a_loud_wave_stays_inside_its_lane() -> None:
    columns = np.tile(np.array([-127, 127, 60], np.int8), (4, 1))
    pixels = wave_pixels(columns, 30, 8.0, 1, 2)
    assert pixels.shape == (30, 4)
    assert (pixels != 0).all()


def test_speech_has_a_bar_at_the_foot_of_the_sound() -> None:
    shown = scene()
    foot = Band(shown.layout.sound.bottom - 6, 3)
    pixels = picture(shown)
    assert (part(pixels, shown, foot, 1150, 2850) == rgb(DARK.wave)).all()
    assert not (part(pixels, shown, foot, 3000, 4000) == rgb(DARK.wave)).any()


def with_sources(source: Source, **word: Any) -> PlainModel:
    made = cue("a", 1000, 3000, 2)
    words = tuple(replace(w, source=source, **word) for w in made.words)
    return film(document(replace(made, words=words)))


def words_of(shown: Scene) -> Pixels:
    return part(picture(shown), shown, shown.layout.words, 1000, 3000)


def test_measured_words_are_filled_and_estimated_ones_hollow() -> None:
    measured = words_of(scene(with_sources(Source.ALIGNED)))
    estimated = words_of(scene(with_sources(Source.ESTIMATED)))
    assert has(measured, DARK.measuredbg)
    assert not has(estimated, DARK.measuredbg)
    assert (estimated == rgb(DARK.canvas)).mean() > 0.5


def test_an_estimated_word_s_edge_is_dashed() -> None:
    shown = scene(with_sources(Source.ESTIMATED))
    bottom = shown.layout.word_blocks.bottom - 1
    edge = part(picture(shown), shown, Band(bottom, 1), 1100, 1900)[0]
    assert 0.4 < (edge != rgb(DARK.canvas)).mean() < 0.8


def test_a_doubtful_word_has_a_wave_and_a_corner() -> None:
    assert has(words_of(scene(with_sources(Source.ALIGNED, text_confidence=0.1))), DARK.doubt)
    assert not has(words_of(scene(with_sources(Source.ALIGNED, text_confidence=0.9))), DARK.doubt)


def test_a_word_being_re_timed_is_hatched() -> None:
    model = with_sources(Source.ALIGNED)
    healing = replace(model, notes=Notes(healing=frozenset({"a.0", "a.1"})))
    pixels = words_of(scene(healing))
    assert has(pixels, DARK.healing)
    assert not has(pixels, DARK.measuredbg)


def test_the_four_looks_differ_without_any_colour() -> None:
    fills = []
    for model in (with_sources(Source.ALIGNED), with_sources(Source.EDITED), with_sources(Source.ESTIMATED),
                  replace(with_sources(Source.ALIGNED), notes=Notes(healing=frozenset({"a.0", "a.1"})))):  # fmt: skip
        shown = words_of(scene(model))
        values, counts = np.unique(shown, return_counts=True)
        fills.append((shown == values[counts.argmax()]).tobytes())
    assert len(set(fills)) == 4


def test_words_under_three_pixels_merge_into_one_band() -> None:
    shown = scene(px_per_s=4)
    row = shown.layout.word_blocks.top + 10
    edges = part(picture(shown), shown, Band(row, 1), 900, 3200)[0] == rgb(DARK.measured)
    assert edges.sum() == 2


def test_a_word_that_does_not_fit_is_a_bar_and_never_elided() -> None:
    narrow = document(replace(cue("a", 1000, 3000, 4, text="incomprehensibilities")))
    shown = scene(film(narrow), px_per_s=50)
    block = part(picture(shown), shown, shown.layout.word_blocks, 1000, 1500)
    ink = np.argwhere(block == rgb(DARK.onmeasured))
    assert len(ink) == 12
    assert np.ptp(ink[:, 0]) == 1


def test_a_selected_cue_has_an_outline_and_tints_the_sound() -> None:
    plain, chosen = scene(), scene(selection=frozenset({"b"}))
    band = chosen.layout.cues
    assert has(part(picture(chosen), chosen, band, 3980, 6020), DARK.accent)
    assert not has(part(picture(plain), plain, band, 3980, 6020), DARK.accent)
    tint = chosen.inks.tint.name()
    assert has(part(picture(chosen), chosen, chosen.layout.sound, 4100, 5900), tint)


@pytest.mark.parametrize(("severity", "token"), [(Severity.MUST, "error"), (Severity.SHOULD, "doubt")])
def test_a_finding_shows_in_the_corner_and_on_the_overview(severity: Severity, token: str) -> None:
    shown = scene(film(notes=Notes(findings={"b": severity})))
    pixels = picture(shown)
    assert has(part(pixels, shown, shown.layout.cues, 4000, 6000), DARK.colour(token))
    assert has(pixels[shown.layout.overview.top :], DARK.colour(token))


def test_right_to_left_text_begins_at_the_right_of_its_block() -> None:
    arabic = document(replace(cue("a", 1000, 5000, 1, language="ar", text="قهوة")))
    latin = document(replace(cue("a", 1000, 5000, 1, language="en", text="mmmm")))
    for shown, right in ((scene(film(arabic)), True), (scene(film(latin)), False)):
        block = part(picture(shown), shown, shown.layout.cue_blocks, 1000, 5000)
        columns = np.flatnonzero((block == rgb(DARK.oncue)).any(axis=0))
        assert bool(columns.mean() > block.shape[1] / 2) is right


def test_cue_text_goes_under_forty_pixels() -> None:
    def ink(px_per_s: float) -> bool:
        shown = scene(px_per_s=px_per_s)
        return has(part(picture(shown), shown, shown.layout.cue_blocks, 1050, 2950), DARK.oncue)

    assert ink(40)
    assert not ink(18)


def test_the_part_not_recognised_yet_is_hatched_and_says_so() -> None:
    shown = scene(film(notes=Notes(recognised_ms=8000)), px_per_s=50)
    lane = part(picture(shown), shown, shown.layout.cues, 9000, 14_000)
    assert has(lane, DARK.text2)
    assert len(np.unique(lane)) > 5


def test_the_playhead_has_a_halo_on_the_wave() -> None:
    shown = scene(playhead_ms=3500)
    x = shown.layout.gutter_px + round(shown.view.x_of(3500))
    row = shown.layout.sound.top + shown.layout.sound.height // 2 - 4
    pixels = picture(shown)[row, x - 4 : x + 6]
    bright = np.flatnonzero(pixels == rgb(DARK.playhead))
    assert len(bright) == 1
    assert pixels[bright[0] - 2] != rgb(DARK.waverms)


def test_drawing_only_a_strip_changes_nothing_outside_it() -> None:
    shown, strip = scene(selection=frozenset({"b"})), QRect(500, 0, 17, 250)
    pixels = picture(shown, strip)
    inside = np.zeros((HEIGHT, WIDTH), bool)
    inside[0:250, 500:517] = True
    assert (pixels[~inside] == 0).all()
    assert (pixels[inside] == picture(shown)[inside]).all()


def test_text_is_laid_out_once_and_found_again(qapp: QApplication) -> None:
    texts = Texts()
    assert texts.line("A cue", "en") is texts.line("A cue", "en")
    assert texts.line("A cue", "en") is not texts.line("A cue", "ja")
    assert texts.elided("A cue", 1000) is texts.line("A cue")
    assert texts.elided("A cue that is long", 40).width <= 41


def test_a_pull_says_what_when_and_how_far() -> None:
    assert pull_text(Pull(Target(149_460, Kind.SPEECH_END), -160)) == "End of speech · 02:29.460 · −160 ms"


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("px_per_s", [0.15, 1, 10, 100, 2000])
def test_an_empty_document_and_no_sound_can_be_drawn_at_every_zoom(density: Density, px_per_s: float) -> None:
    empty = scene(PlainModel(Document()), px_per_s=px_per_s, density=density)
    assert has(picture(empty), DARK.canvas)
