"""Runs of the known-text aligner for tests: real films with their texts, and what came out compared with a truth."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.alignment.builtin import BuiltinAligner
from core.alignment.known_text.aligning import Sound, align_text
from core.alignment.known_text.hearing import Hearing
from core.alignment.known_text.hearing_builtin import BuiltinHearing
from core.alignment.known_text.report import Report
from core.alignment.known_text.script import script_of
from core.alignment.protocol import Aligner, Piece
from core.media.waveform import Samples
from core.progress import CancelToken, Progress
from core.speech.chunker import ChunkOptions, cut_chunks, plan_chunks
from core.timecode import ms_from_samples
from core.transcript import Word, split_text
from tests.fakes.sound import blocks_of, load

BLOCK = 160_000


@dataclass(frozen=True)
class Film:
    """A recording with its text, line by line, and the exact part each line was cut from (ms)."""

    samples: Samples
    lines: tuple[str, ...]
    parts: tuple[tuple[int, int], ...]

    def sound(self) -> Sound:
        """The film as the aligner wants it."""
        return sound_of(self.samples)


def sound_of(samples: Samples) -> Sound:
    """Samples as the aligner wants them."""
    plan = plan_chunks(blocks_of(samples, BLOCK), ChunkOptions(doubt=0))
    speech = [(ms_from_samples(a), ms_from_samples(b)) for chunk in plan for a, b in chunk.speech]
    return Sound(
        lambda: cut_chunks(blocks_of(samples, BLOCK), plan),
        lambda: blocks_of(samples, BLOCK),
        speech,
        ms_from_samples(len(samples)),
    )


def drained(steps: Generator[Progress, None, Report]) -> Report:
    """Run to the end; what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: Report = end.value
            return report


def run(
    sound: Sound,
    lines: Sequence[str],
    *,
    hearing: Hearing | None = None,
    aligner: Callable[[], Aligner] = BuiltinAligner,
    refine_edges: bool = True,
) -> Report:
    """Time `lines`, English, in `sound`."""
    return drained(
        align_text(
            script_of(lines),
            sound,
            hearing or BuiltinHearing(),
            aligner,
            language="en",
            refine_edges=refine_edges,
            cancel=CancelToken(),
        )
    )


def long_film(material: Path) -> Film:
    """Four minutes: readings, a speech, two sonnets, with silence and music between (exact parts by construction)."""
    folder = material / "A_english"
    truth = json.loads((folder / "long_constructed/long_dev_en.truth.json").read_text(encoding="utf-8"))
    lines: list[str] = []
    parts: list[tuple[int, int]] = []
    for segment in truth["segments"]:
        if segment["kind"] != "speech":
            continue
        if segment["id"].startswith("sonnet"):
            own = sonnet(material, int(segment["id"][-1]))
        else:
            own = lines_of(segment["text"])
        lines += own
        parts += [(round(segment["clip_start"] * 1000), round(segment["clip_end"] * 1000))] * len(own)
    return Film(load(folder / "long_constructed/long_dev_en.opus"), tuple(lines), tuple(parts))


def sonnet(material: Path, number: int) -> list[str]:
    """The lines of sonnet 1 or 2; the first is its number."""
    path = material / f"A_english/aeneas_sonnets/sonnet00{number}.txt"
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def lines_of(text: str) -> list[str]:
    """Prose in lines of up to twelve words, parted at punctuation first."""
    lines: list[str] = []
    for clause in re.split(r"(?<=[.?!,;:])\s+", text):
        words = clause.split()
        while len(words) > 12:
            lines.append(" ".join(words[:9]))
            words = words[9:]
        if len(words) < 4 and lines and len(lines[-1].split()) < 9:
            lines[-1] += " " + " ".join(words)
        else:
            lines.append(" ".join(words))
    return lines


def exactly_cut(film: Film) -> list[Word]:
    """The aligner's own times of each word where it is given exactly the part that the word is in."""
    words: list[Word] = []
    for part in dict.fromkeys(film.parts):
        text = " ".join(line for line, own in zip(film.lines, film.parts, strict=True) if own == part)
        samples = film.samples[part[0] * 16 : part[1] * 16]
        (timed,) = BuiltinAligner().align([Piece(samples, text, "en", part[0])], CancelToken())
        words += timed
    return words


def words_by_place(report: Report) -> list[Word | None]:
    """A word or None for each written word of the report's lines."""
    found: list[Word | None] = []
    for line in report.lines:
        found += list(line.words) if line.found else [None] * len(split_text(line.text))
    return found


def starts_within(found: Sequence[Word | None], known: Sequence[Word | None], ms: int) -> float:
    """The share of known words whose start was found within `ms`."""
    pairs = [(word, truth) for word, truth in zip(found, known, strict=True) if truth is not None]
    return float(np.mean([word is not None and abs(word.start_ms - truth.start_ms) <= ms for word, truth in pairs]))
