"""What came of a request, as an error with a sentence. Knows the exceptions of the HTTP and hub libraries, no file.

Which of them are worth another try: `may_pass`.
"""

from __future__ import annotations

import json
import socket
import ssl
from email.utils import parsedate_to_datetime

import httpx2

from core.errors import (
    CuesmithError,
    SourceBroken,
    SourceBusy,
    SourceError,
    SourceLacks,
    SourceRefused,
    SourceUnreachable,
)

_GONE, _NO = frozenset({404, 410}), frozenset({401, 402, 403, 405, 407, 451})
_WAIT_UNSAID_S = 5


def may_pass(error: SourceError) -> bool:
    """Whether the same request may succeed a little later."""
    return isinstance(error, SourceUnreachable | SourceBusy | SourceBroken)


def failure(error: Exception, source: str) -> CuesmithError:
    """`error`, raised while `source` was asked, as one of ours."""
    if isinstance(error, CuesmithError):
        return error
    response = getattr(error, "response", None)
    if isinstance(response, httpx2.Response):
        return refusal(response, source) or SourceBroken(source=source, cause=_short(error))
    if isinstance(error, httpx2.TooManyRedirects):
        return SourceRefused(source=source, cause="it sends the download round in a circle")
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError | httpx2.PoolTimeout):
        return SourceUnreachable(source=source, cause=_why_not_connected(error))
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return SourceRefused(source=source, cause="it names an address that cannot be used")
    if isinstance(error, httpx2.TimeoutException):
        return SourceBroken(source=source, cause="nothing came any more")
    if isinstance(error, json.JSONDecodeError | KeyError | TypeError | ValueError | AttributeError):
        return SourceBroken(source=source, cause="its answer is no list of files; a login page may stand between")
    return SourceBroken(source=source, cause=_short(error))


def refusal(response: httpx2.Response, source: str) -> SourceError | None:
    """What the status says; None where it is a success."""
    status = response.status_code
    if response.is_success:
        return None
    if response.headers.get("X-Error-Code") in ("RepoNotFound", "RevisionNotFound", "EntryNotFound"):
        return SourceLacks(source=source, cause=f"answer {status}")
    if status in _GONE:
        return SourceLacks(source=source, cause=f"answer {status}")
    if status in _NO:
        return SourceRefused(source=source, cause=f"answer {status}")
    if status == 429 or (status == 503 and "Retry-After" in response.headers):
        return SourceBusy(source=source, cause=f"answer {status}", wait_s=_asked_wait_s(response))
    if 300 <= status < 400:
        return SourceRefused(source=source, cause="it sends the download nowhere")
    return SourceBroken(source=source, cause=f"answer {status}")


def _asked_wait_s(response: httpx2.Response) -> int:
    """Retry-After in seconds, given as a number or as a date (RFC 9110, 10.2.3)."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return int(value[:9])
    try:
        asked = parsedate_to_datetime(value)
        now = parsedate_to_datetime(response.headers["Date"])
        return max(0, round((asked - now).total_seconds()))
    except (KeyError, TypeError, ValueError):
        return _WAIT_UNSAID_S


def _why_not_connected(error: Exception) -> str:
    """In plain words: what the innermost cause says."""
    causes = [error]
    while (inner := causes[-1].__cause__ or causes[-1].__context__) is not None and inner not in causes:
        causes.append(inner)  # type: ignore[arg-type]  # only exceptions stand here
    if any(isinstance(cause, socket.gaierror) for cause in causes) or "Name or service" in str(error):
        return "its name was not found: there may be no network"
    if any(isinstance(cause, ssl.SSLError) for cause in causes) or "CERTIFICATE" in str(error):
        return "its certificate is not trusted here; a firewall may stand between"
    if isinstance(error, httpx2.ProxyError):
        return f"the proxy answers: {_short(error)}"
    if isinstance(error, httpx2.TimeoutException):
        return "no connection in time"
    return "no connection"


def _short(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:120]
