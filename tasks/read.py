"""Read: open each submission in the sandbox and turn its tables into figures with their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.carry_on import carry_on
from tasks.incoming import incoming_of, reader_of
from tasks.step import log, step
from tonghop.domain.findings import Finding
from tonghop.domain.reading import Reading
from tonghop.domain.runs import Begun, Intake
from tonghop.sources import Authenticity, is_personal
from tonghop.store import Submission
from tonghop.store.vault import Vault
from tonghop.wiring import Occasion
from tonghop.words import severity_of


@step()
@carry_on
def read(occasion: Occasion, intake: Intake) -> Intake:
    """Return the intake with every submission read that the ledger holds as received, oldest first.

    Those that have just come are being read since they were recorded; what a run before this one left unread
    is fetched from the vault.
    """
    begun = intake.begun
    try:
        waiting = occasion.store.ledger.unread(occasion.campaign.name)
        if not waiting:
            return replace(intake, begun=None)
        begun = begun or reader_of(occasion)
        readings = _read(occasion, waiting, begun)
    finally:
        if begun is not None:
            begun.close()
    log().info("%d submissions read", len(readings))
    incoming = tuple(replace(incoming_of(occasion, one), key=str(one.id)) for one in waiting)
    told = tuple(_told(one, submission) for one, submission in zip(readings, waiting, strict=True))
    return replace(intake, incoming=incoming, readings=told, begun=None)


def _read(occasion: Occasion, waiting: Sequence[Submission], begun: Begun) -> tuple[Reading, ...]:
    vault = Vault(occasion.settings.submissions)
    asked = [incoming_of(occasion, submission) for submission in waiting]
    left = [about for about in asked if not begun.has_begun(about)]
    begun.begin([replace(about, content=vault.read(about.key)) for about in left])
    return begun.readings(asked)


def _told(reading: Reading, submission: Submission) -> Reading:
    """Return a reading under its submission's number, with what is to be said of who sent it."""
    codes = ["sender-unauthenticated"] if submission.provenance == Authenticity.UNAUTHENTICATED else []
    codes += ["sender-personal"] if is_personal(submission.sender) else []
    found = tuple(Finding(code, severity_of(code)) for code in codes)
    return replace(reading, key=str(submission.id), findings=(*reading.findings, *found))
