"""Acknowledge: mark in the mailbox what the ledger holds; the ledger is the truth, the mark is cosmetic."""

from __future__ import annotations

from tasks.carry_on import carry_on
from tasks.step import log, step
from tonghop.domain.runs import Intake
from tonghop.errors import SourceUnreachable
from tonghop.wiring import Occasion, source_of


@step()
@carry_on
def acknowledge(occasion: Occasion, intake: Intake) -> Intake:
    """Return the intake unchanged, its recorded messages marked as taken; a lost mark is redone next time."""
    ledger, name = occasion.store.ledger, occasion.campaign.name
    out_of_reach = {missed.source for missed in intake.unreachable}
    for configured in occasion.campaign.file.sources:
        try:
            source = source_of(configured)
            keys = () if source.name in out_of_reach else ledger.unacknowledged(name, source.name)
            if keys:
                source.acknowledge(keys)
                ledger.acknowledged(name, source.name, keys, occasion.clock())
        except SourceUnreachable as error:
            log().info("not marked, will be redone: %s", error)  # collect has told it
    return intake
