"""`cuesmith transcribe` and `align` killed with signal 9 at random pieces: the end is as if nothing had happened.

Real processes and the built-in engine. What `--json-progress` says of each piece is counted over all the runs: a piece
that had been told as done is never done again.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.paths import resource
from tests.core.alignment.known_text import runs as known_text

SAMPLE = resource("sample", "last_boat.mp4")
Piece = tuple[int, int]
"""(index, of): hearing and timing a text have numbers of their own."""


@dataclass(frozen=True)
class Ran:
    """What a process told: its pieces, (index, of) → whether they came from an earlier one, and what it wrote."""

    pieces: dict[Piece, bool]
    out: str
    code: int

    def fresh(self) -> set[Piece]:
        """What it did itself."""
        return {piece for piece, from_store in self.pieces.items() if not from_store}


def ran(*arguments: object, kill_after: int | None = None) -> Ran:
    """A `cuesmith` process, killed when it has told so often that it came further with something new."""
    command = [sys.executable, "-m", "app", *map(str, arguments), "-o", "-", "-f", "json", "--json-progress"]
    pieces: dict[Piece, bool] = {}
    steps = 0
    # What it writes goes to a file: a pipe that nobody reads before the end is full after 64 kB, and it would wait.
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True) as process,
    ):
        assert process.stderr is not None
        for line in process.stderr:
            event = json.loads(line)
            if event["event"] == "chunk":
                pieces[event["index"], event["of"]] = event["from_store"]
                steps -= event["from_store"]  # it came a step further, which was nothing new
            steps += event["event"] == "progress" and event["stage"] in ("recognise", "align")
            if kill_after is not None and steps >= kill_after:
                process.kill()
                break
        process.wait()
        out.seek(0)
        return Ran(pieces, out.read(), process.returncode)


def words_of(said: str) -> list[dict[str, Any]]:
    """Every word with its times and confidences, but without its id."""
    made = json.loads(said)
    return [{**word, "id": ""} for cue in made["cues"] for word in cue["words"]]


def killed_and_gone_on_with(arguments: Sequence[object], kills: int, seed: int, whole: Ran, most: int) -> int:
    """Kill so many runs, each after up to `most` steps; the next one to the end says what `whole` says.

    Returns how many were killed on the way: one that came to its end before has nothing left for the others.
    """
    rng = random.Random(seed)
    done: set[Piece] = set()
    killed = 0
    for _ in range(kills):
        run = ran(*arguments, kill_after=rng.randint(1, most))
        assert not run.fresh() & done, "a finished piece was done again"
        done |= set(run.pieces)
        killed += run.code == -9
    last = ran(*arguments)
    assert last.code == whole.code
    assert not last.fresh() & done
    assert set(last.pieces) == set(whole.pieces)
    assert words_of(last.out) == words_of(whole.out)
    return killed


@pytest.fixture
def undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Any:
    """Runs in a home of its own: nothing of it helps the others."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setenv("CUESMITH_HOME", str(tmp_path / "undisturbed"))
        told = ran(*arguments)
        monkeypatch.setenv("CUESMITH_HOME", str(home))
        assert not any(told.pieces.values())
        return told

    return run


def test_a_transcription_killed_three_times_ends_with_the_same_words(undisturbed: Any) -> None:
    arguments = ("transcribe", SAMPLE, "--engine", "builtin", "--to", "16")
    assert killed_and_gone_on_with(arguments, 3, 4, undisturbed(*arguments), most=25) >= 2


@pytest.fixture
def long_film(material: Path) -> Path:
    return material / "A_english" / "long_constructed" / "long_dev_en.opus"


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_long_transcription_killed_at_ten_moments_ends_with_the_same_words(undisturbed: Any, long_film: Path) -> None:
    arguments = ("transcribe", long_film, "--engine", "builtin")
    whole = undisturbed(*arguments)
    assert killed_and_gone_on_with(arguments, 10, 1, whole, most=120) >= 8


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_long_alignment_killed_at_ten_moments_ends_with_the_same_words(
    undisturbed: Any, long_film: Path, material: Path, tmp_path: Path
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("\n".join(known_text.long_film(material).lines), encoding="utf-8")
    arguments = ("align", long_film, text, "--engine", "builtin", "--aligner", "builtin")
    whole = undisturbed(*arguments)
    assert killed_and_gone_on_with(arguments, 10, 2, whole, most=6) >= 8
