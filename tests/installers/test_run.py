"""`make run`: when the window opens, and (once) the real walk from the sample film to files."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "installers" / "run.py"
wants_window: Callable[..., bool] = runpy.run_path(str(SCRIPT))["wants_window"]


@pytest.mark.parametrize(
    ("platform", "environ"),
    [
        ("linux", {"DISPLAY": ":0"}),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("win32", {}),
        ("darwin", {}),
    ],
)
def test_a_desktop_and_a_terminal_get_the_window(platform: str, environ: dict[str, str]) -> None:
    assert wants_window(environ, platform, terminal=True)
    assert not wants_window(environ, platform, terminal=False)
    assert not wants_window({**environ, "QT_QPA_PLATFORM": "offscreen"}, platform, terminal=True)


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}])
def test_without_a_desktop_there_is_no_window(environ: dict[str, str]) -> None:
    assert not wants_window(environ, "linux", terminal=True)


def test_the_walk_prints_the_cues_and_then_where_the_files_lie(tmp_path: Path) -> None:
    (tmp_path / "installers").mkdir()
    shutil.copy(SCRIPT, tmp_path / "installers")
    for shared in ("app", "core", "resources"):
        (tmp_path / shared).symlink_to(ROOT / shared)
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "installers" / "run.py")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    cues, _, where = ended.stdout.partition("The files lie here:\n")
    assert re.match(r"1\n00:00:0\d,\d{3} --> 00:00:\d\d,\d{3}\n\S", cues)
    named = [Path(line.strip()) for line in where.splitlines() if line.startswith("  ")]
    assert {path.suffix for path in named} == {".srt", ".vtt", ".json"}
    assert all(path.is_file() and path.is_relative_to(tmp_path) for path in named)
    assert named[1].read_text(encoding="utf-8").strip() == cues.strip()
