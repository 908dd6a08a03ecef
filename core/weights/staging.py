"""A model that is half here: its folder, its files one by one, its room on disk, and the step that makes it whole.

Everything not whole lies in `places.WORK` inside the models folder, where nothing looks for models. A whole one takes
its name by one rename, so a kill at any point leaves either nothing or all of it.
"""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from core import paths
from core.document.owner import Owner
from core.errors import FetchUnderWay, NoSpace
from core.files import sync_folder, write_error
from core.weights import places
from core.weights.manifest import Manifest, write_manifest
from core.weights.part import Part
from core.weights.sizes import size_text

_SPARE_BYTES = 256 * 1024 * 1024
"""Left free on the disk, for everything else that writes."""


class Staging:
    """The half-way place of one model.

    Attributes:
        name: what its folder will be called. models: the models folder.
        files: where its whole files wait for the rest.
    """

    def __init__(self, name: str, models: Path | None = None) -> None:
        self.name = name
        self.models = models if models is not None else paths.models_dir()
        self._place = self.models / places.WORK / name
        self.files = self._place / "files"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from working here; makes the folders.

        Raises:
            FetchUnderWay: somebody else works here.
            WriteError: the models folder cannot be written.
        """
        owner = Owner(self._place)
        try:
            self.files.mkdir(parents=True, exist_ok=True)
            taken = owner.take()
        except OSError as error:
            raise write_error(self.models, error) from error
        if not taken:
            raise FetchUnderWay(model=self.name)
        try:
            yield
        finally:
            owner.release()

    def part(self, key: str, size_bytes: int) -> Part:
        """A file on its way, known by its hash, so that another revision never goes on with it."""
        return Part(self._place, key, size_bytes)

    def has(self, name: str, size_bytes: int) -> bool:
        """Whether this file is here, whole. Files come here only after their hash was found right."""
        try:
            return (self.files / name).stat().st_size == size_bytes
        except OSError:
            return False

    def bytes_here(self) -> int:
        """What has come so far."""
        return sum(file.stat().st_size for file in self._data_files())

    def check_room(self, needed_bytes: int, title: str) -> None:
        """Raise `NoSpace` where the disk has not so much and a little more."""
        existing = next(one for one in (self.models, *self.models.parents) if one.exists())
        free = shutil.disk_usage(existing).free
        if free < needed_bytes + min(_SPARE_BYTES, needed_bytes):
            raise NoSpace(model=title, folder=str(self.models), needed=size_text(needed_bytes), free=size_text(free))

    def install(self, manifest: Manifest) -> Path:
        """Give it its name, in place of what was there; its folder.

        Raises:
            WriteError: that cannot be done; what was there is unchanged.
        """
        write_manifest(self.files, manifest)
        target = self.models / self.name
        old = self.models / places.WORK / f"old-{uuid.uuid4().hex[:8]}"
        try:
            if target.exists():
                target.rename(old)
            self.files.rename(target)
        except OSError as error:
            raise write_error(target, error) from error
        sync_folder(self.models)
        self.discard()
        shutil.rmtree(old, ignore_errors=True)
        return target

    def discard(self) -> None:
        """Throw away what is here of it."""
        shutil.rmtree(self._place, ignore_errors=True)

    def _data_files(self) -> Iterator[Path]:
        for folder, pattern in ((self._place, "*.part"), (self.files, "*")):
            with contextlib.suppress(OSError):
                yield from (file for file in folder.glob(pattern) if file.is_file())
