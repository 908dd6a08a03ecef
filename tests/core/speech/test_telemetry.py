"""The library that runs the speech network tells its maker nothing: nothing leaves the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import numpy as np
from core.speech.silero import Silero
print(len(Silero().probabilities(np.zeros((4, 512), np.float32))))
"""


def test_finding_speech_makes_no_number_for_this_machine_and_no_queue_of_events(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        environment[name] = str(tmp_path)
    ran = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "4", ran.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
