"""Collect: look into every source and record what is there, before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from tasks.incoming import incoming_of, reader_of
from tasks.recorded import recorded_of
from tasks.release import release
from tasks.sender import PostOffice
from tasks.step import log, step
from tonghop.campaigns.model import FolderSource, MailboxSource
from tonghop.domain.runs import Intake, Trouble
from tonghop.domain.sources import Arrival, Unreachable
from tonghop.errors import DatabaseUnavailable, SourceUnreachable
from tonghop.garbage import leave_what_stands
from tonghop.reading.reader import Expecting
from tonghop.reading.units import Resolver
from tonghop.sources import Batch, LookUps
from tonghop.store import Recorded, SubmissionState
from tonghop.store.vault import Vault
from tonghop.wiring import Occasion, source_of


@step()
def collect(occasion: Occasion) -> Intake:
    """Return what the sources hold that was not seen before, recorded byte for byte.

    The order is fetch, store the bytes durably, record in one transaction: killed anywhere, the next look
    finds the rest and doubles nothing. What is recorded is being read from then on (``begun``), while more is
    fetched. A source that cannot be looked into is named in ``unreachable``; what breaks on our side, a full
    disk for instance, in ``troubles``.
    """
    leave_what_stands()
    intake, look_ups = Intake(begun=reader_of(occasion)), LookUps()
    for source in occasion.campaign.file.sources:
        try:
            intake = _look_into(occasion, source, intake, look_ups)
        except DatabaseUnavailable:
            _close(intake)
            raise
        except Exception as error:  # noqa: BLE001 - told in the document; the report must go out
            log().exception("collect broke; what was not recorded is fetched again by the next run")
            trouble = Trouble("collect", f"{type(error).__name__}: {error}")
            intake = replace(intake, troubles=(*intake.troubles, trouble))
    return intake


def _close(intake: Intake) -> None:
    if intake.begun is not None:
        intake.begun.close()


def _look_into(
    occasion: Occasion, configured: FolderSource | MailboxSource, intake: Intake, look_ups: LookUps
) -> Intake:
    # A look that finds nothing new does without.
    resolver = cache(partial(Resolver, occasion.tree))
    vault = Vault(occasion.settings.submissions)
    try:
        source = source_of(configured)
        post = PostOffice(occasion, configured, look_ups)
        if post.is_mailbox:
            intake = release(occasion, intake, source.name, resolver(), post)
        known = Expecting(occasion.store.ledger.known(occasion.campaign.name, source.name))
        for batch in source.look(known, occasion.now):
            intake = _take(occasion, batch, intake, vault, resolver(), post)
    except SourceUnreachable as error:  # what came before it broke off is recorded and stands
        log().warning("%s", error)
        missed = Unreachable(error.source, error.reason, error.advice)
        return replace(intake, unreachable=(*intake.unreachable, missed))
    return intake


def _take(
    occasion: Occasion, batch: Batch, intake: Intake, vault: Vault, resolver: Resolver, post: PostOffice
) -> Intake:
    """Return the intake with a batch kept and recorded: when this returns, its bytes are safe and known."""
    hashes = vault.keep(arrival.content for arrival in batch.arrivals)
    pairs = zip(batch.arrivals, hashes, strict=True)
    recorded = [recorded_of(arrival, sha256, resolver, occasion, post) for arrival, sha256 in pairs]
    new = occasion.store.ledger.record(occasion.campaign.name, recorded, occasion.clock())
    _begin_to_read(occasion, intake, batch.arrivals, recorded)
    log().info("%d looked at, %d new", len(recorded), new)
    return replace(
        intake,
        new=intake.new + new,
        waiting=(*intake.waiting, *batch.waiting),
        refused=(*intake.refused, *batch.refused),
    )


def _begin_to_read(
    occasion: Occasion, intake: Intake, arrivals: Sequence[Arrival], recorded: Sequence[Recorded]
) -> None:
    pairs = zip(arrivals, recorded, strict=True)
    known = [(arrival, one) for arrival, one in pairs if one.state is SubmissionState.RECEIVED]
    if intake.begun is not None:
        intake.begun.begin([incoming_of(occasion, one, arrival.content) for arrival, one in known])
