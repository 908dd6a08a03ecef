"""Words right and speed of the built-in recognizer on clips with known text; needs CUESMITH_MATERIAL.

`python -m tests.core.recognition.measure_words`
"""

from __future__ import annotations

import difflib
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from core.progress import CancelToken
from core.recognition.builtin import BuiltinRecognizer
from core.recognition.protocol import Options
from core.speech.chunker import cut_chunks, plan_chunks
from core.timecode import SAMPLE_RATE
from core.transcript import Segment
from tests.fakes.sound import blocks_of, load


def words_of(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]", "", re.sub(r"[-\s]", " ", text.lower())).split()


def clips(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in (folder / "jfk/jfk.flac", *sorted((folder / "pocketsphinx_librivox").glob("*.wav"))):
        yield path, path.with_suffix(".txt").read_text()
    libri = folder / "mfa_librispeech/61-70968-0000.flac"
    yield libri, libri.with_suffix(".lab").read_text()
    film = folder / "long_constructed/long_dev_en.opus"
    truth = json.loads(film.with_suffix(".truth.json").read_text())
    yield film, " ".join(part["text"] for part in truth["segments"])


def distance(reference: list[str], found: list[str]) -> int:
    row = list(range(len(found) + 1))
    for index, wanted in enumerate(reference, 1):
        above, row = row, [index]
        for column, word in enumerate(found, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (wanted != word)))
    return row[-1]


def main() -> None:
    for path, text in clips(Path(os.environ["CUESMITH_MATERIAL"]) / "A_english"):
        samples = load(path)
        started = time.process_time()
        plan = plan_chunks(blocks_of(samples))
        items = BuiltinRecognizer().transcribe(cut_chunks(blocks_of(samples), plan), Options(), CancelToken())
        found = [word.text.lower() for item in items if isinstance(item, Segment) for word in item.words]
        cpu_s = time.process_time() - started
        wanted = words_of(text)
        matches = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
        in_order = sum(match.size for match in matches)
        error_rate = distance(wanted, found) / len(wanted)
        share = in_order / len(wanted)
        speed = len(samples) / SAMPLE_RATE / cpu_s
        print(f"{path.name}: {len(wanted)} words, {share:.0%} in order, WER {error_rate:.1%}, {speed:.1f} x")


if __name__ == "__main__":
    main()
