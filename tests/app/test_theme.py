"""The theme: contrast of every pair, following the system or a choice, fonts by language, icons tinted by token."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.theme import DARK, LIGHT, Choice, Role, Theme, Tokens, contrast, font, font_for, icon_names, mixed, pixmap
from app.theme.choices import choices_sheet
from app.theme.fonts import LEAST_PT, families_for
from app.theme.palette import palette, tokens_from
from app.theme.qss import style_sheet
from app.theme.tokens import PAIRS, Pair

ICONS = Path(__file__).parents[2] / "resources" / "icons"


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.front} on {pair.ground}")
def test_every_pair_keeps_its_contrast(tokens: Tokens, pair: Pair) -> None:
    assert contrast(tokens.colour(pair.front), tokens.colour(pair.ground)) >= pair.least


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_mixing_at_full_share_gives_the_front_and_at_none_the_ground() -> None:
    assert mixed("#FF8800", "#001122", 1.0) == "#FF8800"
    assert mixed("#FF8800", "#001122", 0.0) == "#001122"
    assert mixed("#FFFFFF", "#000000", 0.5) == "#808080"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_the_style_sheet_never_selects_a_bare_widget(tokens: Tokens) -> None:
    sheet = style_sheet(tokens) + choices_sheet(tokens)
    selectors = [part.strip() for block in re.findall(r"([^{}]+)\{", sheet) for part in block.split(",")]
    assert len(selectors) > 40
    assert [s for s in selectors if "[" not in s and "#" not in s] == []


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_drawings_named_in_the_style_sheet_lie_where_it_says(tokens: Tokens) -> None:
    paths = re.findall(r'url\("([^"]+)"\)', choices_sheet(tokens))
    assert len(paths) == 4
    assert all("currentColor" not in Path(path).read_text(encoding="utf-8") for path in paths)


def test_the_palette_shows_disabled_text_fainter() -> None:
    made = palette(DARK)
    plain = made.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText).name()
    faded = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
    assert contrast(faded, DARK.panel) < contrast(plain, DARK.panel)


def test_a_high_contrast_palette_wins_over_our_grounds_and_texts() -> None:
    system = QPalette()
    system.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    system.setColor(QPalette.ColorRole.Text, QColor("#FFFF00"))
    system.setColor(QPalette.ColorRole.Highlight, QColor("#00FFFF"))
    tokens = tokens_from(system)
    assert (tokens.canvas, tokens.text, tokens.accent) == ("#000000", "#ffff00", "#00ffff")
    assert tokens.is_dark


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Choice.DARK)


def test_choosing_a_theme_repaints_the_application_and_tells(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed) as told:
        theme.choose(Choice.LIGHT)
    assert told.args == [LIGHT]
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.panel)
    assert LIGHT.accentfill in qapp.styleSheet()


def test_choosing_the_same_theme_again_tells_nobody(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(Choice.DARK)


def test_following_the_system_takes_the_system_s_scheme(theme: Theme, qapp: QApplication) -> None:
    theme.choose(Choice.SYSTEM)
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.tokens == (DARK if dark else LIGHT)


@pytest.mark.parametrize("role", list(Role))
def test_no_text_is_smaller_than_eight_points(qapp: QApplication, role: Role) -> None:
    assert font(role).pointSizeF() >= LEAST_PT
    assert font(role, size_pt=4).pointSizeF() == LEAST_PT


def test_a_heading_is_larger_and_heavier_than_body(qapp: QApplication) -> None:
    assert font(Role.HEADING).pointSizeF() == font(Role.BODY).pointSizeF() + 1.5
    assert font(Role.HEADING).weight() > font(Role.BODY).weight()


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("zh", "Noto Sans CJK SC"),
        ("zh-Hant", "Noto Sans CJK TC"),
        ("ja", "Noto Sans CJK JP"),
        ("ko", "Noto Sans CJK KR"),
        ("ar", "Noto Sans Arabic"),
    ],
)
def test_text_names_its_font_by_language(qapp: QApplication, language: str, family: str) -> None:
    if not QFontDatabase.hasFamily(family):
        pytest.skip(f"{family} is not installed here")
    assert font_for(language).families()[0] == family


def test_a_language_of_the_system_font_adds_no_family(qapp: QApplication) -> None:
    assert families_for("en") == ()
    assert font_for("en") == font()


@pytest.mark.parametrize("name", sorted(path.stem for path in ICONS.glob("*.svg")))
def test_an_icon_is_drawn_in_its_tint_alone(qapp: QApplication, name: str) -> None:
    image = pixmap(name, "#FF0000", 16, scale=2.0).toImage()
    assert image.width() == 32
    opaque = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert opaque == {"#ff0000"}


def test_an_icon_s_disabled_form_is_fainter(theme: Theme) -> None:

    made = theme.icon("check")
    plain = made.pixmap(16, QIcon.Mode.Normal).toImage()
    faded = made.pixmap(16, QIcon.Mode.Disabled).toImage()
    assert _ink(faded) < 0.6 * _ink(plain)


def _ink(image: QImage) -> int:

    return sum(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def test_there_is_a_drawing_for_every_name_given_out(qapp: QApplication) -> None:
    assert {"play", "pause", "undo", "redo", "export", "error", "warning", "drop-file"} <= set(icon_names())
