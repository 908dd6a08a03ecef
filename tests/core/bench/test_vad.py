"""The measure of speech detection: what it returns, not how fast this machine is."""

from __future__ import annotations

import pytest

from core.bench.registry import MEASURES
from core.errors import BadArgument


def test_it_measures_as_many_minutes_as_asked_for() -> None:
    found = MEASURES.get("vad")(minutes=1.5)
    assert found["minutes"] == 1.5
    assert isinstance(found["chunks"], int)
    assert found["chunks"] >= 3
    assert found["x_realtime"] == pytest.approx(3600 / float(str(found["seconds_per_hour"])), rel=0.05)


def test_no_minutes_is_refused() -> None:
    with pytest.raises(BadArgument):
        MEASURES.get("vad")(minutes=0)
