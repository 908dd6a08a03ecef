"""A home folder that takes no files, as in a container or on a full disk, keeps no child from its work."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest

from core.worker.client import MediaClient
from core.worker.media_messages import Probe, Probed
from core.worker.messages import JobFinished, new_job_id
from tests.core.worker.conftest import QUICK, Owner


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
