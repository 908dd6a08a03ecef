"""The status bar says what recognises where, and why there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.run import JobRun
from app.status import StatusBar
from core.engine import EngineInfo
from tests.app.editor import cues

WHY = "No graphics card is usable; this processor has bfloat16 instructions."
RECOGNIZER = EngineInfo("qwen3-asr-0.6b", "Qwen3-ASR 0.6B", ("en",), False, "cpu", "bfloat16", WHY)
ALIGNER = EngineInfo("builtin", "Built-in", ("en",), True, reason="It needs no download.")


class Chosen(JobRun):
    """A run as far as its engines are chosen; it has begun nothing."""

    def __init__(self, recognizer: EngineInfo | None, aligner: EngineInfo | None) -> None:
        self.recognizer, self.aligner = recognizer, aligner


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar(cues.session(*cues.few()))
    qtbot.addWidget(made)
    return made


def test_device_format_and_reason_of_both_engines_are_at_the_engine_name(bar: StatusBar) -> None:
    bar.show_run(Chosen(RECOGNIZER, ALIGNER))
    assert bar._engine.text() == "Qwen3-ASR 0.6B on processor bfloat16"
    wanted = f"Qwen3-ASR 0.6B on processor bfloat16\n{WHY}\nBuilt-in on processor\nIt needs no download."
    assert bar._engine.toolTip() == wanted
    assert bar._engine.accessibleDescription() == wanted


def test_an_engine_without_a_reason_has_its_place_alone(bar: StatusBar) -> None:
    bar.show_run(Chosen(EngineInfo("server", "Server", (), False, "speech.example"), None))
    assert bar._engine.toolTip() == "Server on speech.example"


def test_before_a_run_there_is_only_a_name(bar: StatusBar) -> None:
    bar.show_engine("Qwen3-ASR 0.6B")
    bar.show_run(Chosen(None, None))
    assert bar._engine.text() == "Qwen3-ASR 0.6B"
    assert bar._engine.toolTip() == ""
