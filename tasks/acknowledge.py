"""Acknowledge: mark in the mailbox what the ledger holds; the ledger is the truth, the mark is cosmetic."""

from __future__ import annotations

from tasks.carry_on import carry_on
from tasks.step import log, step
from tonghop.domain.runs import Intake
from tonghop.errors import SourceUnreachable
from tonghop.sources import open_source
from tonghop.wiring import Occasion


@step()
@carry_on
def acknowledge(occasion: Occasion, intake: Intake) -> Intake:
    """Return the intake unchanged, its recorded messages marked as taken; a lost mark is redone next time."""
    ledger, name = occasion.store.ledger, occasion.campaign.name
    out_of_reach = {missed.source for missed in intake.unreachable}
    for configured in occasion.campaign.file.sources:
        source = open_source(configured)
        keys = () if source.name in out_of_reach else ledger.unacknowledged(name, source.name)
        if not keys:
            continue
        try:
            source.acknowledge(keys)
        except SourceUnreachable as error:
            log().warning("not marked, will be redone: %s", error)
        else:
            ledger.acknowledged(name, source.name, keys, occasion.clock())
    return intake
