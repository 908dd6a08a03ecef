"""Tokens to a QPalette, and back from a system palette of high contrast. Knows no style sheet and no widget."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QColor, QPalette

from app.theme.tokens import DARK, LIGHT, Tokens, contrast, mixed

DISABLED_SHARE = 0.45
"""Opacity of what is disabled."""

_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "selbg",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accentfill",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "raised",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "canvas",
}

_TEXTS = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
)


def palette(tokens: Tokens) -> QPalette:
    """The palette all widgets inherit."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, QColor(tokens.colour(token)))
    faded = QColor(mixed(tokens.text, tokens.panel, DISABLED_SHARE))
    for role in _TEXTS:
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return made


def tokens_from(system: QPalette) -> Tokens:
    """Tokens that take their grounds, texts and selection from a system palette of high contrast.

    What carries meaning keeps its hue, in the theme whose ground is nearer; patterns tell it without hue.
    """
    ground = system.color(QPalette.ColorRole.Base).name()
    text = system.color(QPalette.ColorRole.Text).name()
    chosen = system.color(QPalette.ColorRole.Highlight).name()
    base = DARK if contrast(ground, "#000000") < contrast(ground, "#FFFFFF") else LIGHT
    return replace(
        base,
        canvas=ground, field=ground, window=ground, panel=ground, raised=ground, cuebg=ground,
        text=text, text2=text, text3=text, edge=text, cueedge=text, oncue=text, estimated=text, onestimated=text,
        line=text, accent=_readable(chosen, ground, text), playhead=text,
    )  # fmt: skip


def _readable(colour: str, ground: str, otherwise: str) -> str:
    return colour if contrast(colour, ground) >= 3.0 else otherwise
