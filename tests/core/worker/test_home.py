"""A home folder that takes no files, as in a container or on a full disk, keeps no child from its work."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest

from core.progress import Notice
from core.worker.client import EngineClient, MediaClient
from core.worker.media_messages import Probe, Probed
from core.worker.messages import EventHappened, JobFinished, new_job_id
from tests.core.worker.conftest import QUICK, Owner, job


def test_a_child_starts_and_its_log_lies_elsewhere_and_goes_with_it(
    owner: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").touch()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("CUESMITH_HOME", str(tmp_path / "home" / "cuesmith"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    client = MediaClient(owner, patience=QUICK, work="tests.fakes.media_runs:work_for")
    with contextlib.closing(client) as media:
        job_id = media.ask(Probe(new_job_id(), "film"))
        owner.wait_for(lambda reply: isinstance(reply, Probed))
        assert owner.last_word(job_id) == JobFinished(job_id)
        (log,) = (tmp_path / "temporary").iterdir()
        assert log.name.startswith("cuesmith-media-")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_run_whose_results_cannot_be_kept_is_done_all_the_same_and_says_so(
    engine: EngineClient, owner: Owner, tmp_path: Path
) -> None:
    (tmp_path / "home").touch()
    job_id = engine.start(job("chunks=2"), results_file=tmp_path / "home" / "results" / "film.jsonl")
    assert owner.last_word(job_id) == JobFinished(job_id)
    assert [chunk.index for chunk in owner.chunks(job_id)] == [0, 1]
    events = [reply.event for reply in owner.heard if isinstance(reply, EventHappened)]
    (notice,) = [event for event in events if isinstance(event, Notice)]
    assert notice.code == "results.memory"
    assert "takes no files (Not a directory)" in notice.text
