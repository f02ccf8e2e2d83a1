"""Reminders, only to the units that still owe a report."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from flows.intake import take_in
from tasks.aggregate import aggregate
from tasks.begin import begin, name_run
from tasks.conclude import conclude_reminders
from tasks.deliver import deliver
from tasks.remind import remind_owing


@flow(name="remind", flow_run_name=name_run, validate_parameters=False)
def remind(campaign: str, day: date | None = None, at: datetime | None = None) -> dict[str, object]:
    """Remind each unit that owes its report and has an address; name the others for the telephone."""
    occasion = begin(campaign, day, at)
    came = take_in(occasion)
    reminded = remind_owing(occasion, aggregate(occasion))
    return conclude_reminders(occasion, came, reminded, deliver(occasion))
