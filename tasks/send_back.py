"""Send back: what an officer rejected is told to its submitter once, by mail."""

from __future__ import annotations

from datetime import timedelta

from tasks.post import mail_of, post
from tasks.step import log
from tonghop.mail.rejections import SentBack, rejection_mail
from tonghop.reading.place_names import document_name
from tonghop.sources import message_id_of
from tonghop.sources.names import shown
from tonghop.store.answers import Rejected
from tonghop.store.vault import Vault
from tonghop.wiring import Occasion

_REACH = timedelta(days=2)
_ANSWERED = frozenset({"aligned", "unauthenticated", "unknown"})


def send_back(occasion: Occasion) -> int:
    """Put a mail into the outbox for each rejection nobody was told of; return how many.

    It goes to who sent the report, or, of one that lay in a folder or was brought to the desk, or whose sender is
    listed no more, to the unit's own addresses. A unit without one stands on the call list, as its report is
    missing again.
    """
    store, campaign = occasion.store, occasion.campaign
    put = 0
    for rejected in store.answers.rejected(campaign.name, occasion.clock() - _REACH):
        addresses = _addresses(occasion, rejected)
        if addresses:
            put += _put(occasion, rejected, addresses)
    if put:
        log().info("%d rejected reports sent back", put)
    return put


def _addresses(occasion: Occasion, rejected: Rejected) -> tuple[str, ...]:
    sender = rejected.sender
    if (
        sender is not None
        and rejected.provenance in _ANSWERED
        and sender.casefold() in occasion.tree.by_email
    ):
        return (sender,)
    tree = occasion.campaign.tree(rejected.day)
    return tree[rejected.unit].emails if rejected.unit and rejected.unit in tree else ()


def _put(occasion: Occasion, rejected: Rejected, addresses: tuple[str, ...]) -> bool:
    campaign = occasion.campaign
    sender = campaign.file.report.sender
    tree = campaign.tree(rejected.day)
    written = rejection_mail(
        SentBack(
            number=rejected.submission,
            unit=tree[rejected.unit].name if rejected.unit and rejected.unit in tree else "",
            title=campaign.file.title,
            day=rejected.day,
            file=shown(document_name(rejected.name)) if rejected.sender is None else "",
            received_at=rejected.received_at.astimezone(campaign.zone),
            reason=rejected.reason,
            sender=sender.name,
            address=sender.address,
        )
    )
    key, replied_to = f"rejected/{campaign.name}/{rejected.verdict}", _replied_to(occasion, rejected)
    message = mail_of(occasion, key, "answer", addresses, written, in_reply_to=replied_to)
    return post(occasion, rejected.day, message)


def _replied_to(occasion: Occasion, rejected: Rejected) -> str | None:
    """Return the Message-ID of the mail that is sent back; None for a file."""
    if rejected.sender is None:
        return None
    return message_id_of(Vault(occasion.settings.submissions).read(rejected.sha256))
