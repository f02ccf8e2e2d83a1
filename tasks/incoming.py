"""A submission as the reader takes it, from what the ledger holds of it or is about to."""

from __future__ import annotations

from expectations import load_form
from tonghop.domain.reading import Incoming
from tonghop.reading.ahead import ReadAhead
from tonghop.store import Recorded, Submission
from tonghop.wiring import Occasion


def incoming_of(occasion: Occasion, submission: Recorded | Submission, content: bytes = b"") -> Incoming:
    """Return a submission as the reader takes it, its moment in the campaign's zone, its hash as the key.

    A run for a named day expects submissions to be about that day; otherwise about the day they came.
    """
    received_at = submission.received_at.astimezone(occasion.campaign.zone)
    return Incoming(
        key=submission.sha256,
        name=submission.name,
        content=content,
        received_at=received_at,
        expected_day=occasion.day if occasion.day_was_named else received_at.date(),
        branch=submission.branch,
        sender=submission.sender,
    )


def reader_of(occasion: Occasion) -> ReadAhead:
    """Return a reader for the form and the units of the occasion's day; to be closed."""
    form = load_form(occasion.campaign.file.form).only(occasion.campaign.file.indicators)
    return ReadAhead(form, occasion.tree)
