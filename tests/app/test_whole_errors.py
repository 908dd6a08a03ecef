"""An error in a method that Qt calls is told; the process goes on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.whole_errors import with_whole_errors, without_ground

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from app.whole_errors import with_whole_errors

class Painted(QWidget):
    def paintEvent(self, event):
        {fault}

def caught(kind, error, trace):
    print("told", kind.__name__)

sys.excepthook = caught
qt = QApplication([])
painted = Painted()
painted.show()
QTimer.singleShot(200, qt.quit)
with_whole_errors(qt.exec)
print("went on")
"""


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("[][0]", "IndexError"), ("next(iter(()))", "StopIteration"), ("self.resize('a')", "TypeError")],
    ids=["an index out of range", "an iterator at its end", "a wrong argument"],
)
def test_an_error_while_painting_is_told_and_the_window_goes_on(fault: str, kind: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(fault=fault)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout.split("\n")
    assert f"told {kind}" in said
    assert "went on" in said


def test_what_an_error_came_from_is_told_without_the_windows_own_handling() -> None:
    def fails() -> None:
        try:
            {}["key"]
        except KeyError:
            [][0]

    with pytest.raises(IndexError) as raised:
        with_whole_errors(fails)
    error = without_ground(raised.value)
    assert isinstance(error.__context__, KeyError)
    assert error.__context__.__context__ is None


def test_what_is_done_and_what_goes_wrong_comes_out_as_it_is() -> None:
    assert with_whole_errors(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError) as raised:
        with_whole_errors(lambda: 1 // 0)
    assert without_ground(raised.value).__context__ is None
