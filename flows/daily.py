"""The day's report: take in, add up, freeze, deliver."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from flows.intake import take_in
from tasks.aggregate import aggregate
from tasks.alarm import alarm_if_overdue
from tasks.begin import name_run
from tasks.conclude import conclude_day
from tasks.deliver import deliver_in_time
from tasks.insist import begin_insistently, insistently
from tasks.report import report


def report_day(
    campaign: str,
    day: date | None = None,
    at: datetime | None = None,
    approve: str | None = None,
    wait: bool | None = None,
) -> dict[str, object]:
    """Return what became of a day: taken in, added up, frozen, delivered; shared with the backfill."""
    occasion = begin_insistently(campaign, day, at, wait)
    came = insistently(take_in)(occasion)
    totals = insistently(aggregate)(occasion)
    filed = insistently(report)(occasion, totals, came, approve)
    sent = alarm_if_overdue(occasion, insistently(deliver_in_time)(occasion))
    return insistently(conclude_day)(occasion, totals, came, filed, sent)


@flow(name="daily", flow_run_name=name_run, validate_parameters=False)
def daily(
    campaign: str,
    day: date | None = None,
    at: datetime | None = None,
    approve: str | None = None,
    wait: bool | None = None,
) -> dict[str, object]:
    """Report the day to the department: with what is accepted now, and with every doubt stated.

    Until the deadline the report is tried again and again; ``wait`` False: once. A run as if at another time
    (``at``) tries once unless ``wait`` says otherwise.
    """
    return report_day(campaign, day, at, approve, wait)
