"""Which language a text in several is timed by."""

from __future__ import annotations

import pytest

from core.alignment.protocol import language_of


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        ((), ""),
        (("en",), "en"),
        (("zh", "en"), "zh"),
        (("en", "zh"), "en"),
        (("en", "ja"), "ja"),
        (("zh", "ko", "ja"), "ko"),
        (("sv", "en"), "sv"),
    ],
)
def test_a_language_with_a_splitter_of_its_own_decides_where_it_is_mixed_in(
    languages: tuple[str, ...], language: str
) -> None:
    assert language_of(languages) == language
