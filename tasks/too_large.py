"""Too large: who sent a message that cannot be taken in is told once, by mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from hashlib import sha256

from tasks.post import mail_of, post
from tasks.step import log
from tonghop.domain.sources import Refused
from tonghop.domain.units import Unit
from tonghop.mail.refusals import TooLarge, refusal_mail
from tonghop.wiring import Occasion

_REACH = timedelta(days=2)


def tell_too_large(
    occasion: Occasion, refused: Iterable[Refused], given: Mapping[str, int], most: int
) -> int:
    """Put a mail into the outbox for each message that was refused for its size; return how many.

    To listed senders only, and never to a program; ``given``: how many answers each address had within the hour,
    of which ``most`` are allowed. The message stays in the mailbox and is refused by each look: its key tells that
    it was answered, also after the mailbox was numbered afresh.
    """
    listed = occasion.tree.by_email
    own = occasion.campaign.file.report.sender.address.casefold()
    put = 0
    for one in refused:
        address = (one.sender or "").casefold()
        is_due = one.received_at >= occasion.clock() - _REACH and given.get(address, 0) < most
        if address in listed and address != own and is_due and not one.is_automatic:
            put += _put(occasion, one, address, listed[address])
    if put:
        log().info("%d senders told that their message is too large", put)
    return put


def _put(occasion: Occasion, one: Refused, address: str, unit: Unit) -> bool:
    campaign = occasion.campaign
    sender = campaign.file.report.sender
    told = TooLarge(
        unit=unit.name,
        title=campaign.file.title,
        received_at=one.received_at.astimezone(campaign.zone),
        reason=one.reason,
        sender=sender.name,
        address=sender.address,
    )
    mark = sha256(f"{address} {one.received_at.isoformat()} {one.message_id}".encode()).hexdigest()[:32]
    key = f"refused/{campaign.name}/{mark}"
    message = mail_of(occasion, key, "answer", (address,), refusal_mail(told), in_reply_to=one.message_id)
    return post(occasion, campaign.local_day(one.received_at), message)
