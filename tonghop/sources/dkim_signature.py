"""Whether a message bears a signature of its sender's domain (DKIM, RFC 6376), verified here."""

from __future__ import annotations

import logging
from collections.abc import Callable

import dkim  # type: ignore[import-untyped] # the library ships no types
import dns.exception
import dns.resolver

from tonghop.sources.authenticity import Authenticity, LookUp, NoAnswer, Vouched, is_aligned

# A signature costs a question to the DNS and the arithmetic of a key that the sender chose.
_SIGNATURES = 3
_LONGEST_RECORD = 2048
_SECONDS = 4.0
_log = logging.getLogger(__name__)


def dns_text(
    name: str, resolver: dns.resolver.Resolver | None = None, seconds: float = _SECONDS
) -> bytes | None:
    """Return the text record of a name, None where there is none. Raises ``NoAnswer`` after ``seconds``."""
    try:
        asked = resolver or dns.resolver.get_default_resolver()
        answer = asked.resolve(name, "TXT", lifetime=seconds)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong, dns.name.EmptyLabel):
        return None
    except (dns.exception.DNSException, OSError) as error:
        raise NoAnswer(type(error).__name__) from error
    return b"".join(answer[0].strings)


def vouched_by_signature(raw: bytes, domain: str, look_up: LookUp) -> Vouched:
    """Return whether a valid signature of the From domain, or of one above it, covers the whole message.

    Foreign signatures verify too (every list and gateway signs), so they are not even looked up. One that
    covers only the beginning of the body (``l=``), or uses SHA-1 (RFC 8301), vouches for nothing.
    """
    unanswered: list[str] = []

    def text_of(name: bytes, timeout: float = _SECONDS) -> bytes | None:
        del timeout  # the look-up has its own
        try:
            record = look_up(name.decode("ascii", "replace"))
        except NoAnswer:
            unanswered.append("dkim=temperror")
            return None
        return record if record is None or len(record) <= _LONGEST_RECORD else None

    try:
        message = dkim.DKIM(raw, logger=_log)
    except (dkim.DKIMException, LookupError):
        return Vouched(Authenticity.UNAUTHENTICATED, "dkim=none")
    count = sum(1 for name, _ in message.headers if name.lower() == b"dkim-signature")
    for index in range(min(count, _SIGNATURES)):
        if signer := _verified(message, index, domain, text_of):
            return Vouched(Authenticity.ALIGNED, f"dkim=pass {signer}")
    if unanswered:
        return Vouched(Authenticity.UNKNOWN, unanswered[0])
    return Vouched(Authenticity.UNAUTHENTICATED, "dkim=fail" if count else "dkim=none")


def _verified(
    message: dkim.DKIM, index: int, domain: str, text_of: Callable[..., bytes | None]
) -> str | None:
    """Return the domain of a signature that is the From domain's and right, else None."""
    try:
        prepared = message.verify_headerprep(index)
        if not prepared:
            return None
        fields, signed, _ = prepared
        signer = fields[b"d"].decode("ascii").lower()
        is_whole = b"l" not in fields and b"from" in signed and fields[b"a"] != b"rsa-sha1"
        is_right = is_whole and is_aligned(signer, domain) and message.verify(index, dnsfunc=text_of)
    except Exception as error:  # noqa: BLE001 - the sender wrote every byte of it: whatever breaks, it is not valid
        _log.info("a signature could not be verified: %s", type(error).__name__)
        return None
    return signer if is_right else None
