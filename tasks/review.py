"""Review: decide what counts now and what is held for a person, and record it in one transaction."""

from __future__ import annotations

from dataclasses import replace

from tasks.carry_on import carry_on
from tasks.near_cutoff import tell_of_held
from tasks.step import step
from tonghop.domain.entries import Judged
from tonghop.domain.runs import Intake
from tonghop.store import RecordedReading, Repeated
from tonghop.wiring import Occasion


@step()
@carry_on
def review(occasion: Occasion, intake: Intake) -> Intake:
    """Record entries, figures and findings; an entry without a critical finding is accepted, any other held.

    A submission that another run has recorded meanwhile is left as it is. What only the ledger can tell, that the
    same bytes came before, stands with the readings afterwards: the run tells what counts, not what was read.
    """
    outcomes = [RecordedReading.of(int(judged.reading.key), judged) for judged in intake.judged]
    if outcomes:
        repeated = occasion.store.entries.record(occasion.campaign.name, outcomes, occasion.clock())
        intake = replace(intake, judged=tuple(_as_recorded(judged, repeated) for judged in intake.judged))
    tell_of_held(occasion)
    return intake


def _as_recorded(judged: Judged, repeated: Repeated) -> Judged:
    number = int(judged.reading.key)
    if number in repeated.duplicates:
        return replace(judged, entries=(), findings=())
    asked = repeated.asked.get(number)
    return replace(judged, findings=(*judged.findings, *asked)) if asked else judged
