"""How English words outside the engine's dictionary sound, in its phones: espeak-ng where installed, gruut else.

Knows no sound and no engine. Nothing is downloaded: espeak-ng is the system's program (run as a program, one call for
all words), gruut carries its model in its wheel. Tried by eye on 30 rare names: espeak-ng 14 good, 8 usable, 8 bad;
gruut 6, 10, 14. Where neither answers, `letters` guesses.
"""

from __future__ import annotations

import functools
import logging
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from core.alignment import letters

_log = logging.getLogger("cuesmith.alignment.pronounce")

_TIMEOUT_S = 30

_PHONES = {
    "tʃ": "CH", "dʒ": "JH", "t͡ʃ": "CH", "d͡ʒ": "JH",
    "aɪɚ": "AY ER", "aɪə": "AY AH", "aʊɚ": "AW ER", "aʊə": "AW AH", "ɔɪ": "OY", "oɪ": "OY",
    "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "oʊ": "OW", "əʊ": "OW",
    "əl": "AH L", "iə": "IY AH", "ɝ": "ER", "ɚ": "ER", "ɜ": "ER",
    "i": "IY", "ɪ": "IH", "ᵻ": "IH", "ɨ": "IH", "e": "EY", "ɛ": "EH", "æ": "AE", "a": "AA", "ɑ": "AA", "ɒ": "AA",
    "ɔ": "AO", "o": "OW", "ʊ": "UH", "u": "UW", "ʌ": "AH", "ə": "AH", "ɐ": "AH",
    "b": "B", "d": "D", "ð": "DH", "f": "F", "ɡ": "G", "g": "G", "h": "HH", "j": "Y", "k": "K", "l": "L", "ɫ": "L",
    "m": "M", "n": "N", "ŋ": "NG", "p": "P", "ɹ": "R", "r": "R", "s": "S", "ʃ": "SH", "t": "T", "ɾ": "T", "ʔ": "T",
    "θ": "TH", "v": "V", "w": "W", "x": "K", "z": "Z", "ʒ": "ZH", "ç": "HH", "ɬ": "L", "ʋ": "V", "ɲ": "N Y",
    "n̩": "AH N", "l̩": "AH L", "m̩": "AH M",
}  # fmt: skip
"""IPA, as espeak-ng and gruut write it for American English, to the phones of the CMU dictionary without stress."""

_LONGEST = max(map(len, _PHONES))
_MARKS = re.compile("[ˈˌː_ \u0361\u200d]")
_OTHER_LANGUAGE = re.compile(r"\([a-z-]+\)")


def phones_of(words: Sequence[str]) -> dict[str, str]:
    """CMU phones, parted by spaces, for each of `words` (small letters and apostrophes); never empty.

    >>> phones_of([])
    {}
    """
    words = list(dict.fromkeys(words))
    found = _by_espeak(words) if words else {}
    missing = [word for word in words if word not in found]
    if missing:
        found.update(_by_gruut(missing))
    return {word: found.get(word) or letters.phones(word) for word in words}


def cmu_phones(ipa: str) -> str:
    """CMU phones for IPA of American English; what has none is passed over.

    >>> cmu_phones("θ_ɹ_ˈɪ_f_t_l_ə_s"), cmu_phones("tʃ_ˈɜː_tʃ")
    ('TH R IH F T L AH S', 'CH ER CH')
    """
    text = _MARKS.sub("", _OTHER_LANGUAGE.sub("", ipa)).replace("͡", "")
    found: list[str] = []
    position = 0
    while position < len(text):
        size = next((n for n in range(_LONGEST, 0, -1) if text[position : position + n] in _PHONES), 0)
        if size:
            found.append(_PHONES[text[position : position + size]])
        position += size or 1
    return " ".join(found)


def _by_espeak(words: Sequence[str]) -> dict[str, str]:
    """What espeak-ng says, where it is installed; {} where it is not, or where it fails."""
    program = shutil.which("espeak-ng")
    if program is None:
        return {}
    try:
        ran = subprocess.run(
            [program, "-q", "-v", "en-us", "--ipa", "--sep=_", "--stdin"],
            input="\n\n".join(words).encode(),
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        _log.info("espeak-ng does not answer: %s", error)
        return {}
    lines = [line for line in ran.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    if len(lines) != len(words):
        _log.info("espeak-ng gave %d lines for %d words", len(lines), len(words))
        return {}
    return _not_empty(zip(words, map(cmu_phones, lines), strict=True))


def _by_gruut(words: Sequence[str]) -> dict[str, str]:
    try:
        model = _gruut_model()
    except (ImportError, OSError) as error:
        _log.info("gruut is not there: %s", error)
        return {}
    return _not_empty((word, cmu_phones("_".join(model(word)))) for word in words)


@functools.cache
def _gruut_model() -> Any:
    import gruut_lang_en
    from gruut.g2p import GraphemesToPhonemes

    return GraphemesToPhonemes(Path(gruut_lang_en.__file__).parent / "g2p" / "model.crf")


def _not_empty(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {word: phones for word, phones in pairs if phones}
