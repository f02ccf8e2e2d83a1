"""The gate before every page: known hosts, small requests, an officer who is logged in, nothing forged.

Everything is shut unless it is opened here: a new route needs a session by itself, and one that changes anything
needs a token and a role as well.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tonghop.domain.officers import DeskSession

if TYPE_CHECKING:
    from tonghop.desk.desk import Desk

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOGIN = "/login"
# Open to nobody in particular: the login itself, its pictures, and whether the desk is there at all.
_OPEN = frozenset({LOGIN, "/language", "/health"})
# What a viewer may change too: nothing but their own being here.
_FOR_EVERYBODY = frozenset({"/logout", "/language"})
_NEVER = frozenset({"TRACE", "CONNECT"})
# A page that looks by itself whether something is new is not an officer at work.
BY_ITSELF = "/live"
_TOUCH_EVERY = timedelta(minutes=1)
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_open(path: str) -> bool:
    """Return whether a path is answered without a session."""
    return path in _OPEN or path.startswith("/assets/")


def cookie_name(scheme: str) -> str:
    """Return the session cookie's name; behind TLS one that no other host or plain connection can set."""
    return "__Host-tonghop" if scheme == "https" else "tonghop"


def hash_of_token(token: str) -> str:
    """Return what is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Gate:
    """Lets a request through with ``state.session`` set, or answers it here."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = self._refusal(request)
        if answer is None:
            session = await self._desk.in_thread(self._session, request)
            request.state.session = session
            answer = self._without_session(request) if session is None else None
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self._app(scope, _bounded(receive, self._most(request)), send)

    def _refusal(self, request: Request) -> Response | None:
        headers, desk = request.headers, self._desk
        if _hostname(headers.get("host", "")) not in _HERE | desk.parts.hosts:
            return desk.pages.error(request, 421)
        if request.method in _NEVER:
            return desk.pages.error(request, 405)
        if request.method not in SAFE and not is_own(headers):
            return desk.pages.error(request, 403)
        if _announced(headers) > self._most(request):
            return desk.pages.error(request, 413)
        return None

    def _session(self, request: Request) -> DeskSession | None:
        token = request.cookies.get(cookie_name(request.url.scheme), "")
        if not token:
            return None
        parts = self._desk.parts
        now, kept = parts.clock(), hash_of_token(token)
        session = parts.store.officers.session(kept, now, now - parts.limits.idle)
        if (
            session is not None
            and not request.url.path.endswith(BY_ITSELF)
            and now - session.seen_at > _TOUCH_EVERY
        ):
            parts.store.officers.touch_session(kept, now)
        return session

    def _without_session(self, request: Request) -> Response | None:
        if is_open(request.url.path):
            return None
        if request.method not in SAFE:
            return self._desk.pages.error(request, 401)
        if "hx-request" in request.headers:  # a part of a page: the whole page must go to the login
            return Response(status_code=401, headers={"HX-Redirect": LOGIN})
        after = f"?next={quote(request.url.path)}" if request.url.path.startswith("/c/") else ""
        return RedirectResponse(LOGIN + after, 303)

    def _most(self, request: Request) -> int:
        limits = self._desk.parts.limits
        is_upload = request.url.path.startswith("/c/") and request.url.path.endswith("/upload")
        return limits.upload_bytes if is_upload else limits.form_bytes


async def check(request: Request) -> None:
    """Raise 403 where a change is not asked for by the officer's own page, or not for their role to make.

    A dependency of the whole application: no route can forget it.
    """
    if request.method in SAFE or request.url.path == LOGIN:
        return
    session: DeskSession | None = request.state.session
    desk: Desk = request.app.state.desk
    if session is None:
        if request.url.path not in _OPEN:
            raise HTTPException(401)
        return
    told = request.headers.get("x-csrf-token") or await _in_form(request, desk.parts.limits.upload_files)
    if not hmac.compare_digest(told.encode(), session.csrf.encode()):
        raise HTTPException(403)
    if not session.officer.role.may_act and request.url.path not in _FOR_EVERYBODY:
        raise HTTPException(403)


async def _in_form(request: Request, files: int) -> str:
    form = await request.form(max_files=files, max_fields=100, max_part_size=32 * 1024)
    told = form.get("csrf")
    return told if isinstance(told, str) else ""


def is_own(headers: Headers) -> bool:
    """Return whether a change comes from a page of this very desk, as far as the browser tells.

    Old browsers send neither header; then the token alone decides.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    return origin is None or urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()


def _hostname(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""


def _announced(headers: Headers) -> int:
    told = headers.get("content-length", "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else 10**15


def _bounded(receive: Receive, most: int) -> Receive:
    """Return a channel that breaks off where more comes than was announced or allowed."""
    came = 0

    async def bounded() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise HTTPException(413)
        return message

    return bounded
