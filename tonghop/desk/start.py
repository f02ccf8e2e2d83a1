"""Where an officer arrives: the campaign's today, or the choice between campaigns; and the desk's own files."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from tonghop.campaigns import Campaign
from tonghop.desk.desk import Desk, desk_of
from tonghop.errors import ConfigurationError

router = APIRouter()
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_ASSETS = ("desk.css", "desk.js", "htmx.min.js", "icon.svg", "review.css", "review.js")


@router.get("/")
def start(request: Request) -> Response:
    """Return the way to the only campaign's today, or the choice between campaigns."""
    desk = desk_of(request)
    open_ones = [campaign for campaign in _campaigns(desk) if _is_for(desk, request, campaign)]
    if len(open_ones) == 1:
        return RedirectResponse(_today(desk, open_ones[0]), 303)
    choices = [(campaign, _today(desk, campaign)) for campaign in open_ones]
    return desk.pages.plain(request, "choose.html.j2", choices=choices)


@router.get("/c/{campaign}")
def campaign_start(
    request: Request, campaign: str, day: date | None = None, on: date | None = None, to: str = ""
) -> Response:
    """Return the way to a campaign's day: the one named (a button's ``day`` before a field's ``on``), or today."""
    desk = desk_of(request)
    found = desk.parts.campaigns.get(campaign)
    if found is None:
        raise HTTPException(404)
    place = to if to in {place.name for place in desk.pages.places} else "today"
    return RedirectResponse(f"/c/{found.name}/{day or on or _day(desk, found)}/{place}", 303)


@router.get("/assets/{name}")
def assets(name: str) -> Response:
    """Return one of the desk's own files."""
    if name not in _ASSETS:
        raise HTTPException(404)
    content = files("tonghop.desk").joinpath("assets", name).read_bytes()
    kept = {"Cache-Control": "public, max-age=86400"}  # their paths change when they do
    return Response(content, media_type=KINDS[name.rsplit(".", 1)[1]], headers=kept)


@router.get("/health")
def health() -> Response:
    """Return that the desk is there: for a watchman, telling nothing else."""
    return PlainTextResponse("ok")


def _campaigns(desk: Desk) -> list[Campaign]:
    found = (desk.parts.campaigns.get(name) for name in desk.parts.campaigns.names())
    return [campaign for campaign in found if campaign is not None]


def _is_for(desk: Desk, request: Request, campaign: Campaign) -> bool:
    branch = request.state.session.officer.branch
    try:
        tree = desk.days.tree(campaign, _day(desk, campaign))
    except ConfigurationError:
        return False
    return branch is None or branch in tree


def _today(desk: Desk, campaign: Campaign) -> str:
    return f"/c/{campaign.name}/{_day(desk, campaign)}/today"


def _day(desk: Desk, campaign: Campaign) -> date:
    """Return the campaign's today, or the nearest day of its calendar where that is over or not begun."""
    span = campaign.file.calendar
    return min(max(campaign.local_day(desk.parts.clock()), span.start), span.end)
