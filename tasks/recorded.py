"""An arrival as the ledger records it: whose it is, who vouches for it, and whether it is to be read."""

from __future__ import annotations

from tasks.sender import PostOffice
from tonghop.domain.sources import Arrival
from tonghop.domain.units import UnitCode
from tonghop.reading.units import Resolver
from tonghop.store import Recorded, SubmissionState
from tonghop.wiring import Occasion


def recorded_of(
    arrival: Arrival, sha256: str, resolver: Resolver, occasion: Occasion, post: PostOffice
) -> Recorded:
    """Return what is to be recorded of an arrival whose bytes are stored under ``sha256``."""
    sender = resolver.tree.by_email.get(arrival.sender.casefold()) if arrival.sender else None
    known = not post.is_mailbox or sender is not None
    letter = post.letter(arrival, is_listed=sender is not None)
    unread = SubmissionState.RECEIVED if known else SubmissionState.QUARANTINED
    branch = sender.code if sender else _branch(arrival.branch_hint, resolver)
    return Recorded(
        source=arrival.source,
        key=arrival.key,
        name=arrival.name,
        sha256=sha256,
        size=len(arrival.content),
        sender=arrival.sender,
        branch=branch,
        received_at=arrival.received_at,
        received_day=occasion.campaign.local_day(arrival.received_at),
        state=SubmissionState.IGNORED if letter and letter.is_all else unread,
        provenance=post.provenance(arrival) if known else None,
        letter=letter.kind if letter else None,
    )


def _branch(hint: str | None, resolver: Resolver) -> UnitCode | None:
    """Return the unit that the sub-folders name, each looked for inside the one above; None if none does."""
    branch: UnitCode | None = None
    for part in hint.split("/") if hint else ():
        branch = resolver.resolve(part, branch).unit or branch
    return branch
