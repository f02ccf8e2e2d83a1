"""Release: a mail that waits in quarantine is taken in once its sender is listed in units.csv."""

from __future__ import annotations

from dataclasses import replace

from tasks.recorded import recorded_of
from tasks.sender import PostOffice
from tasks.step import log
from tonghop.domain.runs import Intake, Trouble
from tonghop.domain.sources import Arrival
from tonghop.reading.units import Resolver
from tonghop.store import Recorded
from tonghop.store.answers import WAITED, Quarantined
from tonghop.store.vault import Vault, VaultBroken
from tonghop.wiring import Occasion


def release(occasion: Occasion, intake: Intake, source: str, resolver: Resolver, post: PostOffice) -> Intake:
    """Return the intake with what waited taken in, where the sender belongs to a unit by now.

    The moment it came stays, so that it was in time if it came in time. Who vouches for the sender is asked as of
    a mail that comes now. As far back as is shown as waiting (``WAITED``): what is older was settled otherwise.
    """
    store, name = occasion.store, occasion.campaign.name
    listed = resolver.tree.by_email
    waiting = store.answers.quarantined(name, occasion.clock() - WAITED, source)
    known = [one for one in waiting if one.sender is not None and one.sender.casefold() in listed]
    if not known:
        return intake
    told: list[Recorded] = []
    troubles: list[Trouble] = []
    for one in known:
        try:
            told.append(recorded_of(_arrival(occasion, one), one.sha256, resolver, occasion, post))
        except VaultBroken as error:  # one lost message must not keep the others
            troubles.append(Trouble("release", str(error)))
    new = store.ledger.release(name, occasion.day, told, occasion.clock())
    log().info("%d waiting messages taken in: their senders are listed now", new)
    return replace(intake, new=intake.new + new, troubles=(*intake.troubles, *troubles))


def _arrival(occasion: Occasion, one: Quarantined) -> Arrival:
    """Return the message as it came, its bytes fetched from the vault."""
    content = Vault(occasion.settings.submissions).read(one.sha256)
    return Arrival(one.source, one.key, one.name, content, one.received_at, one.sender)
