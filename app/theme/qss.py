"""Tokens to the one style sheet. Knows no widget: it selects by object name or by the property `role`.

Never a bare QWidget or QPushButton, so the system's own dialogs stay as they are. A widget asks for its look by
`setProperty("role", …)`:

    QPushButton, QToolButton   primary, normal, quiet, link, tool (checkable, alone with an icon)
                               dense=true in panels, start=true in lists
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox    field
    QLabel                     heading, secondary, third, count, badge, error, link
    QFrame                     panel, panel-header, card, choice, banner-error, banner-doubt, strip, rule, upright
    QTabBar                    main (the window's tabs), panel
    QTableView, QListView, QTreeView     plain
    QProgressBar               stage
    QSplitter                  panes
"""

from __future__ import annotations

from string import Template

from app.theme.palette import DISABLED_SHARE
from app.theme.tokens import Tokens, mixed

_BUTTONS = """
QPushButton[role="primary"], QPushButton[role="normal"], QPushButton[role="quiet"] {
    min-height: 26px; padding: 0 12px; border-radius: 5px; border: 1px solid transparent; font-weight: 500;
}
QPushButton[dense="true"] { min-height: 24px; padding: 0 8px; }
QPushButton[start="true"] { text-align: left; padding: 0 4px; }
QPushButton[role="primary"] { background: $accentfill; color: $onaccent; border-color: $accentfill; }
QPushButton[role="primary"]:hover { background: $accentfill_hover; border-color: $accentfill_hover; }
QPushButton[role="primary"]:disabled {
    background: $accentfill_off; color: $onaccent_off; border-color: $accentfill_off;
}
QPushButton[role="normal"] { background: $raised; color: $text; border-color: $edge; }
QPushButton[role="quiet"] { background: transparent; color: $text2; }
QPushButton[role="normal"]:hover, QPushButton[role="quiet"]:hover { background: $hover; color: $text; }
QPushButton[role="normal"]:pressed, QPushButton[role="quiet"]:pressed { background: $selbg; }
QPushButton[role="normal"]:checked { background: $selbg; color: $accent; border-color: $accent; }
QPushButton[role="normal"]:disabled { color: $text_off; border-color: $edge_off; background: transparent; }
QPushButton[role="quiet"]:disabled { color: $text_off; }
QPushButton[role="link"] {
    min-height: 22px; padding: 0 4px; border: 1px solid transparent; border-radius: 4px;
    background: transparent; color: $accent;
}
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 2px solid $focus; padding: 0 3px; }
QToolButton[role="tool"], QToolButton[role="normal"] {
    min-width: 26px; min-height: 26px; padding: 0; border-radius: 5px; border: 1px solid transparent;
    background: transparent; color: $text2; font-weight: 500;
}
QToolButton[role="normal"] { padding: 0 8px; }
QToolButton[role="tool"]::menu-indicator { image: none; }
QToolButton[role="tool"]:hover, QToolButton[role="normal"]:hover { background: $hover; color: $text; }
QToolButton[role="tool"]:pressed, QToolButton[role="normal"]:pressed { background: $selbg; }
QToolButton[role="tool"]:checked, QToolButton[role="normal"]:checked {
    background: $selbg; color: $accent; border-color: $accent;
}
QToolButton[role="tool"]:disabled, QToolButton[role="normal"]:disabled { color: $text_off; }
QToolButton[boxed="true"] { border-color: $edge; background: $raised; }
QPushButton[role="primary"]:focus, QPushButton[role="normal"]:focus, QPushButton[role="quiet"]:focus,
QToolButton[role="tool"]:focus, QToolButton[role="normal"]:focus { border: 2px solid $focus; }
QPushButton[role="primary"]:focus { border-color: $text; }
"""

_FIELDS = """
QLineEdit[role="field"], QComboBox[role="field"], QAbstractSpinBox[role="field"] {
    min-height: 26px; padding: 0 8px; border: 1px solid $edge; border-radius: 4px;
    background: $field; color: $text; selection-background-color: $selbg; selection-color: $text;
}
QTextEdit[role="field"], QPlainTextEdit[role="field"] {
    padding: 4px 8px; border: 1px solid $edge; border-radius: 4px;
    background: $field; color: $text; selection-background-color: $selbg; selection-color: $text;
}
QLineEdit[role="field"]:focus, QComboBox[role="field"]:focus, QAbstractSpinBox[role="field"]:focus {
    border: 2px solid $accent; padding: 0 7px;
}
QTextEdit[role="field"]:focus, QPlainTextEdit[role="field"]:focus { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit[role="field"]:disabled, QComboBox[role="field"]:disabled, QAbstractSpinBox[role="field"]:disabled {
    color: $text_off; border-color: $edge_off;
}
QLineEdit[role="field"][wrong="true"] { border-color: $error; }
"""

