"""What a look at this machine finds: one check each, with a next step. Knows no check (`doctor`, `doctor_models`)."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Health(enum.StrEnum):
    """How a check came out."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, how it is, what was found and what to do."""

    name: str
    health: Health
    found: str
    next_step: str = ""
