"""Where the older message begins that a reply quotes or a message passes on: the lines mail programs put in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tonghop.reading.dates import days_in
from tonghop.reading.text import plain

_PASSED_ON = re.compile(
    r"^\W*(?:-{2,}\s*(?:forwarded message|(?:thu|tin nhan|thong diep) (?:da |duoc )*chuyen tiep)\s*-{2,}"
    r"|(?:begin forwarded message|bat dau (?:thu|tin nhan) (?:da |duoc )*chuyen tiep)\s*:)"
)
_RULE = re.compile(
    r"^\W*-{2,}\s*(?:original message|thu goc|tin nhan goc|thong diep goc|thu ban dau)\s*-{2,}"
)
_FROM = re.compile(r"^(?:from|tu|nguoi gui)\s*:\s*\S")
_WHEN = re.compile(r"^(?:sent|date|da gui|gui|ngay gui|thoi gian(?: gui)?|ngay)\s*:\s*\S")
_SENT = re.compile(rf"{_WHEN.pattern}|^(?:den|to|toi|nguoi nhan)\s*:\s*\S")
_SUBJECT = re.compile(r"^(?:subject|chu de|tieu de)\s*:\s*")
# "On Mon, Aug 17, 2020 at 4:50 PM X wrote:", "Vào 17 thg 8, 2020 lúc 16:50, X đã viết:", over two lines as well.
_WROTE = re.compile(r"^(?:on|vao|luc|ngay)\b.{0,250}\d")
_VERBS = ("wrote:", "viet:", "wrote :", "viet :")
_BEFORE, _BEHIND = 2, 7  # lines of a head around the one it is known by
_MOST_LINES = 400

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
    if _RULE.match(told[-1]) or _PASSED_ON.match(told[-1]):
        return 1
    if _SENT.match(told[-1]):
        return next((n for n in range(2, len(told) + 1) if _FROM.match(told[-n])), 0)
    if not lines[-1].rstrip().endswith(":"):
        return 0
    # "Vào ngày … X đã viết:"; programs break it where it is long.
    return next((n for n in (1, 2) if _is_writers(plain(" ".join(lines[-n:])[:500]))), 0)


def _is_writers(words: str) -> bool:
    return words.endswith(_VERBS) and _WROTE.match(words) is not None


def passed_on_from(subject: str, lines: Sequence[str], near: date) -> date | None:
    """Return the day on which the message was sent that another one passes on in its own text; None without one.

    Of one that was itself passed on the first day counts. What a reply quotes was not sent with it. None as well where
    the words above it name the day ``near``, on which the other one was sent.
    """
    lines = lines[:_MOST_LINES]
    heads = [i for i in range(len(lines)) if starts_older(lines[max(0, i - 2) : i + 1])]
    is_passed_on = re.match(r"\W*(?:re|tra loi)\s*:", plain(subject)) is None and is_forwarded(subject)
    if not heads or not (is_passed_on or _PASSED_ON.match(plain(lines[heads[0]][:300]))):
        return None
    own = [line for line in lines[: heads[0]] if not _FROM.match(plain(line[:300]))]
    if any(one.day == near for line in own for one in days_in(line[:500], near)):
        return None
    day = None
    for i in heads:
        head = lines[max(0, i - _BEFORE) : i + _BEHIND]
        day = _day_in_head(head, near) or day
        titles = [
            title for line in head if (title := _SUBJECT.sub("", plain(line[:300]))) != plain(line[:300])
        ]
        if day is not None and not any(map(is_forwarded, titles)):
            break
    return day


def _day_in_head(head: Sequence[str], near: date) -> date | None:
    """Return the day that a head tells as the one on which its message was sent."""
    told = [line[:500] for line in head if _WHEN.match(plain(line[:300]))]
    joined = (" ".join(head[i : i + 2])[:500] for i in range(len(head)))
    told += [text for text in joined if _is_writers(plain(text))]
    return next((found[0].day for text in told if (found := days_in(text, near))), None)
