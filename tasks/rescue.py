"""Rescue: where the watch finds the report not delivered, it does what is still useful."""

from __future__ import annotations

from datetime import datetime, timedelta

from tasks.aggregate import aggregate
from tasks.alarm import stage_of
from tasks.deliver import deliver_due, deliver_until
from tasks.insist import insistently
from tasks.report import report
from tasks.step import log, step
from tonghop.domain.runs import Delivered, Intake, Trouble
from tonghop.errors import DatabaseUnavailable
from tonghop.wiring import Occasion

_BEFORE_NEXT_STAGE = timedelta(seconds=45)
Watched = tuple[Delivered, str]


@step()
def rescue(occasion: Occasion, watched: Watched) -> Watched:
    """Return the deliveries after the rescue, with the alarm's words as they were.

    After an alarm, a report that nobody made (the machine was off, the daily run was killed) is made of what is
    accepted, and one that is not accepted is tried until the next stage of the watch. The alarm stands all the
    same: something is wrong. A look as if at another time rescues nothing, unless it may wait.
    """
    sent, words = watched
    if not words or occasion.wait is None:
        return watched
    try:
        troubles = insistently(_make_if_wanting)(occasion)
        deliver_until(occasion, _next_look(occasion))
        return Delivered(deliver_due(occasion).deliveries, (*sent.troubles, *troubles)), words
    except DatabaseUnavailable as error:
        return Delivered(sent.deliveries, (*sent.troubles, Trouble("rescue", str(error)))), words


def _make_if_wanting(occasion: Occasion) -> tuple[Trouble, ...]:
    if occasion.store.editions.latest(occasion.campaign.name, occasion.day) is not None:
        return ()
    log().warning("no report of %s was made; it is made now of what is accepted", occasion.day)
    return report(occasion, aggregate(occasion), Intake(), None).troubles


def _next_look(occasion: Occasion) -> datetime:
    """Return shortly before the next stage of the watch, so that its run finds the place free; else the deadline."""
    deadline = occasion.campaign.deadline(occasion.day)
    if stage_of(occasion) == "late":
        return deadline
    looks = [deadline - timedelta(minutes=one) - _BEFORE_NEXT_STAGE for one in occasion.campaign.watch]
    return next((at for at in sorted(looks) if at > occasion.clock()), deadline)
