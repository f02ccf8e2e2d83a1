"""Past days, by the same verbs."""

from __future__ import annotations

from datetime import date

from prefect import flow

from flows.daily import report_day
from tasks.backfill import days_between, each_day
from tasks.begin import name_backfill


@flow(name="backfill", flow_run_name=name_backfill, validate_parameters=False)
def backfill(campaign: str, start: date, end: date) -> dict[str, object]:
    """Report every day of the calendar from ``start`` to ``end`` that has not been reported yet."""
    return each_day(report_day, campaign, days_between(campaign, start, end))
