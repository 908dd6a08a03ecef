"""The command line itself: help, versions, doctor, bench, and what happens when a command is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import COMMANDS
from core.paths import resource
from tests.app.cli.conftest import Cuesmith

FILM = resource("sample", "last_boat.mp4")


def test_help_names_every_command(cuesmith: Cuesmith) -> None:
    ran = cuesmith("--help")
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(cuesmith: Cuesmith, name: str) -> None:
    ran = cuesmith(name, "--help")
    assert ran.code == 0
    assert f"cuesmith {name}" in ran.out


def test_doctor_finds_what_the_program_needs(cuesmith: Cuesmith) -> None:
    ran = cuesmith("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(ran.out)["checks"]}
    assert ran.code == 0, [check for check in checks.values() if check["health"] == "bad"]
    assert {"Reading media", "Finding speech", "Engine builtin", "Disk: Models"} <= set(checks)


def test_doctor_says_in_words_what_is_missing(cuesmith: Cuesmith, monkeypatch: pytest.MonkeyPatch) -> None:
    from core import doctor

    def broken() -> None:
        raise RuntimeError("it fell over")

    broken.__name__ = "_reading_media"
    monkeypatch.setattr(doctor, "_LOOKS", (broken,))
    ran = cuesmith("doctor")
    assert ran.code == 1
    assert "reading media: RuntimeError: it fell over" in ran.out


def test_transcribing_loads_no_torch_and_no_qt() -> None:
    program = (
        "import sys\nfrom app.__main__ import main\n"
        f"code = main(['transcribe', {str(FILM)!r}, '-o', '-', '--engine', 'builtin', '--to', '3'])\n"
        "heavy = [name for name in ('torch', 'transformers', 'PySide6') if name in sys.modules]\n"
        "sys.exit(code or (9 if heavy else 0))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_ends_with_130_keeps_what_came_and_the_next_run_goes_on(home: Path) -> None:
    command = [sys.executable, "-m", "app", "transcribe", str(FILM), "-o", "-", "-f", "json", "--json-progress"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if json.loads(line).get("event") == "chunk":
                child.send_signal(signal.SIGINT)
                break
        child.stderr.read()
        assert child.wait(30) == 130
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    events = [json.loads(line) for line in again.stderr.splitlines()]
    assert [event["chunks"] >= 1 for event in events if event["event"] == "resumed"] == [True]


@pytest.mark.skipif(os.name == "nt", reason="Windows closes pipes another way")
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m app doctor | head -n 1"
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert ran.stderr == ""


def test_help_loads_no_numpy() -> None:
    program = "import app.__main__, app.cli, app.cli.runner, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
