"""Aggregate: add the day up, commune → district → province."""

from __future__ import annotations

from datetime import datetime

from expectations import load_form
from tasks.step import log, publish_table, step
from tonghop.adding import add_up_day
from tonghop.domain.totals import DayTotals
from tonghop.wiring import Occasion


@step(retries=2, retry_delay_seconds=5)  # it only reads: repeating is safe
def aggregate(occasion: Occasion) -> DayTotals:
    """Return the day added up at every node of the tree, as of now."""
    totals = add_up(occasion, occasion.now)
    log().info("%d of %d units reported", totals.root.reported, totals.root.expected)
    publish_table(
        f"completeness-{occasion.campaign.name}-{occasion.day}",
        [
            {
                "unit": line.name,
                "expected": line.expected,
                "reported": line.reported,
                "on time": line.on_time,
                "state": line.state.value,
            }
            for line in totals.lines
        ],
        f"Completeness and timeliness, {occasion.day}",
    )
    return totals


def add_up(occasion: Occasion, as_of: datetime) -> DayTotals:
    """Return the totals without telling Prefect: what ``status`` and ``trace`` use as well."""
    campaign = occasion.campaign
    return add_up_day(occasion.store, campaign, load_form(campaign.file.form), occasion.day, as_of)
