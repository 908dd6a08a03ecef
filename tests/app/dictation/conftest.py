"""What tests of dictation by keys share: what stands in for the system around the window."""

from __future__ import annotations

import pytest

from tests.fakes.desks import FakeDesk


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    """What stands in for the system around the window."""
    made = FakeDesk()
    monkeypatch.setattr("app.dictation.page.this_desk", lambda: made)  # the page is made as the program starts
    return made
