"""A scheduler of its own process for the tests that kill it: one round over the outbox, then the end."""

from __future__ import annotations

from tests.mail.samples import AT, CAMPAIGN, DEADLINE
from tonghop.mail.claimant import this_claimant
from tonghop.mail.outbox import deliver
from tonghop.mail.relays import parse_relays
from tonghop.store import open_store


def deliver_once(database_url: str, smtp_url: str) -> None:
    """Make one round over what waits, as a scheduler does."""
    with open_store(database_url) as store:
        deliver(store.outbox, CAMPAIGN, parse_relays(smtp_url), None, this_claimant(), lambda: AT, DEADLINE)
