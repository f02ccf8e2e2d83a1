"""A trial of each mail server: does a message get through, and does it keep the Message-ID?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from tonghop.domain.deliveries import DeliveryState, OutgoingMessage, Recipient, RecipientKind
from tonghop.errors import MailRefused
from tonghop.mail.compose import compose
from tonghop.mail.direct import send_directly
from tonghop.mail.relays import Relay
from tonghop.mail.witness import Witness, look_up, message_ids_about
from tonghop.words import say

ARRIVES_WITHIN = timedelta(seconds=60)
_LOOK_AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial showed. ``arrived``: by the witness's clock; None: there is no witness to tell."""

    reply: str
    message_id: str
    sent: datetime
    arrived: datetime | None


def try_relay(
    relay: Relay,
    witness: Witness | None,
    sender: tuple[str, str],
    to: str,
    now: Callable[[], datetime],
    wait: Callable[[float], None],
    sign: Callable[[OutgoingMessage], OutgoingMessage] = lambda message: message,
) -> Trial:
    """Return the trial of one relay: one message to ``to`` and to the witness, from ``sender`` (name, address).

    Raises ``MailRefused`` where the relay does not take it, where it does not reach the witness within a
    minute, and where it reaches it under another Message-ID: a delivery in doubt could then never be proved.
    """
    token = token_hex(6)
    message = sign(_message(relay, witness, sender, to, token, now()))
    sent = now()
    refused = [one for one in send_directly(message, [relay], now) if one.state is not DeliveryState.ACCEPTED]
    if refused:
        replies = "; ".join(f"{one.recipient.address}: {one.reply}" for one in refused)
        raise MailRefused(say("trial.refused", relay=relay, replies=replies))
    reply = say("trial.taken", relay=relay)
    if witness is None:
        return Trial(reply, message.message_id, sent, None)
    return Trial(reply, message.message_id, sent, _arrival(message, relay, witness, token, now, wait))


def _arrival(
    message: OutgoingMessage,
    relay: Relay,
    witness: Witness,
    token: str,
    now: Callable[[], datetime],
    wait: Callable[[float], None],
) -> datetime:
    until = now() + ARRIVES_WITHIN
    while True:
        if found := look_up(witness, [message.message_id]).get(message.message_id):
            return found
        if others := message_ids_about(witness, token):
            raise MailRefused(say("trial.renamed", relay=relay, sent=message.message_id, found=others[0]))
        if now() >= until:
            raise MailRefused(
                say("trial.lost", relay=relay, witness=witness, seconds=int(ARRIVES_WITHIN.total_seconds()))
            )
        wait(_LOOK_AGAIN_SECONDS)


def _message(
    relay: Relay, witness: Witness | None, sender: tuple[str, str], to: str, token: str, at: datetime
) -> OutgoingMessage:
    recipients = [Recipient(to, RecipientKind.TO)]
    if witness is not None and witness.address.casefold() != to.casefold():
        recipients.append(Recipient(witness.address, RecipientKind.WITNESS))
    text = say("trial.text", relay=relay, token=token)
    return compose(
        key=f"test/{token}",
        kind="test",
        sender_name=sender[0],
        sender_address=sender[1],
        recipients=recipients,
        subject=say("trial.subject", token=token),
        text=text + "\n",
        html="",
        made_at=at,
    )
