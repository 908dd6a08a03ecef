"""A home folder that takes no files, as in a container: the work is done all the same, and it is said at the start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.paths import resource
from tests.app.cli.conftest import Cuesmith

FILM = resource("sample", "last_boat.mp4")


@pytest.fixture
def no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the home folder should be is a file, which root cannot write into either."""
    (tmp_path / "file").touch()
    home = tmp_path / "file" / "home"
    monkeypatch.setenv("CUESMITH_HOME", str(home))
    return home


def test_transcribe_writes_its_output_and_says_at_the_start_what_is_not_kept(
    cuesmith: Cuesmith, no_home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.srt"
    ran = cuesmith("transcribe", FILM, "-o", out, "--engine", "builtin", "--to", "2", "--json-progress")
    events = [json.loads(line) for line in ran.err.splitlines()]
    assert ran.code == 0, ran.err
    assert out.exists()
    (told,) = [place for place, event in enumerate(events) if event.get("code") == "results.memory"]
    assert str(no_home) in events[told]["text"]
    assert not any(event["event"] in ("stage", "chunk") for event in events[:told])


@pytest.mark.slow
def test_align_writes_its_output(cuesmith: Cuesmith, no_home: Path, tmp_path: Path) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "out.srt"
    text.write_text("The last boat leaves at nine.\n", encoding="utf-8")
    ran = cuesmith("align", FILM, text, "-o", out, "--aligner", "builtin", "--engine", "builtin")
    assert ran.code in (0, 1), ran.err
    assert out.exists()
    assert "takes no files" in ran.err


def test_convert_and_check_need_no_home(cuesmith: Cuesmith, no_home: Path, tmp_path: Path) -> None:
    cues, out = tmp_path / "a.srt", tmp_path / "a.vtt"
    cues.write_text("1\n00:00:01,000 --> 00:00:03,000\nThe last boat.\n", encoding="utf-8")
    assert cuesmith("convert", cues, out).code == 0
    assert out.exists()
    ran = cuesmith("check", cues)
    assert ran.code in (0, 1), ran.err
    assert "cuesmith:" not in ran.err
