"""Hand stored bytes to a relay, with the state known at every step. The only module that speaks SMTP.

yagmail's own ``send`` is not used: it sends up to three times after a lost connection and says neither
success nor failure plainly. Its login and connection are, and every error of theirs is an ``OSError``
(notes on yagmail 0.16), so nothing here imports smtplib.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from socket import IPPROTO_TCP, TCP_NODELAY, gaierror
from typing import Any

import yagmail

from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage
from tonghop.errors import ConfigurationError, MailRefused
from tonghop.mail.relays import Relay, Security
from tonghop.mail.replies import Attempt, Stage, judge, one_line

OnStage = Callable[[Stage, Sequence[Delivery]], None]
"""Told before each stage which deliveries enter it; what it raises ends the conversation there."""

_BARE_BREAK = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_GOODBYE_SECONDS = 5.0


@contextmanager
def conversation(relay: Relay) -> Iterator[Any]:
    """Yield an open, protected and logged-in connection; it says QUIT at the end.

    Raises ``MailRefused`` saying what failed, what follows and what to do; no mail command was sent then.
    """
    client = _client(relay)
    try:
        client.login()
        client.smtp.ehlo_or_helo_if_needed()  # login() greets only where there is TLS or a password
        # The mark that ends a message is sent by itself: unsaid, it would wait 40 ms for the body's receipt.
        client.smtp.sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    except (OSError, UnicodeError) as error:
        _hang_up(client)
        raise MailRefused(_explain(relay, error)) from error
    try:
        yield client.smtp
        _say_goodbye(client)
    finally:
        _hang_up(client)


def send(
    message: OutgoingMessage, deliveries: Sequence[Delivery], relay: Relay, on_stage: OnStage
) -> tuple[Attempt, ...]:
    """Return what became of each delivery after one transaction for all of them at one relay.

    For callers that keep no record between the reply and the goodbye; the outbox settles in between and so
    uses ``conversation`` and ``hand_over`` itself. A relay that cannot be used defers all of them.
    """
    on_stage(Stage.CONNECT, deliveries)
    try:
        with conversation(relay) as smtp:
            return hand_over(smtp, message, deliveries, relay, on_stage)
    except (MailRefused, ConfigurationError) as error:
        return all_deferred(deliveries, Stage.CONNECT, one_line(str(error)))


def hand_over(
    smtp: Any, message: OutgoingMessage, deliveries: Sequence[Delivery], relay: Relay, on_stage: OnStage
) -> tuple[Attempt, ...]:
    """Return what became of each delivery, over an open connection, in one transaction.

    ``on_stage(Stage.BODY, …)`` must have committed "in data" when it returns: from then on a process that
    dies leaves it unknown whether the message arrived. Every reply is definite; so is a connection that
    breaks before the mark that ends the message was sent (RFC 5321, 4.1.1.4: no mark, no message).
    """
    if refused := _say_sender(smtp, message, deliveries, relay, on_stage):
        return refused
    open_ones, closed = _say_recipients(smtp, deliveries, relay, on_stage)
    if not open_ones:
        return closed
    return closed + _say_message(smtp, message, open_ones, relay, on_stage)


def all_deferred(deliveries: Sequence[Delivery], stage: Stage, reply: str) -> tuple[Attempt, ...]:
    """Return every delivery deferred for one reason that is not the message's: another relay may take it."""
    return tuple(Attempt(one.id, DeliveryState.DEFERRED, reply, stage, elsewhere=True) for one in deliveries)


def _say_sender(
    smtp: Any, message: OutgoingMessage, deliveries: Sequence[Delivery], relay: Relay, on_stage: OnStage
) -> tuple[Attempt, ...]:
    on_stage(Stage.SENDER, deliveries)
    # Said beforehand, a size that is too big is refused before the message has left.
    options = [f"size={len(message.content)}"] if smtp.has_extn("size") else []
    try:
        code, text = smtp.mail(message.sender, options)
    except (OSError, UnicodeError) as error:
        return _lost(deliveries, Stage.SENDER, relay, error)
    if 200 <= code < 300:
        return ()
    return tuple(judge(one.id, Stage.SENDER, code, text, str(relay)) for one in deliveries)


def _say_recipients(
    smtp: Any, deliveries: Sequence[Delivery], relay: Relay, on_stage: OnStage
) -> tuple[list[Delivery], tuple[Attempt, ...]]:
    """Return the deliveries whose recipient was taken, and what became of the others."""
    taken: list[Delivery] = []
    closed: list[Attempt] = []
    for number, one in enumerate(deliveries):
        on_stage(Stage.RECIPIENT, [one])
        try:
            code, text = smtp.rcpt(one.recipient.address)
        except (OSError, UnicodeError) as error:
            rest = [*taken, *deliveries[number:]]
            return [], (*closed, *_lost(rest, Stage.RECIPIENT, relay, error))
        if 200 <= code < 300:
            taken.append(one)
        else:
            closed.append(judge(one.id, Stage.RECIPIENT, code, text, str(relay)))
    return taken, tuple(closed)


