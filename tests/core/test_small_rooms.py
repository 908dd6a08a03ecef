"""Languages, registries, results and cancelling: the small things every room leans on."""

from __future__ import annotations

import pytest

from core.errors import UnknownLanguage
from core.language import code_of, code_or_empty, name_of
from core.progress import Cancelled, CancelToken, Progress, Stage
from core.registry import Registry
from core.results import ChunkKey, MemoryResults, digest
from core.transcript import Segment


@pytest.mark.parametrize(
    ("name", "code"),
    [("en", "en"), ("EN-us", "en"), ("German", "de"), ("zho", "zh"), ("zh_CN", "zh"), ("Cantonese", "yue")],
)
def test_a_language_is_found_by_any_usual_name(name: str, code: str) -> None:
    assert code_of(name) == code


def test_a_language_nobody_knows_is_an_error_that_names_it_and_a_tag_in_a_file_is_not() -> None:
    with pytest.raises(UnknownLanguage, match="Klingon"):
        code_of("Klingon")
    assert code_or_empty("und") == ""
    assert name_of("xx") == "xx"


def test_a_registry_imports_a_thing_only_when_it_is_asked_for() -> None:
    registry: Registry[object] = Registry({"fine": "collections:OrderedDict", "broken": "no.such.module:thing"})
    assert registry.ids() == ("fine", "broken")
    assert registry.get("fine") is not None
    assert registry.modules() == ("collections", "no.such.module")
    with pytest.raises(ModuleNotFoundError):
        registry.get("broken")


def test_results_are_found_only_under_everything_they_depend_on() -> None:
    results, segment = MemoryResults(), Segment(0, 10, "hi")
    key = ChunkKey("recognise", "m", 1, 0, 100, "builtin", options=digest(("en",), ""))
    results.put(key, segment)
    assert results.get(key) == segment
    assert results.get(ChunkKey("recognise", "m", 2, 0, 100, "builtin", options=key.options)) is None
    assert digest("a", "b") != digest("ab")


def test_a_cancel_token_stops_at_the_next_cancel_point() -> None:
    token = CancelToken()
    token.check()
    token.cancel()
    with pytest.raises(Cancelled):
        token.check()


def test_progress_has_no_share_while_the_total_is_unknown() -> None:
    assert Progress(Stage.READ, 5, 0).share is None
    assert Progress(Stage.READ, 50, 200).share == 0.25
    assert Progress(Stage.READ, 300, 200).share == 1.0
