"""A key of any program: how it is written, and why it cannot be had. Knows no system and no window."""

from __future__ import annotations

import enum


class NoKey(enum.Enum):
    """Why a key is not ours."""

    TAKEN = "another program has it"
    UNKNOWN = "no keyboard here has it"
    REFUSED = "the system does not give it"


def key_parts(keys: str) -> tuple[tuple[str, ...], str]:
    """The keys to be held and the one to be pressed, of what Qt writes portably; "" where there is none to be pressed.

    >>> key_parts("Ctrl+Alt+D"), key_parts("Ctrl++"), key_parts("F9")
    ((('Ctrl', 'Alt'), 'D'), (('Ctrl',), '+'), ((), 'F9'))
    """
    head, name = (keys[:-2], "+") if keys.endswith("+") else keys.rpartition("+")[::2]
    return tuple(head.split("+")) if head else (), name
