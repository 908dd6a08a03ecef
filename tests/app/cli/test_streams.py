"""Where a command's words go: pipes that close, full disks, locales without letters, terminals. Real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.paths import resource
from tests.app.cli.conftest import Cuesmith

FILM = resource("sample", "last_boat.mp4")
TWO_CUES = "1\n00:00:01,000 --> 00:00:03,000\nThis is fine.\n\n2\n00:00:04,000 --> 00:00:04,100\nThis is short.\n"
TRANSCRIBE = ("transcribe", str(FILM), "--engine", "builtin", "--to", "4")

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither such pipes nor terminals")


@pytest.fixture
def srt(tmp_path: Path) -> Path:
    path = tmp_path / "señor.srt"
    path.write_text(TWO_CUES, encoding="utf-8")
    return path


def started(*arguments: object, env: dict[str, str] | None = None, **streams: Any) -> subprocess.Popen[bytes]:
    """The program as a shell starts it: what it prints is held back until there is a block of it."""
    there = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.Popen([sys.executable, "-m", "app", *map(str, arguments)], env=there | (env or {}), **streams)


def closed_pipe() -> int:
    """A pipe to write into that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@posix
@pytest.mark.parametrize("command", ["--help", "check --help", "check", "check --json", "convert", "models list"])
def test_a_reader_that_went_away_is_no_failure_and_nothing_is_said(command: str, srt: Path) -> None:
    words = {"check": f"check {srt}", "check --json": f"check --json {srt}", "convert": f"convert {srt} -"}
    with started(*words.get(command, command).split(), stdout=closed_pipe(), stderr=subprocess.PIPE) as child:
        _, said = child.communicate(timeout=120)
    assert said == b""
    assert child.returncode in (0, 1)


@posix
def test_a_transcription_nobody_reads_is_no_failure_either(home: Path) -> None:
    with started(*TRANSCRIBE, "-o", "-", stdout=closed_pipe(), stderr=subprocess.PIPE) as child:
        _, said = child.communicate(timeout=120)
    assert b"went wrong" not in said
    assert child.returncode == 0


@posix
def test_work_goes_on_where_nobody_reads_what_it_says(home: Path, tmp_path: Path) -> None:
    with started(*TRANSCRIBE, "-o", tmp_path / "out.srt", stderr=closed_pipe()) as child:
        assert child.wait(120) == 0
    assert "-->" in (tmp_path / "out.srt").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("command", ["check {}", "convert {} -"])
def test_a_stdout_that_takes_nothing_is_one_line_and_exit_code_3(command: str, srt: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        child = started(*command.format(srt).split(), stdout=full, stderr=subprocess.PIPE)
    _, said = child.communicate(timeout=120)
    assert said.decode().startswith("cuesmith: stdout could not be written (")
    assert said.count(b"\n") == 1
    assert child.returncode == 3


def test_pipes_get_utf_8_in_every_locale(srt: Path) -> None:
    with started("check", srt, env={"PYTHONIOENCODING": "ascii"}, stdout=subprocess.PIPE) as child:
        out, _ = child.communicate(timeout=120)
    assert out.decode("utf-8").startswith("señor.srt: cue 2")
    assert child.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_can_be_said(tmp_path: Path) -> None:
    named = os.fsencode(tmp_path) + b"/\xff.srt"
    Path(os.fsdecode(named)).write_text(TWO_CUES, encoding="utf-8")
    with started("check", os.fsdecode(named), stdout=subprocess.PIPE) as child:
        out, _ = child.communicate(timeout=120)
    assert out.startswith(b"\\udcff.srt: cue 2")
    assert child.returncode == 1


@posix
def test_at_a_terminal_bars_are_on_stderr_and_subtitles_on_stdout(home: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    with started(
        *TRANSCRIBE, "-o", "-", "-f", "srt", env={"TERM": "xterm"}, stdout=subprocess.PIPE, stderr=theirs
    ) as child:
        os.close(theirs)
        shown = _all_of(ours)
        out, _ = child.communicate(timeout=120)
    assert out.startswith(b"1\n00:00:0")
    assert b"Recognise" in shown
    assert b"-->" not in shown


def _all_of(terminal: int) -> bytes:
    shown = b""
    with os.fdopen(terminal, "rb", buffering=0) as reading:
        while True:
            try:
                block = reading.read(65536)
            except OSError:  # how Linux says that the other side is closed
                return shown
            if not block:
                return shown
            shown += block


def test_a_word_that_is_no_command_and_no_file_opens_no_window() -> None:
    with started("transcribbe", "film.mp4", stderr=subprocess.PIPE) as child:
        _, said = child.communicate(timeout=120)
    assert "neither a command nor a file “transcribbe”" in said.decode("utf-8")
    assert child.returncode == 2


def test_shot_changes_without_a_film_are_refused(cuesmith: Cuesmith, srt: Path) -> None:
    ran = cuesmith("check", srt, "--shots")
    assert (ran.code, ran.out) == (2, "")
    assert "--media" in ran.err


def test_several_formats_for_one_output_are_refused_in_words_of_the_command(cuesmith: Cuesmith, srt: Path) -> None:
    ran = cuesmith("convert", srt, "-", "-f", "srt,vtt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("cuesmith: One output takes one format.")
