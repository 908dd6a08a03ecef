"""The one HTTP client of this room: proxies and certificates of the system, time limits. Knows no source."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

import httpx2

from core.errors import SourceUnreachable
from core.weights.patience import Patience

_MOST_REDIRECTS = 10


def make_client(patience: Patience) -> httpx2.Client:
    """A client; the caller closes it. Follows redirects and the system's proxies (HTTPS_PROXY, ALL_PROXY, NO_PROXY).

    Raises:
        SourceUnreachable: the proxy that is set cannot be one.
    """
    limits = httpx2.Timeout(patience.read_s, connect=patience.connect_s, pool=patience.connect_s)
    try:
        return httpx2.Client(
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            timeout=limits,
            headers={"User-Agent": f"cuesmith/{_version()}"},
        )
    except (ValueError, ImportError, httpx2.InvalidURL) as error:
        proxy = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy") or os.environ.get("ALL_PROXY") or ""
        raise SourceUnreachable(source=f"the proxy {proxy}".strip(), cause=str(error)[:120]) from error


def _version() -> str:
    try:
        return version("cuesmith")
    except PackageNotFoundError:
        return "0"
