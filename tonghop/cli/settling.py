"""``tonghop settle``: a person's answer on a message of which nobody knows whether it arrived."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence

from tonghop.domain.deliveries import DeliveryState
from tonghop.errors import ConfigurationError, MailRefused
from tonghop.mail.claimant import Held
from tonghop.mail.outbox import recover
from tonghop.mail.replies import Outcome, one_line
from tonghop.mail.settling import arrived_after_all
from tonghop.mail.witness import parse_witness
from tonghop.settings import read_settings
from tonghop.wiring import Occasion, occasion_of
from tonghop.words import say, short_day

Told = Mapping[str, object]
_ACTION = "settle delivery"


def settle(campaign: str, message_id: str, *, arrived: bool, reason: str, to: str | None) -> Told:
    """Return the deliveries that a person's answer settled, and what follows.

    Arrived: they count as accepted when they were handed over. Not arrived: they are due again, the next run
    sends the same bytes with the same Message-ID. The answer is kept in the audit before anything changes.
    Raises ``ConfigurationError`` where nothing of this message is in doubt, or where the witness mailbox holds
    the very message that is said not to have arrived.
    """
    occasion = occasion_of(read_settings(), campaign, None, None)
    now = occasion.clock()
    recover(occasion.store.outbox, campaign, now)  # what a process that died had on its way is in doubt, too
    doubtful = _in_doubt(occasion, message_id, to)
    if not arrived:
        _contradict(occasion, doubtful)
    word = "arrived" if arrived else "not arrived"
    user = _user()
    for held in doubtful:
        one = held.delivery
        detail = f"{one.message_id} {one.recipient.address}: {word}; {reason}"
        occasion.store.audit(now, f"operator {user}", _ACTION, one.key, detail)
    reply = say(f"settle.reply.{'arrived' if arrived else 'not_arrived'}", user=user, reason=one_line(reason))
    for held in doubtful:
        outcome: Outcome = (
            held.delivery.id,
            DeliveryState.ACCEPTED if arrived else DeliveryState.DEFERRED,
            reply,
            "person",
        )
        # Its claimant still stands there while it is in doubt: whoever settled it meanwhile is not overruled.
        handed_over = held.claimed_at if arrived else None
        occasion.store.outbox.settle_all([outcome], now, held.claimant, handed_over)
    return _told(occasion, campaign, doubtful, arrived=arrived)


def _in_doubt(occasion: Occasion, message_id: str, to: str | None) -> Sequence[Held]:
    unknown = occasion.store.outbox.unknown(occasion.campaign.name)
    bare = message_id.strip().strip("<>")
    found = [
        held
        for held in unknown
        if held.delivery.message_id.strip("<>") == bare
        and (to is None or held.delivery.recipient.address.casefold() == to.casefold())
    ]
    if not found:
        known = ", ".join(sorted({held.delivery.message_id for held in unknown})) or "–"
        raise ConfigurationError(say("settle.none", message_id=one_line(message_id), known=known))
    return found


def _contradict(occasion: Occasion, asked: Sequence[Held]) -> None:
    """Refuse "not arrived" where the witness proves the very handing-over: sent again it would come twice."""
    doubtful = occasion.store.outbox.unknown(occasion.campaign.name)
    try:
        found = arrived_after_all(doubtful, asked, parse_witness(occasion.settings.witness_url))
    except MailRefused:
        return  # the person knows better than a mailbox that cannot be looked into
    for message_id, arrived in found.items():
        at = arrived.astimezone(occasion.campaign.zone)
        when = f"{at:%H:%M} {short_day(at.date())}"
        raise ConfigurationError(say("settle.witnessed", message_id=message_id, at=when))


def _told(occasion: Occasion, campaign: str, doubtful: Sequence[Held], *, arrived: bool) -> Told:
    ids = {held.delivery.id for held in doubtful}
    still = {held.delivery.id for held in occasion.store.outbox.unknown(campaign)}
    return {
        "campaign": campaign,
        "message_id": doubtful[0].delivery.message_id,
        "settled": [
            {"to": held.delivery.recipient.address, "as": held.delivery.recipient.kind.value}
            for held in doubtful
            if held.delivery.id in ids - still
        ],
        "state": str(DeliveryState.ACCEPTED if arrived else DeliveryState.DEFERRED),
        "next": say(f"settle.next.{'arrived' if arrived else 'not_arrived'}", campaign=campaign),
        "failed": [],
        "needs_person": [],
    }


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "?"
