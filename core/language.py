"""Languages: codes, English names, scripts. Knows no engine and no window.

Codes are ISO 639-1 where there is one, else 639-3 ("yue", "fil"). The thirty languages are those of Qwen3-ASR.
"""

from __future__ import annotations

from core.errors import UnknownLanguage

NAMES: dict[str, str] = {
    "zh": "Chinese", "en": "English", "yue": "Cantonese", "ar": "Arabic", "de": "German", "fr": "French",
    "es": "Spanish", "pt": "Portuguese", "id": "Indonesian", "it": "Italian", "ko": "Korean", "ru": "Russian",
    "th": "Thai", "vi": "Vietnamese", "ja": "Japanese", "tr": "Turkish", "hi": "Hindi", "ms": "Malay",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "fi": "Finnish", "pl": "Polish", "cs": "Czech",
    "fil": "Filipino", "fa": "Persian", "el": "Greek", "hu": "Hungarian", "mk": "Macedonian", "ro": "Romanian",
}  # fmt: skip

DIALECTS: dict[str, tuple[str, ...]] = {
    "zh": (
        "Anhui", "Dongbei", "Fujian", "Gansu", "Guizhou", "Hebei", "Henan", "Hubei", "Hunan", "Jiangxi", "Minnan",
        "Ningxia", "Shaanxi", "Shandong", "Shanxi", "Sichuan", "Tianjin", "Wu", "Yunnan", "Zhejiang",
    ),
    "yue": ("Guangdong", "Hong Kong"),
}  # fmt: skip
"""Dialects Qwen3-ASR understands, under the language they are recognised and written as: none can be chosen."""

AUTO = "auto"
"""Stands for "find out" where a person gives a language; never written into a file name."""

_THREE_LETTER: dict[str, str] = {
    "chi": "zh", "zho": "zh", "cmn": "zh", "eng": "en", "ara": "ar", "ger": "de", "deu": "de", "fre": "fr",
    "fra": "fr", "spa": "es", "por": "pt", "ind": "id", "ita": "it", "kor": "ko", "rus": "ru", "tha": "th",
    "vie": "vi", "jpn": "ja", "tur": "tr", "hin": "hi", "may": "ms", "msa": "ms", "dut": "nl", "nld": "nl",
    "swe": "sv", "dan": "da", "fin": "fi", "pol": "pl", "cze": "cs", "ces": "cs", "per": "fa", "fas": "fa",
    "gre": "el", "ell": "el", "hun": "hu", "mac": "mk", "mkd": "mk", "rum": "ro", "ron": "ro", "tgl": "fil",
    "sve": "sv", "iri": "fa",
}  # fmt: skip
"""Codes by three letters, of ISO 639-2/B and /T; the last two are what QuickTime's numbers are called."""

_TAGS = {code: tag for tag, code in reversed(_THREE_LETTER.items())} | {"yue": "yue", "fil": "fil", "zh": "chi"}
"""Three letters by code, as Matroska tags tracks (ISO 639-2/B)."""

_TERMS = {
    "zh": "zho", "de": "deu", "fr": "fra", "ms": "msa", "nl": "nld", "cs": "ces", "fa": "fas", "el": "ell",
    "mk": "mkd", "ro": "ron",
}  # fmt: skip
"""The three letters of MP4 (ISO 639-2/T) where they are others (ISO 14496-12, media header)."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

_WITHOUT_SPACES = frozenset({"zh", "yue", "ja", "th"})


def code_of(name: str) -> str:
    """The code for a code or English name in any case; regional tags lose their region ("en-US" → "en").

    Raises:
        UnknownLanguage: nothing of that name.
    """
    wanted = name.strip().lower()
    short = wanted.replace("_", "-").split("-")[0]
    if short in NAMES:
        return short
    if short in _THREE_LETTER:
        return _THREE_LETTER[short]
    for code, full in NAMES.items():
        if full.lower() == wanted:
            return code
    raise UnknownLanguage(language=name)


def code_or_empty(tag: str) -> str:
    """The code for a tag from a file ("eng", "en-US"), or "" where it is unknown or undetermined."""
    try:
        return code_of(tag)
    except UnknownLanguage:
        return ""


def three_letter(code: str, *, terms: bool = False) -> str:
    """The tag of a track in this language: "eng"; "und" where the language is not known here.

    `terms`: by ISO 639-2/T, as MP4 wants it, and not by 639-2/B.

    >>> three_letter("de"), three_letter("de", terms=True), three_letter("yue"), three_letter("x")
    ('ger', 'deu', 'yue', 'und')
    """
    short = code.split("-")[0].lower()
    return (_TERMS.get(short) if terms else None) or _TAGS.get(short, "und")


def name_of(code: str) -> str:
    """The English name of a code; the code itself where it has none here."""
    return NAMES.get(code, code)


def is_right_to_left(code: str) -> bool:
    """Whether text in this language runs from right to left."""
    return code in _RIGHT_TO_LEFT


def joins_without_spaces(code: str) -> bool:
    """Whether words of this language stand together without spaces."""
    return code in _WITHOUT_SPACES
