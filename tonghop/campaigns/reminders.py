"""When units that owe a report are reminded: clocks of the day, or minutes before and after the cut-off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from tonghop.domain.periods import moment

_OFFSET = re.compile(r"([+-])(\d{1,3})m")
_CLOCK = re.compile(r"\d{2}:\d{2}(:\d{2})?")


def _reminder_time(value: object) -> object:
    if isinstance(value, time | timedelta):
        return value
    text = value if isinstance(value, str) else ""
    if found := _OFFSET.fullmatch(text):
        return timedelta(minutes=int(found[1] + found[2]))
    if _CLOCK.fullmatch(text):
        return time.fromisoformat(text)
    # YAML 1.1 reads a bare 13:30 as the number 810: nobody knows whether a number is a clock or minutes.
    raise ValueError('write a time in quotes, as "13:30", or minutes from the unit\'s cut-off, as "-60m"')


ReminderTime = Annotated[time | timedelta, BeforeValidator(_reminder_time)]

# An hour before the cut-off there is time to count; 20 minutes before, to send what is counted; after it a
# late report still reaches the department's mail.
DEFAULT: tuple[time | timedelta, ...] = (
    timedelta(minutes=-60),
    timedelta(minutes=-20),
    timedelta(minutes=10),
)


def reminder_moments(
    times: Iterable[time | timedelta], day: date, cutoff: datetime, send_at: datetime, zone: ZoneInfo
) -> tuple[datetime, ...]:
    """Return the moments at which a unit with this ``cutoff`` is reminded on ``day``, in order, each once.

    A moment counted from the cut-off that would come when the report is made already (``send_at``) is left
    out: nothing could follow from it. A clock that the campaign names stands, whatever the hour.
    """
    found = set()
    for at in times:
        if isinstance(at, timedelta):
            if cutoff + at < send_at:
                found.add(cutoff + at)
        else:
            found.add(moment(day, at, zone))
    return tuple(sorted(found))
