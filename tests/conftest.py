"""What every test gets: a home of its own, the shared material, and the rules that fail a test which leaves a mess.

A logged warning, a warning of Python's or Qt's, a thread or child left running: each fails the test that made it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from core.document.document import Document

Document.checking = True

# A run says the same of a commit whenever and wherever it is made: the same examples, and none that is too slow for a
# busy machine. `--hypothesis-profile=hunt` looks for others.
settings.register_profile("hunt", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("steady", settings.get_profile("hunt"), derandomize=True)
settings.load_profile("steady")

# Hypothesis mixes in constants of those of our modules that are loaded, which differs with the tests that ran before.
# There is no setting for it: a release that moves this function fails here, at once, and by name.
_of_loaded_modules = providers._get_local_constants
providers._get_local_constants = lambda: Constants() if settings.default.derandomize else _of_loaded_modules()

pytest_plugins = ["tests.media_fixtures", "tests.qwen3_fixtures", "tests.sound_fixtures"]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh CUESMITH_HOME, so no test sees another's caches, settings or recovery files."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CUESMITH_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def material() -> Path:
    """The shared material (real speech, songs, subtitles, media), or a skip that says why."""
    value = os.environ.get("CUESMITH_MATERIAL")
    if not value:
        pytest.skip("CUESMITH_MATERIAL is not set: the shared speech and media corpora are not here")
    folder = Path(value)
    if not folder.is_dir():
        pytest.skip(f"CUESMITH_MATERIAL={value} is no folder")
    return folder


@pytest.fixture(autouse=True)
def _no_logged_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A record at WARNING or above fails the test, unless it cleared caplog after looking at it."""
    yield
    loud = [r for phase in ("setup", "call") for r in caplog.get_records(phase) if r.levelno >= logging.WARNING]
    if loud:
        pytest.fail("logged: " + "; ".join(f"{r.name}: {r.getMessage()}" for r in loud))


_PATIENCE_S = 30.0
"""What is ending may take so long on a busy machine; what is not, stays for ever."""


@pytest.fixture(autouse=True)
def _no_leaks() -> Iterator[None]:
    """Threads and children that a test starts must end with it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        threads = [t for t in threading.enumerate() if t not in before and t.is_alive() and not _is_pools_own(t)]
        children = multiprocessing.active_children()
        if not threads and not children:
            return
        time.sleep(0.02)
    pytest.fail(f"left running: {[t.name for t in threads]} {[c.name for c in children]}")


def _is_pools_own(thread: threading.Thread) -> bool:
    """Threads that libraries keep for the life of the process, by name and reason."""
    return thread.name.startswith(("pytest_timeout", "Dummy-"))
