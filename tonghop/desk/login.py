"""Logging in and out: as much work for a wrong name as for a wrong password, and a pause after too many tries."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tonghop.desk.desk import Desk, desk_of
from tonghop.desk.gate import LOGIN, cookie_name, hash_of_token
from tonghop.desk.pages import LANGUAGE_COOKIE, LANGUAGES
from tonghop.desk.passwords import hash_of, is_outdated, is_right
from tonghop.domain.officers import Officer

router = APIRouter()
_LOG = logging.getLogger(__name__)
_FORM_LIVES = timedelta(hours=2)
_FORM_COOKIE = "tonghop-login"
_TOKEN_BYTES = 32  # 256 bits
_LONGEST_NAME = 64


@router.get(LOGIN)
def login_page(request: Request, next: str = "") -> Response:
    """Return the form to log in; who already has goes on."""
    if request.state.session is not None:
        return RedirectResponse(_inside(next), 303)
    return _form(request, _inside(next))


@router.post(LOGIN)
def log_in(
    request: Request,
    name: Annotated[str, Form(max_length=400)] = "",
    password: Annotated[str, Form(max_length=4000)] = "",
    csrf: Annotated[str, Form(max_length=400)] = "",
    next: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Begin a session under a new token, or say that name or password is wrong, never which."""
    desk = desk_of(request)
    after = _inside(next)
    if not _is_our_form(desk, request, csrf):
        return _form(request, after, status=403, trouble="desk.login.stale")
    tried = _try(desk, request, _name(name), password)
    if tried.officer is None:
        return _form(request, after, status=429 if tried.must_wait else 401, trouble=tried.trouble)
    answer = RedirectResponse(after, 303)
    _end_session(desk, request)  # whatever was there before: a planted token is worth nothing
    _begin_session(desk, request, answer, tried.officer)
    answer.delete_cookie(_FORM_COOKIE, path=LOGIN)
    return answer


@router.post("/logout")
def log_out(request: Request) -> Response:
    """End the session, in the database and in the browser."""
    desk = desk_of(request)
    if request.state.session is not None:
        officer: Officer = request.state.session.officer
        _end_session(desk, request)
        desk.parts.store.audit(desk.parts.clock(), officer.name, "log out", f"officer {officer.name}", "")
    answer = RedirectResponse(LOGIN, 303)
    answer.delete_cookie(cookie_name(request.url.scheme), path="/", secure=_is_tls(request), httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@router.post("/language")
def choose_language(
    request: Request,
    language: Annotated[str, Form(max_length=10)] = "",
    next: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Keep the language a person chose, and go back to where they were."""
    where = next if next.startswith(LOGIN) else _inside(next)
    answer = RedirectResponse(where if where.isascii() and where.isprintable() else "/", 303)
    if language in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, 365 * 86400, secure=_is_tls(request), httponly=True, samesite="strict"
        )
    return answer


@dataclass(frozen=True, slots=True)
class _Tried:
    officer: Officer | None
    must_wait: bool = False

    @property
    def trouble(self) -> str:
        return "desk.login.wait" if self.must_wait else "desk.login.wrong"


def _try(desk: Desk, request: Request, name: str, password: str) -> _Tried:
    """Return the officer, if name and password are right and there were not too many tries before."""
    parts, limits = desk.parts, desk.parts.limits
    store, now = parts.store.officers, parts.clock()
    origin = request.client.host if request.client else "?"
    known = store.with_hash(name)
    # A password typed into the wrong field must not stand in the database for ever.
    noted = name if known else "?" + hmac.new(desk.secret, name.encode(), hashlib.sha256).hexdigest()[:24]
    number, failures = store.attempt(noted, origin, now, now - limits.window)
    if failures.of_name > limits.tries_of_name or failures.of_origin > limits.tries_of_origin:
        _audit_failure(desk, known[0] if known else None, origin, now, "too many tries")
        return _Tried(None, must_wait=True)
    right = is_right(known[1] if known else None, password)
    if known is None or not right or known[0].disabled_at is not None:
        _audit_failure(desk, known[0] if known else None, origin, now, "refused")
        return _Tried(None)
    store.attempt_succeeded(number)
    if is_outdated(known[1]):
        store.rehash(name, hash_of(password))
    return _Tried(known[0])


def _audit_failure(desk: Desk, officer: Officer | None, origin: str, now: datetime, why: str) -> None:
    name = officer.name if officer else "?"
    _LOG.warning("login of %s from %s: %s", name, origin, why)
    desk.parts.store.audit(now, name, "log in failed", f"officer {name}", f"{origin}: {why}")


def _begin_session(desk: Desk, request: Request, answer: Response, officer: Officer) -> None:
    parts = desk.parts
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), parts.clock()
    parts.store.officers.begin_session(
        hash_of_token(token), officer.id, secrets.token_urlsafe(_TOKEN_BYTES), now, now + parts.limits.longest
    )
    origin = request.client.host if request.client else "?"
    parts.store.audit(now, officer.name, "log in", f"officer {officer.name}", origin)
    answer.set_cookie(
        cookie_name(request.url.scheme),
        token,
        max_age=int(parts.limits.longest.total_seconds()),
        path="/",
        secure=_is_tls(request),
        httponly=True,
        samesite="strict",
    )


def _end_session(desk: Desk, request: Request) -> None:
    token = request.cookies.get(cookie_name(request.url.scheme), "")
    if token:
        desk.parts.store.officers.end_session(hash_of_token(token), desk.parts.clock())


def _form(request: Request, after: str, *, status: int = 200, trouble: str = "") -> Response:
    """Return the form with a token that only this browser can send back."""
    desk = desk_of(request)
    browser = secrets.token_urlsafe(_TOKEN_BYTES)
    answer = desk.pages.plain(
        request,
        "login.html.j2",
        status=status,
        csrf=_signed(desk, browser, desk.parts.clock()),
        after=after,
        trouble=trouble,
        minutes=int(desk.parts.limits.window.total_seconds() // 60),
    )
    answer.set_cookie(
        _FORM_COOKIE, browser, path=LOGIN, secure=_is_tls(request), httponly=True, samesite="strict"
    )
    return answer


def _signed(desk: Desk, browser: str, at: datetime) -> str:
    issued = str(int(at.timestamp()))
    return f"{issued}.{hmac.new(desk.secret, f'{issued}.{browser}'.encode(), hashlib.sha256).hexdigest()}"


def _is_our_form(desk: Desk, request: Request, token: str) -> bool:
    issued, _, _ = token.partition(".")
    browser = request.cookies.get(_FORM_COOKIE, "")
    if not (browser and issued.isascii() and issued.isdigit() and len(issued) < 15):
        return False
    at = datetime.fromtimestamp(min(int(issued), 10**11), desk.parts.clock().tzinfo)
    is_ours = hmac.compare_digest(token.encode(), _signed(desk, browser, at).encode())
    return is_ours and desk.parts.clock() - at < _FORM_LIVES


def _name(typed: str) -> str:
    return unicodedata.normalize("NFC", typed).strip().casefold()[:_LONGEST_NAME]


def _inside(path: str) -> str:
    """Return a path of the desk's own pages, whatever was asked for: never another site."""
    is_ours = path.startswith("/c/") and path.isascii() and path.isprintable() and "\\" not in path
    return path if is_ours and "//" not in path else "/"


def _is_tls(request: Request) -> bool:
    return request.url.scheme == "https"
