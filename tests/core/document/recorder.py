"""A child that edits and says on stdout what is acknowledged, until it is killed: `recorder FILE SEED`."""

from __future__ import annotations

import random
import re
import sys

from core.document.recovery import open_recovery
from tests.core.document.random_edits import some_step

_MARKS = re.compile(rb'(?<="marks":\[)[^]]*')


def main(path: str, seed: int) -> None:
    """Work for ever; after each step print how many lines are safe, with a digest of the state."""
    rng = random.Random(seed)
    with open_recovery(path) as recovery:
        history = recovery.history()
        while True:
            some_step(rng, history)
            history.flush()
            print(digest(history.stack), flush=True)


def digest(stack: object) -> str:
    """A short hash of a whole state."""
    import hashlib

    from core.codec import encode
    from core.document.records import edit_record
    from core.document.stack import Stack

    assert isinstance(stack, Stack)
    parts = [encode(stack.document), *(encode(edit_record(edit)) for edit in (*stack.done, *stack.undone))]
    return hashlib.sha256(_MARKS.sub(_in_order, b"\n".join(parts))).hexdigest()[:16]


def _in_order(marks: re.Match[bytes]) -> bytes:
    """Marks are a set, which every process writes in an order of its own."""
    return b",".join(sorted(marks[0].split(b",")))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
