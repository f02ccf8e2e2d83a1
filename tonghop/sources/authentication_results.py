"""What the own mail server found out of a message: the topmost Authentication-Results field (RFC 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from tonghop.sources.authenticity import Authenticity, Vouched, is_aligned

_LONGEST = 8192
_AROUND_EQUALS = re.compile(r"\s*=\s*")
_VOUCHING = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}
_LATER = frozenset({"temperror"})


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result with its properties: ``dkim=pass header.d=duchue.vn``."""

    method: str
    outcome: str
    properties: dict[str, str]


def vouched_by_server(head: Message, server: str, domain: str) -> Vouched | None:
    """Return what the server of that name says of a From domain; None where it says nothing of signatures.

    Only the topmost field is read, and only if it bears the server's name: a mail server puts its own on
    top, and what stands below came with the message.
    """
    fields = head.get_all("Authentication-Results") or []
    parts = _parts(str(fields[0])[:_LONGEST]) if fields else []
    if not parts or parts[0].split()[:1] == [] or parts[0].split()[0].lower() != server.lower():
        return None
    results = [result for part in parts[1:] if (result := _result(part)) is not None]
    for result in results:
        if result.outcome == "pass" and (by := _vouching(result, domain)):
            return Vouched(Authenticity.ALIGNED, f"{result.method}=pass {by}")
    judged = [result for result in results if result.method in ("dkim", "dmarc")]
    if not judged:
        return None
    if any(result.outcome in _LATER for result in judged):
        return Vouched(Authenticity.UNKNOWN, f"{judged[0].method}=temperror")
    return Vouched(Authenticity.UNAUTHENTICATED, f"{judged[0].method}={judged[0].outcome}")


def _vouching(result: Result, domain: str) -> str | None:
    """Return the domain that a passed method speaks for, if it may speak for the From domain."""
    for name in _VOUCHING.get(result.method, ()):
        vouching = result.properties.get(name, "").rpartition("@")[2]
        if vouching:
            return domain if is_aligned(vouching, domain) else None
    return None


def _result(part: str) -> Result | None:
    words = _AROUND_EQUALS.sub("=", part).split()
    if not words or "=" not in words[0]:
        return None
    method, _, outcome = words[0].partition("=")
    pairs = (word.partition("=") for word in words[1:] if "=" in word)
    properties = {name.lower(): value.strip('"') for name, _, value in pairs}
    return Result(method.partition("/")[0].lower(), outcome.lower(), properties)


def _parts(text: str) -> list[str]:
    """Return the field's parts between semicolons, without comments; quoted text stays one word."""
    parts: list[str] = []
    part: list[str] = []
    depth, is_quoted, is_escaped = 0, False, False
    for character in text:
        if is_escaped:
            is_escaped = False
            character = "_"
        elif character == "\\":
            is_escaped = True
            continue
        elif is_quoted or character == '"':
            is_quoted = is_quoted != (character == '"')
            character = "_" if character in "; ()\t\r\n=" else character
        elif character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
            character = " "
        elif character == ";" and not depth:
            parts.append("".join(part))
            part = []
            continue
        if not depth:
            part.append(character)
    return [*parts, "".join(part)]
