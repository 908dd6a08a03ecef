"""How long building cues takes: `python -m tests.core.cues.measure_speed [WORDS]`. No test; RESULTS.md has figures.

Wall-clock seconds, and processor seconds, which other jobs on the machine disturb less.
"""

from __future__ import annotations

import random
import sys
import time
from statistics import median

from core.cues.builder import CueStream, build_cues
from core.cues.reflow import reflow
from core.cues.styles import Style, default_for, style
from core.transcript import Word
from tests.core.cues.spoken import sign_by_sign, spoken, with_pauses

_ENGLISH = (
    "When the long winter was over at last in the north, the boats went out to sea again every morning."
    " Nobody stayed at home, because there was work for all of them. “Where are we going?” he asked."
)
_MANDARIN = "昨天晚上我们在北京大学的图书馆里学习，后来下起了大雨，所以大家都没有带伞。"


def _speech(text: str, count: int, *, signs: bool) -> list[Word]:
    chance = random.Random(1)
    parts: list[Word] = []
    at_ms = 0
    while len(parts) < count:
        piece = sign_by_sign(text, start_ms=at_ms) if signs else spoken(text, start_ms=at_ms)
        parts += with_pauses(piece, seed=len(parts))
        at_ms = parts[-1].end_ms + chance.choice([300, 500, 800, 3000])
    return parts[:count]


def _build_seconds(words: list[Word], chosen: Style, language: str) -> tuple[list[float], list[float]]:
    """Five times: (wall clock, processor)."""
    wall, processor = [], []
    for _ in range(5):
        wall_before, processor_before = time.perf_counter(), time.process_time()
        build_cues(words, chosen, language=language)
        wall.append(time.perf_counter() - wall_before)
        processor.append(time.process_time() - processor_before)
    return wall, processor


def _reflow_seconds(words: list[Word], chosen: Style, language: str) -> float:
    cues = build_cues(words, chosen, language=language)
    before = time.perf_counter()
    reflow(cues, style("plain"), language=language)
    return time.perf_counter() - before


def _slowest_step_seconds(words: list[Word], language: str) -> float:
    stream, slowest = CueStream(default_for(language), language), 0.0
    for first in range(0, len(words), 80):
        before = time.perf_counter()
        stream.feed(words[first : first + 80])
        slowest = max(slowest, time.perf_counter() - before)
    return slowest


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    for name, language, text, signs in [("English", "en", _ENGLISH, False), ("Mandarin", "zh", _MANDARIN, True)]:
        words = _speech(text, count, signs=signs)
        for chosen in (default_for(language), style("bbc"), style("short")):
            wall, processor = _build_seconds(words, chosen, language)
            print(f"{name}, {count} words, {chosen.id}: build {median(wall):.2f} s (worst {max(wall):.2f})", end="")
            print(f", processor {median(processor):.2f} s", end="")
            print(f", re-flow to plain {_reflow_seconds(words, chosen, language):.2f} s")
        print(f"{name} as a stream, 80 words a step: slowest {_slowest_step_seconds(words, language) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
