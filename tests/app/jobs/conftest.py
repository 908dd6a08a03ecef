"""What the tests of jobs share: jobs over the module's own engines, what the user was told, and work to run them on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.jobs.jobs import Jobs
from app.messages import Message, Messages
from core.cue import Cue
from core.document.document import Document, MediaRef
from tests.fakes.media_runs import info

MEDIA = MediaRef("film.mp4", 1, "film")


@pytest.fixture
def said() -> list[Message]:
    return []


@pytest.fixture
def jobs(engines: EngineBridge, said: list[Message]) -> Jobs:
    """On the `engines` of the module that asks."""
    messages = Messages()
    messages.said.connect(said.append)
    made = Jobs(engines, messages)
    made.setProperty("messages", messages)
    return made


@pytest.fixture
def begin() -> Iterator[Callable[..., Work]]:
    """Begins work on the film with these cues."""
    works = Works()

    def make(*cues: Cue) -> Work:
        return works.begin(Document(cues=cues, media=MEDIA), info=info("film.mp4"))

    yield make
    works.close()
