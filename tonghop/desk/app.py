"""The desk's web application, made of its parts."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache, partial

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tonghop.desk import (
    edition,
    login,
    owes,
    queue,
    rules,
    sheets,
    start,
    strangers,
    today,
    trace,
    unit,
    upload,
    verdicts,
    waivers,
)
from tonghop.desk.days import Days
from tonghop.desk.desk import Desk
from tonghop.desk.gate import Gate, check
from tonghop.desk.headers import SafeHeaders
from tonghop.desk.navigation import Area
from tonghop.desk.pages import Pages
from tonghop.desk.parts import DeskParts
from tonghop.desk.secret import secret_of
from tonghop.errors import DatabaseUnavailable

_LOG = logging.getLogger(__name__)
# In the order of the menu.
AREAS: tuple[Area, ...] = (
    today.AREA,
    queue.AREA,
    verdicts.AREA,
    waivers.AREA,
    strangers.AREA,
    sheets.AREA,
    owes.AREA,
    upload.AREA,
    unit.AREA,
    trace.AREA,
    edition.AREA,
    rules.AREA,
)


def create_app(parts: DeskParts) -> FastAPI:
    """Return the desk as an ASGI application; it starts nothing and opens no port."""
    # A form changes with the product, not while it runs; reading it costs more than most pages.
    parts = replace(parts, form_of=cache(parts.form_of))
    places = tuple(area.place for area in AREAS if area.place is not None)
    pages = Pages(places, parts.limits.refresh)
    desk = Desk(parts, pages, Days.of(parts), secret_of(parts.settings))
    app = FastAPI(
        title="Tổng hợp", openapi_url=None, docs_url=None, redoc_url=None, dependencies=[Depends(check)]
    )
    app.state.desk = desk
    app.router.add_event_handler("shutdown", partial(sheets.end_viewer, app.state))
    for router in (login.router, start.router, *(area.router for area in AREAS)):
        app.include_router(router)
    app.add_exception_handler(HTTPException, _shown(pages))
    app.add_exception_handler(RequestValidationError, _shown(pages))
    # The last one added stands outermost: every answer, a refusal too, gets the headers.
    app.add_middleware(Gate, desk=desk)
    app.add_middleware(Unbroken, pages=pages)
    app.add_middleware(SafeHeaders)
    return app


class Unbroken:
    """Turns what broke inside into a friendly page that tells nothing of it; the log tells all."""

    def __init__(self, app: ASGIApp, pages: Pages) -> None:
        self._app, self._pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:  # the outermost place: what comes here has no other
            if has_begun:
                raise
            _LOG.exception("%s %s broke", scope["method"], scope["path"])
            status = error.status_code if isinstance(error, HTTPException) else _status(error)
            await self._pages.error(Request(scope), status)(scope, receive, send)


def _status(error: Exception) -> int:
    return 503 if isinstance(error, DatabaseUnavailable) else 500


def _shown(pages: Pages) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what shows a refusal: a path that fits nothing is not there, other input that fits nothing is wrong."""

    async def show(request: Request, error: Exception) -> Response:
        if isinstance(error, RequestValidationError):
            in_path = any(problem["loc"][:1] == ("path",) for problem in error.errors())
            return pages.error(request, 404 if in_path else 422)
        return pages.error(request, error.status_code if isinstance(error, HTTPException) else 500)

    return show
