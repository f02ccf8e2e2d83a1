"""The watch: minutes before the deadline, is there an accepted delivery?"""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from tasks.alarm import alarm_unless_delivered
from tasks.begin import begin, name_run
from tasks.conclude import conclude_watch
from tasks.deliver import deliver


@flow(name="watch", flow_run_name=name_run, validate_parameters=False)
def watch(campaign: str, day: date | None = None, at: datetime | None = None) -> dict[str, object]:
    """Try once more what is still due, then raise the alarm unless the report has been accepted."""
    occasion = begin(campaign, day, at)
    tried = deliver(occasion)
    return conclude_watch(occasion, alarm_unless_delivered(occasion, tried))
