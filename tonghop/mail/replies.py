"""What a mail server's reply means for one delivery, stage by stage."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tonghop.domain.deliveries import Delivery, DeliveryState, RecipientKind

_NEEDS_LOGIN = frozenset({530, 534, 535, 538})
_TOO_BIG = re.compile(r"5\.(?:3\.4|2\.3)\b")
_NO_SUCH = re.compile(r"5\.1\.\d")
_POLICY = re.compile(r"5\.7\.\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LONGEST = 300


Outcome = tuple[int, DeliveryState, str, str]
"""What became of one delivery, as the database is told: number, state, reply, the stage that ended it."""


class Stage(StrEnum):
    """How far the conversation with a relay has come.

    Only ``END`` is ambiguous: the mark that ends the message is on its way and the reply is not here yet.
    """

    CONNECT = "connect"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    BODY = "body"
    END = "end"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one delivery at one relay.

    ``elsewhere``: another relay may still take it. ``reply``: the server's words or our reason, one line.
    ``broken``: it was no answer that ended it; the connection broke or hung.
    """

    delivery: int
    state: DeliveryState
    reply: str
    stage: Stage
    elsewhere: bool
    broken: bool = False

    @property
    def outcome(self) -> Outcome:
        """Return what the database is told."""
        return self.delivery, self.state, self.reply, str(self.stage)

    def applied_to(self, one: Delivery, at: datetime) -> Delivery:
        """Return how the delivery stands once this attempt has ended."""
        return replace(
            one,
            state=self.state,
            reply=self.reply,
            attempts=one.attempts + 1,
            tried_at=at,
            accepted_at=at if self.state is DeliveryState.ACCEPTED else None,
        )


class Refusals(StrEnum):
    """Whether a refusal for good (5xx) ends a delivery.

    ``WAIT`` is for a report before its deadline: relays say 5xx also where they, or we, are set up wrongly, and
    a person may mend that in time. So each relay is asked, and asked again, except about the address of a copy
    that it does not know (5.1.x): that one is not worth the run's waiting.
    """

    STAND = "stand"
    WAIT = "wait"

    def applied(self, attempts: Sequence[Attempt], ones: Sequence[Delivery]) -> tuple[Attempt, ...]:
        """Return the attempts as they count."""
        if self is Refusals.STAND:
            return tuple(attempts)
        wanted = {one.id for one in ones if one.recipient.kind is not RecipientKind.CC}
        return tuple(_waiting(one) if _may_wait(one, wanted) else one for one in attempts)


def _may_wait(one: Attempt, wanted: Collection[int]) -> bool:
    known = one.delivery in wanted or one.stage is not Stage.RECIPIENT or not _NO_SUCH.search(one.reply)
    return one.state is DeliveryState.FAILED and known


def _waiting(one: Attempt) -> Attempt:
    return replace(one, state=DeliveryState.DEFERRED, elsewhere=True)


def judge(delivery: int, stage: Stage, code: int, text: bytes, relay: str) -> Attempt:
    """Return what a reply means (RFC 5321, 4.2.1): 2 taken, 4 try again, 5 refused for good.

    Two refusals are of the installation and not of the message: a login that is asked for, and a sender that
    the relay does not let in. A person can mend those before the deadline, so they stay deferred. A refusal
    of policy (5.7.x: relaying denied, taken for spam) is this relay's own, so the next one is asked.
    """
    words = f"{code} {one_line(text)} [{relay}]"
    if 200 <= code < 300:
        return Attempt(delivery, DeliveryState.ACCEPTED, words, stage, elsewhere=False)
    if 400 <= code < 500:
        return Attempt(delivery, DeliveryState.DEFERRED, words, stage, elsewhere=True)
    if 500 <= code < 600:
        return _refused(delivery, stage, code, words)
    # No reply of SMTP at all. After the end of the message it may have been taken all the same.
    state = DeliveryState.UNKNOWN if stage is Stage.END else DeliveryState.DEFERRED
    return Attempt(delivery, state, f"{words} (not a reply of SMTP)", stage, elsewhere=stage is not Stage.END)


def one_line(text: bytes | str) -> str:
    """Return a server's words as one short line of plain text; they come from outside and are shown."""
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if not shown.isprintable():  # what is printable holds none of them
        shown = _CONTROL.sub(" ", shown)
    return shown.strip()[:_LONGEST]


def _refused(delivery: int, stage: Stage, code: int, words: str) -> Attempt:
    if code in _NEEDS_LOGIN:
        advice = f"{words}; the relay asks for a login: mend TONGHOP_SMTP_URL"
        return Attempt(delivery, DeliveryState.DEFERRED, advice, stage, elsewhere=True)
    if stage is not Stage.SENDER:
        return Attempt(delivery, DeliveryState.FAILED, words, stage, elsewhere=bool(_POLICY.search(words)))
    if code == 552 or _TOO_BIG.search(words):
        return Attempt(
            delivery, DeliveryState.FAILED, f"{words}; the message is too big", stage, elsewhere=True
        )
    advice = f"{words}; the relay refuses our sender: mend report.sender.address or TONGHOP_SMTP_URL"
    return Attempt(delivery, DeliveryState.DEFERRED, advice, stage, elsewhere=True)
