"""The day's report: take in, add up, freeze, deliver."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from flows.intake import take_in
from tasks.aggregate import aggregate
from tasks.begin import begin, name_run
from tasks.conclude import conclude_day
from tasks.deliver import deliver
from tasks.report import report


def report_day(
    campaign: str, day: date | None = None, at: datetime | None = None, approve: str | None = None
) -> dict[str, object]:
    """Return what became of a day: taken in, added up, frozen, delivered; shared with the backfill."""
    occasion = begin(campaign, day, at)
    came = take_in(occasion)
    totals = aggregate(occasion)
    filed = report(occasion, totals, came, approve)
    return conclude_day(occasion, totals, came, filed, deliver(occasion))


@flow(name="daily", flow_run_name=name_run, validate_parameters=False)
def daily(
    campaign: str, day: date | None = None, at: datetime | None = None, approve: str | None = None
) -> dict[str, object]:
    """Report the day to the department: with what is accepted now, and with every doubt stated."""
    return report_day(campaign, day, at, approve)
