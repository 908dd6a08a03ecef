"""The Qt binding itself: PySide6 6.12.0 on Python 3.11 loses a reference to None in most void calls and aborts."""

from __future__ import annotations

import subprocess
import sys

TWENTY_THOUSAND_VOID_CALLS = """
from PySide6.QtCore import QCoreApplication, QTimer
application = QCoreApplication([])
timer = QTimer()
for i in range(20000):
    timer.setInterval(i)
print(timer.interval())
"""


def test_twenty_thousand_calls_that_return_nothing_do_not_abort_python() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", TWENTY_THOUSAND_VOID_CALLS], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "19999"), ended.stderr
