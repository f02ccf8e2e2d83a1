"""Try the mail servers without sending anything: what ``tonghop doctor`` asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tonghop.errors import ConfigurationError, MailRefused
from tonghop.mail.relays import Relay
from tonghop.mail.replies import one_line
from tonghop.mail.transport import conversation
from tonghop.mail.witness import check_mailbox, parse_witness


def check_smtp(relay: Relay) -> None:
    """Connect, protect, log in and say NOOP; no mail is sent.

    Raises ``MailRefused`` with what failed, what follows and what to do.
    """
    with conversation(relay) as smtp:
        try:
            code, text = smtp.noop()
        except OSError as error:
            code, text = -1, str(error).encode()
    if not 200 <= code < 300:
        raise MailRefused(
            f"mail server {relay}: it let us in and then answered {code} {one_line(text)} to NOOP; messages "
            "may be refused the same way; ask the relay's operator"
        )


def announced_size(relays: Sequence[Relay], seconds: float) -> int | None:
    """Return the most bytes a message may have so that each relay that tells takes it (RFC 1870); None: none tells.

    A relay that does not answer within ``seconds`` is left out: whether it can be used is found out when the
    message is handed over.
    """
    sizes = [_size_of(replace(relay, timeout=min(relay.timeout, seconds))) for relay in relays]
    return min(filter(None, sizes), default=None)


def _size_of(relay: Relay) -> int | None:
    try:
        with conversation(relay) as smtp:
            said = smtp.esmtp_features.get("size", "")
    except (MailRefused, ConfigurationError):
        return None
    return int(said) if said.isascii() and said.isdigit() else None  # 0: no fixed limit


def check_witness(url: str) -> None:
    """Log in to the witness mailbox and open its folder; nothing is changed there.

    Raises ``ConfigurationError`` for a URL that is wrong and ``MailRefused`` for a mailbox that cannot be
    looked into, both with what to do. An empty URL is no fault: there is no witness then.
    """
    witness = parse_witness(url)
    if witness is not None:
        check_mailbox(witness)