def _say_message(
    smtp: Any, message: OutgoingMessage, deliveries: Sequence[Delivery], relay: Relay, on_stage: OnStage
) -> tuple[Attempt, ...]:
    on_stage(Stage.DATA, deliveries)
    try:
        code, text = smtp.docmd("data")
    except OSError as error:
        return _lost(deliveries, Stage.DATA, relay, error)
    if code != 354:
        definite = code if code >= 400 else -1  # a 250 in this place is no permission and no acceptance
        return tuple(judge(one.id, Stage.DATA, definite, text, str(relay)) for one in deliveries)
    on_stage(Stage.BODY, deliveries)
    try:
        smtp.sock.settimeout(relay.patience)
        smtp.send(as_transmitted(message.content))
    except OSError as error:
        return _lost(deliveries, Stage.BODY, relay, error)
    return _say_end(smtp, deliveries, relay, on_stage)


def _say_end(
    smtp: Any, deliveries: Sequence[Delivery], relay: Relay, on_stage: OnStage
) -> tuple[Attempt, ...]:
    on_stage(Stage.END, deliveries)
    try:
        smtp.send(b".\r\n")
        code, text = smtp.getreply()
        smtp.sock.settimeout(relay.timeout)
    except OSError as error:
        reply = (
            f"{relay}: the connection broke before the reply to the whole message ({one_line(str(error))})"
        )
        return tuple(
            Attempt(one.id, DeliveryState.UNKNOWN, reply, Stage.END, elsewhere=False, broken=True)
            for one in deliveries
        )
    return tuple(judge(one.id, Stage.END, code, text, str(relay)) for one in deliveries)


def as_transmitted(content: bytes) -> bytes:
    """Return a message as it travels: lines end with CR LF, a leading dot is doubled (RFC 5321, 4.5.2)."""
    lines = _BARE_BREAK.sub(b"\r\n", content)
    return _LEADING_DOT.sub(b"..", lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def _client(relay: Relay) -> Any:
    """Return yagmail's client for a relay. It never asks on a terminal: a password is always given."""
    extras: dict[str, Any] = {"timeout": relay.timeout}
    starttls: bool | dict[str, Any] = False
    if relay.security is Security.TLS:
        extras["context"] = relay.tls_context()
    if relay.security is Security.STARTTLS:
        starttls = {"context": relay.tls_context()}
    if relay.ehlo:
        extras["local_hostname"] = relay.ehlo
    client = yagmail.SMTP(
        user={relay.user: relay.user},  # as text, a user without "@" would become one at gmail.com
        password=relay.password,
        host=relay.host,
        port=relay.port,
        smtp_starttls=starttls,
        smtp_ssl=relay.security is Security.TLS,
        smtp_skip_login=not relay.user,
        soft_email_validation=False,
        **extras,
    )
    client.set_logging(None)  # it would write to standard error past our own log
    return client


def _say_goodbye(client: Any) -> None:
    with suppress(OSError):  # everything is settled; a relay that does not answer QUIT changes nothing
        if client.smtp.sock is not None:
            client.smtp.sock.settimeout(min(client.smtp.timeout, _GOODBYE_SECONDS))
            client.smtp.quit()


def _hang_up(client: Any) -> None:
    client.is_closed = True  # so that its destructor does not talk to the relay once more
    if client.smtp is not None:
        client.smtp.close()


def _lost(
    deliveries: Sequence[Delivery], stage: Stage, relay: Relay, error: Exception
) -> tuple[Attempt, ...]:
    reply = f"{relay}: the connection broke at the stage {stage}, nothing was handed over"
    lost = all_deferred(deliveries, stage, f"{reply} ({one_line(str(error))})")
    return tuple(replace(attempt, broken=True) for attempt in lost)


def _explain(relay: Relay, error: Exception) -> str:
    """Return what failed, what follows and what to do."""
    failed, advice = _cause(error)
    return f"mail server {relay}: {failed}; no mail was handed over, the outbox keeps it; {advice}"


def _cause(error: Exception) -> tuple[str, str]:
    """Return what failed at the door of a relay and what a person can do about it."""
    code = getattr(error, "smtp_code", None)
    words = one_line(getattr(error, "smtp_error", b"") or str(error))
    if code in (530, 534, 535, 538):
        return f"login refused ({code} {words})", "renew user and password in TONGHOP_SMTP_URL"
    if code is not None:
        return (
            f"it answered {code} {words}",
            "ask the relay's operator, or name a second relay in TONGHOP_SMTP_URL",
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        failed = f"its certificate cannot be trusted ({one_line(error.verify_message)})"
        return failed, "renew it, or name your own authority by ?cafile= in TONGHOP_SMTP_URL"
    if isinstance(error, ssl.SSLError):
        return f"TLS failed ({words})", "is the port right: smtps:// is 465, smtp:// with STARTTLS is 587?"
    if isinstance(error, gaierror):
        return (
            f"its name cannot be resolved ({words})",
            "mend the host in TONGHOP_SMTP_URL or the name service",
        )
    if isinstance(error, TimeoutError):
        return "no answer in time", "are host and port right, and does a firewall let us through?"
    if "STARTTLS" in words:
        advice = "use smtps:// or another port; starttls=never only inside a network you trust"
        return "STARTTLS is required and it offers none", advice
    return f"no connection ({words or type(error).__name__})", "are host and port right, and is it running?"
