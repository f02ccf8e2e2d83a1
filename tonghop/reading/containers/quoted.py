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
# "Vào Th 3, 18 thg 8, 2020 vào lúc 13:00 Phòng VHTT <…> đã viết:"
_WROTE = re.compile(r"(?:^|\s)(?:wrote|da viet)\s*:\s*$")
_WHEN = re.compile(r"^(?:on|vao|luc|ngay)\b.*\d")
_FORWARDED = re.compile(r"^\W*(?:(?:re|tra loi)\s*:\s*)*(?:fwd?|chuyen tiep|chuyen)\s*:")


def is_forwarded(subject: str) -> bool:
    """Return whether a message passes another one on: what it quotes is what it sends."""
    return _FORWARDED.match(plain(subject[:300])) is not None


def newer(lines: Sequence[str]) -> list[str]:
    """Return the lines in front of the older message that a reply quotes, and of the line that tells of it."""
    for end in range(1, len(lines) + 1):
        if size := _head_of_older(lines[max(0, end - 3) : end]):
            return list(lines[: end - size])
    return list(lines)


def starts_older(lines: Sequence[str]) -> bool:
    """Return whether the last of these lines ends the head of an older message: "From: …", then "Sent: …".

    A table below it is history where the newer message has one, and counts where it has none.
    """
    return _head_of_older(lines) > 0


def _head_of_older(lines: Sequence[str]) -> int:
    """Return how many of these lines, the last ones, are the head of an older message; 0 where they are none."""
    told = [plain(line[:300]) for line in lines]
    if not told:
        return 0
    if _RULE.match(told[-1]):
        return 1
    if _SENT.match(told[-1]):
        return next((n for n in range(2, len(told) + 1) if _FROM.match(told[-n])), 0)
    if _WROTE.search(told[-1]):  # long names break the line
        return next((n for n in range(1, min(2, len(told)) + 1) if _WHEN.match(told[-n])), 0)
    return 0
