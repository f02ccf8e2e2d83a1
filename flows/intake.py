"""Intake: all day long, whatever the communes have sent is taken in, read and judged."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow

from tasks.acknowledge import acknowledge
from tasks.answer import answer
from tasks.begin import begin, name_run
from tasks.collect import collect
from tasks.conclude import conclude_intake
from tasks.deliver import deliver
from tasks.letters import note_letters
from tasks.read import read
from tasks.review import review
from tasks.validate import validate
from tonghop.domain.runs import Intake
from tonghop.wiring import Occasion


def take_in(occasion: Occasion) -> Intake:
    """Return what came, was read, judged and recorded; shared by the flows that need the latest figures."""
    judged = validate(occasion, read(occasion, note_letters(occasion, collect(occasion))))
    return acknowledge(occasion, answer(occasion, review(occasion, judged)))


@flow(name="intake", flow_run_name=name_run, validate_parameters=False)
def intake(campaign: str, day: date | None = None, at: datetime | None = None) -> dict[str, object]:
    """Take in what the sources hold, tell what came of it, and try again what still waits in the outbox."""
    occasion = begin(campaign, day, at)
    came = take_in(occasion)
    return conclude_intake(occasion, came, deliver(occasion))
