"""ModelScope, which can be reached where the hub cannot, by plain HTTP. Fetches no bytes.

It has revisions of its own, so its newest state is taken: what counts are the hashes of the files. Addresses as its own
client uses them (github.com/modelscope/modelscope, hub/api.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from core.errors import SourceLacks
from core.weights.answers import failure, refusal
from core.weights.catalogue import Model
from core.weights.http import make_client
from core.weights.patience import Patience
from core.weights.sources import Remote, Where, host_of

_REVISION = "master"


class ModelScope:
    """Follows `sources.Source`."""

    def __init__(self, endpoint: str, patience: Patience) -> None:
        self.name = host_of(endpoint)
        self._endpoint = endpoint
        self._client = make_client(patience)

    def files(self, model: Model) -> Mapping[str, Remote]:
        """See `Source`."""
        address = f"{self._endpoint}/api/v1/models/{quote(model.repo)}/repo/files"
        try:
            response = self._client.get(address, params={"Revision": _REVISION, "Recursive": "true"})
            refused = refusal(response, self.name)
            if refused is not None:
                raise refused
            answer: dict[str, Any] = response.json()
            entries = (answer.get("Data") or {}).get("Files") or ()
            found = {
                str(one["Path"]): Remote(str(one["Path"]), int(one["Size"]), str(one.get("Sha256") or ""))
                for one in entries
                if one.get("Type") != "tree"
            }
        except Exception as error:
            raise failure(error, self.name) from error
        if not found:
            raise SourceLacks(source=self.name, cause="it lists no files")
        return found

    def where(self, model: Model, file: str) -> Where:
        """See `Source`. It names no etag, and redirects to its storage are followed when bytes are fetched."""
        return Where(f"{self._endpoint}/models/{quote(model.repo)}/resolve/{_REVISION}/{quote(file)}")

    def close(self) -> None:
        """See `Source`."""
        self._client.close()
