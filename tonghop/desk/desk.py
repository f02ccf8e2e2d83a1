"""The desk as a whole: its parts, its pages and what it remembers between requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from tonghop.desk.days import Days
from tonghop.desk.pages import Pages
from tonghop.desk.parts import DeskParts

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What every route can reach as ``request.app.state.desk``."""

    parts: DeskParts
    pages: Pages
    days: Days
    secret: bytes = field(repr=False)

    async def in_thread(self, work: Callable[[Request], T], request: Request) -> T:
        """Return what ``work`` makes of the request, without holding up the others."""
        return await run_in_threadpool(work, request)


def desk_of(request: Request) -> Desk:
    """Return the desk a request was made to."""
    desk: Desk = request.app.state.desk
    return desk
