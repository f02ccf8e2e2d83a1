"""Add a campaign's day up: what the flow, the command line and the desk all do in the same way."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form
from tonghop.domain.totals import DayTotals

if TYPE_CHECKING:
    from tonghop.store import Store


def add_up_day(store: Store, campaign: Campaign, form: Form, day: date, as_of: datetime) -> DayTotals:
    """Return the day's totals at every node of the tree; nothing is written.

    ``form`` is the campaign's whole form: only the indicators it counts are added up. Raises
    ``ConfigurationError`` for a day without units, or a register that was not synced.
    """
    tree = campaign.tree(day)
    kinds = {unit.kind for unit in tree.units}
    return store.aggregate.day(
        campaign=campaign.name,
        tree=tree,
        form=form.only(campaign.file.indicators),
        targets=campaign.file.targets,
        cutoffs={kind: campaign.cutoff(day, kind) for kind in kinds},
        missing=campaign.file.missing,
        day=day,
        as_of=as_of,
    )
