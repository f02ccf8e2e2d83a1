"""Read: open each submission in the sandbox and turn its tables into figures with their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.carry_on import carry_on
from tasks.incoming import incoming_of, reader_of
from tasks.step import log, step
from tonghop.domain.findings import Finding
from tonghop.domain.reading import Incoming
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
        asked = [incoming_of(occasion, submission) for submission in waiting]
        _begin_what_is_left(occasion, asked, begun)
        # Made while the readings are on their way.
        pairs = zip(asked, waiting, strict=True)
        incoming = tuple(about._replace(key=str(submission.id)) for about, submission in pairs)
        of_senders = [_of_its_sender(submission) for submission in waiting]
        readings = begun.readings(asked)
    finally:
        if begun is not None:
            begun.close()
    log().info("%d submissions read", len(readings))
    told = tuple(
        one._replace(key=about.key, findings=(*one.findings, *found))
        for one, about, found in zip(readings, incoming, of_senders, strict=True)
    )
    return replace(intake, incoming=incoming, readings=told, begun=None)


def _begin_what_is_left(occasion: Occasion, asked: Sequence[Incoming], begun: Begun) -> None:
    vault = Vault(occasion.settings.submissions)
    left = [about for about in asked if not begun.has_begun(about)]
    begun.begin([about._replace(content=vault.read(about.key)) for about in left])


def _of_its_sender(submission: Submission) -> tuple[Finding, ...]:
    """Return what is to be said of who sent a submission."""
    codes = ["sender-unauthenticated"] if submission.provenance == Authenticity.UNAUTHENTICATED else []
    codes += ["sender-personal"] if is_personal(submission.sender) else []
    return tuple(Finding(code, severity_of(code)) for code in codes)
