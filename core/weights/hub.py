"""The Hugging Face hub, or a mirror of it, by its own library: names, revisions, etags, redirects. Fetches no bytes.

The library's own download is not used: since 2.0 each attempt begins at zero and deletes what it had. Its session is
ours (time limits, no offline switch that the engine's process sets for itself), it sends no token and no telemetry.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when the library is imported

import huggingface_hub

from core.errors import SourceBroken, SourceLacks
from core.weights.answers import failure
from core.weights.catalogue import Model
from core.weights.http import make_client
from core.weights.patience import Patience
from core.weights.sources import Remote, Where, host_of


class Hub:
    """Follows `sources.Source`."""

    def __init__(self, endpoint: str, patience: Patience) -> None:
        self.name = host_of(endpoint)
        self._endpoint, self._patience = endpoint, patience
        huggingface_hub.set_client_factory(lambda: make_client(patience))
        self._api = huggingface_hub.HfApi(endpoint=endpoint, token=False)

    def files(self, model: Model) -> Mapping[str, Remote]:
        """See `Source`."""
        try:
            info = self._api.model_info(
                model.repo, revision=model.revision, files_metadata=True, timeout=self._patience.read_s
            )
        except Exception as error:
            raise failure(error, self.name) from error
        if info.sha and info.sha != model.revision:
            raise SourceLacks(source=self.name, cause="it has another revision only")
        return {
            one.rfilename: Remote(
                one.rfilename,
                one.size if one.size is not None else -1,
                one.lfs.sha256 if one.lfs else "",
                "" if one.lfs else one.blob_id or "",
            )
            for one in info.siblings or ()
        }

    def where(self, model: Model, file: str) -> Where:
        """See `Source`."""
        url = huggingface_hub.hf_hub_url(model.repo, file, revision=model.revision, endpoint=self._endpoint)
        try:
            found = huggingface_hub.get_hf_file_metadata(
                url, token=False, timeout=self._patience.read_s, endpoint=self._endpoint
            )
        except Exception as error:
            raise failure(error, self.name) from error
        if found.commit_hash and found.commit_hash != model.revision:
            raise SourceBroken(source=self.name, cause="it gives another revision than was asked for")
        return Where(found.location, found.etag or "")

    def close(self) -> None:
        """See `Source`."""
        huggingface_hub.close_session()