_LABELS = """
QLabel[role="heading"] { color: $text; font-weight: 600; }
QLabel[role="secondary"] { color: $text2; }
QLabel[role="third"] { color: $text3; }
QLabel[role="error"] { color: $error; }
QLabel[role="link"] { color: $accent; }
QLabel[role="badge"] { color: $accent; border: 1px solid $accent; border-radius: 4px; padding: 1px 7px; }
QLabel[role="count"] { color: $text2; background: $raised; border-radius: 8px; padding: 0 6px; }
"""

_FRAMES = """
QFrame[role="panel"] { background: $panel; }
QFrame[role="panel-header"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[role="card"] { background: $panel; border: 1px solid $edge; border-radius: 8px; }
QFrame[role="choice"] { background: transparent; border: none; }
QFrame[role="choice"][chosen="true"] { background: $selbg; }
QFrame[role="strip"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="upright"] { background: $line; border: none; }
QFrame[role="banner-error"] { background: $errorbg; border: none; border-bottom: 1px solid $error; }
QFrame[role="banner-doubt"] { background: $doubtbg; border: 1px solid $doubt; border-radius: 4px; }
QSplitter[role="panes"]::handle { background: $window; }
QSplitter[role="panes"]::handle:hover { background: $edge; }
"""

_BARS = """
QMainWindow#mainWindow { background: $window; }
QWidget#menuRow { background: $window; border-bottom: 1px solid $line; }
QMenuBar#menus { background: transparent; color: $text2; border: none; }
QMenuBar#menus::item { padding: 4px 8px; border-radius: 5px; background: transparent; }
QMenuBar#menus::item:selected { background: $hover; color: $text; }
QStatusBar#status { background: $window; color: $text2; border-top: 1px solid $line; min-height: 25px; }
QStatusBar#status::item { border: none; }
QTabBar[role="main"] { background: transparent; qproperty-drawBase: 0; }
QTabBar[role="main"]::tab {
    min-height: 42px; padding: 0 12px; border: none; border-bottom: 2px solid transparent;
    background: transparent; color: $text2; font-weight: 500;
}
QTabBar[role="panel"] { background: transparent; qproperty-drawBase: 0; }
QTabBar[role="panel"]::tab {
    min-height: 33px; padding: 0 8px; border: none; border-bottom: 2px solid transparent;
    background: transparent; color: $text2; font-weight: 500;
}
QTabBar[role="main"]::tab:hover, QTabBar[role="panel"]::tab:hover { color: $text; background: $hover; }
QTabBar[role="main"]::tab:selected, QTabBar[role="panel"]::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar[role="main"], QTabBar[role="panel"] { outline: none; }
QTabBar[role="main"]::tab:selected:focus, QTabBar[role="panel"]::tab:selected:focus { background: $selbg; }
QProgressBar[role="stage"] {
    min-height: 4px; max-height: 4px; border: none; border-radius: 2px; background: $line; color: transparent;
}
QProgressBar[role="stage"]::chunk { background: $accent; border-radius: 2px; }
QProgressBar[role="stage"][done="true"]::chunk { background: $measured; }
"""

_LISTS = """
QTableView[role="plain"], QListView[role="plain"], QTreeView[role="plain"] {
    background: $panel; alternate-background-color: $panel; color: $text; border: none; gridline-color: $line;
    selection-background-color: $selbg; selection-color: $text; outline: none;
}
QTableView[role="plain"] QHeaderView { background: $panel; border: none; }
QTableView[role="plain"] QHeaderView::section {
    background: $panel; color: $text3; border: none; border-bottom: 1px solid $line; padding: 0 6px;
}
QScrollBar[role="thin"]:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar[role="thin"]:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar[role="thin"]::handle {
    background: $edge; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px;
}
QScrollBar[role="thin"]::add-line, QScrollBar[role="thin"]::sub-line { width: 0; height: 0; }
QScrollBar[role="thin"]::add-page, QScrollBar[role="thin"]::sub-page { background: transparent; }
"""


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of the whole application in these colours."""
    template = Template(_BUTTONS + _FIELDS + _LABELS + _FRAMES + _BARS + _LISTS)
    return template.substitute(_colours(tokens))


def _colours(tokens: Tokens) -> dict[str, str]:
    named = {name: tokens.colour(name) for name in tokens.__dataclass_fields__}
    return named | {
        "focus": tokens.accent,
        "text_off": mixed(tokens.text, tokens.panel, DISABLED_SHARE),
        "edge_off": mixed(tokens.edge, tokens.panel, DISABLED_SHARE),
        "accentfill_hover": mixed(tokens.onaccent, tokens.accentfill, 0.08),
        "accentfill_off": mixed(tokens.accentfill, tokens.panel, DISABLED_SHARE),
        "onaccent_off": mixed(tokens.onaccent, tokens.panel, DISABLED_SHARE),
    }
