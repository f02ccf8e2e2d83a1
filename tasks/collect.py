"""Collect: look into every source and record what is there, before anything is made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from tasks.sender import PostOffice
from tasks.step import log, step
from tonghop.campaigns.model import FolderSource, MailboxSource
from tonghop.domain.runs import Intake
from tonghop.domain.sources import Arrival, Unreachable
from tonghop.domain.units import UnitCode
from tonghop.errors import SourceUnreachable
from tonghop.reading import expect
from tonghop.reading.units import Resolver
from tonghop.sources import LookUps
from tonghop.store import Recorded, SubmissionState
from tonghop.store.vault import Vault
from tonghop.wiring import Occasion, source_of


@step()
def collect(occasion: Occasion) -> Intake:
    """Return what the sources hold that was not seen before, recorded byte for byte.

    The order is fetch, store the bytes durably, record in one transaction: killed anywhere, the next look
    finds the rest and doubles nothing. A source that cannot be looked into is named in ``unreachable``.
    """
    intake, look_ups = Intake(), LookUps()
    for source in occasion.campaign.file.sources:
        try:
            intake = _look_into(occasion, source, intake, look_ups)
        except SourceUnreachable as error:
            log().warning("%s", error)
            missed = Unreachable(error.source, error.reason, error.advice)
            intake = replace(intake, unreachable=(*intake.unreachable, missed))
    return intake


def _look_into(
    occasion: Occasion, configured: FolderSource | MailboxSource, intake: Intake, look_ups: LookUps
) -> Intake:
    store, name = occasion.store, occasion.campaign.name
    source = source_of(configured)
    vault = Vault(occasion.settings.submissions)
    resolver = Resolver(occasion.campaign.tree(occasion.day))
    post = PostOffice(occasion, configured, look_ups)
    new, waiting, refused = intake.new, list(intake.waiting), list(intake.refused)
    for batch in source.look(store.ledger.known(name, source.name), occasion.now):
        expect(len(batch.arrivals))
        hashes = vault.keep(arrival.content for arrival in batch.arrivals)
        recorded = [
            _record(a, sha, resolver, occasion, post) for a, sha in zip(batch.arrivals, hashes, strict=True)
        ]
        new += store.ledger.record(name, recorded, occasion.clock())
        waiting.extend(batch.waiting)
        refused.extend(batch.refused)
    log().info("%s: %d new", source.name, new - intake.new)
    return replace(intake, new=new, waiting=tuple(waiting), refused=tuple(refused))


def _record(
    arrival: Arrival, sha256: str, resolver: Resolver, occasion: Occasion, post: PostOffice
) -> Recorded:
    sender = resolver.tree.by_email.get(arrival.sender.casefold()) if arrival.sender else None
    known = not post.is_mailbox or sender is not None
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
        state=SubmissionState.RECEIVED if known else SubmissionState.QUARANTINED,
        provenance=post.provenance(arrival) if known else None,
    )


def _branch(hint: str | None, resolver: Resolver) -> UnitCode | None:
    """Return the unit that the sub-folders name, each looked for inside the one above; None if none does."""
    branch: UnitCode | None = None
    for part in PurePosixPath(hint).parts if hint else ():
        branch = resolver.resolve(part, branch).unit or branch
    return branch
