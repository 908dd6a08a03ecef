"""Where things are kept: below one folder, whatever a file of a stranger calls itself."""

from __future__ import annotations

import pytest

from core import paths

REAL = f"123-{'ab' * 32}"


def test_results_of_a_media_lie_under_its_id() -> None:
    assert paths.results_file(REAL) == paths.results_dir() / f"{REAL}.jsonl"


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/passwd", "", "a/b", "..", "x" * 5_000, "nul\0", "\udc80", REAL + "\n"]
)
def test_a_name_that_is_no_media_id_does_not_lead_out_of_the_folder(name: str) -> None:
    made = paths.results_file(name)
    assert made.parent == paths.results_dir()
    assert made.name.replace(".jsonl", "").isalnum()
    assert len(made.name) == 64 + len(".jsonl")
