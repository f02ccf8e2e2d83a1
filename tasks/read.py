"""Read: open each submission in the sandbox and turn its tables into figures with their cells."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import cache

from expectations import load_form
from tasks.carry_on import carry_on
from tasks.step import log, step
from tonghop.domain.findings import Finding
from tonghop.domain.reading import Incoming, Reading
from tonghop.domain.runs import Intake
from tonghop.reading import Reader
from tonghop.sources import Authenticity, is_personal
from tonghop.store import Submission
from tonghop.store.vault import Vault
from tonghop.wiring import Occasion
from tonghop.words import severity_of


@step()
@carry_on
def read(occasion: Occasion, intake: Intake) -> Intake:
    """Return the intake with every submission read that the ledger holds as received, oldest first."""
    waiting = occasion.store.ledger.unread(occasion.campaign.name)
    if not waiting:
        return intake
    _leave_what_stands()
    vault = Vault(occasion.settings.submissions)
    incoming = tuple(incoming_of(occasion, submission, vault) for submission in waiting)
    form = load_form(occasion.campaign.file.form).only(occasion.campaign.file.indicators)
    with Reader(form) as reader:
        readings = reader.read(incoming, occasion.campaign.tree(occasion.day))
    log().info("%d submissions read", len(readings))
    bare = tuple(replace(one, content=b"") for one in incoming)  # the bytes have done their work
    told = tuple(_with_sender(one, submission) for one, submission in zip(readings, waiting, strict=True))
    return replace(intake, incoming=bare, readings=told)


@cache
def _leave_what_stands() -> None:
    """Tell the garbage collector, once a process, that the modules loaded so far stay.

    A thousand readings make it look through all of them again and again, which took a third of this step.
    """
    gc.freeze()


def _with_sender(reading: Reading, submission: Submission) -> Reading:
    """Return a reading with what is to be said of who sent it."""
    codes = ["sender-unauthenticated"] if submission.provenance == Authenticity.UNAUTHENTICATED else []
    codes += ["sender-personal"] if is_personal(submission.sender) else []
    found = tuple(Finding(code, severity_of(code)) for code in codes)
    return replace(reading, findings=(*reading.findings, *found))


def incoming_of(occasion: Occasion, submission: Submission, vault: Vault) -> Incoming:
    """Return a submission of the ledger as the reader takes it, its moment in the campaign's zone.

    A run for a named day expects submissions to be about that day; otherwise about the day they came.
    """
    received_at = submission.received_at.astimezone(occasion.campaign.zone)
    return Incoming(
        key=str(submission.id),
        name=submission.name,
        content=vault.read(submission.sha256),
        received_at=received_at,
        expected_day=occasion.day if occasion.day_was_named else received_at.date(),
        branch=submission.branch,
        sender=submission.sender,
    )
