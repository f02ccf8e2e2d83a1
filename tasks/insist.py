"""Insist: what a report needs is asked for again while there is time, instead of giving up at the first fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from tasks.begin import occasion_for, register
from tasks.step import log, step
from tonghop.errors import ConfigurationError, DatabaseUnavailable
from tonghop.wiring import Occasion

P = ParamSpec("P")
R = TypeVar("R")

PAUSE = timedelta(seconds=10)
"""Between two looks at a database that is gone: it is our own, asking costs nothing."""

EARLY = timedelta(minutes=15)
"""Before the report's time, from when on a run waits until its deadline."""


@step(name="begin")
def begin_insistently(
    campaign: str, day: date | str | None, at: datetime | str | None, wait: bool | None = None
) -> Occasion:
    """Return the occasion of this run, as ``begin``; a database that is gone is waited for until the deadline."""
    occasion = occasion_for(campaign, day, at, wait)
    if occasion.day > occasion.today:
        raise ConfigurationError(
            f"day {occasion.day} is still to come (today is {occasion.today}); nothing was done; a report of"
            " nothing would have gone out; name a day up to today"
        )
    insistently(register)(occasion)
    return occasion


def insistently(work: Callable[Concatenate[Occasion, P], R]) -> Callable[Concatenate[Occasion, P], R]:
    """Return the step so that a database that is gone meanwhile is waited for, until the deadline.

    Every step may be repeated: what was committed before the fault is found again, and what was not had no
    effect. After the deadline, or where the run may not wait, the error is raised.
    """

    @wraps(work)
    def insisting(occasion: Occasion, /, *args: P.args, **kwargs: P.kwargs) -> R:
        while True:
            try:
                return work(occasion, *args, **kwargs)
            except DatabaseUnavailable as error:
                if not let_time_pass(occasion, occasion.clock() + PAUSE):
                    raise
                log().warning("%s; it is asked again", error)

    return insisting


def let_time_pass(occasion: Occasion, until: datetime, limit: datetime | None = None) -> bool:
    """Wait until a moment and return True; False, at once, where it is not before ``limit`` or may not wait.

    ``limit`` None: the day's deadline. A run long before the report's time does not wait for hours: the
    scheduled one comes.
    """
    campaign = occasion.campaign
    last, early = limit or campaign.deadline(occasion.day), campaign.send_at(occasion.day) - EARLY
    if occasion.wait is None or until >= last or occasion.clock() < early:
        return False
    seconds = (until - occasion.clock()).total_seconds()
    if seconds > 0:
        occasion.wait(seconds)
    return True
