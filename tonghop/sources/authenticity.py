"""What is known of a sender's address, and which domain may vouch for which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

# Under these others register: a signature by one would vouch for strangers (Thông tư 24/2015/TT-BTTTT).
_REGISTRIES = frozenset(
    f"{label}.vn"
    for label in ("com", "net", "org", "edu", "gov", "biz", "info", "name", "pro", "health", "ac", "int")
)


LookUp = Callable[[str], bytes | None]
"""Returns the DNS text record of a name, None where there is none; raises ``NoAnswer`` where nobody says."""


class NoAnswer(Exception):
    """The DNS gave no answer: neither that there is such a record nor that there is none."""


class Authenticity(StrEnum):
    """Whether the domain in a message's From field is vouched for.

    ``aligned``: by somebody we trust. ``unauthenticated``: by nobody. ``unknown``: it could not be found
    out now (the DNS did not answer), which is no reproach.
    """

    ALIGNED = "aligned"
    UNAUTHENTICATED = "unauthenticated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Vouched:
    """What was found out, and ``by`` whom: ``dkim=pass duchue.vn``, or why not. Safe to show."""

    authenticity: Authenticity
    by: str = ""


def is_aligned(vouching: str, domain: str) -> bool:
    """Return whether ``vouching`` may speak for ``domain``: the same, or one above it that is no registry.

    Stricter than DMARC's relaxed alignment, which also lets a sub-domain speak for the one above: in
    ``gov.vn`` names the sub-domains belong to other offices.
    """
    vouching, domain = _plain(vouching), _plain(domain)
    if not vouching or not domain:
        return False
    is_above = domain.endswith(f".{vouching}") and "." in vouching and vouching not in _REGISTRIES
    return vouching == domain or is_above


def _plain(domain: str) -> str:
    """Return a domain in lower case and in its ASCII form, or empty text where it has none."""
    try:
        return domain.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
