"""Says which engines work for a command, where they run and why. Knows no console and no pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from core.engine import EngineInfo
from core.events import EngineChosen


class EngineLines:
    """The lines of one run; each engine is said once, an aligner when the language that was heard makes it known."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def of(self, event: EngineChosen, *, auto: bool) -> Iterator[str]:
        """What is new in `event`: what runs a model, and whatever was chosen by itself (`auto`)."""
        for engine in (event.recognizer, event.aligner):
            if engine is None or engine.id in self._said:
                continue
            self._said.add(engine.id)
            if engine.dtype or (auto and engine is event.recognizer):
                yield line_of(engine)


def line_of(engine: EngineInfo) -> str:
    """Name, device, number format and the reason, as far as an engine has them."""
    where = f"{engine.name} on {engine.device} in {engine.dtype}. " if engine.dtype else ""
    return f"{where}{engine.reason}".strip()
