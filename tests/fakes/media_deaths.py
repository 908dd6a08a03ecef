"""Media work on which the child dies, as a damaged file can make native code do. Runs inside a real media child."""

from __future__ import annotations

import os
from collections.abc import Generator

from core.progress import CancelToken
from core.worker.media_messages import MediaRequest, MediaResult


def work_for(request: MediaRequest, cancel: CancelToken) -> Generator[MediaResult, None, None]:
    """Die before the first answer."""
    os._exit(9)
    yield
