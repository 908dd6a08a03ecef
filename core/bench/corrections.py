"""A text with wrong words, timed, and its true words put back one at a time: what healing is measured on.

Wrong words are other words of the same text, chosen by a seeded generator, so that an aligner has to find its way
through real words that are not spoken there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from core.alignment.known_text.report import Report
from core.cues.styles import style
from core.document import edits
from core.document.document import Document
from core.document.heal import Window, healed, spoiled, window
from core.document.history import Changed, History
from core.errors import BadArgument
from core.events import AlignJob, TextTimed
from core.known_cues import cues_of
from core.progress import CancelToken
from core.transcript import Word

_STYLE = "netflix-en"

_NO_SPEECH = ("<", "[")
"""Marks of a transcript, <cough> or [unclear], are no words that could be wrong."""

Place = tuple[int, int]
"""(line number, index of the word in it)"""


@dataclass(frozen=True, slots=True)
class Case:
    """A text timed twice: as it is, and with wrong words.

    Attributes:
        media: path of the film.
        truth: the words of the whole true text with the aligner's times, by place.
        wrong: what is to be corrected: id of the wrong word → its place.
        document: the cues of the wrong text.
    """

    media: str
    truth: dict[Place, Word]
    wrong: dict[str, Place]
    document: Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case went.

    Attributes:
        kept: words that no correction touched and that have the times they had, of `untouched`.
        shifts_ms: |start − true start| and |end − true end| of every corrected word.
        measured: corrected words with times from the sound, of `corrected`.
    """

    kept: int
    untouched: int
    measured: int
    corrected: int
    shifts_ms: tuple[int, ...]

    @property
    def mean_shift_ms(self) -> float:
        """How far the corrected words' edges are from where they are in the whole true text."""
        return mean(self.shifts_ms) if self.shifts_ms else 0.0


Ask = Callable[[str, Window], Sequence[Word] | None]
"""(media, window) → its words timed, or None where the aligner found no way."""


def case(media: str, lines: Sequence[str], *, share: float = 0.1, seed: int = 0, true: Report | None = None) -> Case:
    """Time `lines` in `media` by the built-in aligner, as they are and with `share` of their words wrong.

    Args:
        true: the lines as they are, where they were `timed` before.

    Raises:
        BadArgument: too short a text.
        CuesmithError: as `core.pipeline_align.run`.
    """
    true = true if true is not None else timed(media, lines)
    spoilt, places = with_wrong_words(lines, share, seed)
    found = timed(media, spoilt)
    truth = {(line.number, n): word for line in true.lines for n, word in enumerate(line.words)}
    wrong = {
        word.id: (line.number, n)
        for line in found.lines
        for n, word in enumerate(line.words)
        if (line.number, n) in places and (line.number, n) in truth
    }
    cues = cues_of(found, style(_STYLE), language="en")
    return Case(media, truth, wrong, Document(cues=cues))


def with_wrong_words(lines: Sequence[str], share: float, seed: int) -> tuple[list[str], set[Place]]:
    """The lines with that share of their words exchanged for others of the text, and where.

    Raises:
        BadArgument: fewer than ten words.
    """
    rng = random.Random(seed)
    words = [line.split() for line in lines]
    places = [
        (number, n)
        for number, line in enumerate(words, 1)
        for n, word in enumerate(line)
        if not word.startswith(_NO_SPEECH)
    ]
    if len(places) < 10:
        raise BadArgument(what="The text has fewer than ten words.", hint="Give a longer one.")
    chosen = set(rng.sample(places, max(1, round(len(places) * share))))
    known = [words[number - 1][n] for number, n in places]
    for number, n in sorted(chosen):
        there = words[number - 1][n]
        words[number - 1][n] = rng.choice([word for word in known if word.casefold() != there.casefold()])
    return [" ".join(line) for line in words], chosen


def corrected(work: Case, ask: Ask, *, seed: int = 0) -> Outcome:
    """Put the true words back in random order, one at a time, each healed before the next."""
    history = History(work.document)
    untouched = {
        word.id: (word.start_ms, word.end_ms)
        for cue in work.document.cues
        for word in cue.words
        if word.id not in work.wrong
    }
    order = sorted(work.wrong)
    random.Random(seed).shuffle(order)
    edges: list[tuple[Word, Word]] = []
    for name in order:
        true = work.truth[work.wrong[name]]
        edges += [(now, true) for now in _put_right(history, name, true, work.media, ask)]
    now = {word.id: (word.start_ms, word.end_ms) for cue in history.document.cues for word in cue.words}
    return Outcome(
        kept=sum(now.get(name) == times for name, times in untouched.items()),
        untouched=len(untouched),
        measured=sum(word.source == "aligned" for word, _ in edges),
        corrected=len(edges),
        shifts_ms=tuple(ms for word, true in edges for ms in _shifts_ms(word, true)),
    )


def _put_right(history: History, name: str, true: Word, media: str, ask: Ask) -> Iterator[Word]:
    """Correct one word as typing it does, and heal it; what it is afterwards, if it is there."""
    row, index = next(
        (row, n) for row, cue in enumerate(history.document.cues) for n, word in enumerate(cue.words) if word.id == name
    )
    steps: list[Changed] = []
    stop = history.listen(steps.append)
    cue = history.document.cues[row]
    ahead = "".join(word.text + word.after for word in cue.words[:index])
    behind = cue.text[len(ahead) + len(cue.words[index].text) :]
    history.apply(edits.set_text(history.document, row, ahead + true.text + behind))
    stop()
    cause = history.step_id
    for cue_id, names in (pair for step in steps for pair in spoiled(step.edit).items()):
        asked = window(history.document, cue_id, names)
        answer = ask(media, asked) if asked is not None else None
        words = healed(asked, answer) if asked is not None and answer is not None else None
        if asked is not None and words is not None:
            history.apply_late(edits.late(history.document, asked.seen, words), cause)
    words_now = history.document.cues[row].words
    if index < len(words_now) and words_now[index].text == true.text:
        yield words_now[index]


def _shifts_ms(word: Word, true: Word) -> tuple[int, int]:
    return abs(word.start_ms - true.start_ms), abs(word.end_ms - true.end_ms)


def timed(media: str, lines: Sequence[str]) -> Report:
    """`lines` in `media`, by the built-in aligner.

    Raises:
        CuesmithError: as `core.pipeline_align.run`.
    """
    from core.pipeline_align import run  # the engines load here, not where measures are listed

    job = AlignJob(media, tuple(lines), engine="builtin", aligner="builtin")
    return next(event.report for event in run(job, cancel=CancelToken()) if isinstance(event, TextTimed))
