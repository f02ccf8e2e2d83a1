"""Where the older message begins that a reply quotes: the lines mail programs put in front of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tonghop.reading.text import plain

_RULE = re.compile(
    r"^\W*-{2,}\s*(?:original message|thu goc|tin nhan goc|thong diep goc|thu ban dau|forwarded message|"
    r"thu da chuyen tiep|tin nhan da chuyen tiep)\s*-{2,}"
)
_FROM = re.compile(r"^(?:from|tu|nguoi gui)\s*:\s*\S")
_SENT = re.compile(r"^(?:sent|date|da gui|ngay gui|thoi gian gui|ngay|den|to|toi|nguoi nhan)\s*:\s*\S")

_FORWARDED = re.compile(r"^\W*(?:(?:re|tra loi)\s*:\s*)*(?:fwd?|chuyen tiep|chuyen)\s*:")


def is_forwarded(subject: str) -> bool:
    """Return whether a message passes another one on: what it quotes is what it sends."""
    return _FORWARDED.match(plain(subject[:300])) is not None


def newer(lines: Sequence[str]) -> list[str]:
    """Return the lines in front of the older message that a reply quotes."""
    end = next((i for i in range(1, len(lines) + 1) if starts_older(lines[max(0, i - 3) : i])), len(lines))
    return list(lines[:end])


def starts_older(lines: Sequence[str]) -> bool:
    """Return whether the last of these lines ends the head of an older message: "From: …", then "Sent: …".

    A table below it is history where the newer message has one, and counts where it has none.
    """
    last = plain(lines[-1][:300]) if lines else ""
    if _RULE.match(last):
        return True
    return _SENT.match(last) is not None and any(_FROM.match(plain(line[:300])) for line in lines[:-1])
