"""A crash leaves a report to read and copy; nothing is sent. A run that was killed is told at the next start."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.crash import logged, newest_logs, tell
from app.crash_report import UNFINISHED, ReportDialog, report, unfinished_run
from core import paths
from core.document.owner import Owner

KILLED = """
import os, signal, sys
from app.application import build, qt_application
from app.crash import logged
qt = qt_application()
with logged():
    made = build()
    made.window.show()
    qt.processEvents()
    {end}
"""


def run_to(end: str) -> int:
    """A real window's process that ends in this way."""
    done = subprocess.run([sys.executable, "-c", KILLED.format(end=end)], capture_output=True, timeout=120, check=False)
    return done.returncode


@pytest.mark.skipif(os.name == "nt", reason="ends a process by a signal")
@pytest.mark.parametrize(
    ("end", "stays"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", ""),
        ("import ctypes; ctypes.string_at(0)", "Segmentation fault"),
    ],
    ids=["killed", "crashed in native code"],
)
def test_a_run_that_ended_in_the_middle_is_told_at_the_next_start_with_its_log(
    qtbot: QtBot, home: Path, start: Callable[..., Application], end: str, stays: str
) -> None:
    assert run_to(end) in (-signal.SIGKILL, -signal.SIGSEGV)
    program = start()
    program.begin([])
    assert program.window.banners.codes() == (UNFINISHED,)
    bar = program.window.banners.bar(UNFINISHED)
    assert bar is not None
    offer = bar.offers[0]
    assert isinstance(offer, QPushButton)
    offer.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ReportDialog))
    text = dialog.text.toPlainText()
    assert text.startswith("Cuesmith ")
    assert stays in text
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == text
    dialog.accept()
    qtbot.wait(0)


@pytest.mark.skipif(os.name == "nt", reason="ends a process by a signal")
def test_a_run_that_was_killed_is_told_though_another_process_has_its_number_by_now(home: Path) -> None:
    run_to("os.kill(os.getpid(), signal.SIGKILL)")
    (log,) = newest_logs()
    number = log.stem.rpartition("-")[2]
    for left in sorted(paths.log_dir().glob("window-*")):
        left.rename(left.with_name(left.name.replace(f"-{number}.", f"-{os.getpid()}.")))
    (log,) = newest_logs()
    assert unfinished_run() == log


def test_a_window_that_could_make_no_lock_is_no_crash(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network drive whose server keeps none."""

    def refused(_owner: Owner) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(Owner, "take", refused)
    with logged():
        assert unfinished_run() is None
    assert unfinished_run() is None


def test_a_run_that_came_to_its_end_is_not_told(home: Path) -> None:
    run_to("pass")
    assert list(paths.log_dir().glob("window-*.log"))
    assert unfinished_run() is None


def test_a_window_that_still_runs_is_no_crash(home: Path) -> None:
    with logged():
        assert unfinished_run() is None


def test_a_fault_of_ours_offers_its_report(
    qtbot: QtBot, home: Path, program: Application, caplog: pytest.LogCaptureFixture
) -> None:
    with logged():
        error = ZeroDivisionError("by nothing")
        tell(program.messages, error, None)
        bar = program.window.banners.bar(program.window.banners.codes()[0])
        assert bar is not None
        offer = bar.offers[0]
        assert isinstance(offer, QPushButton)
        offer.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ReportDialog))
    assert "ZeroDivisionError: by nothing" in dialog.text.toPlainText()
    assert "nobody caught this" in dialog.text.toPlainText()
    dialog.accept()
    qtbot.wait(0)
    caplog.clear()


def test_a_report_names_no_home(tmp_path: Path) -> None:
    log = tmp_path / "window-20260101-000000-1.log"
    log.write_text(f"opened {Path.home()}/films/secret.mp4\n")
    assert f"{Path.home()}/films" not in report(log)
    assert "~/films/secret.mp4" in report(log)


def test_a_report_of_a_log_that_is_gone_says_so(tmp_path: Path) -> None:
    assert "No such file" in report(tmp_path / "window-1.log", "what happened")
