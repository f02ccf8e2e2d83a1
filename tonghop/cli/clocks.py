"""Is the clock right, and are the zones known? A deadline is only as good as both."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tonghop.campaigns import Campaign
from tonghop.errors import TonghopError
from tonghop.settings import Settings
from tonghop.wiring import system_clock
from tonghop.words import say

TOLERANCE = timedelta(seconds=60)
"""A clock that is further off makes a report late that was sent in time, or the other way round."""

_TIME_ERROR = 5  # of adjtimex(2): the kernel knows of nobody who sets the clock
_TIMEX_BYTES = 512
_VIETNAM, _ITS_OFFSET = "Asia/Ho_Chi_Minh", timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was looked at. ``ok`` False: it can make a report late or early."""

    ok: bool
    said: str
    to_do: str = ""


def zone_data() -> Remark:
    """Return whether this machine knows the zones' rules (the package tzdata)."""
    try:
        offset = system_clock().astimezone(ZoneInfo(_VIETNAM)).utcoffset()
    except (ZoneInfoNotFoundError, OSError):
        return Remark(False, say("clock.no_zones"), say("clock.no_zones_to_do"))
    if offset != _ITS_OFFSET:
        return Remark(False, say("clock.wrong_zone", offset=offset), say("clock.no_zones_to_do"))
    return Remark(True, say("clock.zones", offset="+07:00"))


def set_by_network() -> Remark:
    """Return whether the kernel says that the clock is set by the network; one that is not goes astray in weeks."""
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return Remark(True, say("clock.unknown"))
    if state < 0:
        return Remark(True, say("clock.unknown"))
    if state == _TIME_ERROR:
        return Remark(True, say("clock.free"), say("clock.free_to_do"))
    return Remark(True, say("clock.set"))


def compared(settings: Settings) -> Iterator[tuple[str, Remark]]:
    """Yield this machine's clock beside every other that can be read without sending anything: (whose, remark)."""
    if not settings.database.startswith("sqlite"):
        try:
            yield say("clock.database"), beside(_of_database(settings), system_clock())
        except TonghopError as error:  # told by the database's own line, too
            yield say("clock.database"), Remark(True, str(error))
    if settings.alarm_webhook:
        at = _of_web(settings.alarm_webhook)
        yield say("clock.web"), beside(at, system_clock()) if at else Remark(True, say("clock.unknown"))


def beside(other: datetime, own: datetime) -> Remark:
    """Return how far another clock is from this machine's (positive: the other is ahead)."""
    seconds = round((other - own).total_seconds())
    if abs(other - own) > TOLERANCE:
        return Remark(False, say("clock.off", seconds=f"{seconds:+d}"), say("clock.free_to_do"))
    return Remark(True, say("clock.agrees", seconds=f"{seconds:+d}"))


def of_campaign(campaign: Campaign) -> Remark:
    """Return whether the campaign's times follow each other: cut-offs, the making of the report, the deadline."""
    day = campaign.file.calendar.nearest(datetime.now(campaign.zone).date())
    made, deadline = campaign.send_at(day), campaign.deadline(day)
    late = {kind: at for kind in campaign.file.cutoffs if (at := campaign.cutoff(day, kind)) > made}
    if late:
        kinds = ", ".join(f"{kind} {at:%H:%M}" for kind, at in late.items())
        return Remark(
            False, say("clock.cutoffs", kinds=kinds, send_at=f"{made:%H:%M}"), say("clock.cutoffs_to_do")
        )
    stages = ", ".join(str(minutes) for minutes in campaign.watch)
    return Remark(
        True,
        say(
            "clock.times",
            zone=campaign.file.timezone,
            send_at=f"{made:%H:%M}",
            deadline=f"{deadline:%H:%M}",
            stages=stages,
        ),
    )


def _of_database(settings: Settings) -> datetime:
    from tonghop.store import open_store

    with open_store(settings.database, create=False) as store:
        return store.clock()


def _of_web(url: str) -> datetime | None:
    """Return the Date of a web server's answer (RFC 9110, 6.6.1); nothing is posted."""
    import httpx

    try:
        said = httpx.head(url, timeout=5.0, follow_redirects=False).headers.get("date", "")
        at = parsedate_to_datetime(said)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
