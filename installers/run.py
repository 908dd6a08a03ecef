"""`make run`: transcribe the sample film with the built-in engine, show the cues, say where the files lie.

Then the window opens where somebody can see it: on a desktop, from a terminal, and where QT_QPA_PLATFORM does not
choose otherwise. Works the same from any shell: `python installers/run.py` with the Python that Cuesmith is installed
in. Knows the command line only.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample" / "last_boat.mp4"
OUTPUT = ROOT / "build" / "sample"
_DONE = (0, 1)  # 1 = done, with findings


def main() -> int:
    """Run the walk; the exit code of the first step that failed, else 0."""
    code = _cuesmith(
        "transcribe", SAMPLE, "--output-dir", OUTPUT, "-f", "srt,vtt,json", "--engine", "builtin", "--overwrite"
    )
    if code not in _DONE:
        return code
    files = sorted(OUTPUT.glob(f"{SAMPLE.stem}*"))
    _show(next(file for file in files if file.suffix == ".srt"))
    print("The files lie here:", *(f"  {file}" for file in files), f"The film: {SAMPLE}", sep="\n", flush=True)
    if has_window() and wants_window(os.environ, sys.platform, terminal=sys.stdout.isatty()):
        return _cuesmith(SAMPLE)
    return 0


def has_window() -> bool:
    """Whether this version has one."""
    return importlib.util.find_spec("app.application") is not None


def wants_window(environ: Mapping[str, str], platform: str, *, terminal: bool) -> bool:
    """Whether somebody sits in front of a desktop. `platform` as in `sys.platform`; `terminal`: stdout is one."""
    desktop = platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return desktop and terminal and "QT_QPA_PLATFORM" not in environ


def _cuesmith(*arguments: str | Path) -> int:
    return subprocess.run([sys.executable, "-m", "app", *map(str, arguments)], cwd=ROOT, check=False).returncode


def _show(subtitles: Path) -> None:
    # The console of Windows may not speak UTF-8; the file does.
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    print(subtitles.read_text(encoding="utf-8-sig").strip(), end="\n\n")


if __name__ == "__main__":
    sys.exit(main())
