"""A short name for a whole state of work, the same in every process."""

from __future__ import annotations

import hashlib
import re

from core.codec import encode
from core.document.stack import Stack

_MARKS = re.compile(rb'(?<="marks":\[)[^]]*')


def digest(stack: Stack) -> str:
    """A hash of the document with the steps behind and ahead of it."""
    parts = [encode(stack.document), *(encode(edit) for edit in (*stack.done, *stack.undone))]
    return hashlib.sha256(_MARKS.sub(_in_order, b"\n".join(parts))).hexdigest()[:16]


def _in_order(marks: re.Match[bytes]) -> bytes:
    """Marks are a set, which every process writes in an order of its own."""
    return b",".join(sorted(marks[0].split(b",")))
