"""Review: decide what counts now and what is held for a person, and record it in one transaction."""

from __future__ import annotations

from tasks.carry_on import carry_on
from tasks.near_cutoff import tell_of_held
from tasks.step import step
from tonghop.domain.runs import Intake
from tonghop.store import RecordedReading
from tonghop.wiring import Occasion


@step()
@carry_on
def review(occasion: Occasion, intake: Intake) -> Intake:
    """Record entries, figures and findings; an entry without a critical finding is accepted, any other held.

    A submission that another run has recorded meanwhile is left as it is.
    """
    outcomes = [RecordedReading.of(int(judged.reading.key), judged) for judged in intake.judged]
    if outcomes:
        occasion.store.entries.record(occasion.campaign.name, outcomes, occasion.clock())
    tell_of_held(occasion)
    return intake
