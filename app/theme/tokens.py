"""The colours by what they mean, dark and light, and the contrast each must keep. Knows no Qt and no widget.

The values are the table of the design language (interface, section 3). Colour means something or is absent.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT_CONTRAST = 4.5
"""Least contrast of text on its ground (WCAG 2.2, success criterion 1.4.3)."""

GRAPHIC_CONTRAST = 3.0
"""Least contrast of an edge or a mark on its ground (WCAG 2.2, success criterion 1.4.11)."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """One theme's colours as "#rrggbb". Compared by identity: it is the key of caches that are asked for every line.

    Attributes:
        canvas, field: ground of the timeline; of inputs.
        window, panel: the frame; panels.
        raised, hover, line: buttons; hovered things; separators (decoration).
        edge: borders of inputs and buttons.
        text, text2, text3: on panels; secondary, the quietest on selected or hovered rows; headers and times.
        accent: selected, focus, links. accentfill with onaccent: the primary button.
        selbg: selected row or cue.
        measured…, estimated…, healing…: edges, fills and texts of words by the source of their time.
        doubt…, error…: marks and their grounds.
        cuebg, cueedge, oncue: the cue block. wave, waverms: peaks and RMS. playhead: the line of now.
        film, onfilm: around the picture and behind its subtitles; the subtitles. The same in both themes.
    """

    name: str
    canvas: str
    field: str
    window: str
    panel: str
    raised: str
    hover: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accentfill: str
    onaccent: str
    selbg: str
    measured: str
    measuredbg: str
    onmeasured: str
    estimated: str
    onestimated: str
    healing: str
    healingbg: str
    onhealing: str
    doubt: str
    doubtbg: str
    error: str
    errorbg: str
    cuebg: str
    cueedge: str
    oncue: str
    wave: str
    waverms: str
    playhead: str
    film: str
    onfilm: str

    @property
    def is_dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"

    def colour(self, token: str) -> str:
        """The colour of the token of this name.

        Raises:
            AttributeError: there is no such token; a fault of ours.
        """
        return str(getattr(self, token))


DARK = Tokens(
    name="dark",
    canvas="#0F1115", field="#0F1115", window="#16181D", panel="#1C1F25",
    raised="#272B33", hover="#323741", line="#31363F", edge="#727B8A",
    text="#E9EBEF", text2="#B4BAC5", text3="#8F97A5",
    accent="#74ABFF", accentfill="#2C6AD6", onaccent="#FFFFFF", selbg="#1D3557",
    measured="#4DB8A8", measuredbg="#1B4641", onmeasured="#E2F6F2",
    estimated="#93A3B0", onestimated="#C3CDD5",
    healing="#B9A0FF", healingbg="#352B57", onhealing="#F0EAFF",
    doubt="#F2B84B", doubtbg="#3A2E16", error="#FF8078", errorbg="#45211F",
    cuebg="#2A303B", cueedge="#78849A", oncue="#E6E9EE",
    wave="#6C7C92", waverms="#9DACC0", playhead="#FFFFFF", film="#000000", onfilm="#FFFFFF",
)  # fmt: skip

LIGHT = Tokens(
    name="light",
    canvas="#F7F8FA", field="#FFFFFF", window="#E9ECF0", panel="#FFFFFF",
    raised="#F1F3F6", hover="#E2E6EC", line="#D3D8DF", edge="#7F8896",
    text="#171A20", text2="#454C58", text3="#5D6573",
    accent="#1B5CCB", accentfill="#1F5FD0", onaccent="#FFFFFF", selbg="#DCE8FC",
    measured="#14796A", measuredbg="#CDEAE4", onmeasured="#0A3A33",
    estimated="#66727F", onestimated="#3D4651",
    healing="#6B42D6", healingbg="#E7DFFD", onhealing="#2F1A72",
    doubt="#8F5A00", doubtbg="#FFF1D2", error="#BE2A21", errorbg="#FDE6E4",
    cuebg="#E6EAF0", cueedge="#75808F", oncue="#1A1E25",
    wave="#7C8A9C", waverms="#4F5F74", playhead="#101318", film="#000000", onfilm="#FFFFFF",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour that is drawn on another, and the least contrast it must keep there."""

    front: str
    ground: str
    least: float


def _texts(ground: str, *fronts: str) -> tuple[Pair, ...]:
    return tuple(Pair(front, ground, TEXT_CONTRAST) for front in fronts)


def _graphics(ground: str, *fronts: str) -> tuple[Pair, ...]:
    return tuple(Pair(front, ground, GRAPHIC_CONTRAST) for front in fronts)


PAIRS: tuple[Pair, ...] = (
    *_texts("panel", "text", "text2", "text3", "accent", "doubt", "error"),
    *_texts("window", "text", "text2", "text3", "accent"),
    *_texts("raised", "text", "text2", "text3"),
    *_texts("canvas", "text", "text2", "text3", "onestimated", "estimated"),
    *_texts("field", "text", "text2", "text3"),
    *_texts("selbg", "text", "text2"),
    *_texts("hover", "text", "text2"),
    *_texts("accentfill", "onaccent"),
    *_texts("film", "onfilm"),
    *_texts("measuredbg", "onmeasured"),
    *_texts("healingbg", "onhealing"),
    *_texts("doubtbg", "text"),
    *_texts("errorbg", "text"),
    *_texts("cuebg", "oncue", "text2"),
    *_graphics("panel", "edge", "accent", "measured"),
    *_graphics("canvas", "measured", "estimated", "healing", "doubt", "cueedge", "wave", "waverms", "playhead"),
    *_graphics("canvas", "accent"),
    *_graphics("selbg", "accent", "doubt", "error", "healing"),
    *_graphics("cuebg", "doubt", "error"),
    *_graphics("measuredbg", "doubt"),
)
"""Every pair the program draws, by token, with its least contrast; a test holds both themes to it."""


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two "#rrggbb" colours, 1 to 21, by WCAG 2.2's relative luminance."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(front: str, ground: str, share: float) -> str:
    """`front` laid over `ground` at opacity `share` (0..1), as "#RRGGBB"."""
    pairs = zip(_channels(front), _channels(ground), strict=True)
    return "#" + "".join(f"{round(f * share + g * (1 - share)):02X}" for f, g in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
