"""Prefect's HTTP API, as far as one machine's set-up needs it; Prefect itself is not imported for it."""

from __future__ import annotations

import base64
import http.client
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from tonghop.errors import OrchestratorFailed
from tonghop.orchestrator.environment import prefect_setting

_BUSY = {429, 503}  # on SQLite Prefect refuses, and expects to be asked again, while another call writes
_PAUSES_SECONDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_PATIENCE_SECONDS = 90.0  # a call waits up to 60 s for SQLite before Prefect itself says that it is busy
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def reachable(api_url: str, timeout: float = 2.0) -> bool:
    """Return whether a Prefect API answers at the URL within ``timeout`` seconds."""
    try:
        return _ask(api_url, "GET", "/health", None, timeout) is True
    except (OSError, ValueError, http.client.HTTPException):
        return False


def answers(url: str, timeout: float = 5.0) -> bool:
    """Return whether a page answers with success, as the health page of a worker does."""
    try:
        _ask(url, "GET", "", None, timeout)
    except (OSError, ValueError, http.client.HTTPException):
        return False
    return True


class Api:
    """A Prefect API; each call answers with what its JSON says, or raises ``OrchestratorFailed``."""

    def __init__(self, url: str, patience: float = _PATIENCE_SECONDS) -> None:
        self.url, self.patience = url, patience

    def get(self, path: str) -> Any:
        """Return what stands at ``path``; None where nothing does."""
        return self._call("GET", path, None)

    def post(self, path: str, content: Mapping[str, object]) -> Any:
        """Return the answer to ``content``; None where it stands there already (409) or its parent is missing."""
        return self._call("POST", path, content)

    def patch(self, path: str, content: Mapping[str, object]) -> Any:
        """Change what stands at ``path``."""
        return self._call("PATCH", path, content)

    def put(self, path: str, content: Mapping[str, object]) -> Any:
        """Replace what stands at ``path``."""
        return self._call("PUT", path, content)

    def _call(self, method: str, path: str, content: Mapping[str, object] | None) -> Any:
        for pause in (*_PAUSES_SECONDS, None):
            try:
                return _ask(self.url, method, path, content, self.patience)
            except HTTPError as error:
                if error.code in (404, 409):
                    return None
                if error.code not in _BUSY or pause is None:
                    raise self._refused(method, path, error) from error
                time.sleep(pause)
            except (OSError, ValueError, http.client.HTTPException) as error:
                raise OrchestratorFailed(
                    f"Prefect at {self.url} does not answer {method} {path}: {error}; nothing is scheduled until"
                    " it does, and every command runs without it; see docs/runbook.md#prefect"
                ) from error
        raise AssertionError("the last attempt returns or raises")

    def _refused(self, method: str, path: str, error: HTTPError) -> OrchestratorFailed:
        said = error.read(500).decode(errors="replace")
        return OrchestratorFailed(f"Prefect at {self.url} refused {method} {path}: {error.code} {said}")


def _ask(base: str, method: str, path: str, content: Mapping[str, object] | None, timeout: float) -> Any:
    if urlsplit(base).scheme not in ("http", "https"):
        raise URLError(f"{base!r} is no http or https URL")
    request = Request(  # noqa: S310 - the scheme has just been checked
        base.rstrip("/") + path,
        data=None if content is None else json.dumps(content).encode(),
        headers={"Content-Type": "application/json", **_authorization()},
        method=method,
    )
    # A proxy that is set for the internet must not be asked for this machine.
    direct = [ProxyHandler({})] if urlsplit(base).hostname in _LOOPBACK else []
    with build_opener(*direct).open(request, timeout=timeout) as answer:
        body = answer.read()
    return json.loads(body) if body else None


def _authorization() -> dict[str, str]:
    login = prefect_setting("PREFECT_API_AUTH_STRING")
    return {"Authorization": "Basic " + base64.b64encode(login.encode()).decode()} if login else {}
