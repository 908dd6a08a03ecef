"""Where text without spaces is parted into words, and where none belongs. Knows no language, format or model.

CJK ideographs and kana are words of one character with their punctuation: the finest thing that can have a time.
"""

from __future__ import annotations

import re

_CJK = re.compile(
    "[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U000323af]"
)
_JOINS_BEFORE = frozenset("ぁぃぅぇぉゃゅょゎァィゥェォャュョヮーｧｨｩｪｫｬｭｮｰﾞﾟ\u200d\ufe0f")
"""Small kana and length marks: one mora with the character before."""
_OPENING = frozenset("([{（［｛「『【〔〈《〖〘〚“‘«‹¿¡〝｢")
_FULL_WIDTH_END = re.compile(r"[\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]$")

_WORD, _IDEOGRAPH, _OPENS, _JOINS = range(4)


def split_cjk(token: str) -> list[str]:
    """A token without white space in words: each CJK ideograph or kana its own, punctuation with its neighbour.

    >>> split_cjk("「床前」，Qwen3模型"), split_cjk("don't")
    (['「床', '前」，', 'Qwen3', '模', '型'], ["don't"])
    """
    if _CJK.search(token) is None:
        return [token]
    units: list[str] = []
    current, core = "", _OPENS
    for character in token:
        kind = _kind(character)
        begins = kind in (_IDEOGRAPH, _OPENS) or (kind == _WORD and core == _IDEOGRAPH)
        if begins and core != _OPENS:
            units.append(current)
            current, core = "", _OPENS
        current += character
        if kind in (_WORD, _IDEOGRAPH):
            core = kind
        elif kind == _JOINS and core == _OPENS and units:  # closing behind an opening: both belong to the word before
            units[-1] += current
            current = ""
    return [*units, current] if current else units


def joins_without_space(before: str, behind: str) -> bool:
    """Whether no space belongs where `before` and `behind` meet: both sides are CJK or full-width punctuation."""
    return bool(_FULL_WIDTH_END.search(before[-1:]) and _FULL_WIDTH_END.search(behind[:1]))


def _kind(character: str) -> int:
    if character in _JOINS_BEFORE:
        return _JOINS
    if _CJK.match(character):
        return _IDEOGRAPH
    if character in _OPENING:
        return _OPENS
    return _WORD if character.isalnum() else _JOINS
