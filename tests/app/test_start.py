"""How the program comes up: what its process imports, and that it ends clean. Real processes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.bench.window import HEAVY, START


def test_the_windows_process_imports_no_engine_and_no_reader_of_media() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", START, *HEAVY, "numpy", "PySide6.QtMultimedia"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[2:] == [], "imported before anybody needed it"


def test_the_program_opens_and_ends_by_the_command_line() -> None:
    """The way a person starts it: `cuesmith`, then the window is closed."""
    code = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from app.application import qt_application\n"
        "qt = qt_application()\n"
        "QTimer.singleShot(1500, lambda: [one.close() for one in qt.topLevelWidgets()])\n"
        "from app.__main__ import main\n"
        "sys.exit(main([]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
def test_without_a_screen_the_program_says_so_in_a_line() -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run(
        [sys.executable, "-m", "app"], capture_output=True, text=True, timeout=60, check=False, env=bare
    )
    assert done.returncode == 3
    assert done.stderr.startswith("cuesmith: there is no screen here")
    assert done.stderr.count("\n") == 1
