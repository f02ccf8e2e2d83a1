"""The watch: minutes before the deadline, is there an accepted delivery?"""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from tasks.alarm import alarm_unless_delivered, begin_watch, try_once
from tasks.begin import name_run
from tasks.conclude import conclude_watch
from tasks.rescue import rescue


@flow(name="watch", flow_run_name=name_run, validate_parameters=False)
def watch(
    campaign: str, day: date | None = None, at: datetime | None = None, wait: bool | None = None
) -> dict[str, object]:
    """Try once more what is still due; unless the report is accepted raise the alarm, then bring it on its way."""
    occasion = begin_watch(campaign, day, at, wait)
    watched = alarm_unless_delivered(occasion, try_once(occasion))
    return conclude_watch(occasion, rescue(occasion, watched))
