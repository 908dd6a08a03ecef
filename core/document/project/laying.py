"""What engines made, between a project and the files where jobs look and write. Knows no job and no engine.

A project carries it wherever the project goes; a job knows only its film's file on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from core import paths
from core.collector import no_collecting
from core.document.chunk_results import add_results, keys_in, open_results
from core.document.project.results import ProjectResults
from core.results import ChunkKey
from core.transcript import Segment

MOST_FILMS = 8
"""A project has results of the films it had before, too, for its history leads back to them. Each film gets a file, and
a stranger's project may name any number."""

_AT_ONCE = 128
"""So many are written with one flush: few enough that a step of the person's never waits long for its turn."""

_Found = Sequence[tuple[ChunkKey, Segment]]


def lay_out(results: ProjectResults, own_id: str) -> None:
    """Lay what came with a project where a job looks: of its film, and of those that most was made of.

    What lies there is not read again, so that opening a project where it was made costs little.

    Args:
        own_id: media id of the document's film, or "".

    Raises:
        CuesmithError: the project cannot be read, or the files not be written; jobs do again what does not lie there.
    """
    of_film: dict[str, list[ChunkKey]] = {}
    for key in results.known_keys():
        of_film.setdefault(key.media_id, []).append(key)
    films = sorted(of_film, key=lambda media_id: (media_id != own_id, -len(of_film[media_id])))
    with no_collecting():
        for media_id in films[:MOST_FILMS]:
            _lay(results, of_film[media_id], paths.results_file(media_id))


def _lay(results: ProjectResults, keys: Sequence[ChunkKey], path: Path) -> None:
    there = keys_in(path)
    missing = ((key, results.get(key)) for key in keys if key not in there)
    for some in _at_once((key, segment) for key, segment in missing if segment is not None):
        add_results(path, some)


def take_in(results: ProjectResults, path: Path) -> None:
    """Put what a film's file has and the project has not into the project.

    Raises:
        CuesmithError: the project was closed meanwhile or cannot be written. What was put there stays, the rest is in
            the film's file all the same.
    """
    there = set(results.known_keys())
    with no_collecting(), open_results(path) as found:
        for some in _at_once((key, segment) for key, segment in found.items() if key not in there):
            results.put_all(some)


def _at_once(found: Iterator[tuple[ChunkKey, Segment]]) -> Iterator[_Found]:
    while some := tuple(islice(found, _AT_ONCE)):
        yield some
