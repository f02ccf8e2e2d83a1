"""What senders say themselves of the figures they send: that they are wrong, incomplete, estimated or provisional.

A letter that says so, or a note beside the table, is a question however clear the table is. What is said of an earlier
report ("file trước bị nhầm"), on a condition ("nếu số liệu chưa đúng") or against it ("không ước tính") is none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tonghop.reading.reservation_words import (
    AMBIGUOUS,
    DOUBTS,
    EARLIER,
    HERE,
    LATER,
    MARKED,
    MAY_DOUBT,
    MENDED,
    OLD,
    PROVISIONALS,
    REPLACES,
    SENTENCES,
    SETTLED,
    TITLE,
    UNLESS,
    VOID,
    VOID_END,
)
from tonghop.reading.text import plain, tidy

DOUBTED, PROVISIONAL = "figures-doubted", "figures-provisional"
_LONGEST, _WRAPPED = 4_000, 120
_NEAR = 100  # letters in front of what was found in which a condition stands: more than any of them reaches
# What is set apart in a title: "Báo cáo Bluezone (chưa đầy đủ)", "BC Bluezone 18-8 - bản nháp", "[TEST] Báo cáo",
# "KHÔNG DÙNG: Báo cáo", "BC ngày 18/8/2020 không dùng".
_ASIDE = re.compile(
    r"(?<=\()[^()]{3,40}(?=\))|(?<=\[)[^\[\]]{3,40}(?=\])|(?<=\*)[^*]{3,40}(?=\*)|(?<= [-–|] )[^-–()|]{3,40}$"
    r"|^[^-–:|()\[\]]{3,40}(?= ?[-–|:] )|(?<=\d[/.\-]\d )[^\d(),]{3,40}$|(?<=20\d\d )[^\d(),]{3,40}$"
)
_LONGEST_TITLE = 200
# No doubt is told without one of these: what is looked for first.


class Reservation(NamedTuple):
    """What a text says of the figures it comes with: the code, and its words."""

    code: str
    words: str


@lru_cache(maxsize=8_192)
def reservation_in(text: str) -> Reservation | None:
    """Return what a text says against the figures it comes with; of several sentences the gravest."""
    if MAY_DOUBT.search(plain(text[:_LONGEST])) is None:
        return None
    provisional = None
    for sentence in SENTENCES.split(text[:_LONGEST]):
        found = _of_sentence(tidy(sentence))
        if found is not None and found.code == DOUBTED:
            return found
        provisional = provisional or found
    for part in _ASIDE.findall(tidy(text[:_LONGEST_TITLE])):
        found = _of_sentence(part)
        if found is not None and plain(part) != "cu":  # "Xã Bình Thành (cũ)"
            return found
    if provisional is None and "\n" in text.strip() and len(text) <= _WRAPPED:
        return reservation_in(" ".join(text.split()))  # a narrow cell of a PDF breaks its sentence
    return provisional


def is_of_earlier(text: str) -> bool:
    """Return whether a text speaks of a report before this one, or of what was mended since."""
    return _is_of_earlier(plain(text[:_LONGEST]))


def _of_sentence(sentence: str) -> Reservation | None:
    words = plain(sentence)
    if MAY_DOUBT.search(words) is None:
        return None
    doubt = VOID.match(words) or _void_end_of(words) or _doubt_in(sentence, words)
    if doubt is not None and not _is_of_earlier(words):
        return Reservation(DOUBTED, _quoted(sentence, words, doubt))
    for code, pattern in ((DOUBTED, OLD), (PROVISIONAL, PROVISIONALS)):
        told = pattern.search(words)
        if told is not None and _is_meant(sentence, words, told):
            return Reservation(code, _quoted(sentence, words, told))
    return None


def _void_end_of(words: str) -> re.Match[str] | None:
    """Return the words at the end of a title that take the report back."""
    found = VOID_END.search(words)
    return found if found is not None and TITLE.match(words) else None


def _doubt_in(sentence: str, words: str) -> re.Match[str] | None:
    found = (one for pattern in DOUBTS for one in pattern.finditer(words))
    return next((one for one in found if _is_meant(sentence, words, one)), None)


def _is_meant(sentence: str, words: str, found: re.Match[str]) -> bool:
    """Return whether the words are those that were looked for, and neither denied nor on a condition."""
    if UNLESS.search(words, max(0, found.start() - _NEAR), found.start()):
        return False
    written = sentence.casefold()
    if written.isascii() or len(written) != len(words):
        return True
    return all(
        written[one.start() : one.end()] == MARKED[one.group()]
        for one in AMBIGUOUS.finditer(words, found.start(), found.end())
    )


def _is_of_earlier(words: str) -> bool:
    """Return whether a sentence speaks of a report before this one, or of what was mended since."""
    if REPLACES.search(words):
        return True
    is_here = HERE.search(words) is not None
    if not is_here and LATER.search(words) is None and MENDED.search(words) is not None:
        return True
    return (not is_here and EARLIER.search(words) is not None) or SETTLED.search(words) is not None


def _quoted(sentence: str, words: str, found: re.Match[str]) -> str:
    """Return the words that were found as they are written: whatever else a text says is not quoted."""
    return sentence[found.start() : found.end()] if len(sentence) == len(words) else found.group()
