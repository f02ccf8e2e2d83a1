"""A step of the intake that breaks is told, and the run goes on: the report must not be late for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from tasks.step import log
from tonghop.domain.runs import Intake, Trouble
from tonghop.errors import DatabaseUnavailable
from tonghop.wiring import Occasion

IntakeStep = Callable[[Occasion, Intake], Intake]


def carry_on(work: IntakeStep) -> IntakeStep:
    """Return the step so that, if it breaks, what was known before goes on with the trouble named.

    Submissions stay in the ledger as received and are read by the next run. Without the database nothing
    can go on: that error passes.
    """

    @wraps(work)
    def guarded(occasion: Occasion, intake: Intake) -> Intake:
        try:
            return work(occasion, intake)
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - told in the document; the report must go out
            log().exception("%s broke; the run goes on with what is accepted", work.__name__)
            trouble = Trouble(work.__name__, f"{type(error).__name__}: {error}")
            return replace(intake, troubles=(*intake.troubles, trouble))

    return guarded
