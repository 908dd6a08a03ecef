"""Kill -9 in the middle of a dictation: the recording and the firm text are there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from core.document.project import open_project
from core.document.project.recoveries import list_unnamed
from core.media.decode import Decoder
from tests.fakes.sound_card import SoundCard

ROOT = Path(__file__).parent.parent.parent.parent
WORDS = 3


def test_recording_and_firm_text_outlive_a_kill(sound_card: SoundCard, home: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.app.dictation.process"],
        cwd=ROOT,
        env=os.environ | {"CUESMITH_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    file, words = "", 0
    try:
        assert program.stdout is not None
        for line in program.stdout:
            kind, _, value = line.strip().partition(" ")
            if kind == "file":
                file = value
            elif int(value) >= WORDS:
                words = int(value)
                break
    finally:
        program.kill()
        program.wait()
        assert program.stdout is not None
        program.stdout.close()
    with Decoder(Path(file)) as decoder:
        samples = sum(len(block.samples) for block in decoder)
    assert samples >= words * 16_000  # a word is told a second after its sound, and sound is flushed each second
    (unnamed,) = list_unnamed()
    with open_project(unnamed.path) as project:
        document = project.history().document
    told = [word.text for cue in document.cues for word in cue.words]
    assert told[:words] == [f"word{number}" for number in range(words)]
    assert document.media is not None
    assert document.media.path == file
    assert np.all([cue.end_ms <= samples // 16 for cue in document.cues])
